import { listOf } from './words.ts';

/** Medicines, generic and by brand, that no ending gives away (see morphology.ts) or that are a person's name too (Allegra, Elavil, Celeste). */
export const DRUGS = listOf(`
ecosprin clopilet rosuvas dafalgan pantomed bisocard sintrom ioban renasys profore
kcentra andexxa praxbind entyvio skyrizi tremfya taltz cosentyx otezla dupixent xolair nucala fasenra tezspire ozempic wegovy mounjaro trulicity rybelsus farxiga jardiance invokana steglatro entresto verquvo kerendia repatha praluent leqvio
nexletol vascepa brilinta effient savaysa keytruda opdivo tecentriq imfinzi bavencio libtayo yervoy ibrance kisqali verzenio lynparza zejula rubraca tagrisso alecensa lorbrena xtandi erleada nubeqa zytiga lupron eligard firmagon orgovyx
darzalex kyprolis pomalyst revlimid velcade ninlaro venclexta imbruvica calquence brukinsa jakafi gazyva rituxan truxima ruxience herceptin kadcyla enhertu perjeta avastin mvasi zirabev neulasta udenyca neupogen zarxio epogen procrit
aranesp retacrit biktarvy descovy genvoya truvada dovato cabenuva triumeq tivicay prezcobix symtuza epclusa harvoni mavyret vemlidy paxlovid veklury lagevrio shingrix prevnar pneumovax gardasil boostrix adacel pediarix vaxelis rotateq
rotarix comirnaty spikevax fluzone flublok beyfortus synagis ocrevus kesimpta tysabri aubagio tecfidera gilenya mayzent aimovig ajovy emgality nurtec ubrelvy qulipta botox xeomin dysport vraylar rexulti latuda caplyta invega sustenna
vivitrol sublocade suboxone lybalvi auvelity spravato trintellix prolia evenity forteo tymlos reclast vicks novalgin doliprane kardegic nolotil ventolin aspegic marcumar falithrom eliquis xarelto pradaxa lixiana clexane fraxiparine innohep
contin abilify accolate accupril accutane aceon acetaminophen actonel actos acyclovir adalat adderall advair advil aggrenox albumin albuterol aldactone aldomet aleve alfa
alfentanil alimta alinia allegra allopurinol alphagan altace amaryl ambien amikacin aminophylline amiodarone amitriptyline amoxicillin ampicillin anaprox ancef androgel antabuse
antivert anusol apidra apixaban apresoline aranesp arava aricept arimidex arixtra armour aromasin artane asacol ascorbic asmanex aspirin atacand atarax ativan atripla atropine
atrovent augmentin avalide avandia avapro avastin avelox avodart avonex azathioprine azopt bactrim bactroban basaglar belsomra benadryl benicar bentyl betadine betapace
betaseron biaxin bicillin bisacodyl boniva botox breo brilinta brintellix bromocriptine bumex buprenorphine buspar bupropion bydureon byetta bystolic caduet calan calcitriol
campral captopril carafate carbamazepine carboplatin cardizem cardura carvedilol casodex catapres ceclor cefepime ceftin celebrex celexa cellcept cerebyx chantix
chemo chlorhexidine cialis cipro cisplatin citrucel clarinex claritin cleocin climara clindamycin clinoril clomid clonidine clozaril codeine cogentin colace colchicine
colestid colestipol combivent compazine concerta copaxone coreg corgard cortef cortisone cosopt coumadin cozaar creon crestor crixivan cyclobenzaprine cymbalta cytomel cytotec cytoxan
dalmane darvocet darvon daypro decadron deltasone demadex demerol depacon depakene depakote depo desyrel detrol dexamethasone dextrose diabeta dianeal diflucan digoxin dilantin dilaudid
diltiazem diovan diprivan ditropan diuril dobutamine dolophine donepezil dopamine doxycycline dramamine dulcolax dulera duragesic dyazide dynacirc ecotrin edarbi effexor
effient elavil eldepryl eliquis elocon emend enablex enbrel ensure entresto epinephrine epipen epivir epogen epzicom erythromycin esidrix eskalith estrace estradiol etoposide eucerin
euthyrox evista evoxac exelon exforge ezetimibe famvir farxiga feldene femara fentanyl feosol fioricet flagyl flexeril flomax flonase florinef florastor flovent floxin fluorouracil
focalin folic forteo fosamax fragmin frova furadantin furosemide gabapentin gabitril gemzar gentamicin geodon gleevec glucagon glucophage glucotrol glucovance glyburide
golytely haldol harvoni heparin herceptin humalog humira humulin hydralazine hydrea hydrocodone hydrocortisone hydrodiuril hydroxyzine hytrin hyzaar ibuprofen imdur imitrex imodium
imuran inapsine inderal indocin insulin integrilin intelence invega invirase invokana isentress isoniazid isordil isuprel jantoven januvia janumet jardiance jevity kaletra kadian kaopectate
kayexalate keflex kefzol kenalog keppra kerlone ketamine ketorolac klonopin klor kytril lactated lactulose lamictal lamisil lanoxin lantus lariam lasix latuda lescol leucovorin leukeran
leukine levaquin levatol levemir levitra levophed levothyroxine levoxyl lexapro lexiscan librium lidocaine lidoderm linzess lioresal lipitor lisinopril lithium lithobid livalo lodine
loestrin lomotil lopid lopressor lotensin lotrel lovastatin lovaza lovenox loxitane lozol lucentis lumigan lunesta lupron luvox lyrica maalox macrobid macrodantin magnesium mannitol
marcaine marinol mavik maxalt maxipime maxzide medrol megace mellaril meridia mesna mestinon metamucil metformin methadone methimazole methotrexate metolazone metoprolol mevacor micardis
micronase microzide midodrine milrinone minipress minocin miralax mirapex mirena mobic moduretic monopril morphine motrin mucinex mucomyst myambutol mycelex mycostatin mylanta myrbetriq
mysoline nabumetone nafcillin naloxone namenda naprosyn naproxen narcan nardil nasacort nasonex natrecor navane nebcin nembutal neoral nepro neulasta neupogen neurontin nexavar nexium
niacin niaspan nicoderm nicorette nicotine nifedipine nitro nitroglycerin nizoral nolvadex norco norepinephrine normodyne normosol noroxin norpace norpramin nortriptyline norvasc norvir novolin
novolog noxafil nubain nucynta nuprin nuvigil octreotide ocuvite omnicef omnipaque optiray orapred oramorph orinase orlistat ortho oxaliplatin oxycodone oxycontin oxytocin pamelor
paclitaxel parafon parlodel parnate patanol paxil paxlovid pegasys penicillin pentasa pepcid pepto percocet percodan perdiem peridex periactin persantine pertussin phenergan phenobarbital
phenytoin phoslo pitocin pitressin plaquenil plasmalyte plavix plendil pletal potassium pradaxa prandin pravachol precedex precose prednisone premarin prempro prevacid prevnar prilosec
primaxin prinivil pristiq procardia procrit prograf prolastin prolia prolixin propofol propranolol proscar protonix proventil provera provigil prozac pulmicort pyridium questran quinidine
qvar ranexa rapamune reglan relafen relpax remeron remicade renagel renvela repatha requip rescriptor restasis restoril retin retrovir revatio revia rhinocort ridaura rifampin risperdal ritalin
rituxan robaxin robitussin rocephin roxanol roxicodone rozerem rybelsus rythmol salmeterol sanctura sandimmune sandostatin santyl savella seconal sectral selsun senna senokot septra serax
serevent seroquel sertraline serzone silvadene simvastatin sinemet sinequan singulair skelaxin sodium solumedrol soma sonata soriatane sotalol spiriva sporanox stadol stalevo starlix
stelara strattera suboxone subutex sudafed sulfa sulfasalazine surfak sustiva symbicort symmetrel synthroid tacrolimus tagamet talwin tambocor tamiflu tamoxifen tapazole tarceva taxol taxotere
tegretol temodar tenex tenoretic tenormin terazosin tessalon thalidomide theodur thiamine thorazine tiazac ticlid tigan timoptic tobrex tofranil tolectin topamax toprol toradol toujeo tradjenta
tramadol trandate tranxene trazodone trental tresiba triamterene tricor trileptal trilafon trulicity truvada tylenol tysabri uceris ultracet ultram unasyn uniphyl urecholine urispas uroxatral
valium valproate valtrex vancomycin vaseline vasotec venofer ventolin vepesid verapamil verelan versed vesicare vfend viagra vibramycin vicodin vicoprofen victoza videx vimpat viracept viramune
viread visicol vistaril vitamin vivactil voltaren vytorin vyvanse warfarin wellbutrin xalatan xanax xarelto xeljanz xeloda xenical xifaxan xolair xopenex xylocaine xyzal 
zanaflex zantac zarontin zaroxolyn zebeta zestoretic zestril zetia ziac ziagen zithromax zocor zofran zoladex zoloft zometa zomig zonegran zosyn zovirax zyban zyloprim zyprexa zyrtec zyvox
ozempic wegovy mounjaro zepbound saxenda semglee humulin skyrizi dupixent cosentyx taltz otezla rinvoq nurtec ubrelvy aimovig emgality trintellix vraylar rexulti caplyta nuplazid
keytruda opdivo tecentriq ibrance tagrisso imbruvica revlimid pomalyst velcade darzalex kyprolis xtandi zytiga lynparza biktarvy descovy genvoya triumeq tivicay odefsey symtuza juluca dovato
comirnaty spikevax veklury lagevrio actemra kineret simponi cimzia orencia entyvio eylea lucentis praluent leqvio vascepa multaq kerendia verquvo corlanor inpefa
thyroxin euthyrox eferox stada henning ratiopharm hexal
`);

/** Brands that were named like women, contraceptives most of them: never alone, but as good as ever beside a family name. */
export const BRANDS_LIKE_NAMES = listOf(`
alesse alyacen amethyst annovera apri ashlyna aubra aviane azurette balziva beyaz blisovi briellyn camila camrese cryselle cyclafem dasetta daysee ella errin estarylla femynor gianvi hailey heather isibloom jasmiel jencycla
jolessa jolivette juleber junel kaitlib kariva kelnor kyleena larin larissia layolis lessina levora liletta lillow loryna lutera marlissa mili minastrin mircette natazia nikki nora norlyda ocella philith pimtrea pirmella portia previfem
reclipsen safyral sharobel skyla slynd sprintec syeda tarina tydemy velivet vestura vienva viorele vyfemla wera xulane yasmin yaz zenchent zovia aurovela chateal fyavolv incassia jinteli kalliga lyleq lyza simliya tilia tulana
`);

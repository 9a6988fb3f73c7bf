import { hashOf } from './letters.ts';
import { createTable, type Table } from './table.ts';
import { listOf } from './words.ts';

/** What a word around a name says of it. */
export const Cue = {
  /** Mr, Mrs, Herr: somebody's name follows. */
  title: 1,
  /** Dr, Prof: a clinician's. */
  doctor: 1 << 1,
  patient: 1 << 2,
  relative: 1 << 3,
  /** Attending, nurse, radiologist. */
  role: 1 << 4,
  by: 1 << 5,
  /** What is done to somebody: spoke with, called, notified. */
  talk: 1 << 6,
  /** MD, RN: after a clinician's name. */
  credential: 1 << 7,
  suffix: 1 << 8,
  particle: 1 << 9,
  /** Hospital, clinic, street: the words before it name no person. */
  organization: 1 << 10,
  /** Syndrome, catheter, score: neither do these. */
  thing: 1 << 11,
  /** May stand between a cue and the name. */
  link: 1 << 12,
  /** What people do after their name: denies, reports. */
  does: 1 << 13,
  /** A field of a form that holds a name. */
  label: 1 << 14,
  opening: 1 << 15,
  closing: 1 << 16,
  /** Before `by`: what clinicians do to documents and patients. */
  signed: 1 << 17,
  /** Saint, Mount, Fort: a place follows. */
  saint: 1 << 18,
  /** A credential only after a comma: DO, PA, MA. */
  degree: 1 << 19,
  /** A title that is something else in capitals: MR, MS. */
  unsureTitle: 1 << 20,
  /** After a number: whose age it is stands before. */
  age: 1 << 21,
  /** Words that the cues above do not tell apart, and that are asked for one by one right before a name (`and`, `known as`), */
  joint: 1 << 22,
  /** right behind it (`born`, `please`, `to review`), */
  behind: 1 << 23,
  /** or before one in small letters (`dictating on`). A word without any of these bits is passed over at once. */
  lead: 1 << 24,
} as const;

const WORDS: readonly (readonly [flags: number, words: string])[] = [
  [
    Cue.title,
    `smt shri ofc ofcr mr mrs miss mister missus mx sir madam madame monsieur mme mlle herr frau señor señora señorita sra srta signor signora
     sig mevrouw meneer mevr dhr pan pani herrn sayın heer mw rouva herra fru fröken officer deputy coach judge pastor rev reverend rabbi imam sgt sergeant trooper attorney detective captain signore
     sayin hr fr bay bayan ms dña doña sres gentmo egr sor lt cpl pvt cllr constable inspector sheriff vicar deacon
     mdm encik cik puan tuan hajiya hajia alhaji alh sheikh auntie aunty mzee mwalimu oga dato datuk kuya shree thiru engr ibu bapak whaea matua`,
  ],
  [Cue.unsureTitle, 'mr ms fr pan hr sig bay mw fru officer coach judge captain rev attorney detective pr'],
  [
    Cue.doctor,
    'mudr mddr dre dr drs doctor prof professor doktor docteur doctora dra dott dottore kollege kollegin kollegen collega kollega colega collègue confrère consœur pr lek',
  ],
  [
    Cue.patient,
    'baby girl boy infant newborn neonate patient pt patients patientin patienten client clients pat patiente paciente patiënt decedent paziente pacjent pacjentka pasient pasienten utente doente potilas patiënte versicherter versicherte assuré assurée inmate detainee',
  ],
  [
    Cue.relative,
    `wife husband spouse son daughter mother father mom mum dad mommy daddy parent parents sister brother sibling stepson stepdaughter stepmother stepfather grandmother
     grandfather grandma grandpa grandson granddaughter aunt uncle niece nephew cousin guardian caregiver caretaker carer partner fiance fiancee girlfriend boyfriend friend
     neighbor neighbour roommate nok kin ehefrau ehemann tochter sohn mutter vater épouse mari fils fille esposa esposo hijo hija madre padre hermano hermana
     surrogate proxy poa fob mob donor witness hcp sib twin moeder vader dochter zoon children sons daughters kids siblings brothers sisters twins triplets grandchildren grandsons granddaughters mama mamma papa pappa nan nana granny grandad granddad stepdad stepmom
     stepparent boss landlord landlady teacher solicitor lawyer cohabitant widow widower fiancé fiancée member visitor godmother godfather godparent housemate flatmate lodger cellmate escort
     bruder enkel enkelin nichte neffe onkel tante nachbar nachbarin lebensgefährte lebensgefährtin partnerin schwiegertochter schwiegersohn schwiegermutter schwägerin schwager oma opa betreuer betreuerin angehörige angehöriger
     angehörigen ansprechpartner ansprechpartnerin bezugsperson bevollmächtigte bevollmächtigter vormund eltern kinder geschwister ehegatte ehegattin zwilling
     époux conjoint conjointe compagnon compagne frère sœur mère père voisin voisine tuteur tutrice curateur curatrice prévenir confiance aidant aidante neveu nièce oncle
     hermana hermanos nieta nieto abuela abuelo sobrina sobrino cuñada cuñado vecina vecino tutor tutora cónyuge pareja acompañante cuidador cuidadora suegra suegro hijos yerno nuera familiar
     moglie marito figlia figlio figli sorella fratello nonna nonno nipote compagno compagna vicina vicino badante suocera cognata nuora coniuge convivente
     echtgenoot echtgenote zus broer vriend vriendin buurvrouw buurman mantelzorger contactpersoon kleinzoon kleindochter oom schoonzoon schoondochter kinderen ouders
     dotter hustru maka bror syster syskon farmor mormor farfar morfar sambo närstående anhörig anhöriga barn datter søn sønn ektefelle ægtefælle samboer søster pårørende ægtefælle barnebarn
     tytär poika vaimo puoliso aviomies äiti omainen sisko veli
     filha filho mãe pai irmã irmão neta neto avó avô vizinha vizinho cônjuge companheiro companheira genro nora sogra cunhada sobrinha
     syn syna synem córka córką córki żona żoną mąż mężem matka ojciec siostra babcia dziadek wnuk wnuczka opiekun opiekunka sąsiad sąsiadka brat szwagier
     męża żony córki syna matki ojca brata siostry parella mor
     marido viudo viuda tío matkę matce mężowi żonie synowi córce ojcu siostrze bratu synową synowa zięć zięcia babcię dziadka
     manžel manžela manželka manželku matku otce dcera dceru bratr bratra sestra sestru férje felesége lánya édesanyja aunty
     weduwe weduwnaar witwe witwer vedova vedovo veuve veuf änka änkling enke wdowa wdowiec granddtr stepdad stepmum stepmom granny grandad hubby koro
     child stepchild grandchild sibs mam mammy tannie ouma oupa dottern sonen maken makan hustrun brodern systern fadern mamman pappan grannen sambon datteren sønnen konen naboen nabo svoger svigerinde ex buddy pal hubby husb hub bf gf dtr dau bro sis mummy stepbrother stepsister roomie beau granddad mamaw papaw meemaw gramma gran auntie housemates flatmates roommates`,
  ],
  [
    Cue.role,
    `attending physician surgeon radiologist pathologist cardiologist oncologist neurologist urologist hospitalist intensivist pulmonologist nephrologist gastroenterologist anesthesiologist anaesthetist psychiatrist psychologist
     dermatologist endocrinologist hematologist rheumatologist obstetrician gynecologist pediatrician internist ophthalmologist orthopedist podiatrist dentist provider providers clinician resident fellow intern registrar consultant nurse
     therapist technologist technician tech sonographer radiographer pcp referring ordering pharmacist midwife dietitian nutritionist author authors transcriptionist coordinator manager counselor worker chaplain
     interpreter paramedic medic phlebotomist practitioner gp rn lpn np pa cna arzt ärztin médecin médico preceptor scribe assistant assistants chief proceduralist operator interventionalist supervisor director charge
     hausarzt oberarzt radiologe requester requestor scheduler investigator pi clerk recorder witness auditor examiner verifier approver prescriber dictator transcriber reviewer collector performer responsible sitter aide orderly receptionist secretary trainer liaison navigator specialist advocate volunteer volunteers page paged paging keyworker matron anesthetist anaesthesiologist paediatrician gynaecologist haematologist endoscopist perfusionist hca sho registrars accoucheur optometrist audiologist chiropractor hygienist dosimetrist physicist geneticist
     signature signed unterschrift handtekening underskrift assinatura podpis firmado fdo gez hausärztin oberärztin assistenzarzt chefarzt stationsarzt belegarzt pfleger pflegerin pflegekraft schwester hebamme therapeut therapeutin untersucher untersucherin
     behandler behandlerin überweiser zuweiser einweiser infirmière infirmier généraliste chirurgien chirurgienne anesthésiste praticien radiologue cardiologue kinésithérapeute pharmacien orthophoniste traitant adressé adressée
     enfermero enfermera médica cirujano cirujana residente anestesista fisioterapeuta matrona cabecera infermiere infermiera medico curante chirurgo ostetrica anestesista fisioterapista
     verpleegkundige verpleger huisarts chirurg behandelaar verloskundige fysiotherapeut apotheker coassistent aios anios
     läkare sjuksköterska ssk sköterska undersköterska barnmorska husläkare remittent överläkare kirurg læge sygeplejerske jordemoder overlæge reservelæge lege fastlege sykepleier overlege jordmor lääkäri hoitaja sairaanhoitaja
     lekarz lekarka pielęgniarka pielęgniarz położna ordynator chirurg rehabilitant rejestratorka zlecający prowadzący enfermeiro enfermeira enf cirurgião cirurgiã anestesiologista fisioterapeuta assistente zr
     interp interpr reg csr cosign cosigner cosigned coassistant supervisor adjuster caseworker dietician keyholder trainee locum oncall coder biller advisor adviser auxiliary auditor courier dispatcher scribe psykolog psykiater erikoislääkäri ylilääkäri erikoistuva llevadora metge metgessa infermera infirmera läk phlebotomy cleaner caterer engineer installer vendor supplier advisor auctioneer planner scheduler nøbet hco smo rmo vmo`,
  ],
  [Cue.by, 'by for par von por durch ved av door przez'],
  [
    Cue.talk,
    `with spoke called contacted informed notified paged phoned telephoned texted emailed updated told asked advised per from to cc bcc attn attention re contact named aka alias caller via reach reached
     this call labeled labelled subscriber subscr camper employee passenger recipient debtor insured guarantor policyholder holder beneficiary applicant discussed thanked consulted remember saw seen met met d w regarding concerning recipient requested copies copy`,
  ],
  [
    Cue.credential,
    `md rn phd dpm crna fnp aprn lpn lvn pharmd dds dmd dnp psyd mbbs frcs facs facc facp frcp arnp cnm lcsw msw rdms rvt rrt bsn msn agnp acnp facog faap ccrn cma cpnp pac rph rpt lmft mbchb mrcp frcr frcpath fracs dabr facr cns pnp ahn rgn rmn rscn rncs crrn cen cnor otr slp ccc rbt bcba lmhc lpc lcpc dpm fracp frcpc fnp rhit rhia ccs cpc cst cphq mbbch frcog frcem mrcgp mrcog emt nrp aemt licsw lisw lcas lcdc pgy nnp mrcpsych mrcpch mrcs mrcoph frcophth frcpsych franzcp facem msn np-c fnp-c`,
  ],
  [Cue.degree, 'do pa np ma ot pt rt bs slp rd edd od dc cnp otr dpt mph cna ms ba esq ct bc sr lpn ed'],
  [Cue.suffix, 'jr sr ii iii iv esq junior senior'],
  [
    Cue.particle,
    'van von de la del der den di da dos das do du le el al bin ibn ben bint abu ter ten zu af av y e della dello degli delle los las ap st mac mc san d l ul ur ud st ní nic uí mhic',
  ],
  [
    Cue.organization,
    `hospital hospitals clinic clinics center centre centers medical health healthcare university college school institute institution foundation pharmacy laboratory laboratories lab labs inc llc ltd gmbh corp corporation company co group
     memorial general regional community children childrens women womens cancer hospice home nursing rehab rehabilitation associates department dept ward wing building tower pavilion floor street st avenue ave road rd drive lane ln
     boulevard blvd parkway pkwy terrace court highway hwy square plaza place county city township village state church airport station park beach island river lake mountain valley district society association
     system systems services service program project trust ag sa bv nv plc kg se ab oy systems technologies pharmaceuticals pharma diagnostics devices healthineers scientific surgery elementary academy press journal
     insurance bank hotel team unit sanatorium infirmary dispensary klinik klinikum krankenhaus spital straße strasse weg platz rue hôpital ziekenhuis szpital calle fund award prize lecture act day army library museum stadium mall care imaging radiology cardiology`,
  ],
  [
    Cue.thing,
    `syndrome syndromes approach approaches circuit slant surgery surgeries disease sign signs test tests testing fracture fractures procedure catheter catheters cath drain drains tube tubes score scores scale criteria criterion classification murmur reflex node nodes nodule nodules line lines lymphoma sarcoma tumor
     tumour carcinoma disorder anemia palsy phenomenon maneuver manoeuvre method technique stain index equation formula law position incision operation repair clamp forceps retractor needle speculum bag valve pump suture stitch
     ring rings body bodies cell cells membrane contracture deformity nail pin rod plate screw wire splint brace collar boot stocking hose bath solution ulcer esophagus oesophagus hernia cyst duct gland glands canal fascia ligament tendon
     triangle space pouch point area angle sinus cavity artery vein nerve nucleus tract lobe fissure fold folds line spot spots patch plaque plaques lesion thyroiditis arteritis arthritis vasculitis purpura
     chorea ataxia dystrophy atrophy aphasia dementia encephalopathy nephropathy neuropathy myopathy granulomatosis drill drills maneuvers manoeuvres precautions crisis triad tetrad pentad tetralogy anomaly malformation abnormality stage staging grade grading type class group
     pattern respirations respiration breathing breath block lamp light machine monitor frame table bed chair walker cannula mask trocar knife scissors hook blade laryngoscope scope stent graft filter shunt flap anastomosis
     bypass resection fusion osteotomy arthroplasty prosthesis implant implants device technology tm antibody antibodies antigen virus bacillus fever agar media medium assay coefficient correlation test's stains effect cycle protocol regimen diet
     coma trait inclusion inclusions corpuscle corpuscles fibers fibres layer zone islet islets tubercle aneurysm vaccine insulin tablets tablet capsule injection mg cream ointment inhaler drops pack packs kit coma-scale questionnaire inventory
     rhythm gradient ratio nomogram model calculator rule rules guideline guidelines trial study analyzer analyser analyzers scanner scanners system probe transducer camera workstation software medium stain's
     osteoarthropathy palsies gait stance facies nystagmus pupil pupils cough cells' gangrene lung kidney tachycardia pneumonia hemorrhage prophylaxis melanoma glomerulonephritis oophoritis tenosynovitis dressing
     nails retractors clamps forceps elevator elevators curette curettes osteotome osteotomes rongeur antigen antigens factor factors grass weed pollen dander venom circle foramen tract torcular cistern pouch
     escala tasca cavo segno signo sinal prueba enfermedad síndrome maniobra escore teste doença échelle signe maladie manœuvre skala objaw zespół índice indice zeichen klassifikation typ`,
  ],
  [
    Cue.link,
    'is was are named called the a an of his her their my our your name as and id mr mrs ms dr full legal first last preferred surname given family maiden who being new old elderly pleasant s now person persoon persona middle twin mit der die das seine ihre la le son sa su sus la il suo sua zijn haar hans hennes jego jej o seu sua by current primary care on duty md staff',
  ],
  [
    Cue.does,
    `denies denied reports reported states aware stated presents presented complains complained endorses endorsed says said tells told asks asked requests requested agrees agreed consented declined declines refused refuses verbalized verbalizes
     understands tolerated tolerates ambulated returns returned arrived arrives came comes lives resides works takes uses drinks smokes feels felt wants wishes called calls accompanied underwent undergoes received receives has had was is will would
     continues remains appears appeared understood acknowledges acknowledged expressed noted notes describes described mentions mentioned explained believes thinks needs needed lost fell went left stopped started began weighed weighs grew attended attends assisting assisted er är concurs concurred
     admits gives gave texts texted phones smiled smiles spoke speaks shouted cried cries laughed insists claims claimed recalls recalled remembers worries worried hopes hoped plans thanked drives drove visits visited brought brings stays stayed walked slept sleeps ate eats confirms
     rang phoned emailed cancelled canceled likes liked loves misses knows knew prefers preferred struggles`,
  ],
  [
    Cue.label,
    'name names surname forename alias aka lastname firstname fullname patientname nombre nom nazwisko naam apellido apellidos nachname vorname prénom imię navn namn nome cognome achternaam voornaam roepnaam förnamn efternamn fornavn etternavn efternavn sukunimi etunimi forenames vornamen familienname geburtsname rufname prenome apelido apelidos nickname middlename naissance meisjesnaam nimi preferred maiden nee née geb nata domu',
  ],
  [
    Cue.opening,
    'dear hi hello hey dearest liebe lieber geehrter geehrte cher chère estimado estimada querido querida beste geachte',
  ],
  [
    Cue.closing,
    'you much again advance wishes sincerely regards thanks thx tks ty cheers respectfully yours cordially best truly sympathy bless grüße grüßen gruß cordialement saludos saluti atentamente atenciosamente cumprimentos groeten groet hälsningar hälsning hilsen poważaniem',
  ],
  [
    Cue.signed,
    `signed dictated transcribed reviewed verified interpreted read performed ordered reported seen approved cosigned authenticated attested entered examined prepared collected electronically evaluated written authored accompanied
     requested referred documented administered completed obtained supervised assisted observed received validated finalized released resulted discussed notified placed inserted removed recorded confirmed assessed delivered
     given done noted sent called taken treated managed followed scheduled created edited`,
  ],
  [
    Cue.joint,
    'd s and und et y en och og oraz by as name called prefers of law med ssa ra mag dent habil ing digan llamen says him her me them care efter avec met mit de di van p',
  ],
  [
    Cue.behind,
    `dob born geb geboren geboortedatum geburtsdatum né née nacido nacida nato nata ur född født nascido nascida mrn ssn nhs date d please can could thank thanks would will this your you we just here in to`,
  ],
  [Cue.lead, 'on for about is named says regarding'],
  [
    Cue.age,
    'year years yo yr yrs y yof yom jährige jähriger jährig ans años jaar m f år års jahre jahren anos anni éves vuotias jarige jarig',
  ],
  [
    Cue.saint,
    'st saint sainte mount mt san santa santo sankt fort ft port lake camp cape our sao hurricane typhoon storm calle plaza avenida paseo camino rue boulevard avenue via viale ulica ul rua praça carrer unidad pavilhão pabellón pavillon',
  ],
];

function build(): Table {
  const flags = new Map<string, number>();
  for (const [flag, text] of WORDS) for (const word of listOf(text)) flags.set(word, (flags.get(word) ?? 0) | flag);
  const table = createTable(12);
  for (const [word, bits] of flags) table.add(hashOf(word), bits);
  return table;
}

/** Cue bits by the hash of a word. */
export const CUES: Table = build();

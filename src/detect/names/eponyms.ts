import { listOf } from './words.ts';

/** People whose names are signs, diseases, tests, instruments and scores. Each is somebody's family name as well. */
export const EPONYMS = listOf(`
cryer cowhorn coban schultze hohmann gelpi hohman verocay wiberg outerbridge hinchey labbe herophili monro sylvius rolando kell lutheran dombrock scianna gerbich cromer knops
abbe achilles adams addison adie adson albright alder allen allis alport alvarado alzheimer amsler anderson angelman apgar apley arnold arthus aschoff asherman asperger auer auerbach austin
babinski baker balint ballard bankart banti barlow barr barre barrett bartholin barthel bartter basedow bassini battle beck becker behcet bell bence benedict bennett berger bernoulli bethesda bevan beck
bier billroth birads bishop blalock blount blumberg boas boerhaave bohr borg bosniak bouchard bowen bowman braden branham braxton breslow bristol broca brodie brown broviac bruce brucella brudzinski
brugada brunner brushfield budd buerger burkitt burnett burow calot cameron cantlie carpenter castleman chadwick chagas charcot charlson chaddock cheyne chiari chopart christmas churg chvostek
clark cobb cockcroft colles conn cooley coombs cooper cope cori corrigan courvoisier cowden cowper creutzfeldt crigler crohn cronkhite crouzon cullen cushing dalrymple dandy danlos darier debakey dejerine
denonvilliers dercum devic dieulafoy digeorge dix dohle doppler douglas down dressler dubin duchenne duke dukes dupuytren duroziez ebola ebstein edwards ehlers eisenmenger ellison epley epstein erb
erlenmeyer eustachian evans ewart ewing fahr fallot fanconi felty finkelstein fisher flint foley fontan forrester forssmann fothergill fournier fowler freiberg freud frey friedreich froment
frohlich fuchs gaenslen galant galeazzi gallavardin gardner gartland gaucher genu gerstmann gilbert gilles gillespie girdlestone glasgow gleason glisson goldblatt golgi gomori goodpasture gordon gottron gradenigo
graham gram grave graves grawitz griffith groshong grynfeltt guedel guillain gunn guthrie guyon haglund hallpike hamman hamilton hampton hansen harris hartmann hartnup hashimoto hasson haversian hawkins
heberden hegar heimlich heinz henle henoch hering herrick hesselbach heubner hickman higashi hill hirschberg hirschsprung hodgkin hodgkins hoffa hoffman hoffmann holmes holter homan homans hoover
horner howell hunner hunt hunter huntington hurler hurst hutchinson jackson jacksonian jakob jamshidi janeway jarisch jefferson jeghers jendrassik jervell jobe jobst johnson jones judet kaposi kartagener kasabach kasai
katz kawasaki kayser kehr keith kelly kerley kernig kienbock killip kimmelstiel klatskin klinefelter klippel klumpke kocher koch koebner koplik korotkoff korsakoff korsakow krabbe kraske
krukenberg kupffer kussmaul kveim lachman laennec lambert lambl landau langer langerhans langhans larsen lasegue lawrence leber leforte legg leishman lemierre lenegre leopold leriche lesch
letterer leudet levine levy lewy leydig lhermitte libman liddle lisfranc lister little littre ljungan loeffler loffler lou ludwig lugol lund luschka lyme lynch maddox maisonneuve mallampati mallet mallory
malpighi mantoux marburg marcus marfan marjolin martius mayer mayo mcburney mccune mcdonald mcgill mcmurray mcroberts meckel mees meibomian meigs meissner meniere menetrier menkes mirizzi mobitz
moebius mohs mohr monro montgomery monteggia montreal morgagni moro morquio morse morton muir munchausen murphy myer naegele nageotte neer negri nelson niemann nikolsky nissen nissl noonan norton norwood
oddi ogilvie ollier ommaya oram ortner ortolani osgood osler osmond pancoast paget palmer panton papanicolaou parinaud parkes parkinson parvin patau patrick paul pavlik peyer peyronie pfannenstiel phalen pick
pierre pilates pinel plummer poland pompe pott pott's potter poupart prader pratt prehn pringle prinzmetal pugh purkinje quervain quetelet queckenstedt quincke radovici ramsay ramsey ranson rathke raynaud
reed reinke reissner reiter reye richter rickham riedel riley rinne ritter robertson robin robinson roger rokitansky romberg romhilt rorschach roth rothmund rotor rovsing roux russell ryle sabin
sachs salk salter sandifer scarpa schatzki scheie schirmer schilling schmorl schober schonlein schwann schwannoma scheuermann schiller seldinger sengstaken sertoli sever shiley sheehan shigella shirodkar
siegrist simmonds sims sipple sister sjogren skene smith snellen somogyi sonne spearman spigelian sprengel spurling spitz starling steell stein steinert stensen stevens stewart stickler still stokes strauss
sturge swan swyer sydenham syme takayasu takotsubo tanner taussig taylor tay tenckhoff terson thayer thomas thompson thomsen tinel todd tooth tourette traube treacher treitz trendelenburg trousseau
tukey turcot turner tzanck valsalva vater venturi verner vincent virchow voigt volkmann waldenstrom waldeyer wallenberg walter warburg ward warthin waterhouse waterston weber weigert weil
weiss well wells wenckebach wermer wernicke wertheim westermark wharton whipple widal willebrand williams willis wilms wilson wiskott wolff wood wright yankauer yergason yersinia zeiss zellweger zenker ziehl
zollinger penrose malecot jackson kirschner steinmann bovie kocher kelly crile weitlaner balfour deaver finochietto metzenbaum allis babcock debakey mayo hegar sims auvard graves pederson
ochsner harmonic verress veress palmaz gianturco greenfield quinton mahurkar permcath salem levin dobhoff miller macintosh magill guedel bougie eschmann jelco hoyer stryker bair bird bennett braun
lewis dewey kidner lapidus akin austin chevron keller bunion sanders mason neer garden evans ilizarov pauwels boehler gustilo tscherne ruedi hohl schatzker rockwood tossy weber danis
karnofsky lansky katz lawton barthel tinetti berg edinburgh epworth hamilton beck zung montgomery ottawa fazekas scheltens lund mackay rutherford fontaine ceap forrest rockall blatchford ranson balthazar
wegener fabry gaucher pompe bosniak fleishner fleischner lugano deauville paris vienna prague hinchey clavien dindo aldrete ramsay rass glasgow berlin boston bristol sarin robson nohr papile sarnat chanarin simpson masako tinetti lambl siewert lauren mandard wegener friedewald damon frisby donati gerson lehr epley parmentier carinii ryder cottle cochrane jadad
`);

/** Names of two words, each of which is a person's name, that are things. Blanks and hyphens are the same. */
export const EPONYM_PHRASES = listOf(`
ryan~white hester~davis rose~waaler mettler~toledo burroughs~wellcome da~vinci abbott~gallant gele~kruis ronald~mcdonald katie~beckett susan~komen tyrer~cuzick
henry~schein karl~storz carl~storz richard~wolf carl~zeiss paul~hartmann otto~bock fritz~stephan hans~rudolph erich~jaeger peter~brehm robert~koch max~planck marie~curie florence~nightingale walter~reed lucile~packard
ben~taub betty~ford jane~todd lyndon~johnson martin~luther becton~dickinson bair~hugger good~samaritan st~john aunt~jemima uncle~ben miami~j philadelphia~collar aspen~collar hill~rom mary~kay jack~daniel jim~crow charlie~horse
adam~apple achilles~tendon venus~flytrap lazy~susan jolly~rancher dr~scholl dr~bronner edwards~sapien baxter~prismaflex vila~nova reggio~emilia reggio~calabria corso~italia robin~hood mueller~hinton harry~potter mickey~mouse minnie~mouse donald~duck peter~pan santa~claus peppa~pig thayer~martin bordet~gengou lowenstein~jensen parker~hannifin pratt~whitney ben~jerry doctor~who dr~seuss fahr~volhard bauer~kirby caldwell~luc crawford~adamson harley~davidson ivor~lewis jim~beam john~deere johnnie~walker arnold~palmer marshall~marchetti marchetti~krantz walter~raleigh millard~gubler carey~coombs birt~hogg hogg~dube jackson~rees harvey~bradshaw milligan~morgan watson~jones lloyd~davies lowenstein~jensen ronald~mcdonald elizabeth~arden calvin~klein tommy~john santo~domingo costa~rica addis~ababa fort~wayne el~salvador sierra~leone puerto~rico hunt~hess smith~petersen bernard~soulier harrington~rod thomas~splint eau~claire welch~allyn b~braun r~bard dr~pepper dr~scholl mr~clean mrs~dash adams~stokes allen~brown ann~arbor arnold~chiari austin~flint baylor~scott bence~jones bennett~fracture benedict~roth beth~israel blalock~taussig bland~altman brown~sequard braxton~hicks budd~chiari carl~zeiss karl~storz kimberly~clark oscar~health
charcot~leyden charcot~marie cheyne~stokes child~pugh child~turcotte churg~strauss claude~bernard cockcroft~gault crigler~najjar creutzfeldt~jakob cruveilhier~baumgarten dana~farber dandy~walker danis~weber
dana~point denis~browne denny~brown diamond~blackfan dix~hallpike dubin~johnson edwards~lifesciences ehlers~danlos eli~lilly epstein~barr fitz~hugh foster~kennedy gardner~wells george~washington gilles~tourette
glasgow~coma goldenhar~gorlin graham~steell gray~turner grey~turner guillain~barre hallervorden~spatz hamman~rich hand~schuller harris~benedict henoch~schonlein henry~ford heerfordt~waldenstrom
holt~oram holmes~adie howell~jolly hugh~curtis jackson~pratt jackson~prat jarisch~herxheimer jervell~lange john~hopkins johns~hopkins johnson~johnson kaiser~permanente kasabach~merritt kayser~fleischer kimmelstiel~wilson kirby~bauer
klippel~feil klippel~trenaunay lambert~eaton landau~kleffner landry~guillain lauge~hansen laurence~moon legg~calve lennox~gastaut lesch~nyhan levy~roussy lewy~body li~fraumeni libman~sacks lou~gehrig
lown~ganong luther~king mallory~weiss mallory~denk marcus~gunn marie~tooth martin~gruber mary~joseph may~thurner mccune~albright mcgill~pain meckel~gruber merck~sharp miller~abbott miller~fisher
milroy~disease mount~sinai mount~carmel munro~kellie myers~squibb nager~miller niemann~pick nancy~grade nissen~fundoplication noonan~syndrome oldham~ottawa osgood~schlatter osler~weber osler~rendu parke~davis parkinson~white passy~muir
patterson~kelly paul~bunnell pearson~correlation peutz~jeghers pierre~robin plummer~vinson potter~elvehjem prader~willi ramsay~hunt rancho~amigos reed~sternberg riley~day rose~bengal rosai~dorfman
russell~silver saint~louis salem~sump salter~harris san~antonio scott~white sharp~dohme shy~drager sloan~kettering smith~nephew smith~lemli smith~wesson smith~robinson stanford~binet steele~richardson stein~leventhal stevens~johnson
mr~pibb dr~pepper stewart~hamilton stokes~adams sturge~weber swan~ganz tay~sachs terry~thomas thermo~fisher thomas~jefferson treacher~collins turner~syndrome vernet~collet virginia~mason von~willebrand von~hippel wallace~rule warthin~finkeldey
waterhouse~friderichsen weil~felix werdnig~hoffmann wilson~disease wiskott~aldrich wolf~hirschhorn wolff~parkinson wood~johnson wright~giemsa ziehl~neelsen zimmer~biomet zollinger~ellison
pap~smear rapid~strep bell~palsy wells~score bishop~score bjork~shiley norton~scale morse~fall allen~test murphy~sign cobb~angle white~count red~lake brown~university regina~elena rene~descartes martha~jefferson
brigham~women hill~rom robert~wood mary~washington spencer~hospital jude~medical teddy~hose bear~hugger hill~sachs jones~fracture hunter~syndrome christian~science mason~allen lincoln~memorial forrest~classification
mini~cog mc~gill santa~clara santa~barbara santa~monica santa~fe santa~cruz san~diego san~jose san~francisco los~angeles las~vegas el~paso new~york little~rock jack~daniels bud~light grand~rapids ann~taylor st~louis st~paul
granny~smith earl~grey campbell~de austin~moore lee~silverman rauland~responder signe~de signo~de segno~di rosa~bengala rosa~bengal rose~bengale bengala~rosa de~bengala sala~azul graham~crackers watson~schwartz greulich~pyle levey~jennings wolff~chaikoff tanner~whitehouse
ison~hay de~morgan owens~minor
oscar~mayer herman~miller homer~wright ferris~smith tudor~edwards warwick~james collis~browne monterey~jack maris~piper rancho~bernardo sara~stedy atlas~copco pred~forte peach~melba pêche~melba spencer~wells los~angeles novo~nordisk port~salut dr~pepper mr~kipling little~debbie mrs~fields oh~henry baby~ruth aunt~jemima uncle~ben marks~spencer
vermont~teddy provox~vega blue~shield jay~basic kennedy~cag san~luca santos~y le~cron gold~oscar lilly~for apportez~carte crema~parmentier marks~and zemin~kat
`);

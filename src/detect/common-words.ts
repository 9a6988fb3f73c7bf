/**
 * Family names that are also words of everyday or clinical English, units, body parts or eponyms. Alone they are no sign of a person
 * in a note ("long history", "Gram stain", "right hand"); with a given name beside them they still are.
 */
const WORDS = `
able acute adam addison age agent alert allen alzheimer anal angel apgar april arch archer arm arms art ash august aunt
babinski back bacon baker ball bank banks banner bar barber barker barr barrett base bass bates bay beach beam bean bear
beard bed bell bence benefit bent berg berry best bird birth bishop black blake bland blank block blood bloom blue board boil
bolus bond bone bones boot bottom bowel branch brand bray bread break breeze brick bridge bridges bright broad broca brook
brother brown bruise brush buck bud bull burn burns bush butcher butler butter buttock byte cage cain camp cancer candida
cane cannon carbon card care carpenter carry cart carter case cash cat cell center chain chamber chambers chance chapel
chapman charge chase check cheek chest chew cheyne child childs chin christian church circle clark clay clean clear clinic
close cloud coach coal coat coffee cold cole collar collection comfort common cone control cook cool cooper copper cord corn
corner cost cotton couch cough count court cover cow coward cox craft cramp craven cream creek crohn cross crown cruise cup
curry cushing cuts cyst dale damp dance dark date dates dawn day days deal dean dear death deep delay derm desk detected
diamond dick diet disease dock doctor doppler dose dove down downs drain draw dream driver drop drug drum dry dull dwell dye
dyer early east easter elder epstein eye face fact fair faith fall falls false farmer fast fat father fear feet female fever
few field fields fight fill finding fine finger fire first fish fisher fit fitness flag flare flat fleet flesh flood flow
flower flowers flush fog foley folic food foot force ford foreman forest form fort found fountain fowler fox frame free
freeze french fresh friday friend frost fruit full funk gain gait gall game garden gardener gas gaze gentle giemsa gift gill
girl given glad glasgow glass glover goal god gold golden good grace grade grain gram grand grant graph grave graves gray
great green grey grip gross ground group grove growth guard guest guide gum gun hail hair hall hand hands hard harp hart
harvest hashimoto hat hay head heal health heard heart heat heath heel held help hickman high hill hills hip hit hodgkin
hodgkins hold holder hole holiday holland holly holter home honey hook hope horn horne horse hospital host house hunger hunt
hunter hurt husband ice ill ireland iron island ivory ivy jacket jail jaw job joint jones june just kaposi keen keep key kid
kidney king kings kit kitchen knee knight known korsakoff lab labor lake lamb land lane lang large last late law lawn lawyer
lead leaf lean leather left leg legs less letter level liberty light lily limb lime limit line lion lip list little liver
living load lock loft long look loss lot lots love low lower lump lung lungs mace major male man manual marble march marfan
mark marker marrow marsh mask mass masters match may mcburney mean means medical medicine merry mild milk mill miller mind
mine minor mint minute miss moist monday month moon moore morning morrow moss mother mouth murmur murphy muscle nail name
native near neck negative nerve new newborn newman night noble node none normal north nose note nurse oak ocean odor office
oil old olive onset open orange order organ oval oxygen pace pack packer page paget pain paine painter pair pale palm palmer
pan pancoast pap parent parish park parkinson parkinsons parks parson parsons part partial pass patch patient pause peace
peach peak pear pearl peel pen penn penny people pepper period person phone pickle pierce pill pink pint pipe place plain
plan plant plate platelet plaza pleasant plum point poison pole pond pool poole poor pope port porter positive post pound
power powers pray prayer present press price priest prime prior pro prune pulse pump purple push quick quiet race rain rains
ramp range rare rash rate raw ray raynaud reader ready recent red reed regular reid rest result results rice rich riches
ridge right ring ringer rinne risk river rivers roach road rock rod rode roman romberg roof room root rose rough round rove
rule rush rust sad safe sage sale salmon salt sample saturday save scale school schwann score sea seal season second seed
self sell senior sense serum service severe shade shaft shake shallow sharp sheath shed sheet shell shield shin ship shock
shoe short shot shoulder shower shunt sick side silence silver simple single sister site six sjogren skin slack sleep slight
slim sling slow small smart smear smoke smooth snow soap sober social soft sole solid song sore south spain spark spear speed
spell spice spike spine spleen split spoon spot sprain spring spry stable staff stage stain stair stand staple star stark
start state states station stay steady steel stem stent step stern stiff still stitch stock stokes stomach stone stool storm
story stout strain strand strange street strength stress strong study stump style summer summers sun sunday super surgeon
surgery swan sweat sweet swell swift swim table tall tank tape tear teeth temple tender test testing thigh thin thorn throat
thumb thursday tick tide tiger tight till tilt time tissue toe tongue tooth total touch towel tower town tract train trainer
tran travel tremor trial trip true trunk tube tuesday tumor turn turner type ulcer uncle under unit unknown upper urine use
valley value van vein vessel viral virus visit vital wait wake walk walker wall walls ward ware warm warner wash waste watch
water waters watt wave wax way weak weber wednesday week weeks weight well werner wernicke west western wet whipple white
whole wide wild will wilson wind wing winter winters wire wise wolf woman wood woods words work workman world wound wright
wrist yard year years yeast york young younger zero zone
`;

export const COMMON_WORDS: ReadonlySet<string> = new Set(WORDS.toUpperCase().split(/\s+/).filter(Boolean));

/** Given names that are words too and in no list above. */
export const GIVEN_WORDS: ReadonlySet<string> = new Set(
  'FRANK BILL PAT SUE GENE DREW CHUCK JACK ROB BOB ART GUY JOY DAWN DEAN LANCE MILES RUBY IVY OLIVE SUNNY MISTY CHRISTIAN STERLING CHASE CASE MAX REX DOT FLO PIP NICK RICH SKIP BUD WARREN GLEN HEATHER HAZEL VIOLET ROBIN MARTIN OWEN PIERCE TREY VICTOR'.split(
    ' ',
  ),
);

/** What stands in an identity field where nobody is named. */
export const PLACEHOLDERS: ReadonlySet<string> = new Set(
  'UNKNOWN UNK NONE NULL NA ANONYMOUS ANONYMIZED ANONYMISED DEIDENTIFIED REDACTED WITHHELD REMOVED UNAVAILABLE UNIDENTIFIED NONAME TESTPATIENT XXX XXXX XXXXX'.split(
    ' ',
  ),
);

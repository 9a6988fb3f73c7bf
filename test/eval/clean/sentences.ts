import type { Random } from '../../../src/demo/random.ts';
import type { Split } from '../corpus/label.ts';
import { digits } from '../corpus/numbers.ts';
import { list } from '../vocabulary/vocabulary.ts';

/**
 * Sentences of clinical traffic that identify nobody, made of what detectors stumble over: diseases and instruments named after people, drugs
 * and makers that are names, words in capitals, numbers in the form of telephones, record numbers, dates and addresses. Each list's first half
 * is the train split's, its second half the test split's.
 */
const SLOTS: Readonly<Record<string, readonly string[]>> = {
  eponym: list(
    'Parkinson|Hodgkin|Crohn|Graves|Bell|Addison|Paget|Raynaud|Wilson|Marfan|Meckel|Barrett|Baker|Colles|Foley|Kocher|Babinski|Romberg|Virchow|Whipple|Billroth|Hartmann|Swan|Cushing|Alzheimer|Hashimoto|Turner|Down|Wilms|Ewing|Kaposi|Meniere|Sjogren|Takotsubo|Dupuytren|Charcot|Hickman|Broviac|Murphy|McBurney|Kernig|Tinel|Phalen|Nissen|Roux|Bennett|Smith|Jones|Monteggia|Duke',
  ),
  thing: list(
    'disease|syndrome|sign|fracture|procedure|catheter|test|criteria|phenomenon|lesion|maneuver|tumor|palsy|stage|clamp|contracture',
  ),
  drug: list(
    'Augmentin|Plavix|Lasix|Coumadin|Eliquis|Sinemet|Synthroid|Zosyn|Rocephin|Neurontin|Lopressor|Prilosec|Humalog|Allegra|Claritin|Lipitor|Xarelto|Aricept|Levaquin|Medrol|Novolog|Seroquel|Zoloft|Lexapro|Benadryl|Abilify|Celexa|Ativan|Nora-BE|Camila',
  ),
  maker: list(
    'Philips|Siemens|Baxter|Cook Medical|Abbott|Johnson & Johnson|Becton Dickinson|Grace Medical|Stryker|Smith & Nephew|Roche|Drager|Mindray|Hill-Rom|Fresenius|Hope Pharmaceuticals|King Systems|Boston Scientific|Edwards|St. Jude',
  ),
  device: list(
    'IntelliVue MX800|Artis zee|Sigma Spectrum|Alaris 8015|Cobas 6000|Evita V500|Carescape B650|Architect i2000|Max A1|Infinity Delta',
  ),
  product: list(
    'Philips IntelliVue MX800|Siemens Artis zee|Baxter Sigma Spectrum|BD Alaris 8015|Roche Cobas 6000|Johnson & Johnson Vitros 5600|Drager Evita V500|GE Carescape B650|Abbott Architect i2000|Philips Lumify|Hill-Rom Centrella|Hamilton-C6',
  ),
  organ: list(
    'liver|left kidney|right lower lobe|pancreas|gallbladder|thyroid|distal radius|L4-L5 disc|aortic root|left ventricle',
  ),
  // Words that are names elsewhere; a given name here would be one.
  word: list(
    'Chart|Will|Mark|May|April|June|Young|Long|Short|Brown|White|Black|Gray|Rich|Price|Stone|Wood|Skip|Green|Sharp|Cross|Ward|Page|Case|Bright|Field|Cook|Bond|Swift|King',
  ),
  staff: list(
    'charge nurse|respiratory therapist|pharmacy|lab|radiology|transport|night team|case management|blood bank|house supervisor',
  ),
  lab: list('Glucose|Potassium|Creatinine|Hemoglobin A1c|Troponin I|TSH|Ferritin|INR|LDL|White count'),
  city: list('Ann Arbor|Boston|Norwood|Lugano|Bethesda|Oxford|Glasgow|Paris|Tokyo|Vienna'),
};

const SENTENCES: readonly string[] = list(
  '{eponym} {thing} suspected; follow {city} criteria.|History of {eponym} {thing}, stable on {drug} {n2} mg.|{eponym} {thing} negative bilaterally.|{drug} {n2} mg PO BID held, {drug2} started.|{product} alarm acknowledged, lot {ten}.|Reagent lot {phone10} from {maker} opened.|Accession {year}{n6} resulted; order {ten} cancelled.|{lab} {dec}, repeat {dec}, ref {range}.|{device} firmware {v4}, serial on file.|Timestamp {epoch} out of sequence.|OID {oid} retired.|{word} up with {staff} in {n1} weeks.|{word} {organ} view repeated.|{organ} measures {dec} x {dec} cm.|{staff} aware. Room {n3}-{n1}.|BP {n3}/{n2}, HR {n2}, pain {n1}/10.|Specimen {n2}-{n6} hemolyzed; redraw.|CPT 99213, ICD E11.9, LOINC {n4}-{n1}, DRG {n3}.|Titer 1:{n3}, dilution 1/{n2}.|PATIENT RESTING, {EPONYM} {THING} PRECAUTIONS.|{WORD} NOTE: {STAFF} NOTIFIED OF {LAB} {dec}.|{EPONYM} DRAINING {n3} ML CLEAR.|Series {n1}, image {n2}/{n3}.|Protocol {n3}.{n2} version {v3} applied.|Ticket INC{n6} closed; build {v4}.|{maker} pump {n6} returned to {maker2}.|Patient declined {drug}. Patient Education given.|Dr notified per protocol; Dr aware.|Mother at bedside, father in waiting area.|Chart reviewed; MRN matched x2.|{word} be discharged when {lab} normal.|No known allergies to {drug}.|{lab} {dec} {EPONYM} CALC, QC {n4} passed.|Run {n5}, plate {n4}, well {n1}.|Ext {n4} or {n2}-{n4} for questions.|Age {n2}, weight {n2} kg, EF {n2} %.|Dose {dec} mL of {ten} IU per vial.|Gauge {n2} needle, {maker} item {n2}-{n3}-{n4}.|{eponym} and {eponym2} signs absent.|{eponym}-{eponym2} {thing} grade {n1}.|Ratio {n1}:{n2}, score {n1}/{n2}, {n3}-{n2} range.|{city} classification {n1}B.',
);

/** What the train split has besides: the more it has, the less is learnt by heart. */
const MORE: Readonly<Record<string, readonly string[]>> = {
  eponym: list(
    'Lou Gehrig|Guillain-Barre|Stevens-Johnson|Creutzfeldt-Jakob|Henoch-Schonlein|Osgood-Schlatter|Legg-Calve-Perthes|Ehlers-Danlos|Prader-Willi|Kawasaki|Behcet|Still|Felty|Caplan|Conn|Gilbert|Hirschsprung|Huntington|Klinefelter|Laurence|Lyme|Mallory-Weiss|Munchausen|Osler|Peyronie|Pott|Reye|Sheehan|Tourette|Waldenstrom|Werner|Zollinger-Ellison|Kelly|Allis|Adson|DeBakey|Metzenbaum|Balfour|Yankauer|Trendelenburg|Valsalva|Heimlich|Apgar|Ballard|Bishop|Glasgow|Braden|Morse|Wells|Ranson|Gleason|Breslow|Clark|Dukes|Mayo|Hunt|Hess|Fisher|Fontaine|Rutherford|Garden|Weber|Lauge-Hansen|Gustilo|Anderson',
  ),
  thing: list(
    'score|scale|scissors|forceps|retractor|classification|position|suction|index|sarcoma|thyroiditis|node|triad|ulcer|reflex|cyst',
  ),
  drug: list(
    'Zyrtec|Xanax|Klonopin|Prozac|Paxil|Wellbutrin|Lantus|Levemir|Victoza|Jardiance|Farxiga|Januvia|Entresto|Norco|Percocet|Dilaudid|Toradol|Zofran|Reglan|Pepcid|Protonix|Nexium|Flonase|Advair|Spiriva|Singulair|Ventolin|Cipro|Bactrim|Keflex|Flagyl|Diflucan|Valtrex|Tamiflu|Paxlovid|Herceptin|Keytruda|Rituxan|Humira|Enbrel|Remicade|Stelara|Ozempic|Tirosint|Vivitrol|Suboxone|Haldol|Cogentin|Depakote|Lamictal|Yasmin|Alesse|Jolivette|Lo Loestrin',
  ),
  maker: list(
    'Medtronic|Zimmer Biomet|Arthrex|Teleflex|Cardinal Health|McKesson|Owens & Minor|Hologic|Bard|B. Braun|Karl Storz|Olympus|Welch Allyn|Nellcor|Masimo|Kimberly-Clark|Ethicon|DePuy Synthes|Wright Medical|Carl Zeiss|Bio-Rad|Sysmex|Ortho Clinical|Thermo Fisher|Eli Lilly|Merck|Pfizer|Bristol-Myers Squibb',
  ),
  organ: list(
    'right adrenal|sigmoid colon|left MCA|C5-C6|rotator cuff|LAD|RCA|mitral valve|tibial plateau|circle of Willis|pouch of Douglas|ligament of Treitz|sphincter of Oddi|islets of Langerhans|bundle of His',
  ),
  word: list(
    'Major|Chance|Chase|Clay|Cliff|Lane|Sage|Sky|Sterling|Porter|Baker|Park|Fields|Banks|Love|Power|Strong|Small|Best|Moody|Hand|Foot',
  ),
  staff: list(
    'wound care|social work|dietary|PT|OT|bed control|ICU resident|GI fellow|cath lab|IV team|stroke team|sepsis nurse|unit clerk|anesthesia|environmental services',
  ),
  lab: list(
    'Lipase|Lactate|Procalcitonin|D-dimer|BNP|Ammonia|PSA|CEA|CA 125|AFP|Vitamin D|Vancomycin trough|Tacrolimus level|HIV Ag/Ab|Hepatitis B sAg|RPR|Rheumatoid factor',
  ),
  city: list(
    'Rochester|Cleveland|Framingham|Milwaukee|Seattle|Denver|Toronto|Montreal|Vancouver|Berlin|Rome|Atlanta|Memphis|Banff|Sydney',
  ),
  product: list(
    'Mindray BeneVision N17|Masimo Rad-97|Stryker LIFEPAK 15|Zoll R Series|Alaris PCU 8015|Hospira Plum 360|Hologic Selenia|Sysmex XN-1000|Beckman AU5800|Welch Allyn Connex|Medtronic Azure XT|Edwards HemoSphere',
  ),
};

const MORE_SENTENCES: readonly string[] = list(
  'Spoke with {staff} re {drug} dose; {word} notify if {lab} > {n3}.|{maker} rep called about ticket {n6}, case {ten}.|{organ} biopsy: {eponym} {thing} not seen.|No evidence of {eponym} {thing} or {eponym2} {thing2}.|{EPONYM} {THING}, {DRUG} {n2} MG GIVEN AT {n4}.|Patient {word2} refused {drug}.|Pt ambulating in hall with {staff}. Steady gait.|Family at bedside. Son and daughter updated by {staff}.|Wife states he takes {drug} and {drug2} daily.|Mother denies {eponym} {thing} in family.|Seen by {staff}; {city} protocol day {n1}.|{maker} {eponym} retractor set {n4} missing one {eponym2} clamp.|Discharge planning: Home Health, Meals on Wheels, {staff}.|Advance Directive on file. Full Code. Living Will scanned.|Good Samaritan and Holy Cross lists compared.|{drug} ({maker}) NDC {n5}-{n3}-{n2} lot {n6}.|Hill sign, {eponym} sign, {word} sign all absent.|Dx: {EPONYM} {THING}, UNSPECIFIED. Plan: {DRUG} {n2} mg.|QC {lab} lvl {n1}: {dec} (SD {dec}).|Sample ID {n3}-{n2}-{n5} rejected, clotted.|Ref {n2}.{n3}.{n3} in {maker} catalogue.|Ship to Dock {n1}, PO {ten}, attn Receiving.|Interface restarted at {n2}:{n2}; {n5} messages replayed.|MSH-10 {ten} duplicate of {ten}.|Please call {staff} ext. {n5}.|Score {n2}/{n2}, {n1}/{n1}/{n1} on {eponym} {thing}.|Right {organ}; Left {organ2}; View AP and Lateral.|Impression: Stable {organ}. Recommendation: Follow Up per {city} guideline.|Blood Type O Positive, Antibody Screen Negative, Unit {n4}-{n6}.|Diet: Heart Healthy, Thin Liquids. Activity: As Tolerated.|Allergies: {drug}, Latex, Tree Nuts, Shellfish.|Attending Physician notified. Primary Nurse aware. Rapid Response called.|Emergency Department Course: IV {drug} given with good effect.|Dr. on call paged twice. MD at bedside. RN to RN report given.|MS Contin {n2} mg held. MR angiography deferred.|{lab}: {dec} mg/dL ({range}) [H] @ {maker} {n4}.|Wound {n1} x {n1} x {n1} cm, {eponym} drain {n2} mL.|{word} {word2} Unit {n1} East, {word} Pavilion.|Trial {n3}-{n2}-{n3} Arm {n1} Cycle {n1} Day {n2}.|{product} serial not recorded; {product} cleaned.',
);

/** Halves of a list, one a split. */
function own(split: Split, items: readonly string[], more: readonly string[] = []): readonly string[] {
  const half = Math.ceil(items.length / 2);
  return split === 'train' ? [...items.slice(0, half), ...more] : items.slice(half);
}

/** One to three sentences. */
export function cleanText(random: Random, split: Split): string {
  return Array.from({ length: random.int(1, 3) }, () =>
    random
      .pick(split === 'train' ? [...SENTENCES, ...MORE_SENTENCES] : SENTENCES)
      .replace(/\{(\w+)\}/g, (_, slot: string) => slotOf(random, split, slot)),
  ).join(' ');
}

function slotOf(random: Random, split: Split, slot: string): string {
  const numeric = NUMBERS[slot];
  if (numeric !== undefined) return numeric(random);
  const name = slot.replace(/\d$/, '');
  const words = SLOTS[name] ?? SLOTS[name.toLowerCase()];
  if (words === undefined) throw new RangeError(`a clean sentence asks for {${slot}}, which nothing fills`);
  const word = random.pick(own(split, words, MORE[name] ?? MORE[name.toLowerCase()]));
  return name === name.toUpperCase() ? word.toUpperCase() : word;
}

const NUMBERS: Readonly<Record<string, (random: Random) => string>> = {
  n1: (random) => String(random.int(1, 9)),
  n2: (random) => String(random.int(10, 88)),
  n3: (random) => String(random.int(100, 999)),
  n4: (random) => String(random.int(1000, 9999)),
  n5: (random) => String(random.int(10_000, 99_999)),
  n6: (random) => digits(random, 6),
  ten: (random) => `${random.int(2, 9)}${digits(random, 9)}`,
  phone10: (random) => `${random.int(2, 9)}${random.int(0, 8)}${random.int(0, 9)}555${digits(random, 4)}`,
  epoch: (random) => String(1_700_000_000 + random.int(0, 90_000_000)),
  year: (random) => String(random.int(2023, 2026)),
  dec: (random) => (random.next() * 90 + 0.5).toFixed(1),
  range: (random) => `${random.int(1, 60)}-${random.int(61, 400)}`,
  v3: (random) => `${random.int(1, 12)}.${random.int(0, 30)}.${random.int(0, 9)}`,
  v4: (random) => `${random.int(1, 12)}.${random.int(0, 30)}.${random.int(0, 99)}.${random.int(0, 99)}`,
  oid: (random) => `2.16.840.1.113883.3.${random.int(1, 9999)}.${random.int(1, 99)}`,
};

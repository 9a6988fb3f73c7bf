import { CLEAN_MORE_TRAIN } from '../vocabulary/clean-train.ts';
import { list } from '../vocabulary/vocabulary.ts';
import type { CleanWords } from './clean-words.ts';
import { CLEAN_TRAIN_FORMS } from './sentences-train-forms.ts';
import { CLEAN_TRAIN_LAB } from './sentences-train-lab.ts';
import { CLEAN_TRAIN_LANGUAGES } from './sentences-train-languages.ts';
import { CLEAN_TRAIN_MORE_GERMAN_FRENCH } from './sentences-train-more-german-french.ts';
import { CLEAN_TRAIN_MORE_LETTERS } from './sentences-train-more-letters.ts';
import { CLEAN_TRAIN_MORE_MACHINES } from './sentences-train-more-machines.ts';
import { CLEAN_TRAIN_MORE_NORTH } from './sentences-train-more-north.ts';
import { CLEAN_TRAIN_MORE_PHRASES } from './sentences-train-more-phrases.ts';
import { CLEAN_TRAIN_MORE_PUBLIC } from './sentences-train-more-public.ts';
import { CLEAN_TRAIN_MORE_RESEARCH } from './sentences-train-more-research.ts';
import { CLEAN_TRAIN_MORE_SOUTH } from './sentences-train-more-south.ts';
import { CLEAN_TRAIN_MORE_SPECIALTIES } from './sentences-train-more-specialties.ts';
import { CLEAN_TRAIN_MORE_STORES } from './sentences-train-more-stores.ts';
import { CLEAN_TRAIN_OPERATIONS } from './sentences-train-operations.ts';
import { CLEAN_TRAIN_REPORTS } from './sentences-train-reports.ts';
import { CLEAN_TRAIN_WARDS } from './sentences-train-wards.ts';
import { CLEAN_TRAIN_WORDS } from './sentences-train-words.ts';

/** The train split's. */
export const CLEAN_TRAIN: CleanWords = {
  slots: {
    eponym: list(
      'Parkinson|Hodgkin|Crohn|Graves|Bell|Addison|Paget|Raynaud|Wilson|Marfan|Meckel|Barrett|Baker|Colles|Foley|Kocher|Babinski|Romberg|Virchow|Whipple|Billroth|Hartmann|Swan|Cushing|Alzheimer|Lou Gehrig|Guillain-Barre|Stevens-Johnson|Creutzfeldt-Jakob|Henoch-Schonlein|Osgood-Schlatter|Legg-Calve-Perthes|Ehlers-Danlos|Prader-Willi|Kawasaki|Behcet|Still|Felty|Caplan|Conn|Gilbert|Hirschsprung|Huntington|Klinefelter|Laurence|Lyme|Mallory-Weiss|Munchausen|Osler|Peyronie|Pott|Reye|Sheehan|Tourette|Waldenstrom|Werner|Zollinger-Ellison|Kelly|Allis|Adson|DeBakey|Metzenbaum|Balfour|Yankauer|Trendelenburg|Valsalva|Heimlich|Apgar|Ballard|Bishop|Glasgow|Braden|Morse|Wells|Ranson|Gleason|Breslow|Clark|Dukes|Mayo|Hunt|Hess|Fisher|Fontaine|Rutherford|Garden|Weber|Lauge-Hansen|Gustilo|Anderson',
    ),
    thing: list(
      'disease|syndrome|sign|fracture|procedure|catheter|test|criteria|score|scale|scissors|forceps|retractor|classification|position|suction|index|sarcoma|thyroiditis|node|triad|ulcer|reflex|cyst',
    ),
    drug: list(
      'Augmentin|Plavix|Lasix|Coumadin|Eliquis|Sinemet|Synthroid|Zosyn|Rocephin|Neurontin|Lopressor|Prilosec|Humalog|Allegra|Claritin|Zyrtec|Xanax|Klonopin|Prozac|Paxil|Wellbutrin|Lantus|Levemir|Victoza|Jardiance|Farxiga|Januvia|Entresto|Norco|Percocet|Dilaudid|Toradol|Zofran|Reglan|Pepcid|Protonix|Nexium|Flonase|Advair|Spiriva|Singulair|Ventolin|Cipro|Bactrim|Keflex|Flagyl|Diflucan|Valtrex|Tamiflu|Paxlovid|Herceptin|Keytruda|Rituxan|Humira|Enbrel|Remicade|Stelara|Ozempic|Tirosint|Vivitrol|Suboxone|Haldol|Cogentin|Depakote|Lamictal|Yasmin|Alesse|Jolivette|Lo Loestrin',
    ),
    maker: list(
      'Philips|Siemens|Baxter|Cook Medical|Abbott|Johnson & Johnson|Becton Dickinson|Grace Medical|Stryker|Smith & Nephew|Medtronic|Zimmer Biomet|Arthrex|Teleflex|Cardinal Health|McKesson|Owens & Minor|Hologic|Bard|B. Braun|Karl Storz|Olympus|Welch Allyn|Nellcor|Masimo|Kimberly-Clark|Ethicon|DePuy Synthes|Wright Medical|Carl Zeiss|Bio-Rad|Sysmex|Ortho Clinical|Thermo Fisher|Eli Lilly|Merck|Pfizer|Bristol-Myers Squibb',
    ),
    device: list('IntelliVue MX800|Artis zee|Sigma Spectrum|Alaris 8015|Cobas 6000'),
    product: list(
      'Philips IntelliVue MX800|Siemens Artis zee|Baxter Sigma Spectrum|BD Alaris 8015|Roche Cobas 6000|Johnson & Johnson Vitros 5600|Mindray BeneVision N17|Masimo Rad-97|Stryker LIFEPAK 15|Zoll R Series|Alaris PCU 8015|Hospira Plum 360|Hologic Selenia|Sysmex XN-1000|Beckman AU5800|Welch Allyn Connex|Medtronic Azure XT|Edwards HemoSphere',
    ),
    organ: list(
      'liver|left kidney|right lower lobe|pancreas|gallbladder|right adrenal|sigmoid colon|left MCA|C5-C6|rotator cuff|LAD|RCA|mitral valve|tibial plateau|circle of Willis|pouch of Douglas|ligament of Treitz|sphincter of Oddi|islets of Langerhans|bundle of His',
    ),
    // Words that are names elsewhere; a given name here would be one.
    word: list(
      'Chart|Will|Mark|May|April|June|Young|Long|Short|Brown|White|Black|Gray|Rich|Price|Major|Chance|Chase|Clay|Cliff|Lane|Sage|Sky|Sterling|Porter|Baker|Park|Fields|Banks|Love|Power|Strong|Small|Best|Moody|Hand|Foot',
    ),
    staff: list(
      'charge nurse|respiratory therapist|pharmacy|lab|radiology|wound care|social work|dietary|PT|OT|bed control|ICU resident|GI fellow|cath lab|IV team|stroke team|sepsis nurse|unit clerk|anesthesia|environmental services',
    ),
    lab: list(
      'Glucose|Potassium|Creatinine|Hemoglobin A1c|Troponin I|Lipase|Lactate|Procalcitonin|D-dimer|BNP|Ammonia|PSA|CEA|CA 125|AFP|Vitamin D|Vancomycin trough|Tacrolimus level|HIV Ag/Ab|Hepatitis B sAg|RPR|Rheumatoid factor',
    ),
    city: list(
      'Ann Arbor|Boston|Norwood|Lugano|Bethesda|Rochester|Cleveland|Framingham|Milwaukee|Seattle|Denver|Toronto|Montreal|Vancouver|Berlin|Rome|Atlanta|Memphis|Banff|Sydney',
    ),
  },
  sentences: [
    ...CLEAN_MORE_TRAIN,
    ...CLEAN_TRAIN_WORDS,
    ...CLEAN_TRAIN_REPORTS,
    ...CLEAN_TRAIN_WARDS,
    ...CLEAN_TRAIN_LAB,
    ...CLEAN_TRAIN_OPERATIONS,
    ...CLEAN_TRAIN_FORMS,
    ...CLEAN_TRAIN_LANGUAGES,
    ...CLEAN_TRAIN_MORE_GERMAN_FRENCH,
    ...CLEAN_TRAIN_MORE_LETTERS,
    ...CLEAN_TRAIN_MORE_MACHINES,
    ...CLEAN_TRAIN_MORE_NORTH,
    ...CLEAN_TRAIN_MORE_PHRASES,
    ...CLEAN_TRAIN_MORE_PUBLIC,
    ...CLEAN_TRAIN_MORE_RESEARCH,
    ...CLEAN_TRAIN_MORE_SOUTH,
    ...CLEAN_TRAIN_MORE_SPECIALTIES,
    ...CLEAN_TRAIN_MORE_STORES,
    ...list(
      '{eponym} {thing} suspected; follow {city} criteria.|History of {eponym} {thing}, stable on {drug} {n2} mg.|{eponym} {thing} negative bilaterally.|{drug} {n2} mg PO BID held, {drug2} started.|{product} alarm acknowledged, lot {ten}.|Reagent lot {phone10} from {maker} opened.|Accession {year}{n6} resulted; order {ten} cancelled.|{lab} {dec}, repeat {dec}, ref {range}.|{device} firmware {v4}, serial on file.|Timestamp {epoch} out of sequence.|OID {oid} retired.|{word} up with {staff} in {n1} weeks.|{word} {organ} view repeated.|{organ} measures {dec} x {dec} cm.|{staff} aware. Room {n3}-{n1}.|BP {n3}/{n2}, HR {n2}, pain {n1}/10.|Specimen {n2}-{n6} hemolyzed; redraw.|CPT 99213, ICD E11.9, LOINC {n4}-{n1}, DRG {n3}.|Titer 1:{n3}, dilution 1/{n2}.|PATIENT RESTING, {EPONYM} {THING} PRECAUTIONS.|{WORD} NOTE: {STAFF} NOTIFIED OF {LAB} {dec}.|{EPONYM} DRAINING {n3} ML CLEAR.|Series {n1}, image {n2}/{n3}.|Protocol {n3}.{n2} version {v3} applied.|Ticket INC{n6} closed; build {v4}.|{maker} pump {n6} returned to {maker2}.|Patient declined {drug}. Patient Education given.|Dr notified per protocol; Dr aware.|Mother at bedside, father in waiting area.|Chart reviewed; MRN matched x2.|{word} be discharged when {lab} normal.|No known allergies to {drug}.|{lab} {dec} {EPONYM} CALC, QC {n4} passed.|Run {n5}, plate {n4}, well {n1}.|Ext {n4} or {n2}-{n4} for questions.|Age {n2}, weight {n2} kg, EF {n2} %.|Dose {dec} mL of {ten} IU per vial.|Gauge {n2} needle, {maker} item {n2}-{n3}-{n4}.|{eponym} and {eponym2} signs absent.|{eponym}-{eponym2} {thing} grade {n1}.|Ratio {n1}:{n2}, score {n1}/{n2}, {n3}-{n2} range.|{city} classification {n1}B.|Spoke with {staff} re {drug} dose; {word} notify if {lab} > {n3}.|{maker} rep called about ticket {n6}, case {ten}.|{organ} biopsy: {eponym} {thing} not seen.|No evidence of {eponym} {thing} or {eponym2} {thing2}.|{EPONYM} {THING}, {DRUG} {n2} MG GIVEN AT {n4}.|Patient {word2} refused {drug}.|Pt ambulating in hall with {staff}. Steady gait.|Family at bedside. Son and daughter updated by {staff}.|Wife states he takes {drug} and {drug2} daily.|Mother denies {eponym} {thing} in family.|Seen by {staff}; {city} protocol day {n1}.|{maker} {eponym} retractor set {n4} missing one {eponym2} clamp.|Discharge planning: Home Health, Meals on Wheels, {staff}.|Advance Directive on file. Full Code. Living Will scanned.|Good Samaritan and Holy Cross lists compared.|{drug} ({maker}) NDC {n5}-{n3}-{n2} lot {n6}.|Hill sign, {eponym} sign, {word} sign all absent.|Dx: {EPONYM} {THING}, UNSPECIFIED. Plan: {DRUG} {n2} mg.|QC {lab} lvl {n1}: {dec} (SD {dec}).|Sample ID {n3}-{n2}-{n5} rejected, clotted.|Ref {n2}.{n3}.{n3} in {maker} catalogue.|Ship to Dock {n1}, PO {ten}, attn Receiving.|Interface restarted at {n2}:{n2}; {n5} messages replayed.|MSH-10 {ten} duplicate of {ten}.|Please call {staff} ext. {n5}.|Score {n2}/{n2}, {n1}/{n1}/{n1} on {eponym} {thing}.|Right {organ}; Left {organ2}; View AP and Lateral.|Impression: Stable {organ}. Recommendation: Follow Up per {city} guideline.|Blood Type O Positive, Antibody Screen Negative, Unit {n4}-{n6}.|Diet: Heart Healthy, Thin Liquids. Activity: As Tolerated.|Allergies: {drug}, Latex, Tree Nuts, Shellfish.|Attending Physician notified. Primary Nurse aware. Rapid Response called.|Emergency Department Course: IV {drug} given with good effect.|Dr. on call paged twice. MD at bedside. RN to RN report given.|MS Contin {n2} mg held. MR angiography deferred.|{lab}: {dec} mg/dL ({range}) [H] @ {maker} {n4}.|Wound {n1} x {n1} x {n1} cm, {eponym} drain {n2} mL.|{word} {word2} Unit {n1} East, {word} Pavilion.|Trial {n3}-{n2}-{n3} Arm {n1} Cycle {n1} Day {n2}.|{product} serial not recorded; {product} cleaned.',
    ),
  ],
};

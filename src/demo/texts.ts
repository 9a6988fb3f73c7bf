/**
 * What a hospital writes into its notes and what looks like an identifier without being one: eponyms, drugs with people's names,
 * accession and lot numbers, CAS and NDC numbers, versions, OIDs, ranges, the switchboard. "No false alarm on the clean messages"
 * means something only because of these.
 */
export const LAB_NOTES: readonly string[] = [
  'Foley catheter specimen; clean-catch repeat advised if bacteriuria persists.',
  'Bence Jones protein not detected by immunofixation.',
  'Epstein-Barr VCA IgG positive, IgM negative: past infection.',
  'Gram stain: few polymorphonuclear leukocytes, no organisms seen.',
  'Accession 26-0412-00187 was split to the send-out bench.',
  'Result verified on analyzer firmware 4.12.0 with method version 2.1.7.',
  'Calibrator lot 4402-11-90231, reagent lot 88172364, both within limits.',
  'Specimen 4023918844 received on ice; centrifuged within 30 minutes.',
  'LOINC mapping 1.2.840.113619.2.5.1762583153.215519.978957063.78 reviewed.',
  'Ranges follow CLSI EP28-A3c; critical limits 2.8-6.2 mmol/L.',
  'Hashimoto thyroiditis suspected; suggest TPO antibodies and a Graves work-up.',
  'Wolff-Parkinson-White pattern mentioned on the request; no interference expected.',
  'Morphine (CAS 57-27-2) confirmed by LC-MS/MS, cut-off 50 ng/mL.',
  'Patient fasting since midnight; sample drawn from the Hickman line.',
  'Patient identified by two identifiers before the draw.',
  'Heparin contamination possible (NDC 00069-0058-01 flush).',
  'Call the laboratory through the switchboard, (312) 555-0100, extension 4021.',
  'Yasmin and Camila may lower free testosterone; Allegra does not interfere.',
  'Down syndrome screen: risk 1 in 12,400. Method: Roche e801, software 10.4.2.',
  'Papanicolaou smear adequate; Crohn disease noted on the request.',
  'Hemolysis index 2+; potassium may be overstated by 0.3 mmol/L.',
  'Dilution 1:128, titre repeated; Coombs test negative.',
  'QC rule 1-3s passed, z-score 0.42, run 20731.',
  'Reference: Tietz, 6th ed., p. 1724; ISBN 978-0-323-35921-4.',
];

/** The same without anything that a receiver outside the treatment could not take: no numbers of a place, no dates. */
export const VENDOR_NOTES: readonly string[] = [
  'Gram stain: few polymorphonuclear leukocytes, no organisms seen.',
  'Bence Jones protein not detected by immunofixation.',
  'Foley catheter specimen; repeat advised if bacteriuria persists.',
  'Epstein-Barr VCA IgG positive, IgM negative: past infection.',
  'Hemolysis index 2+; potassium may be overstated by 0.3 mmol/L.',
  'Hashimoto thyroiditis suspected; Graves disease ruled out.',
  'Method version 2.1.7, analyzer firmware 4.12.0.',
  'Patient fasting since midnight.',
  'Patient reports no anticoagulants; Parkinson medication continued.',
  'Reagent lot 88172364 within limits; QC rule 1-3s passed.',
  'Yasmin and Camila may lower free testosterone.',
  'Dilution 1:128, Coombs test negative.',
  'Concept OID 2.16.840.1.113883.6.1 mapped.',
  'Morphine (CAS 57-27-2) confirmed, cut-off 50 ng/mL.',
];

export const MONITOR_NOTES: readonly string[] = [
  'Swan-Ganz catheter zeroed and levelled.',
  'Cheyne-Stokes pattern, alarm limits 8-30.',
  'Artifact: lead II off, Bell alarm acknowledged.',
];

export const CLINICAL_NOTES: readonly string[] = [
  'Stable, Glasgow Coma Scale 15, Foley removed.',
  'Parkinson disease, on carbidopa-levodopa 25-100 mg.',
  'Allergic to penicillin (rash); tolerates cephalexin.',
  'Lives with family, walks unaided, Braden score 21.',
  'St. Jude valve, INR target 2.5-3.5.',
];

/** Code, name (LOINC), unit, low, high, decimals. */
export const LAB_TESTS: readonly (readonly [string, string, string, number, number, number])[] = [
  ['2951-2', 'Sodium', 'mmol/L', 135, 145, 0],
  ['2823-3', 'Potassium', 'mmol/L', 3.5, 5.1, 1],
  ['2075-0', 'Chloride', 'mmol/L', 98, 107, 0],
  ['2028-9', 'Carbon dioxide', 'mmol/L', 22, 29, 0],
  ['3094-0', 'Urea nitrogen', 'mg/dL', 7, 20, 0],
  ['2160-0', 'Creatinine', 'mg/dL', 0.6, 1.3, 2],
  ['2345-7', 'Glucose', 'mg/dL', 70, 99, 0],
  ['17861-6', 'Calcium', 'mg/dL', 8.6, 10.3, 1],
  ['6690-2', 'Leukocytes', '10*3/uL', 4, 11, 1],
  ['789-8', 'Erythrocytes', '10*6/uL', 4.2, 5.9, 2],
  ['718-7', 'Hemoglobin', 'g/dL', 12, 17, 1],
  ['4544-3', 'Hematocrit', '%', 36, 50, 1],
  ['787-2', 'MCV', 'fL', 80, 100, 0],
  ['777-3', 'Platelets', '10*3/uL', 150, 400, 0],
  ['1742-6', 'ALT', 'U/L', 7, 56, 0],
  ['1920-8', 'AST', 'U/L', 10, 40, 0],
  ['6768-6', 'Alkaline phosphatase', 'U/L', 44, 147, 0],
  ['1975-2', 'Bilirubin.total', 'mg/dL', 0.1, 1.2, 1],
  ['2885-2', 'Protein', 'g/dL', 6, 8.3, 1],
  ['1751-7', 'Albumin', 'g/dL', 3.4, 5.4, 1],
];

/** MDC code, reference id, containment (MDS.VMD.channel.metric), unit, low, high. ISO/IEEE 11073-10101. */
export const VITALS: readonly (readonly [string, string, string, string, number, number])[] = [
  ['147842', 'MDC_ECG_HEART_RATE', '1.1.1.147842', '264864^MDC_DIM_BEAT_PER_MIN^MDC', 52, 118],
  ['150456', 'MDC_PULS_OXIM_SAT_O2', '1.3.1.150456', '262688^MDC_DIM_PERCENT^MDC', 91, 100],
  ['149530', 'MDC_PULS_OXIM_PULS_RATE', '1.3.1.149530', '264864^MDC_DIM_BEAT_PER_MIN^MDC', 52, 118],
  ['151562', 'MDC_RESP_RATE', '1.2.1.151562', '264928^MDC_DIM_RESP_PER_MIN^MDC', 10, 28],
  ['150037', 'MDC_PRESS_BLD_ART_ABP_SYS', '1.4.1.150037', '266016^MDC_DIM_MMHG^MDC', 92, 158],
  ['150038', 'MDC_PRESS_BLD_ART_ABP_DIA', '1.4.1.150038', '266016^MDC_DIM_MMHG^MDC', 50, 92],
  ['150344', 'MDC_TEMP', '1.5.1.150344', '268192^MDC_DIM_DEGC^MDC', 36, 39],
];

/** Drugs of the pumps' library, with the concentration as the pump states it. */
export const INFUSIONS: readonly string[] = [
  'Norepinephrine 8 mg/250 mL',
  'Propofol 10 mg/mL',
  'Heparin 25,000 units/250 mL',
  'Insulin regular 100 units/100 mL',
  'Ringer lactate',
  'Fentanyl 2,500 mcg/250 mL',
];

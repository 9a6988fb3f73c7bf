/**
 * Why a place of HL7 v2 that could hold an identifier is claimed by no rule: what it is instead. By field first, then by data type and component.
 * `generate-hl7-fields.ts` writes them into docs/hl7v2-fields.md and fails where a place has neither a rule nor a reason.
 */

const REFERENCE = 'reference data of a master file, nobody’s record';
const CLOCK = 'clock of a system, no date of a person';
const STOCK = 'stock, a lot, a shipment or a price list: of many people or of none';
const CAREER = 'career of a member of staff; names, numbers, birth and death of staff are found';
const COST_CENTER = 'cost center or contract of an organization; found as more only where CX.5 says so';
const STUDY = 'number of the study, the same for all its subjects';
const PLACE = 'ward, room, bed: where in the facility and not where somebody lives (ADR 0006)';
const ORGANIZATION = 'number of an organization that is nobody’s employer';
const SINCE = 'since when it holds';
const JOB = 'what somebody does for a living is none of the eighteen identifiers';
const LEFT_OPEN = 'typed by another field or by the query; read as text';
const DOCUMENT = 'signature or document: opened and read, what it says is found (ADR 0045)';

/** Fields, as the exception of `hipaa.date` or of the data type. */
const BY_FIELD: readonly (readonly [reason: string, fields: string])[] = [
  [CLOCK, 'BHS-7 EQU-2 EVN-2 FHS-7 MSH-7 NCK-1 QRD-1 QRD-6 SFT-6 URD-1'],
  [REFERENCE, 'FAC-1 LCH-3 LRL-3 MFA-3 MFE-3 MFE-6 MFI-4 MFI-5 LDP-7 LDP-8 OM1-21 OM1-22 OM1-23 ORG-9 PRC-11 PRC-12 TCC-2'],
  [
    STOCK,
    'BPX-10 BTX-7 IIM-4 IIM-7 IIM-11 INV-12 INV-13 INV-14 ITM-1 ITM-7 ITM-25 IVT-2 IVT-4 IVT-7 IVT-10 IVT-19 IVT-20 PAC-2 PAC-3',
  ],
  [STOCK, 'PDC-14 PDC-15 RXA-16 SDD-1 SHP-1 SHP-2 SLT-3 SLT-4 SPM-19 SPM-32 VND-2 VND-4'],
  [CAREER, 'AFF-4 CER-23 CER-24 CER-25 CER-26 CER-27 CER-28 CER-29 EDU-3 EDU-4 EDU-5 PRA-5 PRA-7 PRA-8 PRA-10 STF-12 STF-13'],
  [CAREER, 'CTD-7 PRA-6 PRD-7 STF-22 STF-24 STF-25 STF-26 STF-34 STF-35'],
  [COST_CENTER, 'CDM-11 IVC-3 IVC-20 ORG-5 PCE-2 PSL-25 RQD-7'],
  [STUDY, 'CM0-2 CSR-1 CSR-2 CTI-1'],
  ['since when a reference range holds', 'OBX-12'],
  ['name of a message profile', 'MSH-21'],
  ['maker of the program that sends', 'SFT-1'],
  ['number of a report to an authority, of the sender', 'PES-5'],
  ['credential of the user who sends, no person’s record', 'UAC-2'],
  [DOCUMENT, 'CER-6 STF-41'],
  [LEFT_OPEN, 'MFA-5 MFE-4 OBX-5 QPD-3 QPD-4 QPD-5 QPD-6 QPD-7 QPD-8 QPD-9 RDT-1 RX1-9'],
];

/** Components of data types, where no field says otherwise. */
const BY_TYPE: readonly (readonly [reason: string, places: string])[] = [
  [ORGANIZATION, 'XON.3 XON.10'],
  [SINCE, 'XPN.10 XPN.12 XPN.13 XAD.12 XAD.13 XAD.14 XTN.13 XTN.14 CX.7 CX.8 DLN.3 PLN.4'],
  [PLACE, 'PL'],
  [JOB, 'JCC.3'],
];

const byField = tableOf(BY_FIELD);
const byType = tableOf(BY_TYPE);

function tableOf(rows: readonly (readonly [reason: string, places: string])[]): ReadonlyMap<string, string> {
  const table = new Map<string, string>();
  for (const [reason, places] of rows) {
    for (const place of places.split(' ')) {
      if (table.has(place)) throw new Error(`${place} has two reasons; remove one`);
      table.set(place, reason);
    }
  }
  return table;
}

/** The reason of a place, `EVN-2` of type `DTM` or the component `XON.3`; null where there is none. */
export function reasonOf(field: string, type: string, component: number): string | null {
  return byField.get(field) ?? byType.get(`${type}.${component}`) ?? byType.get(type) ?? null;
}

/**
 * One set of data type names for all versions of HL7 v2. Later versions renamed or widened types without moving their components:
 * each old name below has the components of the new one in the same places, so a rule written for `XPN.1` also reads a 2.1 message
 * whose PID-5 is a PN (docs/adr/0004-one-dictionary-for-all-versions.md).
 */
const RENAMED: Readonly<Record<string, string>> = {
  // 2.6 withdrew TS in favour of DTM; TS.2 (degree of precision) went away, so a time stamp is a primitive here.
  TS: 'DTM',
  // 2.3 widened these; 2.6 made CE part of CWE.
  PN: 'XPN',
  CN: 'XCN',
  AD: 'XAD',
  TN: 'XTN',
  CK: 'CX',
  CE: 'CWE',
  // Depends on another field (OBX-2): the standard types nothing by itself.
  VARIES: '',
};

/** The name of a data type in Cordon's set: `TS` → `DTM`, `PN` → `XPN`, `CM_PAT_ID` → `CX`; empty for `VARIES`. */
export function normaliseType(type: string): string {
  const renamed = RENAMED[type];
  if (renamed !== undefined) return renamed;
  if (type === 'CM_PAT_ID' || type === 'CM_PAT_ID_0192' || type === 'CK_ACCOUNT_NO') return 'CX';
  if (type === 'CM_INTERNAL_LOCATION') return 'PL';
  if (type === 'CN_PERSON') return 'XCN';
  if (type === 'CQ_QUANTITY') return 'CQ';
  return type;
}

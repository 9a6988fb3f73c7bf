import { Kind } from './nodes.ts';

/**
 * Data types of HL7 v3 (Data Types Abstract, R1, as CDA R2 uses them) by the names of elements: a table of what can identify somebody, and of what can't. A schema
 * would say the same of these names wherever they stand.
 */

const NAME_PARTS = new Set(['given', 'family', 'prefix', 'suffix', 'delimiter']);
const ADDRESS_PARTS = new Set(
  `streetAddressLine streetName streetNameBase streetNameType houseNumber houseNumberNumeric deliveryAddressLine additionalLocator unitID unitType
   postBox city county precinct censusTract state postalCode country`.split(/\s+/),
);
const PERSON =
  /(?:[Pp]erson|[Pp]atient|[Gg]uardian|[Rr]elative|[Mm]other|[Ff]ather|[Cc]hild|[Ss]ubject\d?|[Ww]itness|[Ee]mployee|[Pp]rovider|[Pp]hysician|[Cc]ontactParty|personalRelationship)$/;
const ORGANIZATION = /(?:[Oo]rganization|[Cc]ustodian|[Ii]nstitution|[Ff]acility|[Ll]ocation|[Pp]lace)$/;
const EQUIPMENT = new Set(['manufacturerModelName', 'softwareName']);

/** What an element is by its name and by what it lies in; empty for what its leaves have to tell. */
export function elementType(name: string, outerName: string, outerType: string): string {
  if (NAME_PARTS.has(name)) return `PN.${name}`;
  if (ADDRESS_PARTS.has(name)) return `AD.${name}`;
  if (name === 'name') return ORGANIZATION.test(outerName) ? 'ON' : PERSON.test(outerName) ? 'PN' : 'EN';
  if (name === 'addr') return 'AD';
  if (name === 'telecom') return 'TEL';
  if (name === 'id' || name === 'setId') return 'II';
  if (name === 'templateId' || name === 'typeId') return 'OID';
  if (/[tT]ime$/.test(name)) return 'TS';
  if (name === 'low' || name === 'high' || name === 'center') return outerType === 'TS' ? 'TS' : 'PQ';
  if (name === 'width' || /(?:[Qq]uantity|Number|numerator|denominator|repeatNumber|versionNumber)$/.test(name)) return 'PQ';
  return EQUIPMENT.has(name) ? 'SC' : '';
}

/** `xsi:type` of an element, where it says more than its name. */
const XSI: Readonly<Record<string, string>> = {
  ...Object.fromEntries('TS IVL_TS PIVL_TS EIVL_TS SXCM_TS IVXB_TS'.split(' ').map((name) => [name, 'TS'])),
  ...Object.fromEntries(
    'PQ IVL_PQ INT REAL MO IVL_INT IVL_REAL RTO RTO_PQ_PQ RTO_QTY_QTY BL'.split(' ').map((name) => [name, 'PQ']),
  ),
  PN: 'PN',
  ON: 'ON',
  EN: 'PN',
  TN: 'EN',
  AD: 'AD',
  TEL: 'TEL',
  II: 'II',
};

export function typeOfXsi(name: string): string {
  return XSI[name] ?? '';
}

/** Attributes whose values are codes, references inside the document or the way something looks. */
const CODES = new Set(
  `code codeSystem codeSystemName codeSystemVersion displayName typeCode classCode moodCode nullFlavor use unit currency contextControlCode determinerCode
   contextConductionInd negationInd inversionInd independentInd mediaType representation language operator institutionSpecified styleCode listType
   IDREF xmlns schemaLocation type border width height align valign colspan rowspan cellspacing cellpadding frame rules scope span compression
   integrityCheckAlgorithm partType qualifier validTimeLow validTimeHigh isNormalDatatype ITSVersion sequenceNumber inclusive`.split(
    /\s+/,
  ),
);

/** The type path of a leaf: `PN.given`, `II.extension`, `TS.value`, `TEL.value`, `CD.code`, `ED` for text. Never empty. */
export function leafType(element: string, kind: number, attribute: string, isBase64: boolean): string {
  if (kind === Kind.attribute) return attributeType(element, attribute);
  if (kind !== Kind.text && kind !== Kind.cdata && kind !== Kind.merged) return 'ED';
  if (isBase64) return 'ED.base64Binary';
  if (element === 'PN' || element === 'ON' || element === 'AD' || element === 'EN') return `${element}.text`;
  return element.startsWith('PN.') || element.startsWith('AD.') || element === 'SC' ? element : 'ED';
}

function attributeType(element: string, name: string): string {
  if (CODES.has(name)) return 'CD.code';
  if (element === 'OID') return 'OID.root';
  if (element === 'II') return name === 'extension' || name === 'root' ? `II.${name}` : 'CD.code';
  if (name === 'value' && (element === 'TS' || element === 'PQ' || element === 'TEL')) return `${element}.value`;
  return 'ED';
}

/** A type that is text a person may write into. */
export const TEXT_TYPES: ReadonlySet<string> = new Set(['', 'ED', 'EN.text', 'ED.base64Binary']);
/** Types whose leaves hold numbers, times and codes. */
export const NUMBER_TYPES: ReadonlySet<string> = new Set(['PQ.value', 'TS.value', 'CD.code', 'OID.root', 'II.root']);

import { type Category, PERSON_SUBJECTS, type Severity } from '../core/vocabulary.ts';
import type { Attribute } from './attribute.ts';
import type { Pack, Rule } from './pack.ts';

const SEVERITY: Readonly<Partial<Record<Category, Severity>>> = {
  name: 'high',
  street: 'high',
  geo: 'medium',
  age: 'medium',
  phone: 'high',
  fax: 'medium',
  email: 'high',
  ssn: 'critical',
  mrn: 'high',
  'health-plan': 'high',
  account: 'medium',
  license: 'high',
  vehicle: 'high',
  url: 'medium',
  'ip-address': 'medium',
  biometric: 'high',
  photo: 'high',
  narrative: 'medium',
};

/** What stands where nothing is said. */
const NOTHING = (
  'UNKNOWN|UNK|NONE|NULL|N/A|NA|NOT AVAILABLE|NOT PROVIDED|NO NAME|NONAME|ANONYMOUS|ANONYMIZED|ANONYMISED|DEIDENTIFIED|DE-IDENTIFIED|' +
  'REDACTED|REMOVED|WITHHELD|XXX|XXXX|0'
).split('|');

/** Separators alone, and what anonymizers begin a dummy with. */
const DUMMY = String.raw`^[\^=\\\s.?*_-]*$|^(?:anon|de-?identif|unknown\b|redact|removed?\b)`;
/** Whom equipment is tried out and measured on. Words alone: a Flood may be a patient. */
const MACHINE =
  String.raw`^(?:phantom|qa|qc|simulator|sim|calibration|uniformity|service|(?:test|flood)(?=[\^ _-]+(?:phantom|service|qa|qc|calibration|co57|uniformity)\b))` +
  String.raw`(?:[\^ _-]{1,3}(?:phantom|qa|qc|simulator|calibration|uniformity|service|test|flood|acr|co57|daily|weekly|\d{1,4}))*[\^ ]*$`;
/** No number: noughts alone. */
const NOUGHTS = '^0{2,}$';
/** `1`, `CT12`: the first study of somebody, or of a scanner. */
const COUNTED = '^[A-Za-z]{0,4}[ _-]?\\d{1,2}$';
/** No day of anybody's: the first of all days of a calendar or of a clock. */
const NO_DAY = '^(?:0001|1111|1582|1753|1900|1901|9999)(?:0101|1015|1111|1231|9999)';

/** An Age String of days, weeks or months is no age over 89 (PS3.5 §6.2). */
const EXCLUDED: Readonly<Partial<Record<Category, string>>> = { date: NO_DAY, age: '[DWM]$' };

/** `dicom-ps3.15.patient-name` for "Patient's Name". */
export function attributeRuleId(pack: string, { name }: Attribute): string {
  const slug = name
    .toLowerCase()
    .replace(/['’]s\b|['’]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return `${pack}.${slug}`;
}

/** The rule that a row stands for: whatever the element holds is what the row says. Null where a value alone is no finding. */
export function attributeRule(pack: string, row: Attribute): Rule | null {
  if (row.finds !== 'always') return null;
  const { category, subject } = row;
  const person = PERSON_SUBJECTS.has(subject);
  return {
    id: attributeRuleId(pack, row),
    title: row.name,
    category,
    subject,
    severity: row.severity ?? (person ? (SEVERITY[category] ?? 'low') : 'low'),
    confidence: confidenceOf(category),
    scope: { tags: [row.tag] },
    ...(category === 'date' ? { minLength: 5 } : {}),
    ...(category === 'age' ? { validate: ['age-over-89'] } : {}),
    exclude: { values: NOTHING, patterns: excludedPatterns(category), ignoreCase: true },
    samples: { match: [], noMatch: [] },
    references: [`DICOM PS3.15 Table E.1-1 ${row.tag}: ${row.action}`],
  };
}

/** The table's rows become rules, after those that are written out. */
export function withAttributes(pack: Pack): Pack {
  const rows = (pack.attributes ?? []).flatMap((row) => attributeRule(pack.name, row) ?? []);
  return rows.length === 0 ? pack : { ...pack, rules: [...pack.rules, ...rows] };
}

/** The pack as its file has it, without the rules that its table made: what `withAttributes` takes. */
export function asWritten(pack: Pack): Pack {
  const made = new Set((pack.attributes ?? []).map((row) => attributeRuleId(pack.name, row)));
  return { ...pack, rules: pack.rules.filter(({ id }) => !made.has(id)) };
}

/** Numbers of orders and steps are unique and tell hardly anybody who it is; dates are of the record, and may be of a machine. */
function confidenceOf(category: Category): number {
  if (category === 'unique-id') return 0.6;
  return category === 'date' ? 0.9 : 0.97;
}

function excludedPatterns(category: Category): string[] {
  const own = EXCLUDED[category];
  if (own !== undefined) return [own];
  if (category === 'unique-id') return [DUMMY, MACHINE, NOUGHTS, COUNTED];
  return category === 'name' || category === 'mrn' ? [DUMMY, MACHINE, NOUGHTS] : [DUMMY];
}

import type { Category, Severity, Subject } from '../src/core/vocabulary.ts';
import type { Attribute } from '../src/detect/attribute.ts';

/**
 * Whose and what kind of identifier each row of PS3.15 Table E.1-1 is: the standard says what to do with an attribute and not why. A row
 * is decided by its tag; what is not named here is a date, a UID, a sequence or a description, and decided by kind (`decide`).
 */

export type Decision = Pick<Attribute, 'category' | 'subject' | 'finds'> & { readonly severity?: Severity };

/** The source's names of the option columns; what does not apply is left out. */
export type Column =
  | 'rtnSafePrivOpt'
  | 'rtnUIDsOpt'
  | 'rtnDevIdOpt'
  | 'rtnInstIdOpt'
  | 'rtnPatCharsOpt'
  | 'rtnLongFullDatesOpt'
  | 'rtnLongModifDatesOpt'
  | 'cleanDescOpt'
  | 'cleanStructContOpt'
  | 'cleanGraphOpt';

/** A row of the table as its source has it. */
export interface Row extends Readonly<Partial<Record<Column, string>>> {
  readonly tag: string;
  readonly name: string;
  readonly basicProfile: string;
}

type Finds = Attribute['finds'];

/** Tags as `0010,0010`, by what they are. */
const DECIDED = new Map<string, Decision>();

function are(category: Category, subject: Subject, finds: Finds, tags: string, severity?: Severity): void {
  for (const tag of tags.trim().split(/\s+/)) {
    if (DECIDED.has(tag)) throw new Error(`${tag} is decided twice`);
    DECIDED.set(tag, { category, subject, finds, ...(severity === undefined ? {} : { severity }) });
  }
}

// The patient.
are('name', 'patient', 'always', '0010,0010 0010,1001 0010,1005');
are('mrn', 'patient', 'always', '0010,0020 0010,1000 0010,1090');
are('date', 'patient', 'always', '0010,0030', 'high');
are('age', 'patient', 'always', '0010,1010');
are('street', 'patient', 'always', '0010,1040');
are('phone', 'patient', 'always', '0010,2154 0010,2155');
are('health-plan', 'patient', 'always', '0010,1050', 'medium');
are('account', 'patient', 'always', '0038,0010 0038,0060');
// A region may be smaller than a state; a country is none of the eighteen. A residence is a nursing home as often as a ward.
are('geo', 'patient', 'always', '0010,2152 0038,0400 0038,001E');
are('geo', 'patient', 'never', '0010,2150');
// Unique enough to be looked up by those who have the order book, and by nobody else.
are(
  'unique-id',
  'patient',
  'always',
  `0008,0050 0012,0040 0012,0042 0020,0010 0040,0009 0040,0253 0040,1001 0040,2016 0040,2017 0040,050A 0040,0512 0040,0551 0040,06FA
   0050,001B 2200,0005 4008,0040 4008,0200`,
);
// Characteristics (164.514(b)(2)(i)(R)): rare ones may single somebody out, common ones (sex, size, weight, smoking) do not.
are('unique-id', 'patient', 'deidentified', '0010,1080 0010,1081');
are('unique-id', 'patient', 'never', '0010,0040 0010,1020 0010,1030 0010,2160 0010,21A0 0010,21C0 0010,21F0 0010,2203');

// Relatives, and people of whom the attribute does not say who they are.
are('name', 'relative', 'always', '0010,1060 0010,2297');
are('name', 'unknown', 'always', '0016,004D 0040,A123 0040,A352 0072,006A');
are('street', 'unknown', 'always', '0040,A353 4008,011A');
are('phone', 'unknown', 'always', '0040,A354');

// Staff.
are(
  'name',
  'provider',
  'always',
  `0008,0090 0008,009C 0008,1048 0008,1050 0008,1060 0008,1070 0032,1032 0040,0006 0040,1010 0040,2008 0040,4037 0040,A075 0040,A307
   0070,0084 0088,0910 3006,00A6 300E,0008 4008,0102 4008,010A 4008,010C 4008,0114 4008,0119`,
);
are('street', 'provider', 'always', '0008,0092 0040,1102');
are('phone', 'provider', 'always', '0008,0094 0040,1103 0040,1104');
are('unique-id', 'provider', 'never', '0400,0115');

// Facilities, sponsors and committees; issuers of numbers are theirs. Wards and rooms say where in the house, not where somebody lives.
are(
  'name',
  'facility',
  'always',
  '0008,0080 0008,1040 0010,2299 0012,0010 0012,0021 0012,0031 0012,0060 0012,0081 0032,1033 0040,4036 0040,A027 0400,0564',
);
are('street', 'facility', 'always', '0008,0081');
are('phone', 'facility', 'always', '0040,2010 0040,2011');
are('geo', 'facility', 'always', '0032,1020 0038,0300 0040,0011 0040,0243 0040,1005 0040,2009');
are('date', 'facility', 'always', '0012,0086 0012,0087');
are('unique-id', 'facility', 'always', '0012,0020 0012,0030 0012,0082');
are(
  'unique-id',
  'facility',
  'never',
  `0010,0021 0012,0022 0012,0032 0012,0041 0012,0043 0012,0050 0012,0055 0012,0071 0012,0073 0032,0012 0038,0011 0038,0061 0400,0600
   4008,0042 4008,0202`,
);
are('date', 'facility', 'never', '0008,0201');

// Equipment: serial numbers, stations, application entities. Makes and models are no identifiers.
are(
  'device-id',
  'equipment',
  'always',
  `0008,0054 0008,0055 0008,1000 0008,1010 0016,0051 0018,1000 0018,1004 0018,1005 0018,1007 0018,1008 0018,1009 0018,700A 0018,9367
   0018,9371 0018,9373 0020,3401 0032,1021 0040,0001 0040,0010 0040,0241 0040,0242 0074,1234 0074,1236 2100,0070 2100,0140 3008,0105
   300A,00B2 3010,001B 3010,002D 3010,0043 0400,0563`,
);
are(
  'device-id',
  'equipment',
  'never',
  '0016,004E 0016,004F 0016,0050 0034,0002 0034,0005 0072,005E 300A,0216 300A,0611 300A,0615',
);
are('narrative', 'equipment', 'never', '0050,0020');
are('date', 'equipment', 'always', '0044,000B 0068,6226 0068,6270 0072,000A');
// Versions of templates and context groups, though written as times.
are('date', 'equipment', 'never', '0008,0106 0008,0107 0040,DB06 0040,DB07');

// Where a camera was (PS3.3 C.7.6.22, EXIF). The rest of GPS says how it was measured.
are('geo', 'patient', 'always', '0016,0072 0016,0074 0016,0084 0016,0086');
are(
  'geo',
  'patient',
  'never',
  `0016,0070 0016,0071 0016,0073 0016,0075 0016,0076 0016,0077 0016,0078 0016,0079 0016,007A 0016,007B 0016,007C 0016,007D 0016,007E
   0016,007F 0016,0080 0016,0081 0016,0082 0016,0083 0016,0085 0016,0087 0016,0088 0016,0089 0016,008A 0016,008B 0016,008C 0016,008E`,
);

// Free comments: what somebody wrote of a patient. They count only where nothing of a patient may be left.
are(
  'narrative',
  'patient',
  'deidentified',
  `0008,4000 0010,21B0 0010,4000 0018,4000 0020,4000 0020,9158 0028,4000 0032,1030 0032,4000 0038,4000 0040,0280 0040,0310 0040,1400
   0040,2400 0040,3001 2030,0020 3010,005A 3010,007A 3010,007B 3010,007F 4000,0010 4000,4000 4008,010B 4008,0115 4008,0300 4008,4000
   60xx,4000`,
);
// Bytes, texts of other purpose, and values of other attributes: what they say is found by patterns and echoes.
are(
  'narrative',
  'patient',
  'never',
  `0020,3406 0038,0050 0040,0012 0040,1004 0042,0011 0072,0065 0072,0066 0072,0068 0072,006C 0072,006D 0072,006E 0072,0070 0088,0904 0088,0906
   0088,0912 0400,0552 50xx,xxxx 60xx,3000 FFFC,FFFC`,
);
are('date', 'unknown', 'never', '0072,0061 0072,0063 0072,006B');
are('age', 'unknown', 'never', '0072,005F');
are('url', 'unknown', 'never', '0072,0071');
are('unique-id', 'unknown', 'never', 'odd,xxxx 0400,0404');
// Octets, not text.
are('date', 'patient', 'never', '0034,0007 0400,0310');

/** Throws for a row of which nobody has decided anything. `tag` as the pack writes it. */
export function decide(tag: string, row: Row): Decision {
  const own = DECIDED.get(tag.slice(1, -1));
  if (own !== undefined) return own;
  const { name } = row;
  // The elements within are rows of their own, or say nothing of anybody.
  if (/Sequence\b/.test(name)) return { category: 'unique-id', subject: 'unknown', finds: 'never' };
  // Every object has UIDs. Which of them tells anything is a matter of what is in it (pack deid-claims).
  if (row.basicProfile === 'U' || /\bUID\b/.test(name)) return { category: 'unique-id', subject: 'unknown', finds: 'never' };
  if (row.rtnLongFullDatesOpt !== undefined || /\b(?:Birth )?Time$/.test(name)) return decideTime(row);
  if (row.cleanDescOpt !== undefined) return { category: 'narrative', subject: 'patient', finds: 'never' };
  throw new Error(`${tag} ${name}: decide what it is`);
}

/** 164.514(b)(2)(i)(C) counts elements of dates: a time of day without its day is none. */
function decideTime({ name, rtnDevIdOpt }: Row): Decision {
  const subject = rtnDevIdOpt === undefined ? 'patient' : 'equipment';
  // Two that are DT and do not say so.
  const hasDay = /Date|Stamp|Sync Pulse|Document Effective/.test(name);
  return { category: 'date', subject, finds: hasDay ? 'always' : 'never' };
}

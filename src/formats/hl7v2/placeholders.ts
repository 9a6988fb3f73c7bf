/**
 * Values that stand for "nothing": echo must not look for them, since they say nothing of a person and are everywhere.
 */
const WORDS: ReadonlySet<string> = new Set([
  '',
  '""',
  'UNKNOWN',
  'UNK',
  'UNKNOWN PATIENT',
  'UNKNOWN UNKNOWN',
  'UNIDENTIFIED',
  'ANONYMOUS',
  'ANON',
  'PATIENT',
  'TEST',
  'TEST PATIENT',
  'TESTPATIENT',
  'TEST TEST',
  'NONE',
  'NULL',
  'N/A',
  'NA',
  'NOT AVAILABLE',
  'NOT KNOWN',
  'NO NAME',
  'DO NOT USE',
  'REDACTED',
  'REMOVED',
]);

/** Dates that systems write for "not known". */
const DATES: ReadonlySet<string> = new Set(['00010101', '18000101', '18991231', '19000101', '99991231', '99999999']);

/** By ASCII code: 1 for what a filler begins with, in either case. */
const HEADS = new Uint8Array(128);
for (const word of WORDS) {
  HEADS[word.charCodeAt(0)] = 1;
  HEADS[word.toLowerCase().charCodeAt(0)] = 1;
}

/** Whether a value says nothing: a filler word, HL7's null `""`, or one character over and over (`000000000`, `999-99-9999`). */
export function isPlaceholder(value: string): boolean {
  if (saysSomething(value)) return false;
  const folded = value.trim().replace(/\s+/g, ' ').toUpperCase();
  if (WORDS.has(folded)) return true;
  const bare = folded.replace(/[^\p{L}\p{N}]/gu, '');
  return bare === '' || [...bare].every((character) => character === bare[0]);
}

/** A quick yes for most values: no filler has two different digits, and one with two different letters is a word that begins as a filler does. */
function saysSomething(value: string): boolean {
  let digit = 0;
  let letter = 0;
  let mixed = false;
  for (let index = 0; index < value.length; index++) {
    const code = value.charCodeAt(index);
    if (code >= 0x30 && code <= 0x39) {
      if (digit === 0) digit = code;
      else if (code !== digit) return true;
    } else if ((code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a)) {
      const folded = code | 0x20;
      if (letter === 0) letter = folded;
      else if (folded !== letter) mixed = true;
    }
  }
  const head = value.charCodeAt(0);
  // A blank is no beginning: what comes after it decides. A letter outside ASCII may fold to one of two.
  return mixed && head > 0x20 && head < 0x80 && HEADS[head] === 0;
}

/** The `YYYYMMDD` of a DTM or DT (HL7 v2.9 section 2A.3.21); null for less than a day, no date of the calendar, or a filler. */
export function fullDate(value: string): string | null {
  const digits = isEightDigits(value)
    ? value
    : (/^\s*(\d{8})(?!\d$)/.exec(value)?.[1] ?? /^\s*(\d{4})-(\d{2})-(\d{2})/.exec(value)?.slice(1).join(''));
  if (digits === undefined || DATES.has(digits)) return null;
  const [year, month, day] = [Number(digits.slice(0, 4)), Number(digits.slice(4, 6)), Number(digits.slice(6, 8))];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year >= 1000 ? digits : null;
}

function isEightDigits(value: string): boolean {
  if (value.length !== 8) return false;
  for (let index = 0; index < 8; index++) if (value.charCodeAt(index) < 0x30 || value.charCodeAt(index) > 0x39) return false;
  return true;
}

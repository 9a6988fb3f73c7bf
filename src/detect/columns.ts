import type { Address } from '../core/format.ts';
import { SOMEBODY } from '../formats/csv/people.ts';
import { spokenWords } from '../formats/text/words.ts';

/**
 * What the sender calls a value: the header of a table's column, or the element or attribute of XML that no schema of ours knows. A rule that names `columns` goes by
 * these words.
 */

/** A phrase of a rule, as `columns` may hold it: Latin letters without marks, or another script. */
export const COLUMN_PATTERN = /^[a-z0-9а-яα-ω\p{Lo}\p{Lm}]+(?: [a-z0-9а-яα-ω\p{Lo}\p{Lm}]+)*$/u;

/** Whether a phrase is written as headers are read: `fecha nac` is, `fechaNac` and `straße` are not. */
export const isSpoken = (phrase: string): boolean => spokenWords(phrase) === phrase;

/** Attributes that hold the value of their element, whose name says what it is (HL7 v3, POCT1-A). */
const VALUES = new Set(['@value', '@V']);

/** The words that name a leaf at an address, between spaces, SOMEBODY behind them where it may be a person's; null where the format's own standard says what it is. */
export function labelOf({ format, path, typePath }: Address): string | null {
  if (format === 'csv') return ` ${typePath} `;
  if (format !== 'xml' || typePath !== '') return null;
  const names = path.split('.').filter((name) => !VALUES.has(name));
  // Comments and instructions have no name.
  if (names.at(-1)?.endsWith('()') === true) return null;
  return ` ${spokenWords(names.slice(-2).join(' '))} ${SOMEBODY} `;
}

/** Names of elements that say nothing by themselves: in `<Phone><Value>` the one around them does. */
const HOLDERS = new Set(
  'value val values v text txt content contents data item items entry string number num no nr id ids code full formatted display display name line line1 line2 first last wert valor valeur waarde inhalt texto texte testo numero numer dato date datum time at on type use info details raw str'.split(
    ' ',
  ),
);

/**
 * From where on in a label its own words stand, behind those of the element around it: a phrase that is all in the words before them calls something else (`<Episodio><Telefone>` is no number of an
 * episode). 0 where the own words say nothing by themselves.
 */
export function ownWordsAt({ format, path }: Address): number {
  if (format !== 'xml') return 0;
  const [around, own] = path
    .split('.')
    .filter((name) => !VALUES.has(name))
    .slice(-2)
    .map((name) => spokenWords(name));
  if (around === undefined || own === undefined || around === '') return 0;
  return own.split(' ').every((word) => HOLDERS.has(word) || /^\d*$/.test(word)) ? 0 : around.length + 1;
}

/** Elements that are about whom everything is about: what stands around them says nothing of whose a value is. */
const OF_PATIENT =
  /(?:^| )(?:patients?|pat|pt|persons?|members?|subscribers?|clients?|residents?|insured|human|subject|paciente|paziente|patienten?|patientin|pacjent|pasient|bruker|versicherter|assure|患者|受检者|환자)(?: |$)/;

/** `OrderingProvider`, `EmergencyContact`: two words that are somebody together. */
const SOMEBODY_ELSE =
  /^\S+ (?:providers?|physicians?|doctors?|practitioners?|clinicians?|contacts?|guardians?|organi[sz]ations?|facility)$/;

/**
 * The words that say whose a value is: those that name it and, in XML that no schema types, the elements further around it up to the one that is the patient; the root says what the whole is.
 * Only elements that are called as somebody is and no more: a `<LabReport>` is no laboratory.
 */
export function ownerWordsOf(address: Address, label: string | null): string | null {
  if (label === null || address.format !== 'xml' || OF_PATIENT.test(label)) return label;
  const names = address.path.split('.').filter((name) => !VALUES.has(name));
  let words = label;
  for (let at = names.length - 3; at > 0; at--) {
    const around = spokenWords(names[at] ?? '');
    if (OF_PATIENT.test(around)) break;
    if (!around.includes(' ') || SOMEBODY_ELSE.test(around)) words += `${around} `;
  }
  return words;
}

/** Whether one of the phrases names a value that is called so: it stands in the label as it is, and not only in words that are another's. */
export function calls(label: string | null, own: number, phrases: readonly string[] | null): boolean {
  if (label === null || phrases === null) return false;
  for (const phrase of phrases) {
    for (let at = label.indexOf(phrase); at >= 0; at = label.indexOf(phrase, at + 1)) {
      if (at + phrase.length - 1 > own) return true;
    }
  }
  return false;
}

/** Phrases as they stand in a label: between spaces. */
export const asStanding = (phrases: readonly string[]): readonly string[] => phrases.map((phrase) => ` ${phrase} `);

/** Whether one of the phrases (`asStanding`) stands in the words as it is. */
export function names(label: string | null, phrases: readonly string[] | null): boolean {
  if (label === null || phrases === null) return false;
  for (const phrase of phrases) if (label.includes(phrase)) return true;
  return false;
}

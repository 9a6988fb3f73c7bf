import { COMMON_WORDS } from './common-words.ts';
import { type Echo, MOST } from './needle.ts';

/**
 * Where a name is spelled in a folded text. By hand and not by a pattern made of the name: nearly every message names somebody else, and making
 * such a pattern costs more than the rest of its scan.
 */
export interface Spelling {
  /** Words, folded, at least one. */
  readonly family: readonly string[];
  /** May be none. */
  readonly given: readonly string[];
}

/** Between the words of one name: `Garcia-Lopez`, `Garcia Lopez`, `OBrien`, `St. Clair`. */
const JOINT = /(?:\.\s|[\s'’.-])/y;
/** Between given and family name. */
const GAP = /[\s,.^_&~+/-]{1,3}/y;
/** A middle name or an initial; what friends say, in quotes or brackets. */
const MIDDLE = /(?:\p{L}{1,20}|["“(]\p{L}{1,20}["”)])[\s,.^_&~+/-]{1,3}/uy;
const BLANK = /\s/;
/** Particles that stand behind, as directories sort a name: `Berg, Anna van der`. */
const AFTERWARDS = /(?:\s(?:VAN|VON|DER|DEN|DE|DEL|TER|TEN|DU|LA|ZU)(?![\p{L}\p{N}])){1,3}/uy;
/** No letter or digit stands before, and none after. */
const BEGINS = /(?<![\p{L}\p{N}])/uy;
const ENDS = /(?![\p{L}\p{N}])/uy;
/** What makes a family name another's: `Dr. Okafor`. */
const TITLED = /\b(?:DR|DRS|DOCTOR|PROF|NP|PA|RN|NURSE)\.?\s{1,3}$/;
/** More characters than a title, its dot, its blanks and what is before it. */
const TITLE = 16;
/** What makes it a place, a thing or a clinician: `Okafor Memorial`, `Okafor MD`. */
const FOLLOWED =
  /\s{1,3}(?:MEMORIAL|HOSPITAL|CLINIC|CENTER|MEDICAL|LAB|STREET|ST|AVE|ROAD|RD|UNIT|SIGN|TEST|SYNDROME|DISEASE|CATHETER|MD|DO|RN|NP|PA)\b/y;

function holdsAt(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}

/** Where a sticky pattern that matches at `at` ends; -1 where it does not. */
function endOf(pattern: RegExp, text: string, at: number): number {
  return at >= 0 && holdsAt(pattern, text, at) ? pattern.lastIndex : -1;
}

/** Where the words end that are spelled from `at` on; -1 where they are not. */
function wordsEnd(words: readonly string[], text: string, at: number): number {
  let end = at;
  for (const word of words) {
    if (end > at && !text.startsWith(word, end)) end = Math.max(end, endOf(JOINT, text, end));
    if (end < 0 || !text.startsWith(word, end)) return -1;
    end += word.length;
  }
  return end;
}

const whole = (text: string, end: number): number => (end >= 0 && holdsAt(ENDS, text, end) ? end : -1);

/** `Jane Doe`, `Jane Q. Doe`, `DOE, JANE`, `Doe^Jane`. */
export function findWhole({ family, given }: Spelling, text: string, factor: number, into: Echo[]): void {
  const [f = '', g = ''] = [family[0], given[0]];
  let from = text.indexOf(f);
  let other = text.indexOf(g);
  while ((from >= 0 || other >= 0) && into.length < MOST) {
    const at = from < 0 || (other >= 0 && other < from) ? other : from;
    const to = holdsAt(BEGINS, text, at) ? wholeEnd(family, given, text, at) : -1;
    if (to >= 0) into.push({ from: at, to, factor });
    const next = to < 0 ? at + 1 : to;
    if (from >= 0 && from < next) from = text.indexOf(f, next);
    if (other >= 0 && other < next) other = text.indexOf(g, next);
  }
}

function wholeEnd(family: readonly string[], given: readonly string[], text: string, at: number): number {
  const gap = endOf(GAP, text, wordsEnd(given, text, at));
  if (gap >= 0) {
    const middle = endOf(MIDDLE, text, gap);
    const long = middle < 0 ? -1 : whole(text, wordsEnd(family, text, middle));
    const end = long >= 0 ? long : whole(text, wordsEnd(family, text, gap));
    if (end >= 0) return end;
  }
  const reversed = endOf(GAP, text, wordsEnd(family, text, at));
  if (reversed < 0) return -1;
  const end = whole(text, wordsEnd(given, text, reversed));
  const after = end < 0 ? -1 : endOf(AFTERWARDS, text, end);
  return after < 0 ? end : after;
}

/** `J. Doe`, `J Doe`, `DOE, J.` */
export function findInitial({ family, given }: Spelling, text: string, factor: number, into: Echo[]): void {
  const initial = given[0]?.charAt(0) ?? '';
  let last = 0;
  for (const [at, after] of placesOf(family, text)) {
    if (into.length >= MOST) return;
    const before = beforeFamily(initial, text, at);
    if (before >= last && holdsAt(BEGINS, text, before) && holdsAt(ENDS, text, after)) {
      into.push({ from: before, to: after, factor });
      last = after;
      continue;
    }
    const end = at >= last && holdsAt(BEGINS, text, at) ? initialEnd(initial, text, after) : -1;
    if (end < 0) continue;
    into.push({ from: at, to: end, factor });
    last = end;
  }
}

/** The same where the family name is a word of everyday: only what has a dot behind its initial is a name. */
export function findDotted(spelling: Spelling, text: string, factor: number, into: Echo[]): void {
  const all: Echo[] = [];
  findInitial(spelling, text, factor, all);
  for (const echo of all) if (text.slice(echo.from, echo.to).includes('.')) into.push(echo);
}

/** Fewest letters of a name in one word with its initial or given name: `jdoe`, `janedoe`. */
const LEAST_JOINED = 4;

/** `JaneDoe`, `doejane`, `jdoe`, `doej`: names of accounts and files. Both words are folded. */
export function findJoined(surname: string, forename: string, text: string, into: Echo[]): void {
  const initial = forename.charAt(0);
  for (const [word, factor] of [
    [forename + surname, 0.95],
    [surname + forename, 0.95],
    [initial + surname, 0.7],
    [surname + initial, 0.7],
  ] as const) {
    if (word.length < LEAST_JOINED || surname.length < 3 || COMMON_WORDS.has(word)) continue;
    for (let at = text.indexOf(word); at >= 0 && into.length < MOST; at = text.indexOf(word, at + 1)) {
      const to = at + word.length;
      if (holdsAt(BEGINS, text, at) && holdsAt(ENDS, text, to)) into.push({ from: at, to, factor });
    }
  }
}

/** A day in figures or with its month, and nothing else. */
const DAY_ALONE =
  /[\s,]{1,3}(?:\d{1,4}(?!\d)(?:ST|ND|RD|TH)?|[\s,./'-]|OF(?= )|DE(?= )|(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC|GEN|FEV|AVR|MAI|AOU|ENE|ABR|AGO|SET|OUT|DIC|DEZ|OKT|DES)[A-Z]{0,7}){3,24}$/y;

/** `Bell 09/16/1944` and nothing else: what a desk types into one field of a scanner. */
export function findDated({ family }: Spelling, text: string, factor: number, into: Echo[]): void {
  const from = text.length - text.trimStart().length;
  const to = wordsEnd(family, text, from);
  if (to >= 0 && text.length < 64 && holdsAt(DAY_ALONE, text, to)) into.push({ from, to, factor });
}

/** What a patient is called with: no title of staff. */
const ADDRESSED =
  /(?<!\p{L})(?:MRS?|MS|MISS|MISTER|HERR|FRAU|MONSIEUR|MME|MLLE|SENORA?|SRA?|SIGNORA?|PT|PATIENT|MEVR|DHR|PAN|PANI)\.?\s{1,3}$/u;

/** A short family name after a title: `Ms. Doe`. */
export function findTitled({ family }: Spelling, text: string, factor: number, into: Echo[]): void {
  for (const [from, to] of placesOf(family, text)) {
    if (into.length >= MOST) return;
    if (!holdsAt(BEGINS, text, from) || !holdsAt(ENDS, text, to)) continue;
    if (ADDRESSED.test(text.slice(Math.max(0, from - TITLE), from))) into.push({ from, to, factor });
  }
}

/** Where the initial stands whose dot or blank is right before `at`; -1 where there is none. */
function beforeFamily(initial: string, text: string, at: number): number {
  let dot = at - 1;
  if (BLANK.test(text.charAt(dot))) {
    if (text.charAt(dot - 1) !== '.') return text.charAt(dot - 1) === initial ? dot - 1 : -1;
    dot--;
  }
  return text.charAt(dot) === '.' && text.charAt(dot - 1) === initial ? dot - 1 : -1;
}

function initialEnd(initial: string, text: string, after: number): number {
  if (text.charAt(after) !== ',') return -1;
  const at = after + (BLANK.test(text.charAt(after + 1)) ? 2 : 1);
  if (text.charAt(at) !== initial) return -1;
  if (text.charAt(at + 1) === '.') return holdsAt(ENDS, text, at + 2) ? at + 2 : at + 1;
  return whole(text, at + 1);
}

/** The family name by itself, but where it is somebody else's or a thing's. */
export function findAlone({ family }: Spelling, text: string, factor: number, into: Echo[]): void {
  let last = 0;
  for (const [from, to] of placesOf(family, text)) {
    if (into.length >= MOST) return;
    if (from < last || !holdsAt(BEGINS, text, from) || !holdsAt(ENDS, text, to)) continue;
    if (TITLED.test(text.slice(Math.max(0, from - TITLE), from)) || holdsAt(FOLLOWED, text, to)) continue;
    into.push({ from, to, factor });
    last = to;
  }
}

/** Where the words end that a text begins with; -1 where it does not. */
export function beginsWith(words: readonly string[], text: string): number {
  return whole(text, wordsEnd(words, text, 0));
}

/** Where the words begin that a text ends with; -1 where it does not. */
export function endsWith(words: readonly string[], text: string): number {
  for (const [from, to] of placesOf(words, text)) if (to === text.length && holdsAt(BEGINS, text, from)) return from;
  return -1;
}

/** All places where the words stand one after the other, whatever is around them. */
function* placesOf(words: readonly string[], text: string): Generator<[from: number, to: number]> {
  const first = words[0] ?? '';
  for (let at = text.indexOf(first); at >= 0; at = text.indexOf(first, at + 1)) {
    const end = wordsEnd(words, text, at);
    if (end >= 0) yield [at, end];
  }
}

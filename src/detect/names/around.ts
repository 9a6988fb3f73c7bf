import { Cue } from './cues.ts';
import { hashOf } from './letters.ts';
import { familyOf, gapAt, givenOf, isGap, isNameable, lengthOf, type Reader, wordAt } from './reader.ts';
import { Gap, Kind } from './tokens.ts';

export const WHOSE = ['patient', 'relative', 'provider', 'unknown'] as const;
/** Whose name the words around say it is. */
export type Whose = (typeof WHOSE)[number];

/** What stands around a name and speaks for it. */
export interface Evidence {
  /** 0 nothing, 1 a word that often precedes names, 1.5 one that names mostly follow, 2 a label, 3 a title. */
  readonly weight: number;
  readonly whose: Whose;
}

export const NOTHING: Evidence = { weight: 0, whose: 'unknown' };

/** Words of a cue that are passed over: `daughter is named`, `signed by the attending`. */
const HOPS = 4;

const BETWEEN = Gap.blank | Gap.wide | Gap.colon | Gap.open | Gap.quote | Gap.hyphen;

/** Who is meant by a cue. */
function whoseOf(cue: number): Whose {
  if ((cue & Cue.relative) !== 0) return 'relative';
  if ((cue & (Cue.doctor | Cue.role | Cue.credential)) !== 0) return 'provider';
  return (cue & Cue.patient) !== 0 ? 'patient' : 'unknown';
}

/** Whether what is between a cue and a name lets the one speak for the other. */
function connects(cue: number, gap: number, length: number): boolean {
  let allowed = BETWEEN;
  if ((cue & (Cue.relative | Cue.role | Cue.patient | Cue.opening | Cue.closing | Cue.label)) !== 0) allowed |= Gap.comma;
  // A dot ends a sentence, unless the cue is short for something.
  if ((cue & (Cue.title | Cue.doctor)) !== 0 || length <= 4) allowed |= Gap.dot;
  // `w/`, `d/w`
  if (length === 1) allowed |= Gap.slash;
  if ((gap & (Gap.colon | Gap.comma)) !== 0 && (cue & (Cue.label | Cue.closing | Cue.opening | Cue.talk | Cue.role)) !== 0)
    allowed |= Gap.newline;
  if ((cue & Cue.closing) !== 0) allowed |= Gap.newline | Gap.other;
  if ((cue & (Cue.title | Cue.doctor)) !== 0 && gap === Gap.newline) allowed |= Gap.newline;
  return (gap & ~allowed) === 0;
}

/** What stands before the word speaks for a name that begins with it. */
export function before(reader: Reader, at: number): Evidence {
  const { cue, kind } = reader.tokens;
  let colon = false;
  let named = false;
  let whose: Whose | null = null;
  for (let hop = 0, word = at - 1; hop < HOPS && word >= 0; hop++, word--) {
    const bits = cue[word] ?? 0;
    const gap = gapAt(reader, word + 1);
    if (hop === 0 && isAnd(reader, word)) return sharedEvidence(reader, word);
    if (bits === 0 || !connects(bits, gap, lengthOf(reader, word))) return whose === null ? NOTHING : { weight: 2, whose };
    colon ||= (gap & Gap.colon) !== 0;
    const near = hop === 0;
    if (near && (bits & (Cue.title | Cue.doctor)) !== 0) return titled(reader, word, at);
    if ((bits & Cue.label) !== 0) {
      // Whose name it is stands before the word "name", or nowhere: then the form is about the patient.
      if (colon || (gap & Gap.wide) !== 0 || named || isSaid(reader, word, at)) whose ??= 'patient';
      named = true;
      colon ||= whose !== null;
      continue;
    }
    if ((bits & (Cue.relative | Cue.role | Cue.patient)) !== 0 && (near || named || (bits & Cue.role) === 0 || colon)) {
      const strong = colon || named || (gap & Gap.open) !== 0;
      return { weight: strong ? 2 : 1.5, whose: whoseOf(bits) };
    }
    if ((bits & Cue.by) !== 0) return byWhom(reader, word);
    if ((bits & Cue.opening) !== 0) return near ? { weight: 2, whose: 'unknown' } : NOTHING;
    if ((bits & Cue.closing) !== 0)
      return near && (gap & (Gap.comma | Gap.newline)) !== 0 ? { weight: 1.5, whose: 'unknown' } : NOTHING;
    if ((bits & Cue.credential) !== 0 && near) return { weight: 1.5, whose: 'provider' };
    if ((bits & Cue.talk) !== 0 && kind[word] !== Kind.initial) return { weight: colon ? 2 : 1, whose: 'unknown' };
    if ((bits & Cue.link) === 0) return whose === null ? NOTHING : { weight: 2, whose };
    // "is named", "called": more than a link.
    named ||= isNaming(reader, word);
  }
  return whose === null ? NOTHING : { weight: 2, whose };
}

function isNaming(reader: Reader, at: number): boolean {
  const length = lengthOf(reader, at);
  return length === 5 && wordAt(reader, at).toLowerCase() === 'named';
}

const AND = hashOf('and');

function isAnd({ tokens }: Reader, at: number): boolean {
  return tokens.hash[at] === AND && tokens.gap[at + 1] === Gap.blank && tokens.gap[at] === Gap.blank;
}

/** `Drs. Mahoney and Feldman`: what speaks for the first name speaks for the second. */
function sharedEvidence(reader: Reader, and: number): Evidence {
  const { kind } = reader.tokens;
  let first = and - 1;
  if (first < 0 || kind[first] === Kind.lower) return NOTHING;
  while (
    first > 0 &&
    and - first < 4 &&
    kind[first - 1] !== Kind.lower &&
    isGap(reader, first, Gap.blank | Gap.hyphen) &&
    isNameable(reader, first - 1)
  )
    first--;
  const { weight, whose } = before(reader, first);
  return weight >= 1.5 ? { weight: Math.min(weight, 2), whose } : NOTHING;
}

/** `name is`, and nothing else between. */
function isSaid(reader: Reader, label: number, at: number): boolean {
  return at === label + 2 && ((reader.tokens.cue[label + 1] ?? 0) & Cue.does) !== 0 && gapAt(reader, at) === Gap.blank;
}

function titled(reader: Reader, title: number, at: number): Evidence {
  const bits = reader.tokens.cue[title] ?? 0;
  const doctor = (bits & Cue.doctor) !== 0;
  const whose = doctor ? 'provider' : ownerBefore(reader, title);
  const dotted = (gapAt(reader, at) & Gap.dot) !== 0;
  const kind = reader.tokens.kind[title];
  // MR is an image and MS a disease, lower-case words may be anything.
  if (!dotted && (bits & Cue.unsureTitle) !== 0 && kind !== Kind.capital) return { weight: 1, whose };
  return { weight: 3, whose };
}

/** `his wife, Mrs. Okafor`: whose a title does not say. */
function ownerBefore(reader: Reader, title: number): Whose {
  const bits = reader.tokens.cue[title - 1] ?? 0;
  const near = isGap(reader, title, Gap.blank | Gap.comma | Gap.open | Gap.colon);
  return near && (bits & (Cue.relative | Cue.role | Cue.patient)) !== 0 ? whoseOf(bits) : 'unknown';
}

function byWhom(reader: Reader, by: number): Evidence {
  const { cue } = reader.tokens;
  for (let word = by - 1; word >= Math.max(0, by - 3); word--)
    if (((cue[word] ?? 0) & Cue.signed) !== 0) return { weight: 2, whose: 'provider' };
  return { weight: 1, whose: 'provider' };
}

/** `M.D.`, `Ph.D.`, `R.N.` where the words are cut at the dots. */
const DOTTED = /^(?:M\.? ?D\.?|D\.? ?O\.|R\.? ?N\.|Ph\.? ?D\.?|P\.? ?A\.|N\.? ?P\.|D\.? ?D\.? ?S\.|F\.A\.C)/;

/** What stands after the word speaks for a name that ends with it. */
export function after(reader: Reader, at: number): Evidence {
  const { cue, kind, start } = reader.tokens;
  const next = at + 1;
  if (next >= reader.tokens.count) return NOTHING;
  const gap = gapAt(reader, next);
  const bits = cue[next] ?? 0;
  const comma = (gap & (Gap.comma | Gap.open)) !== 0;
  if ((gap & ~(Gap.blank | Gap.comma | Gap.open | Gap.dot | Gap.hyphen)) === 0 && kind[next] !== Kind.lower) {
    const sure = (bits & Cue.credential) !== 0 || ((bits & Cue.degree) !== 0 && comma && kind[next] === Kind.upper);
    if (sure && ((gap & Gap.dot) === 0 || comma)) return { weight: 2, whose: 'provider' };
    if (comma || gap === Gap.blank) {
      const from = start[next] ?? 0;
      if (lengthOf(reader, next) <= 2 && DOTTED.test(reader.text.slice(from, from + 8))) return { weight: 2, whose: 'provider' };
    }
  }
  if (comma && (gap & ~(Gap.blank | Gap.comma | Gap.open)) === 0) {
    const described = describes(reader, next);
    if (described !== null) return { weight: 1.5, whose: described };
  }
  if (isAge(reader, next)) return { weight: 1.5, whose: 'patient' };
  if (gap === Gap.blank && (bits & (Cue.does | Cue.signed)) !== 0 && kind[next] === Kind.lower)
    return { weight: 1, whose: 'unknown' };
  return NOTHING;
}

/** `(wife)`, `, the attending`, `, her daughter,` */
function describes(reader: Reader, from: number): Whose | null {
  const { cue, count } = reader.tokens;
  for (let word = from; word < Math.min(from + 3, count); word++) {
    const bits = cue[word] ?? 0;
    if ((bits & (Cue.relative | Cue.role | Cue.patient)) !== 0) return whoseOf(bits);
    if ((bits & Cue.link) === 0) return null;
  }
  return null;
}

/** `, 45 y/o`, `(45F)`, `is a 45-year-old` */
function isAge(reader: Reader, from: number): boolean {
  const { cue, count } = reader.tokens;
  for (let word = from; word < Math.min(from + 4, count); word++) {
    const bits = cue[word] ?? 0;
    const gap = gapAt(reader, word);
    if ((gap & (Gap.newline | Gap.close)) !== 0) return false;
    if ((gap & Gap.digit) !== 0) return (bits & Cue.age) !== 0;
    if ((bits & (Cue.link | Cue.does)) === 0) return false;
  }
  return false;
}

/** What follows and says that it is no person: `Greeley Medical Center`, `Elm Street`; `Foley catheter`, `Wilson's disease`. */
export function followedBy(reader: Reader, at: number): 'organization' | 'thing' | null {
  const { cue, kind, count } = reader.tokens;
  for (let word = at + 1; word < Math.min(at + 3, count); word++) {
    const gap = gapAt(reader, word);
    if ((gap & ~(Gap.blank | Gap.possessive | Gap.hyphen)) !== 0) return null;
    const bits = cue[word] ?? 0;
    if ((bits & Cue.thing) !== 0) return 'thing';
    if ((bits & Cue.organization) !== 0 && kind[word] !== Kind.lower) return 'organization';
    if (kind[word] !== Kind.capital || givenOf(reader, word) > 1 || familyOf(reader, word) > 1) return null;
  }
  return null;
}

/** `St. Joseph`, `Mount Sinai`, `Fort Worth`. */
export function followsSaint(reader: Reader, at: number): boolean {
  const bits = reader.tokens.cue[at - 1] ?? 0;
  return (
    at > 0 && (bits & Cue.saint) !== 0 && reader.tokens.kind[at - 1] !== Kind.lower && isGap(reader, at, Gap.blank | Gap.dot)
  );
}

/** Whether the word stands where any word is capitalized: at the head of a text, a line, a sentence or an item. */
export function beginsSentence(reader: Reader, at: number): boolean {
  if (at === 0) return true;
  const gap = gapAt(reader, at);
  if ((gap & (Gap.newline | Gap.colon | Gap.digit | Gap.other | Gap.wide)) !== 0) return true;
  return (gap & Gap.dot) !== 0 && lengthOf(reader, at - 1) > 1;
}

/** Whether a line is in capitals or in title case, so that a capital says nothing: no word of it but short ones is in lower case. */
export function isShouted(reader: Reader, at: number): boolean {
  const { kind, count } = reader.tokens;
  let lower = 0;
  for (let word = at - 1; word >= Math.max(0, at - 8) && (gapAt(reader, word + 1) & Gap.newline) === 0; word--)
    if (kind[word] === Kind.lower) lower++;
  for (let word = at + 1; word < Math.min(count, at + 9) && (gapAt(reader, word) & Gap.newline) === 0; word++)
    if (kind[word] === Kind.lower) lower++;
  return lower < 2;
}

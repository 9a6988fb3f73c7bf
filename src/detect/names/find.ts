import { before } from './ahead.ts';
import { after, followedBy, followsSaint } from './behind.ts';
import { type Candidate, ENOUGH, whoseIs } from './candidate.ts';
import { beginsName, chainEnd, leadsOn } from './chain.ts';
import { Cue } from './cues.ts';
import { type Evidence, NOTHING, type Whose } from './evidence.ts';
import { caretName, commaName } from './in-parts.ts';
import { type Known, remember } from './known.ts';
import { leadOf } from './lead.ts';
import { hashOf } from './letters.ts';
import { isPhrase, Lex } from './lexicon.ts';
import { beginsSentence, isShouted } from './line.ts';
import { lowerItem, lowerName } from './lower.ts';
import {
  createReader,
  familyOf,
  gapAt,
  givenOf,
  isGap,
  isNameable,
  isPure,
  isStranger,
  isSyllable,
  isWord,
  lexOf,
  type Reader,
  STRETCH,
  strangerRank,
} from './reader.ts';
import { areBothNames, familyStart, hasName, isItem, isParticle, pairScore } from './score.ts';
import { singleName } from './single.ts';
import { Gap, Kind, tokenize } from './tokens.ts';

/** A name in a text: UTF-16 offsets, whose it is, and how much of a rule's confidence it deserves. */
export interface FoundName {
  readonly from: number;
  readonly to: number;
  readonly whose: Whose;
  readonly factor: number;
}

const reader = createReader();

/** What reading a text for names gives. */
export interface ReadNames {
  readonly found: readonly FoundName[];
  /** What the end of the text says of a name that begins the next line. */
  readonly lead: Evidence;
}

/**
 * The names of people in a text, in order. `lead` is what the line before it says, `passed` is told the hash of each word that may be a name and
 * was none. Costs a few steps a character; not re-entrant.
 */
export function findNames(text: string, known: Known, lead: Evidence = NOTHING, passed: Passed = ignore): ReadNames {
  const found: FoundName[] = [];
  reader.lead = lead;
  for (let from = 0; from < text.length; ) {
    const to = stretchEnd(text, from);
    readStretch(text, from, to, known, found, passed);
    reader.lead = NOTHING;
    from = to;
  }
  return { found, lead: leadOf(reader, found.at(-1)) };
}

/** Called with the hash of a word. */
export type Passed = (hash: number) => void;

function ignore(): void {}

const BREAK = /[\n.;|]/;

/** Where a stretch ends: at a line or a sentence if one ends near, else at a blank, so that no name is cut. */
function stretchEnd(text: string, from: number): number {
  const end = from + STRETCH;
  if (end >= text.length) return text.length;
  for (let at = end; at > end - 2048; at--) if (BREAK.test(text.charAt(at - 1))) return at;
  for (let at = end; at > end - 2048; at--) if (text.charCodeAt(at - 1) === 0x20) return at;
  return end;
}

function readStretch(text: string, from: number, to: number, known: Known, found: FoundName[], passed: Passed): void {
  const { tokens } = reader;
  reader.text = text;
  tokenize(text, from, to, tokens);
  reader.known.fill(-1, 0, tokens.count);
  reader.nameable.fill(-1, 0, tokens.count);
  const { start, end, hash, kind } = tokens;
  for (let at = 0; at < tokens.count; ) {
    const name = nameAt(reader, at, known);
    if (name === null) {
      if (kind[at] !== Kind.lower && kind[at] !== Kind.initial && isNameable(reader, at)) passed(hash[at] ?? 0);
      at++;
      continue;
    }
    const last = withSuffix(reader, name.last);
    found.push({ from: start[name.first] ?? 0, to: end[last] ?? 0, whose: name.whose, factor: factorOf(name.score) });
    remember(reader, name, known);
    at = last + 1;
  }
}

/** Particles that are `of` as well: `Medico di Guardia`. */
const OFS: ReadonlySet<number> = new Set(['di', 'de', 'del', 'della', 'do', 'da', 'du', 'la', 'le', 'den', 'der'].map(hashOf));

function nameAt(reader: Reader, at: number, known: Known): Candidate | null {
  if (reader.tokens.kind[at] !== Kind.lower) return beginsName(reader, at) ? nameFrom(reader, at, known) : null;
  // Words of everyday, which most are.
  if (reader.tokens.cue[at] === 0 && !isHead(reader, at)) return null;
  // `Mr. van den Berg`: what follows a title may begin in lower case.
  if (
    isParticle(reader, at) &&
    leadsOn(reader, at) &&
    before(reader, at).weight >= (OFS.has(reader.tokens.hash[at] ?? 0) ? 2 : 1.5)
  )
    return nameFrom(reader, at, known);
  return lowerName(reader, at) ?? lowerItem(reader, at);
}

/** Whether a name in small letters may begin here with nothing before it. */
function isHead({ tokens: { gap } }: Reader, at: number): boolean {
  return at === 0 || ((gap[at] ?? 0) & (Gap.newline | Gap.colon)) !== 0;
}

/** Confidence by score: 3.5 is just enough, 6 and more is certain. */
function factorOf(score: number): number {
  return Math.round(Math.min(1, Math.max(0.6, 0.6 + (score - 3.5) * 0.16)) * 100) / 100;
}

/** The best name in the chain that begins here; null where there is none. */
function nameFrom(reader: Reader, at: number, known: Known): Candidate | null {
  const end = chainEnd(reader, at);
  const inParts = caretName(reader, at) ?? commaName(reader, at, end);
  if (inParts !== null) return inParts;
  if (followedBy(reader, end) === 'organization' && before(reader, at).weight < 2) return null;
  let best: Candidate | null = null;
  let most = 0;
  for (let first = at; first <= end; first++) {
    if (isCut(reader, first, at) || (first > at && !beginsName(reader, first))) continue;
    const ahead = before(reader, first);
    for (let last = end; last >= first; last--) {
      if ((last < end && gapAt(reader, last + 1) === Gap.hyphen) || isPhraseAt(reader, last)) continue;
      const alone = familyStart(reader, first, last) === first;
      const candidate = alone ? singleName(reader, first, last, ahead, known) : pairName(reader, first, last, ahead);
      if (candidate === null) continue;
      const merit =
        candidate.score + extent(reader, first, last) + (alone || isWord(reader, first) || isWord(reader, last) ? 0 : 0.5);
      if (best !== null && merit <= most) continue;
      best = candidate;
      most = merit;
    }
  }
  return best;
}

/** Whether the word begins the name of a thing (`Baxter Lou | Gehrig`), which a name must not take half of. */
function isPhraseAt({ tokens: { hash, count } }: Reader, at: number): boolean {
  return at + 1 < count && isPhrase(hash[at] ?? 0, hash[at + 1] ?? 0);
}

/** Whether a name that begins here would leave the first half of a hyphenated one, of a phrase, or an initial behind. */
function isCut(reader: Reader, first: number, from: number): boolean {
  const { hash, kind } = reader.tokens;
  if (isPhrase(hash[first - 1] ?? 0, hash[first] ?? 0)) return true;
  if (first === from) return false;
  if (gapAt(reader, first) === Gap.hyphen) return true;
  return kind[first - 1] === Kind.initial && (gapAt(reader, first) & Gap.dot) !== 0;
}

/** Of two names that overlap the longer is meant, as far as its words are names. */
function extent(reader: Reader, first: number, last: number): number {
  let sum = 0;
  for (let word = first; word <= last; word++) {
    if (reader.tokens.kind[word] === Kind.initial || isParticle(reader, word) || isSyllable(reader, word)) sum += 0.8;
    else if (isWord(reader, word)) sum -= 0.3;
    else sum += Math.max(givenOf(reader, word), familyOf(reader, word)) >= 1 ? 0.8 : 0.4;
  }
  return sum;
}

/** In capitals a word says nothing by how it is written. */
const ENOUGH_IN_CAPITALS = 4.25;

function enoughInCapitals(reader: Reader, first: number, last: number, shouted: boolean, weight: number): number {
  const { kind } = reader.tokens;
  // What is in no list is a name in capitals only where it is said to be one.
  for (const word of [first, last])
    if (kind[word] === Kind.upper && isStranger(reader, word)) return enoughOfStranger(reader, first, word, weight);
  const sure = weight >= 2 || (weight >= 1 && isPure(reader, first) && isPure(reader, last));
  return shouted && !sure ? ENOUGH_IN_CAPITALS : ENOUGH;
}

/** A stranger in capitals: after a label, or with a name's ending or accent beside a common given name. */
function enoughOfStranger(reader: Reader, first: number, stranger: number, weight: number): number {
  if (weight >= 2) return ENOUGH;
  if (strangerRank(reader, stranger) <= 1)
    return weight >= 1.5 && isBesideName(reader, first, stranger) ? ENOUGH : Number.POSITIVE_INFINITY;
  if (weight >= 1) return ENOUGH;
  return isPure(reader, first) && givenOf(reader, first) === 3 ? 4 : Number.POSITIVE_INFINITY;
}

/** `43 C. Turner syndrome`: a letter right after a figure is its unit, and its dot ends the sentence. */
function isUnit({ text, tokens: { kind, gap, start } }: Reader, at: number): boolean {
  const before = gap[at] ?? 0;
  if (isItem(text, start[at] ?? 0)) return false;
  return (
    kind[at] === Kind.initial &&
    (before & Gap.digit) !== 0 &&
    (before & ~(Gap.digit | Gap.blank | Gap.dot | Gap.other | Gap.slash | Gap.hyphen)) === 0
  );
}

/** `Schatzker V. Mayo stand`: a letter at the end of one sentence, a sign at the head of the next. */
function isSignAfterLetter(reader: Reader, first: number, last: number): boolean {
  const { kind, gap } = reader.tokens;
  if (
    kind[first] !== Kind.initial ||
    last !== first + 1 ||
    ((lexOf(reader, last) & Lex.eponym) === 0 && !isStranger(reader, last))
  )
    return false;
  return first > 0 && ((gap[first] ?? 0) & (Gap.newline | Gap.colon | Gap.comma | Gap.open)) === 0;
}

/** `Caltrate with D. Horner right`: a vitamin, a hepatitis, a grade; `Schatzker V. Pilar`: a numeral. */
function isAfterVitamin(reader: Reader, first: number, last: number): boolean {
  const { kind, start } = reader.tokens;
  if (kind[first] !== Kind.initial || last !== first + 1) return false;
  const letter = reader.text.charAt(start[first] ?? 0);
  if ('IVX'.includes(letter)) return first > 0 && gapAt(reader, first) === Gap.blank && kind[first - 1] === Kind.capital;
  return (
    'ABCDEK'.includes(letter) &&
    gapAt(reader, first) === Gap.blank &&
    ((lexOf(reader, last) & Lex.eponym) !== 0 || isStranger(reader, last))
  );
}

/** `Barbeau B. TIMI 3`, `Engel I. Conta`: the letter ends a sentence, and what follows begins the next. */
function isGlued(reader: Reader, first: number, last: number): boolean {
  const { kind } = reader.tokens;
  if (last !== first + 2 || kind[first + 1] !== Kind.initial || kind[first] !== Kind.capital) return false;
  return isStranger(reader, last) || kind[last] === Kind.upper;
}

/** `Criteri di Milano`, `Retour de Côte`: no name of a person is known to begin so. */
function isThingOf(reader: Reader, first: number, last: number): boolean {
  return (
    familyStart(reader, first, last) < last &&
    isParticle(reader, first + 1) &&
    givenOf(reader, first) === 0 &&
    reader.tokens.kind[first] === Kind.capital
  );
}

/** `Edwards Sapien`, `Roche Elecsys`: what follows the name of a maker or of a sign, and is no name, is what they made. */
function isProduct(reader: Reader, first: number, last: number): boolean {
  if (reader.tokens.kind[first] === Kind.initial && last > first + 1) return isProduct(reader, first + 1, last);
  return (
    last === first + 1 && (lexOf(reader, first) & Lex.eponym) !== 0 && isStranger(reader, last) && strangerRank(reader, last) < 2
  );
}

/** `PT SHAUNDRELLE MCKINNON`: one word that is nothing but a name says what the other is. */
function isBesideName(reader: Reader, first: number, stranger: number): boolean {
  const other = stranger === first ? first + 1 : first;
  return isPure(reader, other) && Math.max(givenOf(reader, other), familyOf(reader, other)) >= 2;
}

/** `pt D. Price`, `Pt Destiny Savage`: after a word for a patient or a relative two words are a name where both are somebody's. */
function isTold({ tokens: { kind } }: Reader, first: number, { whose }: Evidence): boolean {
  return kind[first] === Kind.initial || ((whose === 'patient' || whose === 'relative') && kind[first] === Kind.capital);
}

function pairName(reader: Reader, first: number, last: number, ahead: Evidence): Candidate | null {
  const { kind } = reader.tokens;
  let score = pairScore(reader, first, last);
  if (score < 0 || (!isNameable(reader, last) && kind[last] !== Kind.initial && !isSyllable(reader, last))) return null;
  // Whatever stands after it gives two points and a half at most: most pairs end here.
  if (score + ahead.weight + 2.5 < ENOUGH && score < 1) return null;
  const behind = after(reader, last);
  const weight = ahead.weight + behind.weight;
  const words = weight >= (isTold(reader, first, ahead) ? 1.5 : 2) && !hasName(reader, first, last);
  if (words && !areBothNames(reader, first, last)) return null;
  if (weight < 2 && !words && (score < 2 || !hasName(reader, first, last))) return null;
  if (words) score = Math.max(score, 2.5);
  if (ahead.weight < 3) {
    const next = followedBy(reader, last);
    if ((next === 'organization' && ahead.weight < 2) || (next === 'thing' && (weight < 1 || score + weight < 6.5))) return null;
    if (followsSaint(reader, first) && score < 6) return null;
  }
  const capitals = kind[first] === Kind.upper || kind[last] === Kind.upper;
  const shouted = isShouted(reader, first);
  if (weight < 1.5 && isAfterVitamin(reader, first, last)) return null;
  if (weight < 1.5 && (isGlued(reader, first, last) || isThingOf(reader, first, last))) return null;
  if (weight < 1 && (isUnit(reader, first) || isProduct(reader, first, last) || isSignAfterLetter(reader, first, last)))
    return null;
  if (!capitals && !shouted && !beginsSentence(reader, first)) score += 0.5;
  // `Wet read S. Keane`: an initial with its dot is written by nobody for emphasis.
  if (!capitals && shouted && kind[first] !== Kind.initial) score -= 0.5;
  score += weight;
  const enough = capitals ? enoughInCapitals(reader, first, last, shouted, weight) : ENOUGH;
  return score >= enough ? { first, last, score, whose: whoseIs(ahead, behind) } : null;
}

/** `, Jr.` and `III` belong to the name, and so does whatever a hyphen joins to it (`Mbeki-Tau`, `Hye-jin`). */
function withSuffix(reader: Reader, end: number): number {
  const { cue, kind, count } = reader.tokens;
  let last = end;
  while (
    last + 1 < count &&
    gapAt(reader, last + 1) === Gap.hyphen &&
    (kind[last + 1] === kind[last] || isSyllable(reader, last + 1))
  )
    last++;
  const next = last + 1;
  if (next >= count || ((cue[next] ?? 0) & Cue.suffix) === 0 || kind[next] === Kind.lower) return last;
  return isGap(reader, next, Gap.blank | Gap.comma) ? next : last;
}

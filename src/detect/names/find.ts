import { keepGiven, saidAgain } from './again.ts';
import { before } from './ahead.ts';
import { followedBy } from './behind.ts';
import { quotedName } from './called.ts';
import type { Candidate, Likely } from './candidate.ts';
import { beginsName, chainEnd, leadsOn } from './chain.ts';
import { commonPair } from './common-pair.ts';
import { Cue } from './cues.ts';
import { type Evidence, type Known, NOTHING, type Whose } from './evidence.ts';
import { caretName, commaName } from './in-parts.ts';
import { kinAlone, kinName, withOtherHalf } from './kin.ts';
import { remember } from './known.ts';
import { koreanName } from './korean.ts';
import { leadOf } from './lead.ts';
import { hashOf } from './letters.ts';
import { isPhrase } from './lexicon.ts';
import { likelyName } from './likely.ts';
import { likelyPlace, placeOfKin } from './likely-place.ts';
import { cellName, listedName } from './list-line.ts';
import { lowerItem, lowerName } from './lower.ts';
import { pairName } from './pair.ts';
import {
  createReader,
  familyOf,
  gapAt,
  givenOf,
  isGap,
  isNameable,
  isPure,
  isSyllable,
  isWord,
  type Reader,
  STRETCH,
} from './reader.ts';
import { familyStart, isParticle } from './score.ts';
import { singleName } from './single.ts';
import { smallIdentity } from './small-identity.ts';
import { isSmall } from './small-words.ts';
import { Gap, Kind, tokenize } from './tokens.ts';
import { initialsName } from './under-title.ts';

/** A name in a text: UTF-16 offsets, whose it is, and how much of a rule's confidence it deserves. */
export interface FoundName {
  readonly from: number;
  readonly to: number;
  readonly whose: Whose;
  readonly factor: number;
  /** Nothing but its form says that it is one, or that it is a place or an employer. */
  readonly likely?: Likely | undefined;
}

const reader = createReader();

/** What reading a text for names gives. */
export interface ReadNames {
  readonly found: readonly FoundName[];
  /** What the end of the text says of a name that begins the next line. */
  readonly lead: Evidence;
}

/**
 * The names of people in a text, in order. `lead` is what the line before it says. Costs a few steps a character; not re-entrant.
 */
export function findNames(text: string, known: Known, lead: Evidence = NOTHING, heard: Heard = UNHEARD): ReadNames {
  const found: FoundName[] = [];
  reader.lead = lead;
  reader.names = known;
  reader.again = heard.again;
  for (let from = 0; from < text.length; ) {
    const to = stretchEnd(text, from);
    readStretch(text, from, to, known, found, heard);
    reader.lead = NOTHING;
    from = to;
  }
  return { found, lead: leadOf(reader, found.at(-1)) };
}

/** The words of what was read last, by their hashes, once each: those in small letters or the others of a text that is no longer than a stretch. */
export function wordsReadLast(small: boolean): number[] {
  const { hash, count } = reader.tokens;
  const words = new Set<number>();
  for (let word = 0; word < count; word++) if (isSmall(reader.text, reader.tokens, word) === small) words.add(hash[word] ?? 0);
  return [...words];
}

/** What reading a text tells beside the names in it. Words are told by their hashes. */
export interface Heard {
  /** A word that may be a name and was none. */
  passed(hash: number): void;
  /** A word in small letters. */
  small(hash: number): void;
  /** Takes the names by which somebody may be meant again; null where nobody asks. */
  readonly given: Known | null;
  /** Names that are looked for again. */
  readonly again: Known;
}

const UNHEARD: Heard = { passed() {}, small() {}, given: null, again: new Map() };

const BREAK = /[\n.;|]/;

/** Where a stretch ends: at a line or a sentence if one ends near, else at a blank, so that no name is cut. */
function stretchEnd(text: string, from: number): number {
  const end = from + STRETCH;
  if (end >= text.length) return text.length;
  for (let at = end; at > end - 2048; at--) if (BREAK.test(text.charAt(at - 1))) return at;
  for (let at = end; at > end - 2048; at--) if (text.charCodeAt(at - 1) === 0x20) return at;
  return end;
}

function readStretch(text: string, from: number, to: number, known: Known, found: FoundName[], heard: Heard): void {
  const { tokens } = reader;
  reader.text = text;
  tokenize(text, from, to, tokens);
  reader.known.fill(-1, 0, tokens.count);
  reader.nameable.fill(-1, 0, tokens.count);
  const { hash, kind } = tokens;
  for (let word = 0; word < tokens.count; word++) if (isSmall(text, tokens, word)) heard.small(hash[word] ?? 0);
  let free = 0;
  for (let at = 0; at < tokens.count; ) {
    const small = mayEndIdentity(reader, at) ? smallIdentity(reader, at, free) : null;
    if (small !== null) {
      const surely = foundName(reader, small, small.last);
      while ((found.at(-1)?.to ?? 0) > surely.from) found.pop();
      found.push(surely);
    }
    const sure = placeOfKin(reader, at) ?? nameAt(reader, at, known) ?? saidAgain(reader, at);
    if (
      sure === null &&
      (kind[at] === Kind.capital || (kind[at] !== Kind.lower && kind[at] !== Kind.initial && isNameable(reader, at)))
    )
      heard.passed(hash[at] ?? 0);
    const name = sure ?? likelyPlace(reader, at) ?? likelyName(reader, at, known);
    if (name === null) {
      at++;
      continue;
    }
    const { likely } = name;
    const whole = withOtherHalf(reader, name);
    const last = likely === undefined ? withSuffix(reader, whole.last) : name.last;
    found.push({ ...foundName(reader, whole, last), likely });
    remember(reader, whole, known);
    if (likely === undefined && heard.given !== null) keepGiven(reader, whole, heard.given);
    at = last + 1;
    if (likely === undefined) free = at;
  }
}

function foundName({ tokens: { start, end } }: Reader, { first, whose, score }: Candidate, last: number): FoundName {
  return { from: start[first] ?? 0, to: end[last] ?? 0, whose, factor: factorOf(score) };
}

/** Whether a short word touches a figure or has one near behind it, as a sex or the label of a number has. */
function mayEndIdentity({ text, tokens: { end, kind, start } }: Reader, at: number): boolean {
  const to = end[at] ?? 0;
  if (to - (start[at] ?? 0) > 4) return false;
  if (kind[at] !== Kind.lower) return kind[at] === Kind.other;
  for (let ahead = to; ahead < to + 5; ahead++) {
    const code = text.charCodeAt(ahead);
    if (code >= 0x30 && code <= 0x39) return true;
    if (code > 0x3a) return false;
  }
  return false;
}

/** Particles that are `of` as well: `Medico di Guardia`. */
const OFS: ReadonlySet<number> = new Set(['di', 'de', 'del', 'della', 'do', 'da', 'du', 'la', 'le', 'den', 'der'].map(hashOf));

function nameAt(reader: Reader, at: number, known: Known): Candidate | null {
  const listed = listedName(reader, at);
  if (listed !== null) return listed;
  if (reader.tokens.kind[at] !== Kind.lower)
    return (
      cellName(reader, at) ??
      quotedName(reader, at) ??
      koreanName(reader, at) ??
      chainOrPair(reader, at, known) ??
      initialsName(reader, at) ??
      kinName(reader, at) ??
      kinAlone(reader, at)
    );
  if (isRecalled(reader, at, known))
    return { first: at, last: at, score: 4, whose: known.get(reader.tokens.hash[at] ?? 0) ?? 'unknown' };
  // Words of everyday, which most are.
  if (reader.tokens.cue[at] === 0 && !isHead(reader, at)) return null;
  // `Mr. van den Berg`: what follows a title may begin in lower case.
  if (
    isParticle(reader, at) &&
    leadsOn(reader, at) &&
    before(reader, at).weight >= (OFS.has(reader.tokens.hash[at] ?? 0) ? 2 : 1.5)
  )
    return nameFrom(reader, at, known);
  return lowerName(reader, at) ?? lowerItem(reader, at, known);
}

/** A name of one word may be half of one whose other half is a word of everyday. */
function chainOrPair(reader: Reader, at: number, known: Known): Candidate | null {
  const chain = beginsName(reader, at) ? nameFrom(reader, at, known) : null;
  const isWhole = chain !== null && chain.last > chain.first && reader.tokens.kind[chain.last] !== Kind.initial;
  return isWhole ? chain : (commonPair(reader, at, chain) ?? chain);
}

/** `texted to 0491 (mele)`: a name that was given before, in small letters and in brackets by itself. */
function isRecalled(reader: Reader, at: number, known: Known): boolean {
  const { text, tokens } = reader;
  if (((tokens.gap[at] ?? 0) & Gap.open) === 0 || known.size === 0 || !known.has(tokens.hash[at] ?? 0)) return false;
  return text.charAt((tokens.start[at] ?? 0) - 1) === '(' && text.charAt(tokens.end[at] ?? 0) === ')' && isPure(reader, at);
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
      // `Máire Ní | Ghallchobhair`: a name does not end with what leads on.
      if (last < end && isParticle(reader, last) && leadsOn(reader, last)) continue;
      const alone = familyStart(reader, first, last) === first;
      const candidate = alone ? singleName(reader, first, last, ahead, known) : pairName(reader, first, last, ahead);
      if (candidate === null) continue;
      const merit =
        candidate.score +
        extent(reader, first, last) +
        (alone || isWord(reader, first) || isWord(reader, last) ? 0 : 0.5) +
        // Half of a name that is known by itself is not preferred to the whole.
        (!alone && known.has(reader.tokens.hash[last] ?? 0) ? 1.5 : 0);
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

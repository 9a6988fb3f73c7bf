import { after, before, beginsSentence, type Evidence, followedBy, followsSaint, isShouted, type Whose } from './around.ts';
import { beginsName, chainEnd, leadsOn } from './chain.ts';
import { Cue } from './cues.ts';
import { familyRank, givenRank, Lex, wordRank } from './lexicon.ts';
import {
  createReader,
  familyOf,
  gapAt,
  givenOf,
  isGap,
  isNameable,
  isStranger,
  isSyllable,
  isThing,
  isWord,
  lengthOf,
  lexOf,
  type Reader,
  STRETCH,
} from './reader.ts';
import { familyStart, hasName, isParticle, pairScore } from './score.ts';
import { Gap, Kind, tokenize } from './tokens.ts';

/** A name in a text: UTF-16 offsets, whose it is, and how much of a rule's confidence it deserves. */
export interface FoundName {
  readonly from: number;
  readonly to: number;
  readonly whose: Whose;
  readonly factor: number;
}

/** Names that a message has given so far, by the hash of a word: said once with certainty, they are known when they stand alone. */
export type Known = Map<number, Whose>;

/** More people than that are a list, and a list names them in full. */
const MOST_KNOWN = 256;

/** A name in words, and what speaks for it. */
interface Candidate {
  readonly first: number;
  readonly last: number;
  readonly score: number;
  readonly whose: Whose;
}

const reader = createReader();

/** The names of people in a text, in order. Costs a few steps a character; not re-entrant. */
export function findNames(text: string, known: Known): FoundName[] {
  const found: FoundName[] = [];
  for (let from = 0; from < text.length; ) {
    const to = stretchEnd(text, from);
    readStretch(text, from, to, known, found);
    from = to;
  }
  return found;
}

const BREAK = /[\n.;|]/;

/** Where a stretch ends: at a line or a sentence if one ends near, else at a blank, so that no name is cut. */
function stretchEnd(text: string, from: number): number {
  const end = from + STRETCH;
  if (end >= text.length) return text.length;
  for (let at = end; at > end - 2048; at--) if (BREAK.test(text.charAt(at - 1))) return at;
  for (let at = end; at > end - 2048; at--) if (text.charCodeAt(at - 1) === 0x20) return at;
  return end;
}

function readStretch(text: string, from: number, to: number, known: Known, found: FoundName[]): void {
  const { tokens } = reader;
  reader.text = text;
  tokenize(text, from, to, tokens);
  reader.known.fill(-1, 0, tokens.count);
  const { start, end } = tokens;
  for (let at = 0; at < tokens.count; ) {
    const name = nameAt(reader, at, known);
    if (name === null) {
      at++;
      continue;
    }
    const last = withSuffix(reader, name.last);
    found.push({ from: start[name.first] ?? 0, to: end[last] ?? 0, whose: name.whose, factor: factorOf(name.score) });
    remember(reader, name, known);
    at = last + 1;
  }
}

function nameAt(reader: Reader, at: number, known: Known): Candidate | null {
  if (reader.tokens.kind[at] !== Kind.lower) return beginsName(reader, at) ? nameFrom(reader, at, known) : null;
  // `Mr. van den Berg`: what follows a title may begin in lower case.
  if (isParticle(reader, at) && leadsOn(reader, at) && before(reader, at).weight >= 2) return nameFrom(reader, at, known);
  return lowerName(reader, at);
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
    if (first > at && (isCut(reader, first, at) || !beginsName(reader, first))) continue;
    const ahead = before(reader, first);
    for (let last = end; last >= first; last--) {
      if (last < end && gapAt(reader, last + 1) === Gap.hyphen) continue;
      const alone = familyStart(reader, first, last) === first;
      const candidate = alone ? singleName(reader, first, last, ahead, known) : pairName(reader, first, last, ahead);
      if (candidate === null) continue;
      const merit = candidate.score + extent(reader, first, last);
      if (best !== null && merit <= most) continue;
      best = candidate;
      most = merit;
    }
  }
  return best;
}

/** Whether a name that begins here would leave the first half of a hyphenated one, or an initial, behind. */
function isCut(reader: Reader, first: number, from: number): boolean {
  if (first === from) return false;
  return (
    gapAt(reader, first) === Gap.hyphen ||
    (reader.tokens.kind[first - 1] === Kind.initial && (gapAt(reader, first) & Gap.dot) !== 0)
  );
}

/** Of two names that overlap the longer is meant, as far as its words are names. */
function extent(reader: Reader, first: number, last: number): number {
  let sum = 0;
  for (let word = first; word <= last; word++) {
    if (reader.tokens.kind[word] === Kind.initial || isParticle(reader, word) || isSyllable(reader, word)) sum += 0.8;
    else if (isWord(reader, word)) sum -= 0.3;
    else sum += Math.max(givenOf(reader, word), familyOf(reader, word)) >= 1 ? 0.8 : 0.2;
  }
  return sum;
}

/** Points that a name needs: in capitals a word says nothing by how it is written. */
const ENOUGH = 3.5;
const ENOUGH_IN_CAPITALS = 4.5;

function pairName(reader: Reader, first: number, last: number, ahead: Evidence): Candidate | null {
  const { kind } = reader.tokens;
  let score = pairScore(reader, first, last);
  if (score < 0 || (!isNameable(reader, last) && kind[last] !== Kind.initial && !isSyllable(reader, last))) return null;
  const behind = after(reader, last);
  const weight = ahead.weight + behind.weight;
  if (weight >= 1.5 ? !hasName(reader, first, last) : score < 2) return null;
  if (ahead.weight < 3) {
    const next = followedBy(reader, last);
    if ((next === 'organization' && ahead.weight < 2) || (next === 'thing' && score + weight < 6.5)) return null;
    if (followsSaint(reader, first) && score < 6) return null;
  }
  const capitals = kind[first] === Kind.upper || kind[last] === Kind.upper;
  const shouted = isShouted(reader, first);
  if (!capitals && !shouted && !beginsSentence(reader, first)) score += 0.5;
  if (!capitals && shouted) score -= 0.5;
  score += weight;
  return score >= (capitals && shouted ? ENOUGH_IN_CAPITALS : ENOUGH)
    ? { first, last, score, whose: whoseIs(ahead, behind) }
    : null;
}

function whoseIs(ahead: Evidence, behind: Evidence): Whose {
  if (ahead.whose === 'unknown') return behind.whose;
  return behind.whose === 'provider' && behind.weight >= 2 ? 'provider' : ahead.whose;
}

/** A word by itself, with its hyphens and particles, and what is known of it. */
interface Single {
  readonly reader: Reader;
  readonly at: number;
  /** How common a name it is, 0 to 3. */
  readonly best: number;
  readonly stranger: boolean;
  readonly thing: boolean;
  readonly capitals: boolean;
  readonly shouted: boolean;
}

/** One word (with hyphens, two) that is a name by what stands around it. */
function singleName(reader: Reader, first: number, last: number, ahead: Evidence, known: Known): Candidate | null {
  const { kind, hash } = reader.tokens;
  if (!isNameable(reader, last) && !isSyllable(reader, last)) return null;
  if (ahead.weight < 3 && (followedBy(reader, last) !== null || followsSaint(reader, first))) return null;
  const behind = after(reader, last);
  const single: Single = {
    reader,
    at: last,
    best: bestOf(reader, first, last),
    stranger: isStranger(reader, last),
    thing: isThing(reader, last),
    capitals: kind[last] === Kind.upper,
    shouted: isShouted(reader, last),
  };
  const score = aloneScore(single, first, ahead, behind);
  if (score > 0) return { first, last, score, whose: whoseIs(ahead, behind) };
  const before = known.get(hash[last] ?? 0);
  return before === undefined ? null : { first, last, score: 4.5, whose: before };
}

function bestOf(reader: Reader, first: number, last: number): number {
  let best = 0;
  for (let word = first; word <= last; word++)
    if (!isParticle(reader, word)) best = Math.max(best, givenOf(reader, word), familyOf(reader, word));
  return best;
}

/** 0 where a word alone is none. */
function aloneScore(single: Single, first: number, ahead: Evidence, behind: Evidence): number {
  const { reader, at, best, stranger, thing, capitals, shouted } = single;
  if (ahead.weight >= 3) return titledScore(single);
  if (behind.weight >= 2 && !thing && (best >= (capitals ? 2 : 1) || (stranger && !shouted))) return 4.5;
  if (ahead.weight >= 2) {
    if (isWord(reader, at) || (capitals && best < 2)) return 0;
    if (best >= 1 || (stranger && (!shouted || ahead.whose !== 'unknown'))) return best >= 2 ? 5 : 4;
    return 0;
  }
  if (thing) return 0;
  if (ahead.weight >= 1.5 && best >= 2) return 4.5;
  if (ahead.weight >= 1.5 && ahead.whose === 'relative' && !capitals && (best >= 1 || stranger)) return 3.5;
  if (behind.weight >= 1 && best >= 2 && !(capitals && shouted)) return 4;
  const given = givenOf(reader, at);
  if (ahead.weight >= 1 && given >= 2) return 4;
  return given === 3 && wordRank(lexOf(reader, at)) === 0 && !capitals && !shouted && !beginsSentence(reader, first) ? 3.5 : 0;
}

/** After Mr, Mrs, Dr: any name, and any word that is one as well unless all is in capitals. */
function titledScore({ reader, at, best, stranger, capitals, shouted }: Single): number {
  const bits = lexOf(reader, at);
  if ((bits & Lex.term) !== 0 || (capitals && shouted && (isWord(reader, at) || best < 1))) return 0;
  return best > 0 || stranger || Math.max(givenRank(bits), familyRank(bits)) >= 2 ? 5 : 0;
}

/** `DOE^JANE^Q`, as messages write it. */
function caretName(reader: Reader, at: number): Candidate | null {
  const { kind } = reader.tokens;
  if (gapAt(reader, at + 1) !== Gap.caret || at + 1 >= reader.tokens.count) return null;
  const next = at + 1;
  if (kind[next] === Kind.lower || kind[next] === Kind.other || lengthOf(reader, next) < 2) return null;
  const score = familyOf(reader, at) + givenOf(reader, next);
  if (score < 1 || isTerm(reader, at) || isTerm(reader, next)) return null;
  const third = at + 2;
  const more = gapAt(reader, third) === Gap.caret && (kind[third] === Kind.initial || isNameable(reader, third));
  return { first: at, last: more ? third : next, score: score + 2, whose: before(reader, at).whose };
}

function isTerm(reader: Reader, at: number): boolean {
  return (lexOf(reader, at) & Lex.term) !== 0;
}

/** `DOE, JANE Q`, `van der Berg, Jan`: the family name ends the chain, a comma and the given name follow. */
function commaName(reader: Reader, at: number, end: number): Candidate | null {
  const given = end + 1;
  const { kind } = reader.tokens;
  if (given >= reader.tokens.count || !isGap(reader, given, Gap.comma | Gap.blank) || (gapAt(reader, given) & Gap.comma) === 0)
    return null;
  const initial = kind[given] === Kind.initial && (gapAt(reader, given + 1) & Gap.dot) !== 0;
  if (!initial && !isNameable(reader, given)) return null;
  const head = familyHead(reader, at, end);
  if (head < 0) return null;
  const stranger = isStranger(reader, end);
  const family = Math.max(familyOf(reader, end), stranger ? 1 : 0, head < end ? familyOf(reader, head) : 0);
  const first = initial ? 1 : Math.max(givenOf(reader, given), isStranger(reader, given) ? 0.5 : 0);
  const ahead = before(reader, head);
  let last = given;
  while (
    last < given + 2 &&
    gapAt(reader, last + 1) === Gap.blank &&
    (kind[last + 1] === Kind.initial || (givenOf(reader, last + 1) >= 2 && isNameable(reader, last + 1)))
  )
    last++;
  const behind = after(reader, last);
  const places = (lexOf(reader, end) & lexOf(reader, given) & Lex.place) !== 0 ? 3 : 0;
  const score = family + first + Math.min(ahead.weight, 2) + behind.weight + (last > given ? 0.5 : 0) - places;
  const enough =
    ahead.weight >= 1.5
      ? first >= 0.5 && family >= 1 && score >= 4
      : first >= 1 && family >= 1 && score >= (first >= 2 ? 3.5 : 4.5);
  return enough && followedBy(reader, last) === null ? { first: head, last, score, whose: whoseIs(ahead, behind) } : null;
}

/** Where the family name before the comma begins: -1 where the chain is a name in full already (`Jane Doe, John Roe`). */
function familyHead(reader: Reader, at: number, end: number): number {
  const head = familyStart(reader, at, end);
  if (head === at) return head;
  if (pairScore(reader, at, end) >= 4 && givenOf(reader, at) >= 2) return -1;
  // Two family names, as Spanish has them; anything else before is not the name's.
  return head === at + 1 && familyOf(reader, at) >= 2 && !isWord(reader, at) ? at : head;
}

/** In text without capitals: after a title, or a given and a family name after a word for a person. */
function lowerName(reader: Reader, at: number): Candidate | null {
  const { cue, kind, count } = reader.tokens;
  const bits = cue[at] ?? 0;
  const next = at + 1;
  if (
    (bits & (Cue.title | Cue.doctor | Cue.patient | Cue.relative | Cue.talk | Cue.role)) === 0 ||
    next >= count ||
    kind[next] !== Kind.lower
  )
    return null;
  if (
    !isGap(
      reader,
      next,
      Gap.blank | Gap.colon | Gap.comma | ((bits & (Cue.title | Cue.doctor)) === 0 && lengthOf(reader, at) > 4 ? 0 : Gap.dot),
    )
  )
    return null;
  if (!isSurely(reader, next)) return null;
  const ahead = before(reader, next);
  const second = next + 1;
  const pair = second < count && kind[second] === Kind.lower && gapAt(reader, second) === Gap.blank && isSurely(reader, second);
  if (pair && givenOf(reader, next) >= 2 && familyOf(reader, second) >= 2)
    return { first: next, last: second, score: 4.5, whose: ahead.whose };
  const titled = ahead.weight >= 3 && familyOf(reader, next) >= 2 && !isThing(reader, next) && followedBy(reader, next) === null;
  return titled ? { first: next, last: next, score: 4, whose: ahead.whose } : null;
}

/** A word of no dictionary that is a common name. */
function isSurely(reader: Reader, at: number): boolean {
  return (
    wordRank(lexOf(reader, at)) === 0 &&
    !isTerm(reader, at) &&
    Math.max(givenOf(reader, at), familyOf(reader, at)) >= 2 &&
    (reader.tokens.cue[at] ?? 0) === 0
  );
}

/** `, Jr.` and `III` belong to the name. */
function withSuffix(reader: Reader, last: number): number {
  const { cue, kind, count } = reader.tokens;
  const next = last + 1;
  if (next >= count || ((cue[next] ?? 0) & Cue.suffix) === 0 || kind[next] === Kind.lower) return last;
  return isGap(reader, next, Gap.blank | Gap.comma) ? next : last;
}

/** Keeps the words of a certain name, so that they are known alone: `Okafor was told`. */
function remember(reader: Reader, { first, last, score, whose }: Candidate, known: Known): void {
  if (score < 4.5 || known.size >= MOST_KNOWN) return;
  const { hash, kind } = reader.tokens;
  for (let word = first; word <= last; word++) {
    if (
      kind[word] === Kind.initial ||
      lengthOf(reader, word) < 3 ||
      isThing(reader, word) ||
      (reader.tokens.cue[word] ?? 0) !== 0
    )
      continue;
    if (wordRank(lexOf(reader, word)) === 0 && !known.has(hash[word] ?? 0)) known.set(hash[word] ?? 0, whose);
  }
}

import { Cue } from './cues.ts';
import { type Evidence, type Known, NOTHING } from './evidence.ts';
import { GRAMMAR } from './grammar.ts';
import { hashOf } from './letters.ts';
import { familyRank, givenRank, Lex, lexicon, wordRank } from './lexicon.ts';
import { looksLikeName, looksLikeWord } from './morphology.ts';
import { createTokens, Gap, Kind, type Tokens } from './tokens.ts';
import { listOf } from './words.ts';

/** Characters whose words are read at a time: a line of ten megabytes must not take ten times that. */
export const STRETCH = 16_384;

/** Cues that are no part of a name, unless the word is a common one too. */
const NO_NAME =
  Cue.patient |
  Cue.relative |
  Cue.role |
  Cue.organization |
  Cue.thing |
  Cue.does |
  Cue.label |
  Cue.signed |
  Cue.closing |
  Cue.opening;

/** One stretch of text and its words, and what the lexicon says of those that were asked for. */
export interface Reader {
  text: string;
  /** What the line before says of a name that begins this text. */
  lead: Evidence;
  /** Names that the message has given so far. */
  names: Known;
  /** Names that it has given anywhere and that are looked for again; empty while it is read for the first time. */
  again: Known;
  readonly tokens: Tokens;
  /** Bits of Lex by word; -1 where nobody asked yet. */
  readonly known: Int32Array;
  /** 1 for a word that may be part of a name, 0 for others, -1 where nobody asked yet. */
  readonly nameable: Int8Array;
}

export function createReader(): Reader {
  const tokens = createTokens(STRETCH);
  return {
    text: '',
    lead: NOTHING,
    names: new Map(),
    again: new Map(),
    tokens,
    known: new Int32Array(tokens.capacity),
    nameable: new Int8Array(tokens.capacity),
  };
}

/** Words met last, by their hash: the lexicon is larger than the processor's caches, and a text says few words again and again. */
const RECENT = 4096;
const recent = new Uint32Array(RECENT);
const recentBits = new Uint32Array(RECENT);

export function lexOf({ tokens, known }: Reader, at: number): number {
  const before = known[at] ?? 0;
  if (before >= 0) return before;
  const hash = tokens.hash[at] ?? 0;
  const slot = hash & (RECENT - 1);
  if (recent[slot] !== hash) {
    recent[slot] = hash;
    recentBits[slot] = lexicon().get(hash);
  }
  const bits = recentBits[slot] ?? 0;
  known[at] = bits;
  return bits;
}

/** By how common the name is (row) and the word (column): what is left of a name's rank where the word may be meant. */
const LEFT = [
  [0, 0, 0, 0],
  [1, 0, 0, 0],
  [2, 1, 1, 0],
  [3, 3, 2, 1],
] as const;

function rankLeft(rank: number, bits: number): number {
  if ((bits & Lex.term) !== 0) return rank === 3 && wordRank(bits) < 3 ? 1 : 0;
  return LEFT[rank]?.[wordRank(bits)] ?? 0;
}

/** How much a word looks like a given name, 0 to 3. */
export function givenOf(reader: Reader, at: number): number {
  const bits = lexOf(reader, at);
  return rankLeft(givenRank(bits), bits);
}

/** How much a word looks like a family name, 0 to 3. */
export function familyOf(reader: Reader, at: number): number {
  const bits = lexOf(reader, at);
  return rankLeft(familyRank(bits), bits);
}

export function lengthOf({ tokens }: Reader, at: number): number {
  return (tokens.end[at] ?? 0) - (tokens.start[at] ?? 0);
}

export function wordAt({ text, tokens }: Reader, at: number): string {
  return text.slice(tokens.start[at], tokens.end[at]);
}

const VOWEL = /[AEIOUYÀ-Ý]/;

const ACCENTED = /[^\x00-\x7f]/;

const CAPITALS = /^(?:(?:Mc|Mac|De|Di|Du|Da|La|Le|Van|Von|Fitz|Al|El|Ben|St)\p{Lu}|\p{L}['’`ʼʻ]\p{Lu})/u;

/** A capitalized word that is in no list and does not look like one of medicine. */
export function isStranger(reader: Reader, at: number): boolean {
  const { tokens } = reader;
  const kind = tokens.kind[at];
  if (kind === Kind.upper) return isStrangeUpper(reader, at);
  if ((kind !== Kind.capital && kind !== Kind.mixed) || (tokens.cue[at] ?? 0) !== 0 || lengthOf(reader, at) < 3) return false;
  const bits = lexOf(reader, at);
  const word = wordAt(reader, at);
  // With an accent it is not the English word that it folds to.
  if (bits !== 0) return (bits & ~Lex.word) === 0 && kind === Kind.capital && ACCENTED.test(word) && !looksLikeWord(word);
  return kind === Kind.mixed ? CAPITALS.test(word) : !looksLikeWord(word);
}

/** In capitals a word of no list may be anything's abbreviation: it counts only where a title or a label says that a name follows. */
function isStrangeUpper(reader: Reader, at: number): boolean {
  if (lengthOf(reader, at) < 4 || (reader.tokens.cue[at] ?? 0) !== 0 || lexOf(reader, at) !== 0) return false;
  const word = wordAt(reader, at);
  return VOWEL.test(word) && !looksLikeWord(word);
}

/** How much a stranger looks like a name, 0 to 2: English has no accents, and few words that end as names do. */
export function strangerRank(reader: Reader, at: number): number {
  if (!isStranger(reader, at)) return 0;
  const word = wordAt(reader, at);
  if (reader.tokens.kind[at] === Kind.upper) return looksLikeName(word) || ACCENTED.test(word) ? 1.25 : 0.75;
  return looksLikeName(word) ? 2 : ACCENTED.test(word) ? 1.5 : 1;
}

/** The second half of a name that goes on in lower case: `Hyun-woo`, `Mei-ling`. */
export function isSyllable(reader: Reader, at: number): boolean {
  const { kind, gap } = reader.tokens;
  if (kind[at] !== Kind.lower || gap[at] !== Gap.hyphen || kind[at - 1] !== Kind.capital || lengthOf(reader, at) > 6)
    return false;
  // `Min-ho`: three letters are a word of something in any language.
  if (lengthOf(reader, at) <= 3) {
    const bits = lexOf(reader, at);
    return (
      isPure(reader, at - 1) ||
      (bits !== 0 && wordRank(bits) === 0 && (bits & Lex.term) === 0 && (reader.tokens.cue[at] ?? 0) === 0)
    );
  }
  return wordRank(lexOf(reader, at)) <= 1 && (reader.tokens.cue[at] ?? 0) === 0 && (lexOf(reader, at) & Lex.term) === 0;
}

/** Words for a person that are something else with a capital: Buddy and Beau are names, DTR a reflex, GF a growth factor. */
const SMALL: ReadonlySet<number> = new Set(listOf('buddy pal beau sis hub ex bro bf gf dtr dau').map(hashOf));

/** Of them those that are a reflex or a factor in capitals alone: `Dtr Folasade informed`. */
const BRIEF: ReadonlySet<number> = new Set(listOf('dtr dau').map(hashOf));

/** Whether a word that is a cue in small letters is none because of how it is written. */
export function isElse({ tokens: { kind, hash } }: Reader, at: number): boolean {
  return kind[at] !== Kind.lower && SMALL.has(hash[at] ?? 0) && !(kind[at] === Kind.capital && BRIEF.has(hash[at] ?? 0));
}

/** Whether a word may be part of a name at all. */
export function isNameable(reader: Reader, at: number): boolean {
  if (at >= reader.tokens.count) return false;
  const before = reader.nameable[at] ?? -1;
  if (before >= 0) return before === 1;
  const answer = mayBeName(reader, at);
  reader.nameable[at] = answer ? 1 : 0;
  return answer;
}

const MONTHS: ReadonlySet<number> = new Set(['jun', 'june', 'april', 'may', 'august', 'mai', 'mei', 'jan'].map(hashOf));

/** `Jun Hasegawa`: a month before what is a family name and nothing else, and no day of it. */
export function isGivenMonth(reader: Reader, at: number): boolean {
  const { hash, kind } = reader.tokens;
  const next = at + 1;
  if (!MONTHS.has(hash[at] ?? 0) || kind[at] !== Kind.capital || kind[next] !== Kind.capital) return false;
  return gapAt(reader, next) === Gap.blank && isPure(reader, next) && familyOf(reader, next) >= 2;
}

/** `Mai-Linh`, `May-Britt`, `Jan-Erik`: a month or a word that is a given name too, and by a hyphen a given name that is nothing else. */
export function isCompoundGiven(reader: Reader, at: number): boolean {
  const { kind } = reader.tokens;
  const next = at + 1;
  if (kind[at] !== Kind.capital || kind[next] !== Kind.capital || gapAt(reader, next) !== Gap.hyphen) return false;
  return givenRank(lexOf(reader, at)) >= 2 && isPure(reader, next) && givenOf(reader, next) >= 2;
}

function mayBeName(reader: Reader, at: number): boolean {
  const { kind, cue } = reader.tokens;
  if (kind[at] === Kind.lower || kind[at] === Kind.other || kind[at] === Kind.initial || at >= reader.tokens.count) return false;
  // `Milan IVa`, `IgG`
  if (kind[at] === Kind.mixed && lengthOf(reader, at) < 4) return false;
  const bits = lexOf(reader, at);
  const best = Math.max(givenOf(reader, at), familyOf(reader, at));
  if (((cue[at] ?? 0) & (Cue.title | Cue.doctor)) !== 0) return false;
  if (isUnderTitle(reader, at)) return true;
  if (isGrammar(reader, at, bits)) return false;
  // `Clark III`
  if (((cue[at] ?? 0) & Cue.suffix) !== 0 && kind[at] === Kind.upper) return false;
  if (((cue[at] ?? 0) & NO_NAME) !== 0 && best < 3 && !isElse(reader, at))
    return (
      isCalled(reader, at, bits) || isBeforeGiven(reader, at, bits) || isGreeted(reader, at, bits) || isNamedBefore(reader, at)
    );
  if (best > 0 || isGivenMonth(reader, at) || isCompoundGiven(reader, at)) return true;
  if ((bits & ~Lex.word) === 0) return isStranger(reader, at) || reader.names.has(reader.tokens.hash[at] ?? 0);
  if ((bits & Lex.term) !== 0) return isCalled(reader, at, bits) || isOwned(reader, at, bits) || isNamedBefore(reader, at);
  // A word that is somebody's name as well: with a title, where a form has named them, or beside what is surely a name.
  if (reader.names.has(reader.tokens.hash[at] ?? 0)) return true;
  return Math.max(givenRank(bits), familyRank(bits)) >= (wordRank(bits) > 1 ? 2 : 1);
}

/** `husband Stan`, and `Stan` again: a term that the text has given as somebody's name, where it is written as one. */
function isNamedBefore({ names, tokens: { hash, kind } }: Reader, at: number): boolean {
  return kind[at] === Kind.capital && names.has(hash[at] ?? 0);
}

/** Titles that are nothing else, with a capital. */
const SURE_TITLES: ReadonlySet<number> = new Set(['mr', 'mrs', 'mme', 'mlle'].map(hashOf));

/** `Mrs Non`, `Mr. Tootoosis`: right after a title anything with a capital is a name, whatever it ends in and means elsewhere. */
export function isUnderTitle(reader: Reader, at: number): boolean {
  const { cue, gap, hash, kind } = reader.tokens;
  if (at === 0 || (kind[at] !== Kind.capital && kind[at] !== Kind.mixed)) return false;
  if (gap[at] !== Gap.blank && gap[at] !== (Gap.blank | Gap.dot)) return false;
  if (((cue[at] ?? 0) & ~Cue.particle) !== 0) return isTitledWord(reader, at);
  if (SURE_TITLES.has(hash[at - 1] ?? 0)) return kind[at - 1] === Kind.capital;
  // `Mr Thaddeus Tootoosis`
  return gap[at] === Gap.blank && lexOf(reader, at) === 0 && isUnderTitle(reader, at - 1);
}

const TITLES: ReadonlySet<number> = new Set(['mr', 'mrs', 'ms', 'miss', 'mme', 'mlle', 'dr'].map(hashOf));
/** A doctor, or a street. */
const DRIVE = hashOf('dr');

/** `Mr Walker`, `Dr. Park`, `Ms Day`: a common family name that is a word for a place or a thing; not `Elm Dr Ward 5`. */
function isTitledWord(reader: Reader, at: number): boolean {
  const { gap, hash, kind } = reader.tokens;
  if (kind[at] !== Kind.capital || kind[at - 1] !== Kind.capital || !TITLES.has(hash[at - 1] ?? 0)) return false;
  const inStreet = hash[at - 1] === DRIVE && at > 1 && kind[at - 2] === Kind.capital && gap[at - 1] === Gap.blank;
  const apart = !inStreet || ((reader.tokens.cue[at - 2] ?? 0) & Cue.opening) !== 0;
  const numbered = ((gap[at + 1] ?? 0) & (Gap.digit | Gap.hyphen)) !== 0;
  return apart && !numbered && familyRank(lexOf(reader, at)) === 3;
}

/** `Dear Pat,`, `Hi Will,`: a common given name in a greeting, whatever else it means. */
function isGreeted(reader: Reader, at: number, bits: number): boolean {
  const { cue, gap, kind } = reader.tokens;
  const greeted = ((cue[at - 1] ?? 0) & Cue.opening) !== 0 && gap[at] === Gap.blank && kind[at - 1] === Kind.capital;
  return greeted && givenRank(bits) === 3 && kind[at] === Kind.capital && reader.text.charAt(reader.tokens.end[at] ?? 0) === ',';
}

/** `Walker, Maria`, `PARK, JUAN`: a common family name that is a word for a thing, a comma, and what is a common given name and nothing else. */
function isBeforeGiven(reader: Reader, at: number, bits: number): boolean {
  const { gap, kind } = reader.tokens;
  const next = at + 1;
  if (familyRank(bits) < 3 || gapAt(reader, next) !== (Gap.comma | Gap.blank) || kind[next] !== kind[at]) return false;
  const apart = at === 0 || gap[at] !== Gap.blank || kind[at - 1] === Kind.lower;
  return apart && isPure(reader, next) && givenOf(reader, next) === 3;
}

function isGrammar(reader: Reader, at: number, bits: number): boolean {
  return GRAMMAR.has(reader.tokens.hash[at] ?? 0) && !isCalled(reader, at, bits) && !isOwned(reader, at, bits);
}

/** `her mum Una`: what is a word of medicine or of another language, right after a relative. */
export function isCalled({ tokens: { cue, gap, kind } }: Reader, at: number, bits: number): boolean {
  const relative = ((cue[at - 1] ?? 0) & Cue.relative) !== 0 && kind[at - 1] === Kind.lower;
  return relative && kind[at] === Kind.capital && gap[at] === Gap.blank && givenRank(bits) >= 2;
}

const OWNERS: ReadonlySet<number> = new Set(['my', 'his', 'her', 'your', 'their', 'our'].map(hashOf));
const [NOK, WHO] = [hashOf('nok'), hashOf('who')];

/** `Your sister Non, who`, `NOK son Con`: what no sentence goes on with, whatever it means, right after a relative. */
export function isOwned({ tokens: { cue, gap, hash, kind } }: Reader, at: number, bits: number): boolean {
  if (at < 2 || ((cue[at - 1] ?? 0) & Cue.relative) === 0 || kind[at - 1] !== Kind.lower) return false;
  if (kind[at] !== Kind.capital || gap[at] !== Gap.blank || gap[at - 1] !== Gap.blank) return false;
  if (hash[at - 2] === NOK) return givenRank(bits) >= 1;
  return OWNERS.has(hash[at - 2] ?? 0) && hash[at + 1] === WHO && gap[at + 1] === (Gap.comma | Gap.blank);
}

/** Whether a word is a name, however seldom, and nothing else. */
export function isPure(reader: Reader, at: number): boolean {
  const bits = lexOf(reader, at);
  return bits !== 0 && (bits & (Lex.word | Lex.term | Lex.eponym | Lex.place)) === 0;
}

/** Whether a word means itself more often than a person, however common the name. */
export function isWord(reader: Reader, at: number): boolean {
  const bits = lexOf(reader, at);
  return wordRank(bits) >= 2 || (bits & Lex.term) !== 0;
}

/** A medicine, a maker, a term of the ward. */
export function isTerm(reader: Reader, at: number): boolean {
  return (lexOf(reader, at) & Lex.term) !== 0;
}

/** Whether a name by itself is rather a sign, a place or a thing. */
export function isThing(reader: Reader, at: number): boolean {
  return (lexOf(reader, at) & (Lex.term | Lex.eponym | Lex.place)) !== 0 || wordRank(lexOf(reader, at)) >= 2;
}

export function gapAt({ tokens }: Reader, at: number): number {
  return at < tokens.count ? (tokens.gap[at] ?? 0) : Gap.other;
}

/** Whether nothing but these characters stands before the word, and at least one. */
export function isGap(reader: Reader, at: number, allowed: number): boolean {
  const gap = gapAt(reader, at);
  return gap !== 0 && (gap & ~allowed) === 0;
}

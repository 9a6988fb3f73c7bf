import { Cue } from './cues.ts';
import { hashOf } from './letters.ts';
import { familyRank, givenRank, isPhrase, Lex } from './lexicon.ts';
import {
  familyOf,
  gapAt,
  givenOf,
  isGivenMonth,
  isPure,
  isStranger,
  isWord,
  lexOf,
  type Reader,
  strangerRank,
} from './reader.ts';
import { Gap, Kind } from './tokens.ts';
import { listOf } from './words.ts';

/** Words of a chain that are scored together: more are a list, not a name. */
export const LONGEST = 6;

/** What else speaks for a word that is not known as this part of a name: that it is known as the other, or that it is no word at all. */
export function partOf(rank: number, reader: Reader, at: number): number {
  if (rank > 0) return rank;
  return isPure(reader, at) ? 0.75 : strangerRank(reader, at);
}

/** How good a given name the words from `from` on begin with; `Mary-Jane` is one. */
function givenAt(reader: Reader, from: number, to: number): number {
  const first = isGivenMonth(reader, from) ? 2 : partOf(givenOf(reader, from), reader, from);
  return from < to && gapAt(reader, from + 1) === Gap.hyphen ? Math.max(first, givenOf(reader, from + 1)) : first;
}

/** How good a family name the words up to `to` end with; `Garcia-Lopez` and `van der Berg` are one. */
function familyAt(reader: Reader, from: number, to: number): number {
  let best = partOf(familyOf(reader, to), reader, to);
  for (let word = to; word > from && gapAt(reader, word) === Gap.hyphen; word--)
    best = Math.max(best, familyOf(reader, word - 1));
  return best;
}

/** `van`, `de`, `al`; not the initial L. */
export function isParticle({ tokens }: Reader, at: number): boolean {
  return ((tokens.cue[at] ?? 0) & Cue.particle) !== 0 && tokens.kind[at] !== Kind.initial;
}

/** First word of the family name that ends with `to`: back over hyphens and particles. */
export function familyStart(reader: Reader, from: number, to: number): number {
  let word = to;
  while (word > from && (gapAt(reader, word) === Gap.hyphen || isParticle(reader, word - 1))) word--;
  return word;
}

/** What the words between the first and the family name add: an initial says that they are a name. */
function middleOf(reader: Reader, from: number, to: number): number {
  let bonus = 0;
  for (let word = from; word < to; word++) {
    if (reader.tokens.kind[word] === Kind.initial) bonus += 1;
    else if (isParticle(reader, word) || Math.max(givenOf(reader, word), familyOf(reader, word)) >= 2) bonus += 0.5;
  }
  return Math.min(1, bonus);
}

function placeCost(reader: Reader, from: number, to: number): number {
  const places = Number((lexOf(reader, from) & Lex.place) !== 0) + Number((lexOf(reader, to) & Lex.place) !== 0);
  return places === 2 ? 2.5 : places / 2;
}

/** `ASHLEY YOUNG`: beside a given name that is nothing else a word that is a common family name is one. */
function wordyBonus(reader: Reader, from: number, to: number): number {
  const bits = lexOf(reader, to);
  if (!isPure(reader, from) || givenOf(reader, from) < 3 || familyRank(bits) < 3) return 0;
  return isWord(reader, to) && (bits & Lex.term) === 0 && (reader.tokens.cue[to] ?? 0) === 0 ? 0.5 : 0;
}

const MORBUS = hashOf('m');
const SICKNESSES: ReadonlySet<number> = new Set(
  listOf(`crohn bechterew parkinson basedow alzheimer hodgkin addison cushing meniere dupuytren scheuermann sudeck paget wilson whipple behçet werlhof osler raynaud ledderhose köhler perthes bowen boeck pick
    still kahler graves bright little huntington hirschsprung gaucher fabry waldenström pompe recklinghausen hansen duhring schlatter forestier meulengracht gilbert`).map(
    hashOf,
  ),
);

/** `M. Crohn`, `M. Bechterew`: Morbus, not a given name. */
function isSickness(reader: Reader, from: number, to: number): boolean {
  return reader.tokens.hash[from] === MORBUS && to === from + 1 && SICKNESSES.has(reader.tokens.hash[to] ?? 0);
}

/** `BELL Ruth`: a family name in capitals and the given name behind it, as French and Asian forms have them. */
function isFamilyFirst(reader: Reader, from: number, to: number): boolean {
  const { kind } = reader.tokens;
  const mixed = to === from + 1 && kind[from] === Kind.upper && kind[to] === Kind.capital;
  return mixed && (reader.tokens.cue[from] ?? 0) === 0 && givenOf(reader, to) >= 2 && familyRank(lexOf(reader, from)) >= 2;
}

/** Points that hold for any two words that are not everyday's. */
function purity(reader: Reader, from: number, to: number): number {
  if (!isPure(reader, from) || !isPure(reader, to)) return 0;
  return reader.tokens.kind[from] === Kind.capital && reader.tokens.kind[to] === Kind.capital ? 1 : 0.5;
}

/**
 * How much the words `from` to `to` of a chain look like a given and a family name, 0 to 7: how common the one is as a given, the other as a
 * family name (a capitalized word of no list counts 1). Below 0 where they are the name of a thing.
 */
export function pairScore(reader: Reader, from: number, to: number): number {
  const { hash, kind } = reader.tokens;
  for (let word = from; word < to; word++) if (isPhrase(hash[word] ?? 0, hash[word + 1] ?? 0)) return -9;
  const family = familyStart(reader, from, to);
  if (family === from || ((reader.tokens.cue[from] ?? 0) & Cue.saint) !== 0) return -9;
  if (kind[from] === Kind.initial && isSickness(reader, from, to)) return -9;
  if (kind[from] === Kind.initial) return initialScore(reader, from, to, family);
  if (kind[to] === Kind.initial) return givenAt(reader, from, to) >= 2 && isDotted(reader, to) ? 2 : 0;
  const given = givenAt(reader, from, to);
  const surname = familyAt(reader, family, to);
  const straight = given + surname;
  // East Asian order, and that of lists: the family name first.
  // (`Sopa Juliana`: what is in no list may be anything.)
  const reversed = partOf(familyOf(reader, from), reader, from) + givenOf(reader, to) - (isStranger(reader, from) ? 2 : 1);
  let score =
    Math.max(straight, reversed) +
    middleOf(reader, from + 1, family) +
    purity(reader, from, to) +
    wordyBonus(reader, from, to) +
    (isFamilyFirst(reader, from, to) ? 1.5 : 0) -
    placeCost(reader, from, to);
  if ((lexOf(reader, to) & Lex.eponym) !== 0)
    score -= given < 2 ? 1.5 : to === from + 1 && (lexOf(reader, from) & Lex.eponym) !== 0 ? 1 : 0;
  for (let word = from + 1; word <= to; word++) if ((gapAt(reader, word) & Gap.newline) !== 0) score -= 1.5;
  return score;
}

function isDotted({ text, tokens: { end } }: Reader, at: number): boolean {
  return text.charAt(end[at] ?? 0) === '.';
}

/** `J. Okafor`, `J.R. Smith`: the dot matters, `vitamin C Jones` has none. */
function initialScore(reader: Reader, from: number, to: number, family: number): number {
  const { kind } = reader.tokens;
  const led = family < to && isParticle(reader, family);
  if (kind[to] === Kind.initial || (isWord(reader, to) && !led && familyRank(lexOf(reader, to)) < 3)) return 0;
  const surname = isWord(reader, to) ? (led ? 1 : 0) : familyAt(reader, family, to);
  const dotted = (gapAt(reader, from + 1) & Gap.dot) !== 0;
  if (!dotted && gapAt(reader, from + 1) !== Gap.blank) return 0;
  const more = family - from > 1 ? 1 : 0;
  const sure = dotted && surname >= 0.75 && surname < 2 && standsApart(reader, from) ? 1 : 0;
  return surname + sure + more + (dotted ? 1.5 : 0) - ((lexOf(reader, to) & (Lex.eponym | Lex.place)) !== 0 ? 1 : 0);
}

/**
 * Whether a letter is somebody's initial by where it stands: `Kontrol, R. Kuipers`, `/ P. Raghunathan`. A to E at the head of a line number a list,
 * and after a word a letter may end a sentence (`hepatitis C. Started …`).
 */
function standsApart({ text, tokens: { start, gap } }: Reader, at: number): boolean {
  const between = gap[at] ?? 0;
  if (isItem(text, start[at] ?? 0)) return true;
  if ((between & Gap.digit) !== 0) return false;
  if ((between & (Gap.comma | Gap.colon | Gap.slash | Gap.open)) !== 0) return true;
  return (at === 0 || (between & (Gap.newline | Gap.dot | Gap.wide)) !== 0) && text.charAt(start[at] ?? 0) > 'E';
}

/** Whether a bar or several blanks stand before: a cell of a list. */
export function isItem(text: string, at: number): boolean {
  return /(?:\||\t| {3}) ?$/.test(text.slice(Math.max(0, at - 4), at));
}

/** Whether both are names that are words as well: enough where a label says that a name follows (`Name: Rex Roman`). */
export function areBothNames(reader: Reader, from: number, to: number): boolean {
  const { kind } = reader.tokens;
  const [first, last] = [lexOf(reader, from), lexOf(reader, to)];
  return (
    (kind[from] === Kind.initial || (kind[from] === Kind.capital && kind[to] === Kind.capital && givenRank(first) >= 2)) &&
    familyRank(last) >= 2 &&
    ((first | last) & Lex.term) === 0
  );
}

/** Whether any word from `from` to `to` is more than a word of everyday. */
export function hasName(reader: Reader, from: number, to: number): boolean {
  for (let word = from; word <= to; word++) {
    if (reader.tokens.kind[word] === Kind.initial || isParticle(reader, word)) continue;
    if (!isWord(reader, word) && (isStranger(reader, word) || Math.max(givenOf(reader, word), familyOf(reader, word)) >= 1))
      return true;
  }
  return false;
}

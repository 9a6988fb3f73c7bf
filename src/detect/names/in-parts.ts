import { before } from './ahead.ts';
import { after, followedBy, followsSaint } from './behind.ts';
import { type Candidate, whoseIs } from './candidate.ts';
import { Cue } from './cues.ts';
import type { Evidence } from './evidence.ts';
import { familyRank, givenRank, isPhrase, Lex } from './lexicon.ts';
import {
  familyOf,
  gapAt,
  givenOf,
  isCompoundGiven,
  isGap,
  isNameable,
  isStranger,
  isSyllable,
  isTerm,
  isWord,
  lengthOf,
  lexOf,
  type Reader,
} from './reader.ts';
import { familyStart, isItem, isParticle, pairScore, partOf } from './score.ts';
import { isAcronym, isAmongAntibodies, isListOfThings, isOfThing } from './things.ts';
import { Gap, Kind } from './tokens.ts';

/** `DOE^JANE^Q`, as messages write it. */
export function caretName(reader: Reader, at: number): Candidate | null {
  const { kind } = reader.tokens;
  if (gapAt(reader, at + 1) !== Gap.caret || at + 1 >= reader.tokens.count) return null;
  const next = at + 1;
  if (kind[next] === Kind.lower || kind[next] === Kind.other || lengthOf(reader, next) < 2) return null;
  const score = familyOf(reader, at) + givenOf(reader, next);
  if (score < 1 || [at, next].some((word) => isTerm(reader, word) || ((reader.tokens.cue[word] ?? 0) & ~Cue.particle) !== 0))
    return null;
  const third = at + 2;
  const more = gapAt(reader, third) === Gap.caret && (kind[third] === Kind.initial || isNameable(reader, third));
  return { first: at, last: more ? third : next, score: score + 2, whose: before(reader, at).whose };
}

/** `DOE, JANE Q`, `van der Berg, Jan`: the family name ends the chain, a comma and the given name follow. */
export function commaName(reader: Reader, at: number, end: number): Candidate | null {
  const given = end + 1;
  if (!isGap(reader, given, Gap.comma | Gap.blank) || (gapAt(reader, given) & Gap.comma) === 0 || !isGivenAt(reader, given))
    return null;
  if (reader.tokens.kind[end] === Kind.initial && end > at) return null;
  const head = familyHead(reader, at, end);
  // `S. Krishnamoorthy, M.D.`
  if (head < 0 || after(reader, end).weight >= 2) return null;
  const last = givenEnd(reader, given);
  const ahead = before(reader, head);
  // After a title a comma parts two people, or a name from what is said of it.
  if (ahead.weight >= 3 && !isBorn(reader, given, last)) return null;
  const behind = after(reader, last);
  const labelled = (ahead.weight >= 2 || isCell(reader, head, last)) && areCommon(reader, end, given);
  if (!labelled && reader.tokens.kind[given] !== Kind.initial && !isNameable(reader, given)) return null;
  const least = labelled ? 1.75 : 0;
  // `TUBBERGEN, LYLE (0099184)`: with its record behind it even a family name of no list.
  const known = behind.weight >= 1.5 && behind.whose === 'patient' && isStranger(reader, end) ? 1 : 0;
  const family = Math.max(partOf(familyOf(reader, end), reader, end), head < end ? familyOf(reader, head) : 0, least, known);
  const first = Math.max(givenPoints(reader, given, family), least);
  const score =
    family +
    first +
    Math.min(ahead.weight, 2) +
    behind.weight +
    (last > given ? 0.5 : 0) +
    (isFamilyInCapitals(reader, end, given) ? 0.5 : 0) -
    (ahead.weight < 2 ? costs(reader, head, end, last, behind) : 0);
  if (isTown(reader, end, given) || followedBy(reader, last) !== null) return null;
  const apart = isInitialApart(reader, head, end, given, last);
  if (!apart && !isEnough(family, first, score, ahead, behind)) return null;
  if (!apart && ahead.weight < 1.5 && isOfThings(reader, head, end, last, first, behind)) return null;
  if (ahead.weight < 1.5 && (followsSaint(reader, head) || isNamedAfter(reader, head, given, last))) return null;
  return { first: withParticles(reader, head), last, score: apart ? Math.max(score, 4) : score, whose: whoseIs(ahead, behind) };
}

/** `MULLIGAN-REID, Kieron`: the family name in capitals and the given name not, as records have them. */
function isFamilyInCapitals(reader: Reader, family: number, given: number): boolean {
  const { kind } = reader.tokens;
  return (
    kind[family] === Kind.upper &&
    kind[given] === Kind.capital &&
    lengthOf(reader, family) > 3 &&
    familyOf(reader, family) >= 2 &&
    givenOf(reader, given) >= 1 &&
    !isAcronym(reader, family)
  );
}

/** Words that are common names too: `Patient: Stone, Will`. */
function areCommon(reader: Reader, family: number, given: number): boolean {
  const [last, first] = [lexOf(reader, family), lexOf(reader, given)];
  return familyRank(last) >= 2 && givenRank(first) >= 2 && ((last | first) & (Lex.term | Lex.place)) === 0;
}

/** A cell of a list: several blanks or a bar on either side. */
function isCell({ text, tokens: { start, end } }: Reader, head: number, last: number): boolean {
  return isItem(text, start[head] ?? 0) && WIDE.test(text.slice(end[last], (end[last] ?? 0) + 3));
}

const WIDE = /^(?: ? ?\||\t| {3})/;

/** `Hohmann, Bennett and Gelpi retractors`, `anti-Lua (Lutheran), Diego, Colton`, `de Chagas, ELISA`. */
function isNamedAfter(reader: Reader, head: number, given: number, last: number): boolean {
  if (isListOfThings(reader, last) || isAmongAntibodies(reader, head)) return true;
  return isOfThing(reader, head) || (isAcronym(reader, given) && reader.tokens.kind[given - 1] === Kind.capital);
}

/** `Herr Weiß, Jürgen *24/11/1949`: after a title a given name belongs to it where a birth follows. */
function isBorn(reader: Reader, given: number, last: number): boolean {
  const { end } = reader.tokens;
  return given === last && givenOf(reader, given) >= 2 && reader.text.slice(end[last], (end[last] ?? 0) + 3).includes('*');
}

/** `Florence, AL` */
function isTown(reader: Reader, end: number, given: number): boolean {
  return reader.tokens.kind[given] === Kind.upper && lengthOf(reader, given) === 2 && (lexOf(reader, end) & Lex.place) !== 0;
}

/** After the initial: the end, or what parts the cells of a list; without its dot only that. */
const CELL = /^(?:\.(?:[A-Z]\.)?(?: {0,2}$| ?[/|,;)]| {2}|\t|\n)| {3}|\t| ?\|)/;

/** `Ricci, G.` in a cell of its own, or before a slash or a comma: a common family name, a comma and an initial. */
function isInitialApart(reader: Reader, head: number, end: number, given: number, last: number): boolean {
  const { kind, start, end: ends } = reader.tokens;
  if (kind[given] !== Kind.initial || kind[end] === Kind.other || isTerm(reader, end)) return false;
  const gap = gapAt(reader, head);
  const text = reader.text;
  if (head > 0 && (gap & (Gap.colon | Gap.newline | Gap.quote)) === 0 && !isItem(text, start[head] ?? 0)) return false;
  const bits = lexOf(reader, end);
  const sure = familyOf(reader, end) >= 2 || familyRank(bits) === 3 || isStranger(reader, end);
  return sure && (bits & (Lex.eponym | Lex.place)) === 0 && CELL.test(text.slice(ends[last], (ends[last] ?? 0) + 8));
}

/** One of a list of signs or instruments, or two who gave their names to one (`Watson-Schwartz, Hoesch`). */
function isOfThings(reader: Reader, head: number, end: number, last: number, first: number, behind: Evidence): boolean {
  const double = head < end && gapAt(reader, end) === Gap.hyphen;
  if (double && first < 2 && !isFamilyInCapitals(reader, end, end + 1)) return true;
  return behind.weight < 1.5 && isInList(reader, head, last);
}

function isEnough(family: number, first: number, score: number, ahead: Evidence, behind: Evidence): boolean {
  if (family < 1) return false;
  if (ahead.weight >= 1.5) return first >= 0.5 && score >= 4;
  return first >= (behind.weight >= 1.5 && family >= 2 ? 0.5 : 1) && score >= (behind.weight >= 1 ? 3 : first >= 1.5 ? 3.5 : 4.5);
}

/** Whether a given name, or a dotted initial, stands after the comma. */
function isGivenAt(reader: Reader, at: number): boolean {
  const { hash, kind } = reader.tokens;
  if (isPhrase(hash[at] ?? 0, hash[at + 1] ?? 0)) return false;
  return kind[at] === Kind.initial
    ? (gapAt(reader, at + 1) & (Gap.dot | Gap.wide)) !== 0
    : isNameable(reader, at) || isWill(reader, at);
}

/** A word of grammar that is a common given name as well: `Patient: Stone, Will`. */
function isWill(reader: Reader, at: number): boolean {
  return reader.tokens.kind[at] !== Kind.lower && givenRank(lexOf(reader, at)) === 3 && !isTerm(reader, at);
}

/** Points of what stands after the comma; after a certain family name a given name that is a word as well is one (`Williamson, Faith`). */
function givenPoints(reader: Reader, at: number, family: number): number {
  if (reader.tokens.kind[at] === Kind.initial) return 1;
  if (isCompoundGiven(reader, at)) return 2;
  const common = givenRank(lexOf(reader, at)) === 3 && family >= 2 && !isTerm(reader, at) ? 1.5 : 0;
  return Math.max(givenOf(reader, at), Math.min(0.75, partOf(0, reader, at)), common);
}

/** Middle names and initials after the given name. */
function givenEnd(reader: Reader, given: number): number {
  const { kind } = reader.tokens;
  let last = given;
  // `Hedvall, Ulla-Britt`
  if (
    gapAt(reader, last + 1) === Gap.hyphen &&
    kind[last + 1] === Kind.capital &&
    (givenOf(reader, last) >= 2 || isCompoundGiven(reader, last)) &&
    givenOf(reader, last + 1) >= 2
  )
    last++;
  while (last < given + 2 && (gapAt(reader, last + 1) === Gap.blank || isSyllable(reader, last + 1))) {
    const more =
      kind[last + 1] === Kind.initial ||
      (isNameable(reader, last + 1) && (givenOf(reader, last + 1) >= 2 || isLastGiven(reader, given, last + 1)));
    if ((!more && !isSyllable(reader, last + 1)) || (kind[last + 1] === Kind.initial && after(reader, last).weight >= 2)) break;
    last++;
  }
  return last;
}

/** `REID, Kieron Dale   aka`: a word that is a common given name, after a family name in capitals and where the cell ends. */
function isLastGiven(reader: Reader, given: number, at: number): boolean {
  const { kind, count } = reader.tokens;
  if (kind[at] !== Kind.capital || kind[given - 1] !== Kind.upper || givenRank(lexOf(reader, at)) < 3 || isTerm(reader, at))
    return false;
  return at + 1 === count || (gapAt(reader, at + 1) & (Gap.wide | Gap.newline | Gap.comma | Gap.open | Gap.slash)) !== 0;
}

/** Two places (`Austin, Texas`), two eponyms (`Conn, Addison`), and lists of things are no names. */
function costs(reader: Reader, head: number, end: number, last: number, behind: Evidence): number {
  const both = lexOf(reader, end) & lexOf(reader, end + 1);
  const listed = (gapAt(reader, head) & Gap.comma) !== 0 || (behind.weight === 0 && goesOn(reader, last));
  return ((both & (Lex.place | Lex.eponym)) !== 0 ? 2.5 : 0) + (listed ? 1.5 : 0);
}

/** Whether a comma and another word with a capital follow. */
function goesOn(reader: Reader, last: number): boolean {
  return (gapAt(reader, last + 1) & Gap.comma) !== 0 && reader.tokens.kind[last + 1] !== Kind.lower;
}

/** `Freer, Cottle, Killian, Takahashi`: one of many. */
function isInList(reader: Reader, head: number, last: number): boolean {
  const { kind } = reader.tokens;
  const before = head > 0 && (gapAt(reader, head) & ~Gap.blank) === Gap.comma && kind[head - 1] !== Kind.lower;
  return before || (goesOn(reader, last) && (gapAt(reader, last + 1) & ~Gap.blank) === Gap.comma);
}

/** `van den` before the family name where it is written small. */
function withParticles(reader: Reader, head: number): number {
  let first = head;
  while (
    first > 0 &&
    reader.tokens.kind[first - 1] === Kind.lower &&
    gapAt(reader, first) === Gap.blank &&
    isParticle(reader, first - 1)
  )
    first--;
  return first;
}

/** Where the family name before the comma begins: -1 where the chain is a name in full already (`Jane Doe, John Roe`). */
function familyHead(reader: Reader, at: number, end: number): number {
  const head = familyStart(reader, at, end);
  if (head === at) return head;
  if (pairScore(reader, at, end) >= 4 && givenOf(reader, at) >= 2) return -1;
  // Two family names, as Spanish has them; anything else before is not the name's.
  return head === at + 1 && familyOf(reader, at) >= 2 && !isWord(reader, at) ? at : head;
}

import { hashOf } from './letters.ts';
import { familyOf, gapAt, givenOf, isGap, isNameable, isPure, isSyllable, lengthOf, type Reader } from './reader.ts';
import { isParticle, LONGEST } from './score.ts';
import { Gap, Kind } from './tokens.ts';

const SAINT = hashOf('st');

function isInColumns(reader: Reader, at: number): boolean {
  const one = Math.max(givenOf(reader, at - 1), familyOf(reader, at - 1));
  return isPure(reader, at - 1) && isPure(reader, at) && one >= 2 && Math.max(givenOf(reader, at), familyOf(reader, at)) >= 2;
}

/** Whether the words `at - 1` and `at` stand as those of one name do. */
function isJoined(reader: Reader, at: number): boolean {
  const gap = gapAt(reader, at);
  if (gap === Gap.blank || gap === Gap.hyphen) return true;
  // An initial's dot, blanks or not: `J. R. Smith`, `J.R. Smith`.
  if (reader.tokens.kind[at - 1] === Kind.initial && (gap & ~(Gap.blank | Gap.dot | Gap.hyphen)) === 0) return true;
  if ((gap & ~(Gap.blank | Gap.dot)) === 0 && reader.tokens.hash[at - 1] === SAINT) return true;
  // Columns of a list: `Linda     Washington`.
  if (gap === (Gap.blank | Gap.wide)) return isInColumns(reader, at);
  // A nickname in quotes; a name that a line break cuts; names of files.
  return gap === (Gap.blank | Gap.quote) || gap === (Gap.blank | Gap.newline) || gap === Gap.newline || gap === Gap.wide;
}

/** Whether the word is `van`, `de la`, `al-` before a name, in any case. */
export function leadsOn(reader: Reader, at: number): boolean {
  const { count } = reader.tokens;
  for (let word = at; word < Math.min(at + 3, count - 1); word++) {
    const dot = reader.tokens.hash[word] === SAINT ? Gap.dot : 0;
    if (!isParticle(reader, word) || !isGap(reader, word + 1, Gap.blank | Gap.hyphen | Gap.quote | dot)) return false;
    if (isNameable(reader, word + 1)) return true;
  }
  return false;
}

/** `William (Bill) Kowalski`: what friends say, in brackets between a given and a family name. */
function isNickname(reader: Reader, at: number): boolean {
  return (
    gapAt(reader, at) === (Gap.blank | Gap.open) &&
    gapAt(reader, at + 1) === (Gap.blank | Gap.close) &&
    isNameable(reader, at) &&
    isNameable(reader, at + 1)
  );
}

/** `Anh Thu Bui`: a short word between two that are names. */
function isMiddle(reader: Reader, at: number): boolean {
  const { cue, kind } = reader.tokens;
  const short = kind[at] === Kind.capital && lengthOf(reader, at) <= 4 && (cue[at] ?? 0) === 0;
  return (
    short &&
    gapAt(reader, at) === Gap.blank &&
    gapAt(reader, at + 1) === Gap.blank &&
    isPure(reader, at - 1) &&
    isPure(reader, at + 1)
  );
}

function isInitial(reader: Reader, at: number): boolean {
  return reader.tokens.kind[at] === Kind.initial;
}

/** The last word of the chain of words that may be one name, begun at `from`; it may be `from` itself. */
export function chainEnd(reader: Reader, from: number): number {
  const { count } = reader.tokens;
  let end = from;
  for (let word = from + 1; word < count && word - from < LONGEST; word++) {
    if (isNickname(reader, word)) {
      end = ++word;
      continue;
    }
    if (!isJoined(reader, word)) break;
    if (isNameable(reader, word) || isInitial(reader, word) || isSyllable(reader, word)) end = word;
    else if (!leadsOn(reader, word) && !isMiddle(reader, word)) break;
  }
  return end;
}

/** Whether a name may begin with the word: nameable, an initial before one, or `De La` in capitals. */
export function beginsName(reader: Reader, at: number): boolean {
  const { kind, count } = reader.tokens;
  if (kind[at] === Kind.lower || kind[at] === Kind.other) return false;
  if (isNameable(reader, at)) return true;
  if (kind[at] === Kind.initial)
    return (
      at + 1 < count &&
      isJoined(reader, at + 1) &&
      (isNameable(reader, at + 1) || isInitial(reader, at + 1) || leadsOn(reader, at + 1))
    );
  return leadsOn(reader, at);
}

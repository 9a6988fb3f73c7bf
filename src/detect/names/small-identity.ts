import type { Candidate } from './candidate.ts';
import { familyRank, givenRank, Lex, wordRank } from './lexicon.ts';
import { familyOf, gapAt, givenOf, isPure, isTerm, lengthOf, lexOf, type Reader } from './reader.ts';
import { Gap, Kind } from './tokens.ts';
import { hashes } from './words.ts';

// In lists that a ward or a triage desk types without capitals a name stands right before an age with a sex, or before the number of a record.

/** Labels of what a patient is known by. */
const RECORDS = hashes('ur urn mrn mr hn dob born rio emis nhi hrn');
/** `79f`, `61 m`, `m 71`, `f 58` */
const AGED = /^,? {1,4}(?:[mf] ?)?\d{1,3}(?: ?[mf])?$/;
const FEMALE = 0x66;
/** What stands before the name: the line's beginning, another sentence, a comma, a number. */
const APART = Gap.newline | Gap.dot | Gap.comma | Gap.digit | Gap.wide | Gap.colon;

/** The name that ends right before the word at `tail`, which is a sex beside an age or the label of a record's number; null where none does. */
export function smallIdentity(reader: Reader, tail: number, from: number): Candidate | null {
  const last = tail - 1;
  const { kind } = reader.tokens;
  if (last < from || (kind[last] !== Kind.lower && kind[last] !== Kind.initial)) return null;
  const sure = tailOf(reader, tail);
  if (sure === null) return null;
  const first = firstOf(reader, last, from) ?? (isSingle(reader, last, sure) ? last : null);
  return first === null ? null : { first, last, score: 4.5, whose: 'patient' };
}

type Tail = 'record' | 'female' | 'male';

/** What kind of tail the word is, if nothing else stands between it and the word before. */
function tailOf({ text, tokens }: Reader, tail: number): Tail | null {
  const { end, hash, kind, start } = tokens;
  const [from, to] = [start[tail] ?? 0, end[tail] ?? 0];
  const behind = text.slice(end[tail - 1], from);
  if (RECORDS.has(hash[tail] ?? 0))
    return /^,? {1,4}$/.test(behind) && /^[:. #]{0,4}\d/.test(text.slice(to, to + 5)) ? 'record' : null;
  if (to - from !== 1 || kind[tail] === Kind.initial) return null;
  const letter = text.charCodeAt(from);
  if (letter !== FEMALE && letter !== 0x6d) return null;
  const spelled = /\d$/.test(behind)
    ? `${behind}${text.charAt(from)}`
    : `${behind}${/^. ?\d{1,3}/.exec(text.slice(from, from + 5))?.[0] ?? '-'}`;
  return AGED.test(spelled) ? (letter === FEMALE ? 'female' : 'male') : null;
}

/** Nothing that a sentence has there: a term, a title, a word for a person. */
function isWordOfName(reader: Reader, at: number): boolean {
  return !isTerm(reader, at) && (reader.tokens.cue[at] ?? 0) === 0;
}

/** Where a name of two or three words begins that ends with `last`: `trevor baker`, `nguyen, thi bich`, `hargreaves d`. */
function firstOf(reader: Reader, last: number, from: number): number | null {
  const at = last - 1;
  if (at < from || reader.tokens.kind[at] !== Kind.lower || (lengthOf(reader, at) > 1 && !isWordOfName(reader, at))) return null;
  const gap = gapAt(reader, last);
  if (lengthOf(reader, last) === 1) return gap === Gap.blank && isFamily(reader, at) ? at : null;
  if (!isWordOfName(reader, last)) return null;
  if (gap === (Gap.comma | Gap.blank)) return isFamily(reader, at) && isGiven(reader, last) ? at : null;
  if (gap !== Gap.blank && gap !== Gap.hyphen && !(gap === (Gap.dot | Gap.blank) && lengthOf(reader, at) === 1)) return null;
  const before = at - 1;
  // `lewis p. garforth`, `siobhan macisaac-thériault`
  if (lengthOf(reader, at) === 1 || gap === Gap.hyphen)
    if (before >= from && gapAt(reader, at) === Gap.blank && isGivenBefore(reader, before, last)) return before;
  // `nguyen, thi bich`, `lemieux, marc-andré`
  if (before >= from && gapAt(reader, at) === (Gap.comma | Gap.blank) && isFamily(reader, before) && isGiven(reader, at))
    return before;
  if (gap === Gap.hyphen || givenRank(lexOf(reader, at)) < 2 || !isPair(reader, at, last)) return null;
  const isThird = before >= from && gapAt(reader, at) === Gap.blank && givenRank(lexOf(reader, before)) >= 2;
  return isThird && isWordOfName(reader, before) && isApart(reader, before) ? before : at;
}

/** A given name and nothing else, or one before a family name that is nothing else or in no list. */
function isGivenBefore(reader: Reader, given: number, family: number): boolean {
  const sure = isPure(reader, given) || isPure(reader, family) || lexOf(reader, family) === 0;
  return sure && givenRank(lexOf(reader, given)) >= 2 && isWordOfName(reader, given);
}

/** `hazel quirke`, `trevor baker`: one of both is a name and nothing else, or both are common ones. */
function isPair(reader: Reader, given: number, family: number): boolean {
  const [one, other] = [lexOf(reader, given), lexOf(reader, family)];
  if (isPure(reader, given)) return other === 0 || familyRank(other) >= 1;
  return isPure(reader, family) ? familyRank(other) >= 1 : givenRank(one) === 3 && (other === 0 || familyRank(other) >= 2);
}

function isFamily(reader: Reader, at: number): boolean {
  const bits = lexOf(reader, at);
  return (
    !isTerm(reader, at) &&
    (reader.tokens.cue[at] ?? 0) === 0 &&
    (familyOf(reader, at) >= 2 || (bits === 0 && lengthOf(reader, at) > 3))
  );
}

function isGiven(reader: Reader, at: number): boolean {
  const bits = lexOf(reader, at);
  return givenRank(bits) >= 1 || (bits !== 0 && wordRank(bits) === 0 && !isTerm(reader, at));
}

/** `marisol 3f`, `rash after amox. faith 8f`, `bed 6 papadimitriou ur 0429960`: nothing but a name, or a common given name where one begins. */
function isSingle(reader: Reader, at: number, tail: Tail): boolean {
  const bits = lexOf(reader, at);
  if (lengthOf(reader, at) < 3 || !isWordOfName(reader, at)) return false;
  if (isPure(reader, at) && Math.max(givenOf(reader, at), familyOf(reader, at)) >= 2) return true;
  if (!isApart(reader, at)) return false;
  if (bits === 0) return tail === 'record' && lengthOf(reader, at) > 4;
  return tail !== 'male' && givenRank(bits) === 3 && (bits & Lex.eponym) === 0;
}

function isApart({ tokens: { gap } }: Reader, at: number): boolean {
  return at === 0 || ((gap[at] ?? 0) & APART) !== 0;
}

import { before } from './ahead.ts';
import { after, followedBy, followsSaint } from './behind.ts';
import { type Candidate, whoseIs } from './candidate.ts';
import { Cue } from './cues.ts';
import { familyRank, givenRank, isPhrase, Lex, wordRank } from './lexicon.ts';
import { gapAt, isPure, lexOf, type Reader } from './reader.ts';
import { Gap, Kind } from './tokens.ts';
import { hashes } from './words.ts';

// Common given and family names that are words as well, and stand together where a person does: each by itself would be taken for the word.

/** What a sentence begins with, though many are called so. */
const VERBS = hashes('will may mark grant can chase drew pat bill page ward lane read baby');

/** Points of a pair that what stands before it leads to, and of one that only its family name tells. */
const LED = 4.5;
const TOLD = 4;

/**
 * `pt Ben Thompson`, `spoke with Maria Walker`: a common given name and a common family name, where something leads to them. `Grace Okafor was seen`: a given name before one that has
 * been found by itself (`found`).
 */
export function commonPair(reader: Reader, first: number, found: Candidate | null): Candidate | null {
  const last = secondOf(reader, first);
  if (last === null || !isCommonGiven(reader, first) || followsSaint(reader, first)) return null;
  const bits = lexOf(reader, last);
  if ((bits & Lex.term) !== 0 || familyRank(bits) < 2) return null;
  const ahead = before(reader, first);
  const behind = after(reader, last);
  const said = behind.weight >= 1 && isPure(reader, first);
  const led = (ahead.weight >= 1.5 || said) && familyRank(bits) === 3 && !areBothWords(reader, first, last);
  const told = found !== null && found.last === last && isTold(reader, first, last);
  if (!led && !told) return null;
  if (followedBy(reader, last) !== null && ahead.weight < 2) return null;
  return { first, last, score: led ? LED : TOLD, whose: whoseIs(ahead, behind) };
}

/** The family name behind a given one and, at most, an initial; null where more capitals go on. */
function secondOf(reader: Reader, first: number): number | null {
  const { kind, count } = reader.tokens;
  let last = first + 1;
  if (kind[last] === Kind.initial && gapAt(reader, last) === Gap.blank) last++;
  if (last >= count || kind[last] !== kind[first] || (kind[first] !== Kind.capital && kind[first] !== Kind.upper)) return null;
  if ((gapAt(reader, last) & ~(Gap.blank | Gap.dot)) !== 0 || (last === first + 1 && gapAt(reader, last) !== Gap.blank))
    return null;
  const goesOn = last + 1 < count && kind[first] === Kind.capital && kind[last + 1] === Kind.capital;
  return goesOn && (gapAt(reader, last + 1) === Gap.blank || gapAt(reader, last + 1) === Gap.hyphen) ? null : last;
}

function isCommonGiven(reader: Reader, at: number): boolean {
  const bits = lexOf(reader, at);
  if ((bits & Lex.term) !== 0 || isPhrase(reader.tokens.hash[at - 1] ?? 0, reader.tokens.hash[at] ?? 0)) return false;
  return givenRank(bits) === 3 || (givenRank(bits) === 2 && isPure(reader, at));
}

/** `patient will read`, in capitals or a title. */
function areBothWords(reader: Reader, first: number, last: number): boolean {
  return wordRank(lexOf(reader, first)) === 3 && wordRank(lexOf(reader, last)) === 3;
}

/** Whether the family name is nothing else, and the given name no verb: in small print, since capitals make names of products alike. */
function isTold(reader: Reader, first: number, last: number): boolean {
  const { cue, hash, kind } = reader.tokens;
  if (kind[first] !== Kind.capital || !isPure(reader, last) || familyRank(lexOf(reader, last)) < 2) return false;
  return givenRank(lexOf(reader, first)) === 3 && !VERBS.has(hash[first] ?? 0) && ((cue[last] ?? 0) & ~Cue.particle) === 0;
}

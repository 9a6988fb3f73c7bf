import { before } from './ahead.ts';
import { after, followedBy } from './behind.ts';
import type { Candidate } from './candidate.ts';
import { Cue } from './cues.ts';
import type { Known } from './evidence.ts';
import { hashOf } from './letters.ts';
import { familyRank, givenRank, wordRank } from './lexicon.ts';
import { isOf, lowerAlone, lowerHead } from './lower-alone.ts';
import { familyOf, gapAt, givenOf, isGap, isPure, isTerm, lengthOf, lexOf, type Reader } from './reader.ts';
import { Gap, Kind } from './tokens.ts';

/** Words that a name in small letters may follow. */
const ASKS = Cue.title | Cue.doctor | Cue.patient | Cue.relative | Cue.talk | Cue.role;

/** In text without capitals: after a title, or a given and a family name after a word for a person. */
export function lowerName(reader: Reader, at: number): Candidate | null {
  const { cue, kind } = reader.tokens;
  const next = at + 1;
  if (
    ((cue[at] ?? 0) & (ASKS | Cue.lead | Cue.joint | Cue.label)) === 0 ||
    next >= reader.tokens.count ||
    kind[next] !== Kind.lower
  )
    return null;
  if (!isGap(reader, next, gapAfter(reader, at)))
    return isGap(reader, next, Gap.blank | Gap.open) ? lowerAlone(reader, at, next) : null;
  if (isTitledWord(reader, at, next)) return { first: next, last: next, score: 4, whose: before(reader, next).whose };
  return lowerPair(reader, at, next) ?? lowerAlone(reader, at, next);
}

function lowerPair(reader: Reader, at: number, next: number): Candidate | null {
  if (!isSurely(reader, next)) return null;
  const second = next + 1;
  const asked = ((reader.tokens.cue[at] ?? 0) & ASKS) !== 0 || isNaming(reader, at) || isKnownAs(reader, at) || isOf(reader, at);
  if (isDictated(reader, at, next, second)) return { first: next, last: second, score: 4.5, whose: 'patient' };
  if (!asked)
    return isLowerPair(reader, next, second) && after(reader, second).weight >= 1.5
      ? { first: next, last: second, score: 4.5, whose: 'patient' }
      : null;
  const ahead = before(reader, next);
  // `niece quang huy pham`: a second given name between.
  if (
    givenOf(reader, next) >= 2 &&
    isSurely(reader, second) &&
    isLowerPair(reader, second, second + 1) &&
    gapAt(reader, second) === Gap.blank
  )
    return { first: next, last: second + 1, score: 4.5, whose: ahead.whose };
  if (isLowerPair(reader, next, second)) return { first: next, last: second, score: 4.5, whose: ahead.whose };
  if (ahead.weight < 3 || familyOf(reader, next) < 2 || followedBy(reader, next) !== null) return null;
  return { first: next, last: next, score: 4, whose: ahead.whose };
}

const ON = hashOf('on');
const DICTATIONS: ReadonlySet<number> = new Set(['dictation', 'dictating', 'note', 'report'].map(hashOf));

/** `dictation on cho, joy chart 699826307`: the given name may be a word. */
function isDictated(reader: Reader, at: number, family: number, given: number): boolean {
  const { hash, kind, count } = reader.tokens;
  if (hash[at] !== ON || !DICTATIONS.has(hash[at - 1] ?? 0) || given >= count || kind[given] !== Kind.lower) return false;
  return (
    gapAt(reader, given) === (Gap.comma | Gap.blank) && familyOf(reader, family) >= 2 && givenRank(lexOf(reader, given)) >= 2
  );
}

/** What follows a name in small letters that stands by itself: a number, a date or the address of a letter. */
const NUMBERED = /^(?: [a-z]\b)?[, ] ?(?:#?[a-z]{0,3}\d|(?:[a-z]{3,9}|bd) \d|<[^\s@>]{1,32}@)/i;

/**
 * `curtis anderson, 5/2/1983`, `tran, linh 360677`: a given and a family name at the head of a line or after a colon, and a number right behind
 * them.
 */
export function lowerItem(reader: Reader, at: number, known: Known): Candidate | null {
  const { text, tokens } = reader;
  const second = at + 1;
  if (at > 0 && (gapAt(reader, at) & (Gap.newline | Gap.colon)) === 0) return null;
  if (second >= tokens.count || tokens.kind[second] !== Kind.lower) return null;
  const listed = (gapAt(reader, second) & Gap.comma) !== 0;
  const both = listed ? isLowerListed(reader, at, second) : isLowerPair(reader, at, second) || isWithStranger(reader, at, second);
  if (
    (!both || !NUMBERED.test(text.slice(tokens.end[second], (tokens.end[second] ?? 0) + 40))) &&
    !(both && isGivenBefore(reader, second))
  )
    return lowerHead(reader, at, known);
  return { first: at, last: second, score: 4.5, whose: 'patient' };
}

/** `raymond tootoosis`, where `gwendolyn tootoosis` came before: a word of no list that the message has as a name. */
function isGivenBefore(reader: Reader, at: number): boolean {
  return lexOf(reader, at) === 0 && reader.names.has(reader.tokens.hash[at] ?? 0);
}

/** `gwendolyn tootoosis`: a common given name that is nothing else, and a word of no list. */
function isWithStranger(reader: Reader, first: number, second: number): boolean {
  if (gapAt(reader, second) !== Gap.blank || lengthOf(reader, second) < 4 || lexOf(reader, second) !== 0) return false;
  return givenOf(reader, first) === 3 && isPure(reader, first) && (reader.tokens.cue[second] ?? 0) === 0;
}

/** `tran, linh` */
function isLowerListed(reader: Reader, family: number, given: number): boolean {
  return (
    isGap(reader, given, Gap.comma | Gap.blank) &&
    isSurely(reader, given) &&
    givenOf(reader, given) >= 2 &&
    familyOf(reader, family) >= 2 &&
    !isTerm(reader, family)
  );
}

const [MR, MRS, MS] = [hashOf('mr'), hashOf('mrs'), hashOf('ms')];

/** `mrs stone cxl`: after a title that is nothing else any common family name is one; `ms` is a disease where it has no dot. */
function isTitledWord(reader: Reader, title: number, at: number): boolean {
  const { cue, hash } = reader.tokens;
  const titled = hash[title] === MRS || hash[title] === MR || (hash[title] === MS && (gapAt(reader, at) & Gap.dot) !== 0);
  return titled && (cue[at] ?? 0) === 0 && familyRank(lexOf(reader, at)) >= 2 && !isTerm(reader, at);
}

const [IS, NAMED] = [hashOf('is'), hashOf('named')];
/** `name is`, `named`: what a caller says and a clerk dictates. */
function isNaming({ tokens: { hash, cue } }: Reader, at: number): boolean {
  return hash[at] === NAMED || (hash[at] === IS && ((cue[at - 1] ?? 0) & (Cue.label | Cue.patient)) !== 0);
}

const [AS, KNOWN] = [hashOf('as'), hashOf('known')];

/** `previously known to us as beryl dunne` */
function isKnownAs({ tokens: { hash } }: Reader, at: number): boolean {
  return hash[at] === AS && (hash[at - 1] === KNOWN || hash[at - 3] === KNOWN);
}

/** What may stand between the word and the name: a dot where the word is short for something, a slash in `w/`. */
function gapAfter(reader: Reader, at: number): number {
  const short = lengthOf(reader, at) <= 4 || ((reader.tokens.cue[at] ?? 0) & (Cue.title | Cue.doctor)) !== 0;
  return Gap.blank | Gap.colon | Gap.comma | (short ? Gap.dot : 0) | (lengthOf(reader, at) === 1 ? Gap.slash : 0);
}

function isLowerPair(reader: Reader, first: number, second: number): boolean {
  const { cue, kind, count } = reader.tokens;
  if (second >= count || kind[second] !== Kind.lower || gapAt(reader, second) !== Gap.blank || givenOf(reader, first) < 2)
    return false;
  if (isSurely(reader, second)) return familyOf(reader, second) >= 2;
  if (isGivenBefore(reader, second)) return isPure(reader, first);
  // `lisa brown`: a word that is among the commonest of family names, after a given name that is nothing else.
  return (
    givenOf(reader, first) === 3 &&
    familyRank(lexOf(reader, second)) === 3 &&
    !isTerm(reader, second) &&
    ((cue[second] ?? 0) & ~Cue.thing) === 0
  );
}

/** A word of no dictionary that is a common name. */
function isSurely(reader: Reader, at: number): boolean {
  const bits = lexOf(reader, at);
  if (wordRank(bits) > 0 || isTerm(reader, at) || (reader.tokens.cue[at] ?? 0) !== 0) return false;
  return Math.max(givenOf(reader, at), familyOf(reader, at)) >= 2;
}

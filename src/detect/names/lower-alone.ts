import { after } from './behind.ts';
import type { Candidate } from './candidate.ts';
import { Cue } from './cues.ts';
import { type Known, type Whose, whoseOf } from './evidence.ts';
import { hashOf } from './letters.ts';
import { familyRank, givenRank, Lex, wordRank } from './lexicon.ts';
import { isCustody, isOfWhom, isPreferred, isSaidByAll } from './phrases.ts';
import { familyOf, gapAt, givenOf, isGap, isPure, isTerm, lengthOf, lexOf, type Reader } from './reader.ts';
import { Gap, Kind } from './tokens.ts';
import { hashes } from './words.ts';

// One word in small letters that is a name by the word before it and what it is.

/** What is done to people: `call josie when ready`. */
const CALLS = hashes('call called texted text asked ask told tell phoned emailed notify notified messaged thanked');
/** Before `name`: one part of it follows. */
const PARTS = hashes('first last given middle family second');
const POSSESSIVES = hashes('his her their my your');
/** What stands behind a patient's name: `pt papadakis rm 22`. */
const LIES = hashes('rm room bed bay who');
const [WHO, AS, IN, LAW] = ['who', 'as', 'in', 'law'].map(hashOf);
/** `ex vivo` */
const EX = hashOf('ex');

/** The name in small letters that begins at `next`, asked for by the word at `at`. */
export function lowerAlone(reader: Reader, at: number, next: number): Candidate | null {
  const { cue, hash } = reader.tokens;
  const bits = cue[at] ?? 0;
  const initial = withInitial(reader, at, next);
  if (initial !== null) return initial;
  if (isOwnWord(reader, at, next)) return one(next, 'relative');
  const gap = gapAt(reader, next);
  if (isDoing(reader, at, next)) return one(next, whoseOf(bits));
  if (isSaidByAll(hash, at) && isSaidShort(reader, next)) return one(next, 'patient');
  if ((cue[next] ?? 0) !== 0 || !isPure(reader, next)) return null;
  if ((bits & Cue.relative) !== 0 && gap === Gap.blank && isJoined(reader, next + 1))
    return { ...one(next, 'relative'), last: next + 1 };
  const rank = Math.max(givenOf(reader, next), familyOf(reader, next));
  if ((bits & Cue.relative) !== 0 && rank >= (hash[at] === EX ? 2 : 1) && gap === Gap.blank && lengthOf(reader, next) > 3)
    return one(next, 'relative');
  if (rank < 2) return null;
  if ((bits & (Cue.relative | Cue.patient)) !== 0 && (gap & Gap.open) !== 0 && after(reader, next).weight >= 1.5)
    return one(next, (bits & Cue.relative) !== 0 ? 'relative' : 'unknown');
  if (gap !== Gap.blank) return null;
  if ((bits & Cue.patient) !== 0 && (LIES.has(hash[next + 1] ?? 0) || after(reader, next).weight >= 1))
    return one(next, whoseOf(bits));
  if ((bits & Cue.label) !== 0 && PARTS.has(hash[at - 1] ?? 0)) return one(next, 'patient');
  if (hash[at] === AS && ((cue[at - 1] ?? 0) & Cue.label) !== 0) return one(next, 'unknown');
  if (hash[at] === LAW && hash[at - 1] === IN && ((cue[at - 2] ?? 0) & Cue.relative) !== 0) return one(next, 'relative');
  if (isPreferred(reader, at)) return one(next, 'patient');
  if (isCustody(reader, at)) return one(next, 'relative');
  return CALLS.has(hash[at] ?? 0) && givenOf(reader, next) >= 2 ? one(next, 'unknown') : null;
}

/** `everyone says ray.`: a given name, though it is a word too, and nothing of the sentence after it. */
function isSaidShort(reader: Reader, at: number): boolean {
  const { cue, count } = reader.tokens;
  const bits = lexOf(reader, at);
  if ((cue[at] ?? 0) !== 0 || givenRank(bits) < 2 || isTerm(reader, at) || lengthOf(reader, at) < 3) return false;
  return at + 1 === count || (gapAt(reader, at + 1) & (Gap.dot | Gap.comma | Gap.newline | Gap.close)) !== 0;
}

/** `niece wai-ling`: the second half, a name and nothing else as well. */
function isJoined(reader: Reader, at: number): boolean {
  return gapAt(reader, at) === Gap.hyphen && isPure(reader, at) && (reader.tokens.cue[at] ?? 0) === 0;
}

function one(at: number, whose: Whose): Candidate {
  return { first: at, last: at, score: 4, whose };
}

/** `pt beck bed nine`, `patient kaylee called`, `bf marcus is`: a name that is a sign elsewhere too, but no word. */
function isDoing(reader: Reader, at: number, next: number): boolean {
  const { cue, hash } = reader.tokens;
  if (((cue[at] ?? 0) & (Cue.patient | Cue.relative)) === 0 || (cue[next] ?? 0) !== 0 || gapAt(reader, next) !== Gap.blank)
    return false;
  const bits = lexOf(reader, next);
  if ((bits & (Lex.word | Lex.term | Lex.place)) !== 0 || Math.max(givenRank(bits), familyRank(bits)) < 2) return false;
  return LIES.has(hash[next + 1] ?? 0) || after(reader, next).weight >= 1;
}

/** `his wife joy confirms`, `her brother duke who`: a word of everyday between somebody's relative and what people do. */
function isOwnWord(reader: Reader, at: number, next: number): boolean {
  const { cue, hash } = reader.tokens;
  const own = ((cue[at] ?? 0) & Cue.relative) !== 0 && POSSESSIVES.has(hash[at - 1] ?? 0) && gapAt(reader, next) === Gap.blank;
  if (!own || (cue[next] ?? 0) !== 0 || isTerm(reader, next) || gapAt(reader, next + 1) !== Gap.blank) return false;
  const bits = lexOf(reader, next);
  const common = givenRank(bits) === 3 || (givenRank(bits) === 2 && familyRank(bits) === 3 && wordRank(bits) < 3);
  return common && (hash[next + 1] === WHO || ((cue[next + 1] ?? 0) & Cue.does) !== 0);
}

/** `re q. oduya` */
function withInitial(reader: Reader, at: number, next: number): Candidate | null {
  const { cue, kind, count } = reader.tokens;
  const family = next + 1;
  if (
    lengthOf(reader, next) !== 1 ||
    family >= count ||
    kind[family] !== Kind.lower ||
    !isGap(reader, family, Gap.dot | Gap.blank)
  )
    return null;
  if (
    gapAt(reader, family) === Gap.blank ||
    !isInitialAfter(reader, at, next) ||
    ((cue[at] ?? 0) & (Cue.talk | Cue.by | Cue.patient | Cue.relative)) === 0
  )
    return null;
  if (!isPure(reader, family) || familyOf(reader, family) < 2 || (cue[family] ?? 0) !== 0) return null;
  return { first: next, last: family, score: 4, whose: whoseOf(cue[at] ?? 0) };
}

/** `re q. oduya`; `(neighbor, r. goolsby)` */
function isInitialAfter(reader: Reader, at: number, next: number): boolean {
  const gap = gapAt(reader, next);
  return gap === Gap.blank || (gap === (Gap.comma | Gap.blank) && ((reader.tokens.cue[at] ?? 0) & Cue.relative) !== 0);
}

/** `daughter of delbert fish`: whether a pair that follows is somebody's. */
export function isOf(reader: Reader, at: number): boolean {
  return isOfWhom(reader, at) || isCustody(reader, at);
}

/** What a log of calls says of who called: `06:20 stone will call back`. */
const LOGGED = hashes('will called calls wants wanted says asks asking requests requesting last needs');
const NOTS = hashes("don't doesn't didn't can't won't isn't wasn't");
const TIMED = /^\s*\d{1,2}:?\d\d\s+$/;
const OF = hashOf('of');

/** `kaylee called at 2112`, `barb daughter of …` at the head of a line. */
export function lowerHead(reader: Reader, at: number, known: Known): Candidate | null {
  const { text, tokens } = reader;
  const { cue, hash, start } = tokens;
  const next = at + 1;
  if ((cue[at] ?? 0) !== 0 || gapAt(reader, next) !== Gap.blank) return null;
  const bits = lexOf(reader, at);
  if (isTerm(reader, at)) return null;
  if (givenOf(reader, at) === 3 && isPure(reader, at) && after(reader, at).weight >= 1) return one(at, 'unknown');
  const before = known.get(hash[at] ?? 0);
  if (before !== undefined && (((cue[next] ?? 0) & Cue.does) !== 0 || NOTS.has(hash[next] ?? 0))) return one(at, before);
  const kin = ((cue[next] ?? 0) & Cue.relative) !== 0 && hash[next + 1] === OF;
  if (kin && givenRank(bits) >= 2) return one(at, 'relative');
  const logged = at === 0 && LOGGED.has(hash[next] ?? 0) && Math.max(givenRank(bits), familyRank(bits)) === 3;
  return logged && TIMED.test(text.slice(0, start[0])) ? one(at, 'unknown') : null;
}

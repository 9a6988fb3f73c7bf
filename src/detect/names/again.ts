import { after, followedBy, followsSaint } from './behind.ts';
import type { Candidate } from './candidate.ts';
import { CUES } from './cues.ts';
import type { Known, Whose } from './evidence.ts';
import { keep, type NameWord } from './known.ts';
import { givenRank, isPhrase, Lex, wordRank } from './lexicon.ts';
import { beginsSentence, isShouted } from './line.ts';
import { gapAt, isPure, lengthOf, lexOf, type Reader } from './reader.ts';
import { isParticle } from './score.ts';
import { Gap, Kind } from './tokens.ts';
import { hashes } from './words.ts';

// A name that a message has given is one wherever the word stands again with a capital, as long as the message has it nowhere in small letters:
// what it means elsewhere (Lucky, Poppy, Con) is not what it means here.

/** Points below which a name is too doubtful to be looked for. */
const LEAST = 3.5;

/** A capital says nothing of these. */
const CALENDAR = hashes(
  `monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december easter christmas
  montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz mai juni juli oktober dezember ostern lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes
  miércoles jueves viernes sábado domingo maandag dinsdag woensdag donderdag vrijdag zaterdag zondag`,
);

/** Keeps the words of a name by which its bearer may be meant where they stand alone. */
export function keepGiven(reader: Reader, { first, last, score, whose, called }: Candidate, given: Known): void {
  if (score < LEAST || (whose === 'unknown' && first === last && called !== true)) return;
  for (let word = first; word <= last; word++) if (mayStandAlone(reader, word)) keep(reader.tokens.hash[word] ?? 0, whose, given);
}

/** The same for a name that a field holds or a form tells. */
export function keepGivenWords(words: readonly NameWord[], whose: Whose, given: Known): void {
  for (const { hash, bits } of words) if (isNoOther(hash, bits, CUES.get(hash))) keep(hash, whose, given);
}

function mayStandAlone(reader: Reader, at: number): boolean {
  const { cue, hash, kind } = reader.tokens;
  if (kind[at] === Kind.initial || kind[at] === Kind.other || kind[at] === Kind.lower || lengthOf(reader, at) < 3) return false;
  return isNoOther(hash[at] ?? 0, lexOf(reader, at), cue[at] ?? 0);
}

/** Whether a word that is somebody's name is not a sign's, a town's or a day's as well. */
function isNoOther(hash: number, bits: number, cue: number): boolean {
  if (cue !== 0 || CALENDAR.has(hash) || (bits & Lex.eponym) !== 0) return false;
  return (bits & Lex.place) === 0 || givenRank(bits) >= 2;
}

/** A word by itself that the message has given as somebody's name. */
export function saidAgain(reader: Reader, at: number): Candidate | null {
  const { hash, kind } = reader.tokens;
  if (reader.again.size === 0 || kind[at] !== Kind.capital) return null;
  const whose = reader.again.get(hash[at] ?? 0);
  if (whose === undefined || isPartOfMore(reader, at)) return null;
  return isPure(reader, at) || lexOf(reader, at) === 0 || isMeantAsName(reader, at) ? found(at, whose) : null;
}

function found(at: number, whose: Whose): Candidate {
  return { first: at, last: at, score: 4, whose };
}

/** Whether the words beside it make it the name of a thing, a house or somebody else. */
function isPartOfMore(reader: Reader, at: number): boolean {
  const { hash } = reader.tokens;
  if (followedBy(reader, at) !== null || followsSaint(reader, at)) return true;
  if (isPhrase(hash[at - 1] ?? 0, hash[at] ?? 0) || isPhrase(hash[at] ?? 0, hash[at + 1] ?? 0)) return true;
  return isBeside(reader, at - 1, at) || isBeside(reader, at + 1, at + 1);
}

/** Whether a word with a capital stands right beside it: `gap` is the word after what parts them. */
function isBeside(reader: Reader, at: number, gap: number): boolean {
  const { hash, kind, count } = reader.tokens;
  if (at < 0 || at >= count || kind[at] === Kind.lower || kind[at] === Kind.initial || isParticle(reader, at)) return false;
  if (reader.again.has(hash[at] ?? 0)) return false;
  const between = gapAt(reader, gap);
  return between === Gap.hyphen || (between === Gap.blank && !beginsSentence(reader, at));
}

const DETERMINERS = hashes(
  'the a an this that no any each every some le la les un une der die das ein eine el los las il lo uno una het een',
);

/** A word of everyday: within a sentence a capital says so, at its head only what people do or have. */
function isMeantAsName(reader: Reader, at: number): boolean {
  const { hash } = reader.tokens;
  if (isShouted(reader, at) || DETERMINERS.has(hash[at - 1] ?? 0)) return false;
  if ((gapAt(reader, at + 1) & Gap.digit) !== 0 && wordRank(lexOf(reader, at)) > 0) return false;
  if (!beginsSentence(reader, at)) return true;
  if ((gapAt(reader, at + 1) & Gap.possessive) !== 0 || after(reader, at).weight > 0) return true;
  return givenRank(lexOf(reader, at)) >= 1;
}

import { before } from './ahead.ts';
import { after, followedBy, followsSaint } from './behind.ts';
import { type Candidate, ENOUGH } from './candidate.ts';
import { qualifies } from './closed.ts';
import { Cue } from './cues.ts';
import type { Known } from './evidence.ts';
import { givenRank, Lex, wordRank } from './lexicon.ts';
import { beginsSentence, isShouted } from './line.ts';
import { familyOf, gapAt, givenOf, isNameable, isPure, isStranger, isTerm, lengthOf, lexOf, type Reader } from './reader.ts';
import { isAcronym, isAmongAntibodies, isListOfThings, isOfThing } from './things.ts';
import { Gap, Kind } from './tokens.ts';
import { hashes } from './words.ts';

// A given name that nothing speaks for: what friends, carers and nurses write of people whom everybody in the room knows. It is somebody's where the text is about somebody
// (docs/adr/0060-names-by-their-form.md), and may be a device's or a room's where it is not.

/** What makes half a word of one in small letters. */
const BROKEN = Gap.hyphen | Gap.slash | Gap.digit;

/** A digit or a code right behind: a model, a room. */
const NUMBERED = /^ ?[-#]?\d/;

/** The name of one word at `at`, known in this message or a given name and nothing else; null where it is part of what a thing is called. */
export function likelyName(reader: Reader, at: number, known: Known): Candidate | null {
  const { cue, hash, kind } = reader.tokens;
  if ((cue[at] ?? 0) !== 0 || kind[at] === Kind.initial || kind[at] === Kind.other) return null;
  const whose = known.get(hash[at] ?? 0);
  const pair = commaPair(reader, at);
  if (pair !== null) return pair;
  if (kind[at] === Kind.lower ? !isInSmall(reader, at, whose !== undefined) : !isInCapitals(reader, at, whose !== undefined))
    return null;
  return { first: at, last: at, score: ENOUGH, whose: whose ?? 'unknown', likely: 'likely' };
}

function isInCapitals(reader: Reader, at: number, known: boolean): boolean {
  const { end, kind } = reader.tokens;
  // `KM attended`, where she was said to prefer that.
  if (kind[at] === Kind.upper && known && lengthOf(reader, at) <= 3) return !isJoined(reader, at);
  if (kind[at] === Kind.upper ? !isSpeaking(reader, at) : kind[at] !== Kind.capital) return false;
  if (lengthOf(reader, at) < 3 || (!known && (isTerm(reader, at) || !isNameable(reader, at)))) return false;
  if (known ? !mayBeMeant(reader, at) : !isGiven(reader, at) || isInList(reader, at)) return false;
  if (isJoined(reader, at) || followedBy(reader, at) !== null || followsSaint(reader, at)) return false;
  if (isOfThing(reader, at) || isListOfThings(reader, at) || isAmongAntibodies(reader, at) || isAcronym(reader, at)) return false;
  return !NUMBERED.test(reader.text.slice(end[at], (end[at] ?? 0) + 3));
}

function isGiven(reader: Reader, at: number): boolean {
  if (((reader.tokens.cue[at + 1] ?? 0) & Cue.thing) !== 0) return false;
  const given = givenOf(reader, at);
  if (given >= 2) return isPure(reader, at);
  if (gapAt(reader, at) !== Gap.blank || reader.tokens.kind[at - 1] !== Kind.lower || isShouted(reader, at)) return false;
  return given === 1 ? isPure(reader, at) : isStranger(reader, at) && before(reader, at).weight + after(reader, at).weight >= 1;
}

/** `morag agrees`, where the message has her name elsewhere or the words around speak for one. */
function isInSmall(reader: Reader, at: number, known: boolean): boolean {
  if (lengthOf(reader, at) < 4 || !isPure(reader, at) || ((reader.tokens.cue[at + 1] ?? 0) & Cue.thing) !== 0) return false;
  if (((gapAt(reader, at) | gapAt(reader, at + 1)) & BROKEN) !== 0) return false;
  if (known) return true;
  return givenOf(reader, at) >= 2 && before(reader, at).weight + after(reader, at).weight >= 0.75;
}

/** A name of this message that is a word too: not where any word has a capital. */
function mayBeMeant(reader: Reader, at: number): boolean {
  const bits = lexOf(reader, at);
  if (wordRank(bits) === 0 && (bits & Lex.eponym) === 0) return true;
  return !beginsSentence(reader, at) && !isShouted(reader, at) && !qualifies(reader, at);
}

/** `BRAYDEN: nope`: who speaks, at the head of a line. */
function isSpeaking(reader: Reader, at: number): boolean {
  const { end, gap } = reader.tokens;
  if (at > 0 && ((gap[at] ?? 0) & Gap.newline) === 0) return false;
  return reader.text.charAt(end[at] ?? 0) === ':';
}

/** Beside another word with a capital, or a hyphen: half of what somebody or something is called. */
function isJoined(reader: Reader, at: number): boolean {
  const { kind, count } = reader.tokens;
  const isBig = (word: number): boolean => kind[word] === Kind.capital || kind[word] === Kind.upper || kind[word] === Kind.mixed;
  if (at > 0 && ((gapAt(reader, at) === Gap.blank && isBig(at - 1)) || gapAt(reader, at) === Gap.hyphen)) return true;
  if (at + 1 >= count) return false;
  const gap = gapAt(reader, at + 1);
  return gap === Gap.hyphen || (gap === Gap.blank && isBig(at + 1));
}

/** `Freer, Cottle, Allison, Semb`: instruments, authors, antibodies. */
function isInList(reader: Reader, at: number): boolean {
  const { kind, count } = reader.tokens;
  if (at === 0 || at + 1 >= count || kind[at - 1] === Kind.lower || kind[at + 1] === Kind.lower) return false;
  return (gapAt(reader, at) & gapAt(reader, at + 1) & Gap.comma) !== 0;
}

/** `LANDRIEU, OCTAVE`: two words in capitals and a comma, of which the first is in no list or a family name, the second a given name or a baby. */
function commaPair(reader: Reader, at: number): Candidate | null {
  const { cue, hash, kind, count } = reader.tokens;
  const next = at + 1;
  if (next >= count || kind[at] !== Kind.upper || kind[next] !== Kind.upper || gapAt(reader, next) !== (Gap.comma | Gap.blank))
    return null;
  if (at > 0 && (gapAt(reader, at) & (Gap.comma | Gap.slash)) !== 0) return null;
  const family = !isTerm(reader, at) && (isStranger(reader, at) || (isPure(reader, at) && familyOf(reader, at) >= 1));
  const bits = lexOf(reader, next);
  const named = givenRank(bits) >= 2 && wordRank(bits) < 3 && (bits & Lex.term) === 0;
  const given = (cue[next] ?? 0) === 0 ? named : BABY.has(hash[next] ?? 0);
  if (!family || !given) return null;
  const more = next + 1 < count && kind[next + 1] === Kind.upper && gapAt(reader, next + 1) === Gap.blank;
  const last =
    more && (SEXES.has(hash[next + 1] ?? 0) || (isPure(reader, next + 1) && givenOf(reader, next + 1) >= 1)) ? next + 1 : next;
  return { first: at, last, score: ENOUGH, whose: 'unknown', likely: 'likely' };
}

const BABY = hashes('baby babyboy babygirl infant newborn');
const SEXES = hashes('boy girl male female');

import { after, followedBy, followsSaint } from './behind.ts';
import { type Candidate, whoseIs } from './candidate.ts';
import { qualifies } from './closed.ts';
import { Cue } from './cues.ts';
import type { Evidence, Known } from './evidence.ts';
import { isInHandOff } from './hand-off.ts';
import { hashOf } from './letters.ts';
import { familyRank, givenRank, isPhrase, Lex, wordRank } from './lexicon.ts';
import { beginsSentence, isShouted } from './line.ts';
import { isDegreeOf } from './phrases.ts';
import {
  familyOf,
  gapAt,
  givenOf,
  isCalled,
  isNameable,
  isOwned,
  isPure,
  isStranger,
  isSyllable,
  isThing,
  isUnderTitle,
  isWord,
  lengthOf,
  lexOf,
  type Reader,
  strangerRank,
} from './reader.ts';
import { mayRecur } from './recur.ts';
import { isParticle } from './score.ts';
import { isAcronym, isListOfThings, isOfThing } from './things.ts';
import { Gap, Kind } from './tokens.ts';
import { isApposed, isFamilyOf, wordNameScore } from './word-name.ts';

/** A word by itself, with its hyphens and particles, and what is known of it. */
interface Single {
  readonly reader: Reader;
  readonly at: number;
  /** How common a name it is, 0 to 3. */
  readonly best: number;
  readonly stranger: boolean;
  readonly thing: boolean;
  readonly capitals: boolean;
  readonly shouted: boolean;
}

/** One word (with hyphens, two) that is a name by what stands around it. */
export function singleName(reader: Reader, first: number, last: number, ahead: Evidence, known: Known): Candidate | null {
  const { tokens } = reader;
  const { kind, hash } = tokens;
  if ((!isNameable(reader, last) && !isSyllable(reader, last)) || kind[first] === Kind.initial) return null;
  if (isDated(reader, first, last)) return { first, last, score: 4.5, whose: 'patient' };
  if (isInHandOff(reader, first, last)) return { first, last, score: 4.5, whose: 'patient' };
  if (isNickname(reader, first, last)) return { first, last, score: 4, whose: known.get(hash[last - 1] ?? 0) ?? 'unknown' };
  if (first === last && isApposed(reader, last)) return { first, last, score: 4, whose: 'unknown' };
  if (first === last && isFamilyOf(reader, last)) return { first, last, score: 4, whose: 'unknown' };
  if (isSpeaker(reader, first, last)) return { first, last, score: 4, whose: 'unknown' };
  const behind = after(reader, last);
  // Most words end here: nothing speaks for them, and they are no given name that stands alone.
  const silent = ahead.weight === 0 && behind.weight === 0 && givenOf(reader, last) < 3;
  if (silent && !known.has(hash[last] ?? 0)) return null;
  if (ahead.weight < 3 && (followedBy(reader, last) !== null || followsSaint(reader, first))) return null;
  if (ahead.weight < 3 && isPartOfPhrase(reader, first, last)) return null;
  if (ahead.weight < 1.5 && (isOfThing(reader, first) || isListOfThings(reader, last))) return null;
  if (ahead.weight < 2 && isAcronym(reader, last)) return null;
  // `Previous surname: ____ GROSS: received fresh`: the next label.
  if (ahead.weight < 3 && kind[last] === Kind.upper && reader.text.charCodeAt(tokens.end[last] ?? 0) === COLON) return null;
  // `Greulich-Pyle`, `Wolff-Chaikoff explained`: two who gave their names to a thing.
  if (ahead.weight < 1.5 && behind.weight < 1 && isDouble(reader, first, last)) return null;
  // `PT: Tinetti 19/28`, `Sapien 3`, `label stock Brady B-427`: what is counted or numbered.
  // (`sister Robin 38`: how old she is.)
  const aged = ahead.whose === 'relative' && ahead.weight >= 1.5;
  if (
    !aged &&
    ahead.weight < 3 &&
    behind.weight < 1.5 &&
    COUNTED.test(reader.text.slice(tokens.end[last], (tokens.end[last] ?? 0) + 14))
  )
    return null;
  const single: Single = {
    reader,
    at: last,
    best: bestOf(reader, first, last),
    stranger: isStranger(reader, last),
    thing: isThing(reader, last),
    capitals: kind[last] === Kind.upper,
    shouted: isShouted(reader, last),
  };
  const score = aloneScore(single, first, ahead, behind);
  const before = known.get(hash[last] ?? 0);
  if (score > 0) {
    const whose = whoseIs(ahead, behind);
    return { first, last, score, whose: whose === 'unknown' ? (before ?? whose) : whose };
  }
  return before === undefined || !mayRecur(reader, last, ahead, behind) ? null : { first, last, score: 4.5, whose: before };
}

/** A number of one to three digits, a code, a numeral: no record's number, no date and no area code. */
const COUNTED =
  /^ (?:(?!\d{2,3} \d{3,5}[ -]\d)\d{1,3}(?:[.,]\d+)?(?:[ %,;.)]|$|\/\d{1,3}(?!\d|\/))|[A-Z]{1,2}-?\d|[IVX]+[ab]?\b|[A-D](?: and | or |\/))/;

/** `Levey-Jennings`: family names joined by a hyphen, the first of which is no given name. */
function isDouble(reader: Reader, first: number, last: number): boolean {
  for (let word = first + 1; word <= last; word++)
    if (gapAt(reader, word) === Gap.hyphen && reader.tokens.kind[word] !== Kind.lower)
      return !isParticle(reader, first) && givenOf(reader, first) < 2;
  return false;
}

/** A day in figures or with its month in words, and nothing else but blanks. */
const DAY =
  /^,? {0,2}\(?(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|(?:19|20)\d{2}[-/.]\d{2}[-/.]\d{2}|(?:19|20)\d{6}|\p{L}{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\d{2}|\d{1,2}(?:st|nd|rd|th)?(?: of)?[ -]?\p{L}{3,9}\.?,?[ -]?(?:19|20)?\d{2})\)? *$/u;

/** `Bell 09/16/1944`, `Wall March 25th, 2003` and nothing else: what a desk types into a field of a scanner, though `Bell` is a palsy elsewhere. */
function isDated(reader: Reader, first: number, last: number): boolean {
  const { start, end } = reader.tokens;
  if (first !== 0 || (start[0] ?? 0) > 1 || reader.text.length > 48) return false;
  const bits = lexOf(reader, last);
  return (bits & Lex.term) === 0 && familyRank(bits) >= 2 && DAY.test(reader.text.slice(end[last] ?? 0));
}

/** `Xiaoming (Simon)`: what else somebody is called, in brackets right behind a given name. */
function isNickname(reader: Reader, first: number, last: number): boolean {
  if (first !== last || last === 0 || gapAt(reader, last) !== (Gap.blank | Gap.open)) return false;
  if (reader.text.charCodeAt(reader.tokens.end[last] ?? 0) !== CLOSE || reader.tokens.kind[last] !== Kind.capital) return false;
  const named = isPure(reader, last - 1) && givenOf(reader, last - 1) >= 2 && reader.tokens.kind[last - 1] === Kind.capital;
  return named && givenOf(reader, last) >= 2 && !isThing(reader, last);
}

/** `Padma: who is on call`, `@Fish call me`: who speaks in a chat, or is spoken to. */
function isSpeaker(reader: Reader, first: number, last: number): boolean {
  const { text, tokens } = reader;
  const { kind, start, end } = tokens;
  if (kind[last] !== Kind.capital || (givenOf(reader, last) < 2 && isDouble(reader, first, last))) return false;
  const head = text.charCodeAt((start[first] ?? 0) - 1);
  const bits = lexOf(reader, last);
  if (head === AT) return (bits & Lex.term) === 0 && Math.max(givenRank(bits), familyRank(bits)) >= 2;
  const headed = first === 1 && kind[0] === Kind.upper && gapAt(reader, 1) === Gap.blank && lengthOf(reader, 0) <= 3;
  if (first > 0 && !headed && (gapAt(reader, first) & Gap.newline) === 0) return false;
  // `Peter,` and nothing else: whom a message is for.
  if (first === 0 && last + 1 === tokens.count && ALONE.test(text.slice(end[last])) && (start[0] ?? 0) < 2)
    return givenOf(reader, last) >= 2 && (bits & (Lex.term | Lex.place)) === 0;
  return isPure(reader, last) && bestOf(reader, first, last) >= 2 && SAID.test(text.slice(end[last], (end[last] ?? 0) + 4));
}

const AT = 0x40;
const CLOSE = 0x29;
const COLON = 0x3a;
/** A comma that ends the text. */
const ALONE = /^,\s*$/;
/** A colon, and words rather than a figure. */
const SAID = /^: ?[^\s\d<>=+-]/;

/** `Prader-Willi`, a half of `Harley Davidson`, or of `anti-Jo`. */
function isPartOfPhrase(reader: Reader, first: number, last: number): boolean {
  const { hash } = reader.tokens;
  for (let word = first; word < last; word++) if (isPhrase(hash[word] ?? 0, hash[word + 1] ?? 0)) return true;
  if (first > 0 && (gapAt(reader, first) === Gap.hyphen || isPhrase(hash[first - 1] ?? 0, hash[first] ?? 0))) return true;
  return isPhrase(hash[last] ?? 0, hash[last + 1] ?? 0);
}

function bestOf(reader: Reader, first: number, last: number): number {
  let best = 0;
  for (let word = first; word <= last; word++)
    if (!isParticle(reader, word)) best = Math.max(best, givenOf(reader, word), familyOf(reader, word));
  return best;
}

/** 0 where a word alone is none. */
function aloneScore(single: Single, first: number, ahead: Evidence, behind: Evidence): number {
  const { reader, at, best, stranger, thing, capitals, shouted } = single;
  if (ahead.weight >= 3) return titledScore(single);
  const asWord = thing ? wordNameScore(reader, at, ahead, behind) : 0;
  if (asWord > 0) return asWord;
  if (behind.weight >= 2 && !thing && (best >= (capitals ? 2 : 1) || (stranger && !shouted && !capitals))) return 4.5;
  if (ahead.weight >= 2) {
    if (capitals && isPure(reader, at) && lengthOf(reader, at) > 3) return 4;
    if (capitals && stranger && lengthOf(reader, at) > 4 && isFieldOf(reader, at)) return 4;
    if (ahead.weight > 2 && isCommonName(lexOf(reader, at))) return 4;
    if (ahead.whose === 'unknown' && !capitals && isAddressed(single, ahead)) return 4;
    if (isWord(reader, at) || (capitals && (best < 2 || lengthOf(reader, at) < 3))) return 0;
    if (best >= 1 || (stranger && !capitals && (!shouted || ahead.whose !== 'unknown'))) return best >= 2 ? 5 : 4;
    return 0;
  }
  const given = givenOf(reader, at);
  // `BABY BOY ANDERSON   MRN`: named from both sides.
  if (ahead.weight >= 1.5 && behind.weight >= 1.5 && isCommonName(lexOf(reader, at))) return 4;
  // After a word for a person or a greeting, what is a thing elsewhere is a given name: `mother Charlotte`, `Hi Fern,`.
  if (ahead.weight >= 1.5 && !capitals && isAddressed(single, ahead)) return 4;
  // `Marcus lives alone`: no sign does that.
  if (thing && !capitals && behind.weight >= 1 && given === 3 && (lexOf(reader, at) & Lex.word) === 0) return 3.5;
  if (thing || (capitals && lengthOf(reader, at) < 3)) return 0;
  if (ahead.weight >= 1.5 && best >= 2) return 4.5;
  if (ahead.weight >= 1.5 && ahead.whose === 'relative' && !capitals && (best >= 1 || stranger)) return 3.5;
  // A seldom name tells as much as a word of no list; among words that all have capitals only one that ends as names do.
  const unlisted = stranger || (best >= 1 && isPure(reader, at));
  const told = ahead.weight >= 1.5 && !capitals && unlisted && (!shouted || strangerRank(reader, at) === 2);
  if (told && (ahead.whose === 'provider' || (ahead.whose === 'patient' && (strangerRank(reader, at) > 1 || best >= 2))))
    return 3.5;
  if (behind.weight >= 1 && best >= 2 && !(capitals && shouted)) return 4;
  if (behind.weight > 0 && given === 3 && isPure(reader, at) && !capitals) return 4;
  if (ahead.weight >= 1 && given >= 2) return 4;
  if (ahead.weight >= 1 && best >= 2 && isPure(reader, at) && !capitals && !shouted) return 3.5;
  // With nothing to speak for it, a given name alone: not where it may be the first word of a thing's name.
  if (given < 3 || wordRank(lexOf(reader, at)) > 0 || capitals || shouted) return 0;
  if (beginsSentence(reader, first) || qualifies(reader, at) || isQualified(reader, first) || isAmongMany(reader, at)) return 0;
  // `Gail 2.4 %`, `met, Gail 2`: what is measured.
  return (gapAt(reader, at + 1) & Gap.digit) !== 0 ? 0 : 3.5;
}

/** `Nom de naissance : PÉRIGNON`: a field that holds a name, and its label right before. */
function isFieldOf({ tokens: { cue, gap } }: Reader, at: number): boolean {
  return ((cue[at - 1] ?? 0) & Cue.label) !== 0 && ((gap[at] ?? 0) & Gap.colon) !== 0;
}

/** `Freer, Cottle, Allison, Semb`: a list says no more of a word than of the others. */
function isAmongMany(reader: Reader, at: number): boolean {
  const { kind } = reader.tokens;
  const before = (gapAt(reader, at) & Gap.comma) !== 0 && kind[at - 1] !== Kind.lower;
  return before || ((gapAt(reader, at + 1) & Gap.comma) !== 0 && kind[at + 1] !== Kind.lower);
}

/** `Magnetom Vida`: the second half of what a thing is called. */
function isQualified(reader: Reader, first: number): boolean {
  return gapAt(reader, first) === Gap.blank && reader.tokens.kind[first - 1] !== Kind.lower;
}

/** After the label of a part of a name (`Surname: PRICE`) a word that is a name as well is one. */
function isCommonName(bits: number): boolean {
  return (bits & Lex.term) === 0 && Math.max(givenRank(bits), familyRank(bits)) >= 2;
}

/** In capitals a word that is also a name counts if the name is common and the word is not: BAKER, not LONG. */
function isCertain(bits: number, best: number): boolean {
  return wordRank(bits) < 2 ? best >= 1 : wordRank(bits) === 2 && familyRank(bits) === 3;
}

/** `DR. COOK` with its dot, `DR COOK NOTIFIED`, and no word that often follows a title by itself (`DR. AWARE`). */
function isSaidInFull(reader: Reader, at: number): boolean {
  const { cue } = reader.tokens;
  const told = ((cue[at + 1] ?? 0) & (Cue.signed | Cue.does)) !== 0;
  const closed =
    CLOSES.test(reader.text.slice(reader.tokens.end[at], (reader.tokens.end[at] ?? 0) + 2)) && familyOf(reader, at) >= 2;
  const whole = ((gapAt(reader, at) & Gap.dot) !== 0 || told || closed) && (cue[at] ?? 0) === 0;
  return whole && (closed || familyRank(lexOf(reader, at)) === 3 || isStranger(reader, at));
}

/** `DR SEO.`: the name ends a sentence, a line or a part of it. */
const CLOSES = /^(?:$|[.,;/|\n]|[.,;] )/;

function isAddressed({ reader, at }: Single, { whose }: Evidence): boolean {
  const bits = lexOf(reader, at);
  if ((bits & Lex.term) !== 0) return whose === 'relative' && (isCalled(reader, at, bits) || isOwned(reader, at, bits));
  if (whose === 'relative') return givenRank(bits) >= 2;
  if (whose === 'provider')
    return (
      (givenRank(bits) >= 2 && wordRank(bits) < 2) ||
      (familyRank(bits) === 3 && (reader.tokens.cue[at] ?? 0) === 0 && !beginsSentence(reader, at))
    );
  return whose === 'unknown' && givenRank(bits) >= 2;
}

const BAY = hashOf('bay');

/** After Mr, Mrs, Dr: any name, and any word that is one as well unless all is in capitals. */
function titledScore({ reader, at, best, stranger, capitals, shouted }: Single): number {
  const bits = lexOf(reader, at);
  if (isPhrase(reader.tokens.hash[at - 1] ?? 0, reader.tokens.hash[at] ?? 0)) return 0;
  // `Frau Mag. Hörbiger`: a degree.
  if (isDegreeOf(reader, at)) return 0;
  // `in bay Faith`: a part of a ward, and no man in Turkish.
  if (reader.tokens.hash[at - 1] === BAY && isWord(reader, at)) return 0;
  // `DR   : HALE`, a field of a form.
  if ((gapAt(reader, at) & Gap.colon) !== 0 && isCommonName(bits)) return 5;
  if (isUnderTitle(reader, at)) return 5;
  if ((bits & Lex.term) !== 0 || (capitals && shouted && !isCertain(bits, best) && !isSaidInFull(reader, at))) return 0;
  return best > 0 || stranger || Math.max(givenRank(bits), familyRank(bits)) >= (wordRank(bits) > 1 ? 2 : 1) ? 5 : 0;
}

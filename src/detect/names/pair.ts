import { after, followedBy, followsSaint, holdsRoom, isRoom } from './behind.ts';
import { type Candidate, ENOUGH, whoseIs } from './candidate.ts';
import type { Evidence, Whose } from './evidence.ts';
import { Lex } from './lexicon.ts';
import { beginsSentence, isShouted } from './line.ts';
import {
  familyOf,
  gapAt,
  givenOf,
  isNameable,
  isPure,
  isStranger,
  isSyllable,
  lexOf,
  type Reader,
  strangerRank,
} from './reader.ts';
import { areBothNames, familyStart, hasName, isItem, isParticle, pairScore } from './score.ts';
import { hangsOnSign, isDose, isOfThing, isStage } from './things.ts';
import { Gap, Kind } from './tokens.ts';
import { hashes } from './words.ts';

/** In capitals a word says nothing by how it is written. */
const ENOUGH_IN_CAPITALS = 4.25;

function enoughInCapitals(reader: Reader, first: number, last: number, shouted: boolean, weight: number): number {
  const { kind } = reader.tokens;
  // What is in no list is a name in capitals only where it is said to be one.
  for (const word of [first, last])
    if (kind[word] === Kind.upper && isStranger(reader, word)) return enoughOfStranger(reader, first, word, weight);
  const sure = weight >= 2 || (weight >= 1 && isPure(reader, first) && isPure(reader, last));
  return shouted && !sure ? ENOUGH_IN_CAPITALS : ENOUGH;
}

/** A stranger in capitals: after a label, or with a name's ending or accent beside a common given name. */
function enoughOfStranger(reader: Reader, first: number, stranger: number, weight: number): number {
  if (weight >= 2) return ENOUGH;
  if (strangerRank(reader, stranger) <= 1)
    return weight >= 1.5 && isBesideName(reader, first, stranger) ? ENOUGH : Number.POSITIVE_INFINITY;
  if (weight >= 1) return ENOUGH;
  return isPure(reader, first) && givenOf(reader, first) === 3 ? 4 : Number.POSITIVE_INFINITY;
}

/** `43 C. Turner syndrome`: a letter right after a figure is its unit, and its dot ends the sentence. */
function isUnitLetter({ text, tokens: { kind, gap, start } }: Reader, at: number): boolean {
  const before = gap[at] ?? 0;
  if (isItem(text, start[at] ?? 0)) return false;
  return (
    kind[at] === Kind.initial &&
    (before & Gap.digit) !== 0 &&
    (before & ~(Gap.digit | Gap.blank | Gap.dot | Gap.other | Gap.slash | Gap.hyphen)) === 0
  );
}

/** `Schatzker V. Mayo stand`: a letter at the end of one sentence, a sign at the head of the next. */
function isSignAfterLetter(reader: Reader, first: number, last: number): boolean {
  const { kind, gap } = reader.tokens;
  if (
    kind[first] !== Kind.initial ||
    last !== first + 1 ||
    ((lexOf(reader, last) & Lex.eponym) === 0 && !isStranger(reader, last))
  )
    return false;
  return first > 0 && ((gap[first] ?? 0) & (Gap.newline | Gap.colon | Gap.comma | Gap.open)) === 0;
}

/** What is told apart by letters: `freezer minus 80, Shelf B. Prior Auth approved`. */
const LETTERED = hashes(
  `annex appendix bank bay binder block building category class column corridor door edition exhibit factor figure floor form gate grade group hall hepatitis
    level locker lot model option panel part plan rack room row schedule section shelf side site stage station step table terminal tier tower type unit version
    vitamin ward wing zone`,
);

/** `Caltrate with D. Horner right`: a vitamin, a hepatitis, a grade; `Schatzker V. Pilar`: a numeral. */
function isAfterVitamin(reader: Reader, first: number, last: number): boolean {
  const { hash, kind, start } = reader.tokens;
  if (kind[first] !== Kind.initial) return false;
  if (gapAt(reader, first) === Gap.blank && LETTERED.has(hash[first - 1] ?? 0)) return true;
  if (last !== first + 1) return false;
  const letter = reader.text.charAt(start[first] ?? 0);
  if ('IVX'.includes(letter)) return first > 0 && gapAt(reader, first) === Gap.blank && kind[first - 1] === Kind.capital;
  return (
    'ABCDEK'.includes(letter) &&
    gapAt(reader, first) === Gap.blank &&
    ((lexOf(reader, last) & Lex.eponym) !== 0 || isStranger(reader, last))
  );
}

/** `Barbeau B. TIMI 3`, `Engel I. Conta`: the letter ends a sentence, and what follows begins the next. */
function isGlued(reader: Reader, first: number, last: number): boolean {
  const { kind } = reader.tokens;
  if (last !== first + 2 || kind[first + 1] !== Kind.initial || kind[first] !== Kind.capital) return false;
  return isStranger(reader, last) || kind[last] === Kind.upper;
}

/** `Criteri di Milano`, `Retour de Côte`: no name of a person is known to begin so. */
function isThingOf(reader: Reader, first: number, last: number): boolean {
  return (
    familyStart(reader, first, last) < last &&
    isParticle(reader, first + 1) &&
    givenOf(reader, first) === 0 &&
    reader.tokens.kind[first] === Kind.capital
  );
}

/** `Edwards Sapien`, `Roche Elecsys`: what follows the name of a maker or of a sign, and is no name, is what they made. */
function isProduct(reader: Reader, first: number, last: number): boolean {
  if (reader.tokens.kind[first] === Kind.initial && last > first + 1) return isProduct(reader, first + 1, last);
  return (
    last === first + 1 && (lexOf(reader, first) & Lex.eponym) !== 0 && isStranger(reader, last) && strangerRank(reader, last) < 2
  );
}

/** `PT SHAUNDRELLE MCKINNON`: one word that is nothing but a name says what the other is. */
function isBesideName(reader: Reader, first: number, stranger: number): boolean {
  const other = stranger === first ? first + 1 : first;
  return isPure(reader, other) && Math.max(givenOf(reader, other), familyOf(reader, other)) >= 2;
}

/** How much has to speak for two words that are names as well (`cc M. Fish`, `Pt Destiny Savage`): an initial is little else, and patients have names. */
function wordsNeed({ tokens: { kind } }: Reader, first: number, whose: Whose): number {
  if (kind[first] === Kind.initial) return 1;
  return (whose === 'patient' || whose === 'relative') && kind[first] === Kind.capital ? 1.5 : 2;
}

/** A given and a family name, or an initial and one, that are a name by themselves and by what stands around them. */
export function pairName(reader: Reader, first: number, last: number, ahead: Evidence): Candidate | null {
  const { kind } = reader.tokens;
  let score = pairScore(reader, first, last);
  if (score < 0 || (!isNameable(reader, last) && kind[last] !== Kind.initial && !isSyllable(reader, last))) return null;
  // Whatever stands after it gives two points and a half at most: most pairs end here.
  if (score + ahead.weight + 2.5 < ENOUGH && score < 1) return null;
  const behind = after(reader, last);
  const weight = ahead.weight + behind.weight;
  const words = weight >= wordsNeed(reader, first, whoseIs(ahead, behind)) && !hasName(reader, first, last);
  if (words && !areBothNames(reader, first, last)) return null;
  if (weight < 2 && !words && (score < 2 || !hasName(reader, first, last))) return null;
  if (words) score = Math.max(score, 2.5);
  if (ahead.weight < 3) {
    const next = followedBy(reader, last);
    if ((next === 'organization' && ahead.weight < 2) || (next === 'thing' && (weight < 1 || score + weight < 6.5))) return null;
    if (holdsRoom(reader, first, last) || (followsSaint(reader, first) && (score < 6 || isRoom(reader, first - 1)))) return null;
  }
  const capitals = kind[first] === Kind.upper || kind[last] === Kind.upper;
  const shouted = isShouted(reader, first);
  if (
    weight < 1.5 &&
    (isOfThing(reader, first) || isDose(reader, first, last) || isStage(reader, first, last) || hangsOnSign(reader, first))
  )
    return null;
  if (weight < 1.5 && isAfterVitamin(reader, first, last)) return null;
  if (weight < 1.5 && (isGlued(reader, first, last) || isThingOf(reader, first, last))) return null;
  if (weight < 1 && (isUnitLetter(reader, first) || isProduct(reader, first, last) || isSignAfterLetter(reader, first, last)))
    return null;
  if (!capitals && !shouted && !beginsSentence(reader, first)) score += 0.5;
  // `Wet read S. Keane`: an initial with its dot is written by nobody for emphasis.
  if (!capitals && shouted && kind[first] !== Kind.initial) score -= 0.5;
  score += weight;
  const enough = capitals ? enoughInCapitals(reader, first, last, shouted, weight) : ENOUGH;
  return score >= enough ? { first, last, score, whose: whoseIs(ahead, behind) } : null;
}

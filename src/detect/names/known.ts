import type { Candidate } from './candidate.ts';
import { CUES } from './cues.ts';
import type { Known, Whose } from './evidence.ts';
import { hashOf } from './letters.ts';
import { familyRank, givenRank, Lex, lexicon, wordRank } from './lexicon.ts';
import { isPure, isTerm, lengthOf, lexOf, type Reader } from './reader.ts';
import { Kind } from './tokens.ts';

/** More people than that are a list, and a list names them in full. */
const MOST_KNOWN = 256;

/** Points from which a name is certain. */
const CERTAIN = 4.5;

/** Fewer do for a word that is nothing but a name where the words around say whose it is: `wife Hanh`. */
const CERTAIN_WHOSE = 4;

/**
 * Keeps the words of a certain name, so that they are known alone: `Okafor was told`. One that is a word too (Faith, Rose) is kept as well: where it
 * is found again it needs more (recur.ts).
 */
export function remember(reader: Reader, { first, last, score, whose, called }: Candidate, known: Known): void {
  if (score < CERTAIN_WHOSE) return;
  const { cue, hash, kind } = reader.tokens;
  if (called === true && first === last && known.size < MOST_KNOWN) known.set(hash[first] ?? 0, whose);
  for (let word = first; word <= last && known.size < MOST_KNOWN; word++) {
    const short = kind[word] === Kind.initial || lengthOf(reader, word) < 3;
    const key = hash[word] ?? 0;
    if (short || (cue[word] ?? 0) !== 0 || known.has(key)) continue;
    const bits = lexOf(reader, word);
    // `grandson Colt`: a word of everyday that a relative is called by; where it stands again it needs more (recur.ts).
    const ofKin = whose === 'relative' && first === last && givenRank(bits) >= 1;
    const ofPair = score >= CERTAIN_WHOSE && first < last && (isPure(reader, word) || givenRank(bits) === 3);
    if (score < CERTAIN && !ofPair && (whose === 'unknown' || !(ofKin || isPure(reader, word)))) continue;
    const rank = Math.max(givenRank(bits), familyRank(bits));
    if ((isTerm(reader, word) && !ofKin) || (bits & Lex.place) !== 0) continue;
    if ((wordRank(bits) <= 2 && (bits & Lex.eponym) === 0) || rank >= 2) known.set(key, whose);
  }
}

/** Whether a word that a message has as a name means a thing or anything else more often: Faith, Foley. */
export function isWary(bits: number): boolean {
  return wordRank(bits) > 2 || (bits & Lex.eponym) !== 0;
}

/** A word of a name that a field holds or a form tells, by its hash, and what the lexicon says of it. */
export interface NameWord {
  readonly hash: number;
  readonly bits: number;
}

/** One word, as most components of names are. */
const WORD = /^[A-Za-z]{3,}$/;

/** The words of such a name that are long enough to be known by. */
export function wordsOfName(name: string): NameWord[] {
  if (WORD.test(name)) return [wordOf(name)];
  return name
    .split(/[^\p{L}\p{M}'’]+/u)
    .filter((word) => word.length >= 3)
    .map(wordOf);
}

function wordOf(word: string): NameWord {
  const hash = hashOf(word);
  return { hash, bits: lexicon().get(hash) };
}

/** Keeps the words of a name that a field holds. */
export function learn(words: readonly NameWord[], whose: Whose, known: Known): void {
  for (const { hash, bits } of words) {
    const plain = wordRank(bits) <= 2 && (bits & (Lex.term | Lex.eponym | Lex.place)) === 0 && CUES.get(hash) === 0;
    if (plain) keep(hash, whose, known);
  }
}

/** Keeps the words of a name that a form tells by its label, words of everyday among them: where those stand again they need more (recur.ts). */
export function learnTold(words: readonly NameWord[], whose: Whose, known: Known): void {
  for (const { hash, bits } of words) {
    if ((bits & (Lex.term | Lex.place)) === 0 && CUES.get(hash) === 0) keep(hash, whose, known);
  }
}

/** Whose a name is, whoever said so first. */
export function keep(hash: number, whose: Whose, known: Known): void {
  if (known.size < MOST_KNOWN && !known.has(hash)) known.set(hash, whose);
}

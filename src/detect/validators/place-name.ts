import { hashOf } from '../names/letters.ts';
import { givenRank, Lex, lexicon, wordRank } from '../names/lexicon.ts';
import type { Validator } from './validator.ts';

const WORDS = /\p{Lu}[\p{L}'’]*/gu;

/** A given name this common is a person's: `from Katherine`. */
const COMMON = 3;

/**
 * Whether the capitalised words are in no list of what else stands after `in` and `from`: words of a language, medicines, makers, eponyms, terms of the ward,
 * countries and states, common given names. What is left after such a preposition is a village, or a ward that a hospital named.
 */
export const placeName: Validator = (text) => {
  const words = text.match(WORDS) ?? [];
  const unlisted = words.filter((word) => isUnlisted(lexicon().get(hashOf(word))));
  // `Mirboo North`, `Redbank Plains`: one of two words is enough.
  return words.length > 0 && unlisted.length * 2 >= words.length ? 1 : 0;
};

function isUnlisted(bits: number): boolean {
  return (bits & (Lex.term | Lex.eponym | Lex.place)) === 0 && wordRank(bits) === 0 && givenRank(bits) < COMMON;
}

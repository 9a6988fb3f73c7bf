import { charactersOf, type Validator } from './validator.ts';

/** What a character in an odd place is worth, by its digit or by its place in the alphabet (DM 23 December 1976). */
const ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

/** A digit, or the letter that stands for it where two people would have the same code. */
const DIGIT = '[0-9LMNPQRSTUV]';
const SHAPE = new RegExp(`^[A-Z]{6}${DIGIT}{2}[ABCDEHLMPRST](?:[0-7LMNPQRST]${DIGIT})[A-Z]${DIGIT}{3}[A-Z]$`);

/** Italian tax code: family and given name, birth date, sex, place, and a letter: the sum of what the others are worth, modulo 26. */
export const codiceFiscale: Validator = (text) => {
  const code = charactersOf(text);
  if (!SHAPE.test(code)) return 0;
  let sum = 0;
  for (let index = 0; index < 15; index++) {
    const character = code.charCodeAt(index);
    const place = character < 58 ? character - 48 : character - 65;
    sum += index % 2 === 0 ? (ODD[place] ?? 0) : place;
  }
  return String.fromCharCode(65 + (sum % 26)) === code.charAt(15) ? 1 : 0;
};

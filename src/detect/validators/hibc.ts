import type { Validator } from './validator.ts';

/** Characters of HIBC in the order of their values, which are those of Code 39. */
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%';

/** A Health Industry Bar Code (ANSI/HIBC 2.6): `+`, labeler, product, unit, a production identifier after `/`; the last character is the sum of the others modulo 43. */
export const hibc: Validator = (text) => {
  const code = text.toUpperCase();
  let sum = 0;
  for (const character of code.slice(0, -1)) {
    const value = ALPHABET.indexOf(character);
    if (value < 0) return 0;
    sum += value;
  }
  return ALPHABET.charAt(sum % 43) === code.slice(-1) ? 1 : 0;
};

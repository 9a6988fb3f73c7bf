import { digitsOf, isOneDigit, type Validator, weightedSum } from './validator.ts';

/** Portuguese tax number of a person or a body: nine digits, the last modulo 11. Persons' start with 1, 2, 3 or 45. */
export const nifPt: Validator = (text) => {
  const digits = digitsOf(text);
  if (digits.length !== 9 || isOneDigit(digits) || !/^(?:[123]|45)/.test(digits)) return 0;
  const rest = weightedSum(digits, [9, 8, 7, 6, 5, 4, 3, 2]) % 11;
  return (rest < 2 ? 0 : 11 - rest) === Number(digits.charAt(8)) ? 1 : 0;
};

import { digitsOf, type Validator, weightedSum } from './validator.ts';

/** Swiss social insurance number (AHVV Art. 134quater): 756, nine digits, and the check digit of EAN-13. */
export const ahv: Validator = (text) => {
  const digits = digitsOf(text);
  return digits.length === 13 &&
    digits.startsWith('756') &&
    weightedSum(digits, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 === 0
    ? 1
    : 0;
};

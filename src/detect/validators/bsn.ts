import { digitsOf, isOneDigit, type Validator, weightedSum } from './validator.ts';

/** Dutch citizen service number: nine digits (older ones are written with eight); the eleven test, the last digit counting minus one. */
export const bsn: Validator = (text) => {
  const digits = digitsOf(text).padStart(9, '0');
  if (digits.length !== 9 || digits.startsWith('00') || isOneDigit(digits)) return 0;
  return weightedSum(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0 ? 1 : 0;
};

import { digitsOf, isOneDigit, type Validator, weightedSum } from './validator.ts';

const WEIGHTS = [10, 9, 8, 7, 6, 5, 4, 3, 2];

/** The check of NHS and CHI numbers (NHS Data Dictionary, NHS NUMBER): modulus 11; a check digit of 10 is never issued. */
export function nhsCheckHolds(digits: string): boolean {
  const check = (11 - (weightedSum(digits, WEIGHTS) % 11)) % 11;
  return check !== 10 && check === Number(digits.charAt(9));
}

/**
 * NHS number of England, Wales and the Isle of Man: ten digits, `943 476 5919`. One random number in eleven passes: never use it alone.
 * Numbers that start with 999 are kept for tests and count less.
 */
export const nhs: Validator = (text) => {
  const digits = digitsOf(text);
  if (digits.length !== 10 || isOneDigit(digits) || !nhsCheckHolds(digits)) return 0;
  return digits.startsWith('999') ? 0.6 : 1;
};

import { isBirthDay, pairsOf } from './birth-day.ts';
import { digitsOf, type Validator, weightedSum } from './validator.ts';

/**
 * Austrian social insurance number: a serial from 100, a check digit in fourth place modulo 11, and the birth date as DDMMYY (months 13 to 15 where
 * the numbers of a day are used up).
 */
export const svnr: Validator = (text) => {
  const digits = digitsOf(text);
  if (digits.length !== 10 || digits.startsWith('0')) return 0;
  const [day, month, year] = pairsOf(digits.slice(4));
  if (!isBirthDay(year, month > 12 && month < 16 ? 12 : month, day)) return 0;
  return weightedSum(digits, [3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11 === Number(digits.charAt(3)) ? 1 : 0;
};

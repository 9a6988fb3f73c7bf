import { isBirthDay, pairsOf } from './birth-day.ts';
import { digitsOf, type Validator, weightedSum } from './validator.ts';

/** Danish CPR number: DDMMYY and four digits. Since 2007 numbers are issued that fail the modulus 11 check: those count a little less. */
export const cpr: Validator = (text) => {
  const digits = digitsOf(text);
  if (digits.length !== 10) return 0;
  const [day, month, year] = pairsOf(digits);
  if (!isBirthDay(year, month, day > 60 ? day - 60 : day)) return 0;
  return weightedSum(digits, [4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0 ? 1 : 0.85;
};

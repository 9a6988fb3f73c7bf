import { isBirthDay, pairsOf } from './birth-day.ts';
import { digitsOf, type Validator, weightedSum } from './validator.ts';

/**
 * Norwegian birth number or D number (day plus 40): DDMMYY, a serial, and two check digits modulo 11. Months plus 40 (made by a hospital, an H
 * number) hold as well; plus 80 are synthetic people and count less.
 */
export const fodselsnummer: Validator = (text) => {
  const digits = digitsOf(text);
  if (digits.length !== 11) return 0;
  const [day, month, year] = pairsOf(digits);
  if (!isBirthDay(year, month % 40, day > 40 ? day - 40 : day)) return 0;
  const holds =
    weightedSum(digits, [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) % 11 === 0 &&
    weightedSum(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0;
  if (!holds) return 0;
  return month > 80 ? 0.6 : 1;
};

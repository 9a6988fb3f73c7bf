import { isCalendarDay } from './date.ts';
import { digitsOf, type Validator, weightedSum } from './validator.ts';

/** What is added to the month says the century. */
const CENTURIES = [1900, 2000, 2100, 2200, 1800];

/** Polish PESEL: YYMMDD with the century in the month, a serial, and a check digit with weights 1, 3, 7, 9. */
export const pesel: Validator = (text) => {
  const digits = digitsOf(text);
  if (digits.length !== 11) return 0;
  const month = Number(digits.slice(2, 4));
  const year = (CENTURIES[Math.floor(month / 20)] ?? 0) + Number(digits.slice(0, 2));
  if (!isCalendarDay(year, month % 20, Number(digits.slice(4, 6)))) return 0;
  return weightedSum(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0 ? 1 : 0;
};

import { isBirthDay, pairsOf } from './birth-day.ts';
import { digitsOf, type Validator } from './validator.ts';

/**
 * Belgian national register number: YYMMDD, a serial, and 97 less the first nine digits modulo 97, with a 2 before them for who was born since
 * 2000. Bis numbers add 20 or 40 to the month; an unknown month or day is 00.
 */
export const rijksregister: Validator = (text) => {
  const digits = digitsOf(text);
  if (digits.length !== 11) return 0;
  const [year, month, day] = pairsOf(digits);
  const born = month % 20;
  if (born > 12 || month >= 60 || !(day === 0 || born === 0 ? day <= 31 : isBirthDay(year, born, day))) return 0;
  const check = Number(digits.slice(9));
  const holds = (number: number): boolean => 97 - (number % 97) === check;
  return holds(Number(digits.slice(0, 9))) || holds(Number(`2${digits.slice(0, 9)}`)) ? 1 : 0;
};

import { isBirthDay, pairsOf } from './birth-day.ts';
import { luhnHolds } from './luhn.ts';
import { digitsOf, type Validator } from './validator.ts';

/** Swedish personal identity number, or coordination number (day plus 60): YYMMDD or YYYYMMDD, a serial, and Luhn over the last ten digits. */
export const personnummer: Validator = (text) => {
  const all = digitsOf(text);
  if (all.length !== 10 && !(all.length === 12 && /^(?:18|19|20)/.test(all))) return 0;
  const digits = all.slice(-10);
  const [year, month, day] = pairsOf(digits);
  return isBirthDay(year, month, day > 60 ? day - 60 : day) && luhnHolds(digits) ? 1 : 0;
};

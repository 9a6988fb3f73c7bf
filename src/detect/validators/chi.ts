import { isBirthDay, pairsOf } from './birth-day.ts';
import { nhsCheckHolds } from './nhs.ts';
import { digitsOf, type Validator } from './validator.ts';

/** Community Health Index number of Scotland: birth date as DDMMYY, three digits, and the check digit of the NHS number. */
export const chi: Validator = (text) => {
  const digits = digitsOf(text);
  if (digits.length !== 10) return 0;
  const [day, month, year] = pairsOf(digits);
  return isBirthDay(year, month, day) && nhsCheckHolds(digits) ? 1 : 0;
};

import { isItinGroup } from './ssn.ts';
import { digitsOf, isOneDigit, type Validator } from './validator.ts';

/** Individual Taxpayer Identification Number (IRS Publication 1915): nine digits that start with 9, with the groups of ITINs. */
export const itin: Validator = (text) => {
  const digits = digitsOf(text);
  return digits.length === 9 && digits.startsWith('9') && !isOneDigit(digits) && isItinGroup(Number(digits.slice(3, 5))) ? 1 : 0;
};

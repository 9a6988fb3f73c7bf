import { luhnHolds } from './luhn.ts';
import { digitsOf, type Validator } from './validator.ts';

/** National Provider Identifier: ten digits starting with 1 or 2; Luhn over the prefix 80840 and the digits (45 CFR 162.406). */
export const npi: Validator = (text) => {
  const digits = digitsOf(text);
  return digits.length === 10 && /^[12]/.test(digits) && luhnHolds(`80840${digits}`) ? 1 : 0;
};

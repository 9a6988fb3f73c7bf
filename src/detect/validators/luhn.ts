import { digitsOf, type Validator } from './validator.ts';

/** The Luhn check (ISO/IEC 7812-1 annex B) over a string of digits. One random number in ten passes: never use it alone. */
export function luhnHolds(digits: string): boolean {
  let sum = 0;
  let double = false;
  for (let index = digits.length - 1; index >= 0; index--) {
    let digit = digits.charCodeAt(index) - 48;
    if (double) {
      digit *= 2;
      if (digit > 9) digit -= 9;
    }
    sum += digit;
    double = !double;
  }
  return sum % 10 === 0;
}

/** A number of 8 to 19 digits with a correct Luhn check digit, and not one digit all over. */
export const luhn: Validator = (text) => {
  const digits = digitsOf(text);
  if (digits.length < 8 || digits.length > 19 || /^(\d)\1+$/.test(digits)) return 0;
  return luhnHolds(digits) ? 1 : 0;
};

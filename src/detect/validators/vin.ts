import type { Validator } from './validator.ts';

const WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
const VALUES = 'A1B2C3D4E5F6G7H8J1K2L3M4N5P7R9S2T3U4V5W6X7Y8Z9';

/** A vehicle identification number: 17 characters without I, O, Q; check digit in ninth place (49 CFR 565.15). */
export const vin: Validator = (text) => {
  const code = text.toUpperCase();
  if (!/^[A-HJ-NPR-Z0-9]{17}$/.test(code) || !/[A-Z]/.test(code) || !/\d/.test(code)) return 0;
  let sum = 0;
  for (let index = 0; index < 17; index++) {
    const character = code.charAt(index);
    const value = character >= '0' && character <= '9' ? Number(character) : Number(VALUES.charAt(VALUES.indexOf(character) + 1));
    sum += value * (WEIGHTS[index] ?? 0);
  }
  const check = sum % 11 === 10 ? 'X' : String(sum % 11);
  return code.charAt(8) === check ? 1 : 0;
};

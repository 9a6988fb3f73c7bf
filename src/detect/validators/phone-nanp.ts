import { digitsOf, type Validator } from './validator.ts';

/** What is dialled after the number is no part of it. */
const EXTENSION = /,? ?(?:x|ext\.?|extension) ?\d{1,6}$/i;

/**
 * A telephone number of the North American Numbering Plan: NXX-NXX-XXXX, where N is 2–9, no area or exchange ends in 11, and 555-0100
 * to 0199 (kept for fiction) count less. Anything that starts with `+` and another country code passes with 8 to 15 digits (E.164).
 */
export const phoneNanp: Validator = (text) => {
  const all = digitsOf(text.replace(EXTENSION, ''));
  if (text.trim().startsWith('+') && !all.startsWith('1')) return all.length >= 8 && all.length <= 15 ? 1 : 0;
  const digits = all.length === 11 && all.startsWith('1') ? all.slice(1) : all;
  if (digits.length !== 10 || !/^[2-9]\d{2}[2-9]/.test(digits)) return 0;
  if (digits.slice(1, 3) === '11' || digits.slice(4, 6) === '11' || /^(\d)\1+$/.test(digits)) return 0;
  return /^\d{3}55501/.test(digits) ? 0.7 : 1;
};

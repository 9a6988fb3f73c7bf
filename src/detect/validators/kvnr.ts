import { charactersOf, type Validator } from './validator.ts';

/**
 * German health insurance number, the part that stays for life (SGB V § 290): a letter, eight digits, and a check digit: the letter's place
 * in the alphabet as two digits, weights 1 and 2 in turn, cross sums, modulo 10.
 */
export const kvnr: Validator = (text) => {
  const code = charactersOf(text);
  if (!/^[A-Z]\d{9}$/.test(code)) return 0;
  const digits = String(code.charCodeAt(0) - 64).padStart(2, '0') + code.slice(1, 9);
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const product = Number(digits.charAt(index)) * (index % 2 === 0 ? 1 : 2);
    sum += product > 9 ? product - 9 : product;
  }
  return sum % 10 === Number(code.charAt(9)) ? 1 : 0;
};

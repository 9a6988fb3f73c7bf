import { charactersOf, type Validator, weightedSum } from './validator.ts';

const CHECK = 'WABCDEFGHIJKLMNOPQRSTUV';

/** Irish Personal Public Service number: seven digits, a check letter modulo 23, since 2013 a letter more that counts nine times (W, T, X: none). */
export const pps: Validator = (text) => {
  const code = charactersOf(text);
  if (!/^\d{7}[A-W][A-IWTX]?$/.test(code)) return 0;
  const second = 'ABCDEFGHI'.indexOf(code.charAt(8) || '-') + 1;
  return CHECK.charAt((weightedSum(code, [8, 7, 6, 5, 4, 3, 2]) + 9 * second) % 23) === code.charAt(7) ? 1 : 0;
};

import { charactersOf, type Validator } from './validator.ts';

const LETTERS = 'TRWAGMYFPDXBNJZSQVHLCKE';

/** Spanish DNI (eight digits) and NIE (X, Y or Z for 0, 1, 2, and seven digits) with their letter: the number modulo 23 (Real Decreto 1553/2005). */
export const dniNie: Validator = (text) => {
  const code = charactersOf(text);
  if (!/^(?:\d{8}|[XYZ]\d{7})[A-Z]$/.test(code)) return 0;
  const number = Number(code.slice(0, 8).replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter))));
  return LETTERS.charAt(number % 23) === code.charAt(8) ? 1 : 0;
};

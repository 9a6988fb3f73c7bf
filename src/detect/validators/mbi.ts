import { charactersOf, type Validator } from './validator.ts';

const LETTER = '[AC-HJKMNP-RT-Y]';
const EITHER = '[0-9AC-HJKMNP-RT-Y]';
const SHAPE = new RegExp(`^[1-9]${LETTER}${EITHER}\\d${LETTER}${EITHER}\\d${LETTER}{2}\\d{2}$`);

/** Medicare Beneficiary Identifier (CMS): eleven characters, each place a digit or a letter but S, L, O, I, B, Z. It has no check digit; CMS's own example counts less. */
export const mbi: Validator = (text) => {
  const code = charactersOf(text);
  if (!SHAPE.test(code)) return 0;
  return /^1EG4TE5MK7[23]$/.test(code) ? 0.6 : 1;
};

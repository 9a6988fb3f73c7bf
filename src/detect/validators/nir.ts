import { charactersOf, type Validator } from './validator.ts';

/**
 * French social security number (NIR, Code de la sécurité sociale R115-1; INSEE): sex, year, month, department (2A and 2B are Corsica), commune,
 * order, and a key of 97 less the number modulo 97. Months 20, 30 to 42 and 50 to 99 are those of people whose month is not known.
 */
export const nir: Validator = (text) => {
  const code = charactersOf(text);
  if (!/^[123478]\d{2}(?:0[1-9]|1[0-2]|20|3\d|4[0-2]|[5-9]\d)(?:\d{2}|2[AB])\d{8}$/.test(code)) return 0;
  const number = BigInt(code.slice(0, 13).replace('2A', '19').replace('2B', '18'));
  return 97n - (number % 97n) === BigInt(code.slice(13)) ? 1 : 0;
};

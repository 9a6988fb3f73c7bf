import { charactersOf, type Validator, weightedSum } from './validator.ts';

/** DEA registration number (21 CFR 1301; DEA Diversion Control): kind of registrant, initial or 9, six digits, and the last digit of a weighted sum. */
export const dea: Validator = (text) => {
  const code = charactersOf(text);
  if (!/^[ABCDEFGHJKLMPRSTUX][A-Z9]\d{7}$/.test(code)) return 0;
  return weightedSum(code.slice(2), [1, 2, 1, 2, 1, 2]) % 10 === Number(code.charAt(8)) ? 1 : 0;
};

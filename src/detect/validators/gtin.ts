import { digitsOf, type Validator } from './validator.ts';

/** The GTIN-14 that a GS1 UDI begins with, after its application identifier (01): weights 3 and 1, modulo 10 (GS1 General Specifications §7.9). */
export const gtin: Validator = (text) => {
  const digits = digitsOf(/^(?:]d2|]C1)?\(?01\)?\s?(\d{14})/.exec(text)?.[1] ?? '');
  if (digits.length !== 14 || /^0+$/.test(digits)) return 0;
  let sum = 0;
  for (let index = 0; index < 14; index++) sum += Number(digits.charAt(index)) * (index % 2 === 0 ? 3 : 1);
  return sum % 10 === 0 ? 1 : 0;
};

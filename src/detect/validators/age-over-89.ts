import { digitsOf, type Validator } from './validator.ts';

/** An age in years that 164.514(b)(2)(i)(C) counts: over 89. Over 125 nobody is. */
export const ageOver89: Validator = (text) => {
  const years = Number(digitsOf(text.replace(/[.,]\d+$/, '')));
  return years > 89 && years <= 125 ? 1 : 0;
};

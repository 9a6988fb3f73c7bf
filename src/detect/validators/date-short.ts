import { isCalendarDay } from './date.ts';
import type { Validator } from './validator.ts';

/**
 * A day with a year of two figures: `17.4.24`, `14-8-26`, `1/5-25`; the day first, or the year (`25-04-26`, as Sweden writes). Months never come first: who writes
 * them first does so with slashes, and validator `date` reads those.
 */
export const dateShort: Validator = (text) => {
  const [first = '', second = '', third = ''] = text.match(/\d+/g) ?? [];
  if (third.length !== 2) return 0;
  if (isCalendarDay(2000 + Number(third), Number(second), Number(first))) return 1;
  return /^\d{2}-/.test(text) && isCalendarDay(2000 + Number(first), Number(second), Number(third)) ? 1 : 0;
};

import { isCalendarDay } from './date.ts';

/** Whether a two-digit year, a month and a day are a day of the last century or of this one: national numbers begin with a birth date. */
export function isBirthDay(year: number, month: number, day: number): boolean {
  return isCalendarDay(1900 + year, month, day) || isCalendarDay(2000 + year, month, day);
}

/** The numbers that each two digits make: `040285` → `[4, 2, 85]`. */
export function pairsOf(digits: string): [number, number, number] {
  return [Number(digits.slice(0, 2)), Number(digits.slice(2, 4)), Number(digits.slice(4, 6))];
}

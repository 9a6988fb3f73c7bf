import type { Validator } from './validator.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Months as Central Europe writes them: `18.IV.2023`. */
const ROMANS = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII'];
const ROMAN = /^\d{1,2}[./-] ?([ivx]{1,4})[./-]/i;

/** Japanese eras by the years before their first: `S22.4.9`, `昭和31年11月3日`, `令和元年5月1日`. */
const ERAS: readonly (readonly [names: string, before: number])[] = [
  ['M 明治', 1867],
  ['T 大正', 1911],
  ['S 昭和', 1925],
  ['H 平成', 1988],
  ['R 令和', 2018],
];
const yearBefore = (era: string): number => ERAS.find(([names]) => names.split(' ').includes(era))?.[1] ?? 0;
const OF_ERA = /^\W{0,2}([MTSHR]|明治|大正|昭和|平成|令和) ?(\d{1,2}|元)(?:[./-]|年) ?(\d{1,2})(?:[./-]|月) ?(\d{1,2})(?!\d)/;

/**
 * A calendar date that exists: `1962-03-03`, `19620303`, `03/03/1962`, `3.3.1962`, `3 March 1962`, `Mar 3rd, 1962`, `03/03/62`, `3.III.1962`. A bare
 * year or a month with a year only is none here. Years 1850 to 2199; two-digit years are accepted at lower confidence.
 */
export const date: Validator = (text) => {
  const roman = ROMAN.exec(text)?.[1];
  if (roman !== undefined) return date(text.replace(roman, String(ROMANS.indexOf(roman.toUpperCase()) + 1)));
  const [, era = '', ofEra = '', month, day] = OF_ERA.exec(text) ?? [];
  if (era !== '')
    return isCalendarDay(yearBefore(era) + (ofEra === '元' ? 1 : Number(ofEra)), Number(month), Number(day)) ? 0.95 : 0;
  const named = /[a-z]{3,}/i.exec(text.replace(/\b(?:st|nd|rd|th|of)\b/gi, ' '));
  const numbers = (text.match(/\d+/g) ?? []).map((digits) => ({ digits, value: Number(digits) }));
  if (named !== null) return namedDate(MONTHS.indexOf(named[0].slice(0, 3).toLowerCase()) + 1, numbers);
  const [first, second, third] = numbers;
  if (first === undefined) return 0;
  if (second === undefined) return compact(first.digits);
  if (third === undefined) return 0;
  if (first.digits.length === 4) return isCalendarDay(first.value, second.value, third.value) ? 1 : 0;
  if (third.digits.length !== 4 && third.digits.length !== 2) return 0;
  const year = third.digits.length === 4 ? third.value : 2000 + third.value;
  const real = isCalendarDay(year, first.value, second.value) || isCalendarDay(year, second.value, first.value);
  return real ? (third.digits.length === 4 ? 1 : 0.7) : 0;
};

/** `YYYYMMDD`, with or without a time of day; less surely `MMDDYYYY` and `DDMMYYYY`, as exports of tables have it. */
function compact(digits: string): number {
  if (digits.length !== 8 && digits.length !== 12 && digits.length !== 14) return 0;
  if (isCalendarDay(Number(digits.slice(0, 4)), Number(digits.slice(4, 6)), Number(digits.slice(6, 8)))) return 1;
  const [first, second, year] = [Number(digits.slice(0, 2)), Number(digits.slice(2, 4)), Number(digits.slice(4))];
  if (digits.length !== 8 || year < 1900) return 0;
  return isCalendarDay(year, first, second) || isCalendarDay(year, second, first) ? 0.7 : 0;
}

function namedDate(month: number, numbers: readonly { digits: string; value: number }[]): number {
  const [first, second] = numbers;
  if (month === 0 || first === undefined || second === undefined) return 0;
  const [year, day] = first.digits.length === 4 ? [first, second] : [second, first];
  if (year.digits.length === 2) return isCalendarDay(2000 + year.value, month, day.value) ? 0.7 : 0;
  return year.digits.length === 4 && isCalendarDay(year.value, month, day.value) ? 1 : 0;
}

/** Whether the day is one of the calendar, 1850 to 2199. */
export function isCalendarDay(year: number, month: number, day: number): boolean {
  if (year < 1850 || year > 2199 || month < 1 || month > 12 || day < 1) return false;
  const made = new Date(Date.UTC(year, month - 1, day));
  return made.getUTCMonth() === month - 1 && made.getUTCDate() === day;
}

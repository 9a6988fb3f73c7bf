import { all, type Echo, lazy, type Needle, NO_PART } from './needle.ts';

const MONTHS = [
  'JANUARY',
  'FEBRUARY',
  'MARCH',
  'APRIL',
  'MAY',
  'JUNE',
  'JULY',
  'AUGUST',
  'SEPTEMBER',
  'OCTOBER',
  'NOVEMBER',
  'DECEMBER',
];

/** What every numeric form of a day has; others name the month. */
const NUMERIC = /\d{8}|\d[-/. ]\d{1,2}[-/. ]\d/;

/** Some ten written forms of a day; `value` is `YYYYMMDD`. */
export function dateNeedle(value: string): Needle | null {
  if (value.length !== 8) return null;
  const year = value.slice(0, 4);
  const mm = value.slice(4, 6);
  const dd = value.slice(6);
  const month = MONTHS[Number(mm) - 1];
  if (month === undefined) return null;
  const yy = value.slice(2, 4);
  const pattern = lazy(() => {
    const m = `0?${Number(mm)}`;
    const d = `0?${Number(dd)}`;
    const name = month === 'MAY' ? 'MAY' : `${month.slice(0, 3)}(?:${month.slice(3)}|T)?\\.?`;
    const nth = `${d}(?:ST|ND|RD|TH)?`;
    const s = '[-/. ]';
    return [
      `(?<!\\d)${year}${mm}${dd}(?:\\d{4}|\\d{6})?(?!\\d)`,
      `(?<![\\d.])${year}(?<a>${s})${m}\\k<a>${d}(?!\\d)`,
      `(?<![\\d.])${m}(?<b>${s})${d}\\k<b>${year}(?!\\d)`,
      `(?<![\\d.])${d}(?<c>${s})${m}\\k<c>${year}(?!\\d)`,
      `(?<!\\d)${mm}${dd}${year}(?!\\d)`,
      `(?<!\\d)${dd}${mm}${year}(?!\\d)`,
      `(?<!\\d)${nth}(?:\\s+OF)?[\\s-]{0,2}${name},?[\\s-]{0,2}(?:${year}|${yy})(?!\\d)`,
      `(?<!\\p{L})${name}[\\s-]{0,2}${nth},?[\\s-]{1,2}${year}(?!\\d)`,
      `(?<![\\d./-])(?:${m}(?<e>[-/])${d}\\k<e>${yy}|${d}(?<f>[-/])${m}\\k<f>${yy})(?![\\d/-])`,
    ].join('|');
  });
  return {
    anchors: [year, `/${yy}`, `-${yy}`],
    before: '',
    find(text) {
      const found: Echo[] = [];
      // A year alone is no day, and a pattern costs more to make than the scan of a message.
      if (NUMERIC.test(text) || text.includes(month.slice(0, 3))) all(pattern(), text, 1, found);
      return found;
    },
    part: NO_PART,
  };
}

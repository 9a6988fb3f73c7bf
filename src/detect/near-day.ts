import { fold } from '../core/canonical.ts';
import { monthNamed } from './echo-date.ts';
import { isCalendarDay } from './validators/date.ts';

/** Which of two figures is the day: told by the days that a message has in full, where one of them is more than twelve. */
type Order = 'day-first' | 'month-first' | null;

/** The days that a message has in full: days of a year of the latest ones, how it writes them, and with what between their figures. */
export interface OwnDays {
  readonly days: readonly number[];
  readonly order: Order;
  readonly separators: ReadonlySet<string>;
}

/** Before and after a day in full, so many days belong to the same illness. */
const NEAR = 60;
const YEAR = 365;
/** Days of an earlier year than this before the latest are births, operations of long ago, insurance. */
const RECENT = 1;

interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const STAMP = /^(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?!\d{1,3}$)/;
const FIGURES = /^(\d{1,2})([-/.]) ?(\d{1,2})\2 ?(\d{4}|\d{2})(?!\d)/;
const NAMED = /^(?:(\d{1,2})[^\d\p{L}]{0,2}(?:\p{L}{1,3}\.? )?(\p{L}{3,12})|(\p{L}{3,12})\.? ?(\d{1,2}))\D{1,6}(\d{4})/u;

/** Reads the days of a message in full out of what was found as dates in it. */
export function ownDays(texts: Iterable<string>): OwnDays {
  const days: Day[] = [];
  const separators = new Set<string>();
  let [first, second] = [0, 0];
  for (const text of texts) {
    const stamp = STAMP.exec(text);
    const figures = stamp === null ? FIGURES.exec(text) : null;
    if (stamp !== null) days.push(...dayOf(Number(stamp[1]), Number(stamp[2]), Number(stamp[3])));
    else if (figures !== null) {
      const [, one, separator = '', other, year = ''] = figures;
      const full = year.length === 4 ? Number(year) : 2000 + Number(year);
      separators.add(separator);
      if (Number(one) > 12) first++;
      if (Number(other) > 12) second++;
      days.push(...dayOf(full, Number(other), Number(one)), ...dayOf(full, Number(one), Number(other)));
    } else {
      const [, before, month, named, after, year] = NAMED.exec(text) ?? [];
      days.push(...dayOf(Number(year), monthNamed(fold(month ?? named ?? '')), Number(before ?? after)));
    }
  }
  const latest = Math.max(0, ...days.map(({ year }) => year));
  return {
    days: days.filter(({ year }) => year >= latest - RECENT).map(ofYear),
    order: first > second ? 'day-first' : second > first ? 'month-first' : null,
    separators,
  };
}

function dayOf(year: number, month: number, day: number): Day[] {
  return isCalendarDay(year, month, day) ? [{ year, month, day }] : [];
}

/** The day of a year, near enough to count how far days are apart. */
function ofYear({ month, day }: Pick<Day, 'month' | 'day'>): number {
  return Math.round(((month - 1) * YEAR) / 12) + day;
}

const SHORT = /^(\d{1,2})([-/.])(\d{1,2})\.?$/;

/** Days, weeks or months of a treatment where the day comes first: `10/7`, `6/52`, `3/12`. */
const SPANS: ReadonlyMap<number, number> = new Map([
  [7, 14],
  [12, 24],
]);

/** Whether two figures (`17/1`, `24.1.`) are a day of the year near one that the message has in full, and written as it writes its days. */
export function isNearOwnDay(text: string, { days, order, separators }: OwnDays): boolean {
  const [, one, separator = '', other] = SHORT.exec(text) ?? [];
  const [first, second] = [Number(one), Number(other)];
  // Where days are written with slashes a point is that of a number.
  if (separator !== '/' && (!separators.has(separator) || separators.has('/'))) return false;
  if (order !== 'month-first' && first <= (SPANS.get(second) ?? 0)) return false;
  const read = [
    ...(order === 'month-first' ? [] : [{ month: second, day: first }]),
    ...(order === 'day-first' ? [] : [{ month: first, day: second }]),
  ];
  return read
    .filter(({ month, day }) => isCalendarDay(2000, month, day))
    .some((each) => days.some((day) => apart(ofYear(each), day) <= NEAR));
}

function apart(one: number, other: number): number {
  const days = Math.abs(one - other);
  return Math.min(days, YEAR - days);
}

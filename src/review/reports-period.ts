import { CordonError } from '../core/errors.ts';
import { type Period, readPeriod } from '../exports/period.ts';
import { day } from './words.ts';

const DAY = 86_400_000;

/** Days as people write them: the last one is in it. */
export interface Days {
  readonly from: string;
  readonly through: string;
}

/** So many whole days that have ended, the last of them yesterday (UTC). `now` in milliseconds. */
export function lastDays(count: number, now: number): Days {
  return { from: day(now - count * DAY), through: day(now - DAY) };
}

/** The period of some days (UTC). Throws `usage` for what are no days, and where they are the wrong way round. */
export function periodOfDays({ from, through }: Days): Period {
  if (![from, through].every((text) => /^\d{4}-\d{2}-\d{2}$/.test(text))) {
    throw new CordonError('usage', 'a period has a first and a last day, as 2026-11-01');
  }
  const first = readPeriod(from, '9999-12-31').from;
  const last = readPeriod(through, '9999-12-31').from;
  if (last < first) throw new CordonError('usage', `the last day (${through}) is before the first (${from})`);
  return { from: first, to: last + DAY };
}

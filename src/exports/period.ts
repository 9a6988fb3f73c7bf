import { isoTime } from '../core/clock.ts';
import { CordonError } from '../core/errors.ts';

/** A half-open period, in milliseconds since the epoch: `from` is in it, `to` is not. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

/**
 * Reads `2026-11-01` (its first instant, UTC) or an instant with its offset (`2026-11-01T08:00:00Z`). Throws `usage` for anything else, and for a
 * period that ends before it begins.
 */
export function readPeriod(from: string, to: string): Period {
  const period = { from: instantOf('from', from), to: instantOf('to', to) };
  if (period.to <= period.from) {
    throw new CordonError('usage', `the period ends (${isoTime(period.to)}) before it begins (${isoTime(period.from)})`);
  }
  return period;
}

function instantOf(name: string, text: string): number {
  const time = FORM.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) {
    throw new CordonError(
      'usage',
      `${name}: a day (2026-11-01, which begins at 00:00 UTC) or an instant (2026-11-01T08:00:00Z) is needed`,
    );
  }
  return time;
}

const FORM = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

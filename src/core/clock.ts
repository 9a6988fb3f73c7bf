/** Milliseconds since 1970-01-01T00:00:00Z. Passed in wherever time decides something, so that tests and the demo own it. */
export type Clock = () => number;

export const systemClock: Clock = () => Date.now();

/** `2026-11-24T16:51:13.000Z` */
export function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

const DURATION = /^P(?:(\d+)Y)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/**
 * Milliseconds of an ISO 8601 duration of years, days and smaller (`P6Y`, `P14D`, `PT30M`); null where it is none. A year is 366 days: what is
 * to be kept for years is never kept for less.
 */
export function parseDuration(text: string): number | null {
  const match = DURATION.exec(text);
  if (match === null || text === 'P' || text.endsWith('T')) return null;
  const [, years, days, hours, minutes, seconds] = match;
  const wholeDays = Number(years ?? 0) * 366 + Number(days ?? 0);
  return (((wholeDays * 24 + Number(hours ?? 0)) * 60 + Number(minutes ?? 0)) * 60 + Number(seconds ?? 0)) * 1000;
}

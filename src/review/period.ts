/** How far back a page looks, as its address says it: `?period=7d`. */
export const PERIODS = ['24h', '7d', '30d', '90d'] as const;
export type Period = (typeof PERIODS)[number];

export const PERIOD_WORDS: Readonly<Record<Period, string>> = {
  '24h': 'Last 24 hours',
  '7d': 'Last 7 days',
  '30d': 'Last 30 days',
  '90d': 'Last 90 days',
};

const DAY = 24 * 60 * 60 * 1000;
const LENGTHS: Readonly<Record<Period, number>> = { '24h': DAY, '7d': 7 * DAY, '30d': 30 * DAY, '90d': 90 * DAY };

/** The first millisecond of a period that ends now. */
export function sinceOf(period: Period, now: number): number {
  return now - LENGTHS[period];
}

/** The choice of periods that a page offers; undefined stands for all time. */
export interface PeriodChoice {
  readonly current: Period | undefined;
  readonly address: (period: Period | undefined) => string;
}

/** The first millisecond after a day in UTC, written `YYYY-MM-DD`; NaN for what is no day. */
export function endOfDay(text: string): number {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return Number.NaN;
  const start = Date.parse(`${text}T00:00:00Z`);
  const isDay = !Number.isNaN(start) && new Date(start).toISOString().startsWith(text);
  return isDay ? start + 24 * 60 * 60 * 1000 : Number.NaN;
}

/**
 * Whole days and hours of the day in a time zone. A date in a policy is a whole day there (`limits.timezone`, else UTC):
 * `validFrom` counts from its first instant, `expires` through its last.
 */
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const HOURS = /^(\d{2}):(\d{2})-(\d{2}):(\d{2})$/;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timezone: string): Intl.DateTimeFormat {
  let format = formats.get(timezone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: timezone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timezone, format);
  }
  return format;
}

/** Whether this is an IANA zone that the runtime knows. */
export function isTimezone(timezone: string): boolean {
  try {
    formatOf(timezone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Whether `2027-02-29` and the like exist. */
export function isDate(text: string): boolean {
  const match = DATE.exec(text);
  if (match === null) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** What a clock on the wall shows, as milliseconds of the same reading in UTC. */
function wallClock(at: number, timezone: string): number {
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const part of formatOf(timezone).formatToParts(at)) parts[part.type] = Number(part.value);
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/**
 * The instant at which the wall clock shows `wall` (milliseconds of that reading in UTC). A reading that a change of the clocks
 * leaves out is taken as the instant of the change's other side; one that occurs twice, as its first.
 */
function instantOf(wall: number, timezone: string): number {
  const offsetAt = (at: number): number => wallClock(at, timezone) - Math.floor(at / 1000) * 1000;
  const before = wall - offsetAt(wall - DAY);
  const after = wall - offsetAt(wall + DAY);
  const first = Math.min(before, after);
  return wallClock(first, timezone) === wall ? first : Math.max(before, after);
}

/** First instant of a day, in milliseconds since the epoch. */
export function startOfDay(date: string, timezone: string): number {
  return instantOf(Date.parse(`${date}T00:00:00Z`), timezone);
}

/** First instant after a day: what expires on that day is valid until then, exclusive. */
export function endOfDay(date: string, timezone: string): number {
  return instantOf(Date.parse(`${date}T00:00:00Z`) + DAY, timezone);
}

/** `2026-11-24`, as the wall calendar of the zone shows it. */
export function dateAt(at: number, timezone: string): string {
  return new Date(wallClock(at, timezone)).toISOString().slice(0, 10);
}

/** Opening hours in minutes of the day, half-open; over midnight where `to` <= `from`. */
export interface Hours {
  readonly from: number;
  readonly to: number;
}

/** `07:00-19:00`, `22:00-06:00`, `00:00-24:00`; null where it is none, or opens never. */
export function parseHours(text: string): Hours | null {
  const match = HOURS.exec(text);
  if (match === null) return null;
  const [h1, m1, h2, m2] = match.slice(1).map(Number);
  if (h1 === undefined || m1 === undefined || h2 === undefined || m2 === undefined) return null;
  const from = h1 * 60 + m1;
  const to = h2 * 60 + m2;
  if (h1 > 23 || m1 > 59 || m2 > 59 || to > 24 * 60 || from === to) return null;
  return { from, to };
}

/** Whether the instant lies in the opening hours. */
export function isOpen(hours: Hours, at: number, timezone: string): boolean {
  const minute = Math.floor((wallClock(at, timezone) % DAY) / MINUTE);
  return hours.from < hours.to ? minute >= hours.from && minute < hours.to : minute >= hours.from || minute < hours.to;
}

/** Whether more than `enough` milliseconds of opening hours lie in [from, to). Looks at no more days than it takes to know. */
export function openedLongerThan(enough: number, hours: Hours, from: number, to: number, timezone: string): boolean {
  if (to - from <= enough) return false;
  if (hours.from === 0 && hours.to === 24 * 60) return true;
  const last = wallClock(to, timezone);
  const overnight = hours.to <= hours.from;
  let open = 0;
  // The day before the first: its hours may reach over midnight.
  for (let day = Math.floor(wallClock(from, timezone) / DAY) * DAY - DAY; day <= last; day += DAY) {
    const opens = instantOf(day + hours.from * MINUTE, timezone);
    const closes = instantOf(day + hours.to * MINUTE + (overnight ? DAY : 0), timezone);
    open += Math.max(0, Math.min(closes, to) - Math.max(opens, from));
    if (open > enough) return true;
  }
  return false;
}

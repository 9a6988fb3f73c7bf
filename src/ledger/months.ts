/**
 * Rows of messages go by the month of the message's id, a UUIDv7, on both engines: its first 48 bits are the time at which it was
 * made, and as text it sorts by them (RFC 9562 5.7), so a month is a range of ids (docs/adr/0028-postgresql.md).
 */

/** What every UUIDv7 of that millisecond or later sorts at or after. */
export function idFrom(at: number): string {
  const hex = at.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}`;
}

/** The first millisecond of the month (UTC) that a time falls in, or of one so many months after it. */
export function monthOf(at: number, after = 0): number {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + after);
}

/** `2026_11`, as partitions are named. */
export function monthName(at: number): string {
  return new Date(monthOf(at)).toISOString().slice(0, 7).replace('-', '_');
}

/** The month of such a name; null where it is none. */
export function readMonth(name: string): number | null {
  const [, year, month] = /^(\d{4})_(0[1-9]|1[0-2])$/.exec(name) ?? [];
  return year === undefined ? null : Date.UTC(Number(year), Number(month) - 1);
}

/** Months one after the other, as lineage lists its rows by them: year * 12 + month, UTC. */
export function monthNumber(at: number): number {
  const date = new Date(at);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

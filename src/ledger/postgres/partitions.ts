/** Months that are made ahead. Each start of a process with `migrate` makes them anew; what comes later rests in `…_rest`. */
const AHEAD = 18;

/** Tables in months, with the column that holds a message's id. */
const BY_MONTH = [
  { table: 'messages', id: 'id' },
  { table: 'findings', id: 'message' },
] as const;

export interface Partition {
  /** `messages_2026_11` */
  readonly name: string;
  /** The statement that makes it, where it is not there yet. */
  readonly create: string;
  /** Yields a row where its month rests in the default partition already, so that it can't be made any more. */
  readonly occupied: string;
}

/** The partitions of the month of `now` (milliseconds) and of those after it, UTC. */
export function partitionsFrom(now: number): readonly Partition[] {
  const date = new Date(now);
  return Array.from({ length: AHEAD }, (_, ahead) => ahead).flatMap((ahead) => {
    const from = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + ahead);
    const to = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + ahead + 1);
    const month = new Date(from).toISOString().slice(0, 7).replace('-', '_');
    return BY_MONTH.map(({ table, id }): Partition => {
      const name = `${table}_${month}`;
      const [first, end] = [idFrom(from), idFrom(to)];
      return {
        name,
        create: `CREATE TABLE ${name} PARTITION OF ${table} FOR VALUES FROM ('${first}') TO ('${end}')`,
        occupied: `SELECT 1 AS one FROM ${table}_rest WHERE ${id} >= '${first}' AND ${id} < '${end}' LIMIT 1`,
      };
    });
  });
}

/** What every UUIDv7 of that millisecond or later sorts at or after: its first 48 bits are the time (RFC 9562 5.7). */
function idFrom(at: number): string {
  const hex = at.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}`;
}

import { idFrom, monthName, monthOf } from '../months.ts';

/** Months that are made ahead: at each start that migrates, and by workers while they run. What comes later rests in `…_rest`. */
const AHEAD = 18;

/** Rows that moving from the default partition may hold up accepts for; of a month with more they stay there, and age in slices. */
export const MOVED = 10_000;

/** Tables in months, with the column that holds a message's id, and the trigger that a move must not set off. */
const BY_MONTH = [
  { table: 'messages', id: 'id', onDelete: 'free_slots' },
  { table: 'findings', id: 'message', onDelete: null },
] as const;

export interface Partition {
  /** `messages_2026_11` */
  readonly name: string;
  /** The statement that makes it, where it is not there yet. */
  readonly create: string;
  /** Counts up to a bound what rests of its month in the default partition: with rows there `create` is refused. */
  readonly resting: string;
  /** The statements that make it of the rows that rest there. */
  readonly move: readonly string[];
}

/** More rows than may be moved. */
export function isTooMany(resting: number): boolean {
  return resting > MOVED;
}

/** The partitions of the month of `now` (milliseconds) and of those after it, UTC. */
export function partitionsFrom(now: number): readonly Partition[] {
  return Array.from({ length: AHEAD }, (_, ahead) => monthOf(now, ahead)).flatMap((month) =>
    BY_MONTH.map(({ table, id, onDelete }): Partition => {
      const name = `${table}_${monthName(month)}`;
      const [first, end] = [idFrom(month), idFrom(monthOf(month, 1))];
      const rest = `${table}_rest`;
      const values = `FOR VALUES FROM ('${first}') TO ('${end}')`;
      const ofMonth = `${id} >= '${first}' AND ${id} < '${end}'`;
      const moving = `WITH moved AS (DELETE FROM ${rest} WHERE ${ofMonth} RETURNING *) INSERT INTO ${name} SELECT * FROM moved`;
      return {
        name,
        create: `CREATE TABLE ${name} PARTITION OF ${table} ${values}`,
        resting: `SELECT count(*) AS n FROM (SELECT 1 FROM ${rest} WHERE ${ofMonth} LIMIT ${MOVED + 1}) AS resting`,
        move: [
          `CREATE TABLE ${name} (LIKE ${table} INCLUDING DEFAULTS INCLUDING CONSTRAINTS)`,
          // The rows are not gone: their slots stay taken.
          ...(onDelete === null ? [moving] : [trigger(rest, 'DISABLE', onDelete), moving, trigger(rest, 'ENABLE', onDelete)]),
          `ALTER TABLE ${table} ATTACH PARTITION ${name} ${values}`,
        ],
      };
    }),
  );
}

function trigger(table: string, what: 'DISABLE' | 'ENABLE', name: string): string {
  return `ALTER TABLE ${table} ${what} TRIGGER ${name}`;
}

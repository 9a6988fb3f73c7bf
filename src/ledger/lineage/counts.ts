import { type RawBuilder, sql } from 'kysely';
import { dayOf } from '../flows.ts';
import { type Columns, insertMany, runMany } from '../many.ts';
import { monthNumber } from '../months.ts';
import { type Builder, type Executor, together } from '../statement.ts';
import type { LineageCounts, LineageSchema } from './schema.ts';

type Days = LineageSchema['lineage_days'];
type Months = LineageSchema['lineage_months'];

/** What one message adds to its hop, and when (milliseconds). */
export interface Counted extends LineageCounts {
  readonly at: number;
}

const COUNTS: Columns<LineageCounts> = {
  hop: 'bigint',
  transit: 'text',
  messages: 'bigint',
  bytes: 'bigint',
  patients: 'bigint',
  categories: 'integer',
  others: 'integer',
  unpermitted: 'integer',
  subjects: 'integer',
  first_seen: 'bigint',
  last_seen: 'bigint',
};

/** Sets the earlier and the later time of a row that is there and of one that is added. */
export function seenOf(table: string): RawBuilder<unknown> {
  const [first, last] = [sql.ref(`${table}.first_seen`), sql.ref(`${table}.last_seen`)];
  return sql`first_seen = case when ${first} < excluded.first_seen then ${first} else excluded.first_seen end,
    last_seen = case when ${last} > excluded.last_seen then ${last} else excluded.last_seen end`;
}

/** Adds messages to the day and to the month of their hop. A month is always what its days come to. */
export function lineageCountWrites(db: Builder): (x: Executor, counted: readonly Counted[]) => Promise<void> {
  const adding = (table: 'lineage_days' | 'lineage_months') => {
    const sum = (name: string, operator: '+' | '|') =>
      sql`${sql.ref(name)} = ${sql.ref(`${table}.${name}`)} ${sql.raw(operator)} excluded.${sql.ref(name)}`;
    const sums = ['messages', 'bytes', 'patients'].map((name) => sum(name, '+'));
    const masks = ['categories', 'others', 'unpermitted', 'subjects'].map((name) => sum(name, '|'));
    return sql`update set ${sql.join([...sums, ...masks, seenOf(table)])}`;
  };
  const addDays = insertMany<Days>(
    db,
    'lineage_days',
    { ...COUNTS, day: 'bigint' },
    { conflict: sql`(hop, day, transit) do ${adding('lineage_days')}` },
  );
  const addMonths = insertMany<Months>(
    db,
    'lineage_months',
    { ...COUNTS, month: 'integer' },
    { conflict: sql`(month, hop, transit) do ${adding('lineage_months')}` },
  );
  return async (x, counted) => {
    const days = summed(
      counted.map(({ at, ...counts }): Days => ({ ...counts, day: dayOf(at) })),
      ({ hop, day, transit }) => `${hop}|${day}|${transit}`,
      joinCounts,
    );
    const months = summed(
      days.map(({ day, ...counts }): Months => ({ ...counts, month: monthNumber(day) })),
      ({ hop, month, transit }) => `${hop}|${month}|${transit}`,
      joinCounts,
    );
    await together(x, [() => runMany(x, addDays, days), () => runMany(x, addMonths, months)]);
  };
}

/** Rows of the same key as one. */
export function summed<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  join: (one: Row, other: Row) => Row,
): readonly Row[] {
  const sums = new Map<string, Row>();
  for (const row of rows) {
    const key = keyOf(row);
    const known = sums.get(key);
    sums.set(key, known === undefined ? row : join(known, row));
  }
  return [...sums.values()];
}

/** The other with the earlier and the later time of both. */
export function bothSeen<Row extends { first_seen: number; last_seen: number }>(one: Row, other: Row): Row {
  return {
    ...other,
    first_seen: Math.min(one.first_seen, other.first_seen),
    last_seen: Math.max(one.last_seen, other.last_seen),
  };
}

function joinCounts<Row extends LineageCounts>(one: Row, other: Row): Row {
  return {
    ...bothSeen(one, other),
    messages: one.messages + other.messages,
    bytes: one.bytes + other.bytes,
    patients: one.patients + other.patients,
    categories: one.categories | other.categories,
    others: one.others | other.others,
    unpermitted: one.unpermitted | other.unpermitted,
    subjects: one.subjects | other.subjects,
  };
}

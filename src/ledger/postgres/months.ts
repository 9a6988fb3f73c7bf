import { CordonError } from '../../core/errors.ts';
import { monthName, readMonth } from '../months.ts';
import { type Dropped, retentionWrites } from '../retention.ts';
import type { MonthsDropped } from '../retention-store.ts';
import type { Builder } from '../statement.ts';
import { LOCK_WRITING, TRY_DROPPING } from './locks.ts';
import { isTooMany, partitionsFrom } from './partitions.ts';
import type { Session, Sessions } from './pool.ts';

/** Others wait while we wait for those who read a table that we change: past a moment we give up, and come again with the next round. */
const A_MOMENT = "SET LOCAL lock_timeout = '500ms'";

/** Messages whose slots one transaction frees. */
const SLOTS = 1000;

/** Makes the months ahead that are not there, while the ledger is at work. Throws `ledger.unavailable` where somebody is in the way. */
export async function makeMonthsAhead(sessions: Sessions, now: number): Promise<void> {
  if ((await missing(sessions, now)).length === 0) return;
  await sessions.use(async (session) => {
    await session.exec(`BEGIN ISOLATION LEVEL READ COMMITTED; ${LOCK_WRITING}; ${A_MOMENT}`);
    await makeMonths(session, now);
    await session.exec('COMMIT');
  });
}

/**
 * Makes the months ahead, within a transaction that has the writing lock: a new partition needs its table's default one for itself.
 * Rows of a month that rest in the default partition already are moved, unless there are too many for a moment.
 */
export async function makeMonths(session: Session, now: number): Promise<void> {
  for (const { create, resting, move } of await missing(session, now)) {
    const found = (await session.get<{ n: number }>({ sql: resting, parameters: [] }))?.n ?? 0;
    if (isTooMany(found)) continue;
    for (const statement of found === 0 ? [create] : move) await session.exec(statement);
  }
}

async function missing(session: Session, now: number) {
  const names = new Set(await tables(session));
  return partitionsFrom(now).filter(({ name }) => !names.has(name));
}

async function tables(session: Session): Promise<readonly string[]> {
  const rows = await session.all<{ name: string }>({
    sql: 'SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()',
    parameters: [],
  });
  return rows.map((row) => row.name);
}

/** The months before `before` that have a table still, oldest first. */
export async function monthsBefore(session: Session, before: number): Promise<readonly number[]> {
  return (await tables(session))
    .flatMap((name) => (name.startsWith('messages_') ? (readMonth(name.slice('messages_'.length)) ?? []) : []))
    .filter((month) => month < before)
    .sort((one, other) => one - other);
}

/**
 * Drops months as tables. Facts and bodies of their messages went before. What could not be scanned moves to the default partition. Accepts
 * wait for the drop itself only: slots are freed and rows are counted before it. Throws `ledger.unavailable` where
 * somebody is in the way for longer than a moment; nothing is then half done.
 */
export async function dropMonths(sessions: Sessions, db: Builder, months: readonly number[]): Promise<MonthsDropped> {
  const { uncount } = retentionWrites(db);
  return await sessions.use(async (session) => {
    const lock = await session.get<{ got: boolean }>({ sql: TRY_DROPPING, parameters: [] });
    if (lock?.got !== true) return { messages: 0, busy: true };
    let messages = 0;
    for (const month of months) {
      await freeSlots(session, month);
      const counted = await countMonth(session, month);
      // Hardly a month: its rows go in slices.
      if (isTooMany(counted.held.length)) continue;
      if (!(await dropMonth(session, month, counted, uncount))) return { messages, busy: true };
      messages += counted.dropped.total;
    }
    return { messages, busy: false };
  });
}

/** Slots of one month by the index that accepts use: they have none by message, which every accept would pay for. */
async function freeSlots(session: Session, month: number): Promise<void> {
  const sql = `WITH page AS MATERIALIZED (
      SELECT id, duplicate_content, duplicate_key FROM messages_${monthName(month)}
      WHERE id > $1 AND state = 'done' ORDER BY id LIMIT ${SLOTS}
    ), freed AS (
      DELETE FROM message_slots USING (
        SELECT 'c'::"char" AS kind, duplicate_content AS slot, id FROM page WHERE duplicate_content IS NOT NULL
        UNION ALL SELECT 'k'::"char", duplicate_key, id FROM page WHERE duplicate_key IS NOT NULL
      ) AS old
      WHERE message_slots.slot = old.slot AND message_slots.kind = old.kind AND message_slots.message = old.id
    )
    SELECT max(id) AS last, count(*) AS n FROM page`;
  for (let after = ''; ; ) {
    const page = await session.get<{ last: string | null; n: number }>({ sql, parameters: [after] });
    if (page === undefined || page.last === null || page.n < SLOTS) return;
    after = page.last;
  }
}

interface Counted {
  readonly dropped: Dropped;
  /** Not scanned: they stay. */
  readonly held: readonly string[];
}

/** What the tally says less of. A message that was scanned stays as it is, so it may be counted before the drop. */
async function countMonth(session: Session, month: number): Promise<Counted> {
  const table = `messages_${monthName(month)}`;
  const row = await session.get<Dropped & { held: readonly string[] | null }>({
    sql: `SELECT
        count(*) FILTER (WHERE state = 'done') AS total,
        count(*) FILTER (WHERE state = 'done') AS done,
        0 AS failed,
        count(*) FILTER (WHERE verdict = 'flagged') AS flagged,
        count(*) FILTER (WHERE state = 'done' AND quarantined = 1) AS quarantined,
        count(*) FILTER (WHERE state = 'done' AND unexamined <> '[]') AS unexamined,
        array_agg(id) FILTER (WHERE state <> 'done') AS held
      FROM ${table}`,
    parameters: [],
  });
  if (row === undefined) throw new CordonError('ledger.unavailable', `${table}: it could not be counted`);
  const { held, ...dropped } = row;
  return { dropped, held: held ?? [] };
}

type Uncount = ReturnType<typeof retentionWrites>['uncount'];

/** False where something came into the month since it was counted (a clock gone wrong): the next round sees to that. */
async function dropMonth(session: Session, month: number, { dropped, held }: Counted, uncount: Uncount): Promise<boolean> {
  const name = monthName(month);
  await session.exec(`BEGIN ISOLATION LEVEL READ COMMITTED; ${LOCK_WRITING}; ${A_MOMENT}`);
  // An index alone tells either.
  const there = await session.get<{ n: number }>({ sql: `SELECT count(*) AS n FROM messages_${name}`, parameters: [] });
  const body = await session.get({
    sql: `SELECT 1 AS one FROM messages_${name} WHERE body_until IS NOT NULL AND state = 'done' LIMIT 1`,
    parameters: [],
  });
  if (there?.n !== dropped.total + held.length || body !== undefined) {
    await session.exec('ROLLBACK');
    return false;
  }
  await session.exec(
    `ALTER TABLE messages DETACH PARTITION messages_${name}; ALTER TABLE findings DETACH PARTITION findings_${name}`,
  );
  if (held.length > 0) await keep(session, name, held);
  await session.run(uncount({ ...dropped }));
  await session.exec(`DROP TABLE messages_${name}, findings_${name}`);
  await session.exec('COMMIT');
  return true;
}

/** With their month gone, rows go to the default partition; inserting them takes their slots again. */
async function keep(session: Session, name: string, held: readonly string[]): Promise<void> {
  const parameters = [held];
  await session.run({
    sql: `DELETE FROM message_slots USING (
        SELECT 'c'::"char" AS kind, duplicate_content AS slot, id FROM messages_${name} WHERE id = ANY($1)
        UNION ALL SELECT 'k'::"char", duplicate_key, id FROM messages_${name} WHERE id = ANY($1)
      ) AS old
      WHERE message_slots.slot = old.slot AND message_slots.kind = old.kind AND message_slots.message = old.id`,
    parameters,
  });
  await session.run({ sql: `INSERT INTO messages SELECT * FROM messages_${name} WHERE id = ANY($1)`, parameters });
  await session.run({ sql: `INSERT INTO findings SELECT * FROM findings_${name} WHERE message = ANY($1)`, parameters });
}

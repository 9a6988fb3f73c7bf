import { CordonError } from '../../core/errors.ts';
import type { MonthsDropped } from '../engine.ts';
import { idFrom, monthName, monthOf } from '../months.ts';
import { type Dropped, retentionWrites } from '../retention/retention.ts';
import type { Builder } from '../statement.ts';
import { A_MOMENT, LOCK_WRITING, TRY_DROPPING } from './locks.ts';
import { isTooMany, MOVED } from './partitions.ts';
import type { Session, Sessions } from './pool.ts';

/** Messages whose slots one transaction frees. */
const SLOTS = 1000;

const WRITE = `BEGIN ISOLATION LEVEL READ COMMITTED; ${LOCK_WRITING}; ${A_MOMENT}`;

type Uncount = ReturnType<typeof retentionWrites>['uncount'];

/**
 * Drops months as tables (docs/adr/0029-retention.md). Facts and bodies of their messages went before. What could not be scanned moves to the
 * default partition. Accepts wait for a detach and for a drop, never for the month's rows: those are read before the one, while they are
 * the ledger's, and between the two, when nobody can write to them any more. Throws `ledger.unavailable` where somebody is in the way for
 * longer than a moment; a month that is detached by then is dropped in the next round.
 */
export async function dropMonths(sessions: Sessions, db: Builder, months: readonly number[]): Promise<MonthsDropped> {
  const { uncount } = retentionWrites(db);
  return await sessions.use(async (session) => {
    const lock = await session.get<{ got: boolean }>({ sql: TRY_DROPPING, parameters: [] });
    if (lock?.got !== true) return { messages: 0, busy: true };
    let messages = 0;
    for (const month of months) {
      const name = monthName(month);
      const attached = await isAttached(session, name);
      // Another process dropped it since the list was made.
      if (attached === null) continue;
      let freed: number | null = null;
      if (attached) {
        await waitForReaders(session, name);
        const passed = await freeSlots(session, name);
        // Hardly a month: its rows go in slices.
        if (isTooMany(passed.held.length)) continue;
        if (!(await detach(session, month, passed.held))) return { messages, busy: true };
        freed = passed.freed;
      }
      messages += await dropDetached(session, name, freed, uncount);
    }
    return { messages, busy: false };
  });
}

/** Null where there is no such month. */
async function isAttached(session: Session, name: string): Promise<boolean | null> {
  const row = await session.get<{ attached: boolean }>({
    sql: 'SELECT relispartition AS attached FROM pg_class WHERE oid = to_regclass($1)',
    parameters: [`messages_${name}`],
  });
  return row?.attached ?? null;
}

/** Who reads the month for long keeps it from going. Asked first: else all of it would be read each round for nothing. */
async function waitForReaders(session: Session, name: string): Promise<void> {
  await session.exec(
    `BEGIN; ${A_MOMENT}; LOCK TABLE ONLY messages_${name}, ONLY findings_${name} IN ACCESS EXCLUSIVE MODE; ROLLBACK`,
  );
}

interface Passed {
  /** Messages that were scanned. */
  readonly freed: number;
  /** Not scanned: they stay. Where there are more than may be moved the pass ended early. */
  readonly held: readonly string[];
}

/** Slots of one month by the index that accepts use: they have none by message, which every accept would pay for. */
async function freeSlots(session: Session, name: string): Promise<Passed> {
  const sql = `WITH page AS MATERIALIZED (
      SELECT id, state, duplicate_content, duplicate_key FROM messages_${name} WHERE id > $1 ORDER BY id LIMIT ${SLOTS}
    ), freed AS (
      DELETE FROM message_slots USING (
        SELECT 'c'::"char" AS kind, duplicate_content AS slot, id FROM page WHERE state = 'done' AND duplicate_content IS NOT NULL
        UNION ALL SELECT 'k'::"char", duplicate_key, id FROM page WHERE state = 'done' AND duplicate_key IS NOT NULL
      ) AS old
      WHERE message_slots.slot = old.slot AND message_slots.kind = old.kind AND message_slots.message = old.id
    )
    SELECT max(id) AS last, count(*) FILTER (WHERE state = 'done') AS done, array_agg(id) FILTER (WHERE state <> 'done') AS held
    FROM page`;
  const held: string[] = [];
  let freed = 0;
  for (let after = ''; ; ) {
    const page = await session.get<{ last: string | null; done: number; held: readonly string[] | null }>({
      sql,
      parameters: [after],
    });
    if (page === undefined || page.last === null) return { freed, held };
    freed += page.done;
    held.push(...(page.held ?? []));
    if (isTooMany(held.length)) return { freed, held };
    after = page.last;
  }
}

/**
 * Takes the month out of the ledger, in a time that does not hang on its size. What waits, or was given up, moves to the default partition:
 * what was seen to, and what came since (a clock gone wrong), which the outbox has. False where it cannot go now.
 */
async function detach(session: Session, month: number, seen: readonly string[]): Promise<boolean> {
  const name = monthName(month);
  await session.exec(WRITE);
  const waiting = await session.all<{ id: string }>({
    sql: `SELECT message AS id FROM outbox WHERE message >= $1 AND message < $2 LIMIT ${MOVED + 1}`,
    parameters: [idFrom(month), idFrom(monthOf(month, 1))],
  });
  const held = [...new Set([...seen, ...waiting.map(({ id }) => id)])];
  const body = await session.get({
    sql: `SELECT 1 AS one FROM messages_${name} WHERE body_until IS NOT NULL AND state = 'done' AND id <> ALL($1) LIMIT 1`,
    parameters: [held],
  });
  if (isTooMany(held.length) || body !== undefined) {
    await session.exec('ROLLBACK');
    return false;
  }
  await session.exec(
    `ALTER TABLE messages DETACH PARTITION messages_${name}; ALTER TABLE findings DETACH PARTITION findings_${name}`,
  );
  await keep(session, name, held);
  await session.exec('COMMIT');
  return true;
}

/** With their month gone, rows go to the default partition; inserting them takes their slots again. */
async function keep(session: Session, name: string, held: readonly string[]): Promise<void> {
  if (held.length === 0) return;
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
  // Detached, the table has no trigger any more that would free the slots.
  await session.run({ sql: `DELETE FROM messages_${name} WHERE id = ANY($1)`, parameters });
}

/**
 * Counts a month that nobody writes to any more, then drops it and corrects the tally at once. `freed`: the messages whose slots were freed;
 * null where an earlier round detached the month and did not come to its end. Returns how many messages went.
 */
async function dropDetached(session: Session, name: string, freed: number | null, uncount: Uncount): Promise<number> {
  const { dropped, held } = await countMonth(session, name);
  // Something was scanned, or came, after its page of slots.
  if (dropped.total !== freed) await freeSlots(session, name);
  await session.exec(WRITE);
  await keep(session, name, held);
  await session.run(uncount({ ...dropped }));
  await session.exec(`DROP TABLE messages_${name}, findings_${name}`);
  await session.exec('COMMIT');
  return dropped.total;
}

/** What the tally says less of, and what came and was given up between its page and the detach. */
async function countMonth(
  session: Session,
  name: string,
): Promise<{ readonly dropped: Dropped; readonly held: readonly string[] }> {
  const row = await session.get<Dropped & { held: readonly string[] | null }>({
    sql: `SELECT
        count(*) FILTER (WHERE state = 'done') AS total,
        count(*) FILTER (WHERE state = 'done') AS done,
        0 AS failed,
        count(*) FILTER (WHERE state = 'done' AND verdict = 'flagged') AS flagged,
        count(*) FILTER (WHERE state = 'done' AND quarantined = 1) AS quarantined,
        count(*) FILTER (WHERE state = 'done' AND unexamined <> '[]') AS unexamined,
        (SELECT array_agg(id) FROM (SELECT id FROM messages_${name} WHERE state <> 'done' LIMIT ${MOVED}) AS late) AS held
      FROM messages_${name}`,
    parameters: [],
  });
  if (row === undefined) throw new CordonError('ledger.unavailable', `messages_${name}: it could not be counted`);
  const { held, ...dropped } = row;
  return { dropped, held: held ?? [] };
}

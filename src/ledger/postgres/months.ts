import { readMonth } from '../months.ts';
import { A_MOMENT, LOCK_WRITING } from './locks.ts';
import { isTooMany, partitionsFrom } from './partitions.ts';
import type { Session, Sessions } from './pool.ts';

/**
 * Makes the months ahead that are not there, while the ledger is at work. Throws `ledger.unavailable` where somebody is in the way. Where too much
 * rests of all of them no lock is taken.
 */
export async function makeMonthsAhead(sessions: Sessions, now: number): Promise<void> {
  let some = false;
  for (const { resting } of await missing(sessions, now)) some ||= !isTooMany(await restingOf(sessions, resting));
  if (!some) return;
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
    const found = await restingOf(session, resting);
    if (isTooMany(found)) continue;
    for (const statement of found === 0 ? [create] : move) await session.exec(statement);
  }
}

async function restingOf(session: Session, sql: string): Promise<number> {
  return (await session.get<{ n: number }>({ sql, parameters: [] }))?.n ?? 0;
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

/** The months before `before` that have their tables still, oldest first. Where one of the two was never made, rows go in slices. */
export async function monthsBefore(session: Session, before: number): Promise<readonly number[]> {
  const names = new Set(await tables(session));
  return [...names]
    .flatMap((name) => (name.startsWith('messages_') ? [name.slice('messages_'.length)] : []))
    .flatMap((name) => (names.has(`findings_${name}`) ? (readMonth(name) ?? []) : []))
    .filter((month) => month < before)
    .sort((one, other) => one - other);
}

import { reasonOf } from '../../core/errors.ts';
import { type Call, type Operations, runCalls } from '../operations.ts';
import { concernsAll } from './errors.ts';
import { LOCK_WRITING } from './locks.ts';
import type { Session, Sessions } from './pool.ts';

/**
 * Plans of statements for many rows (many.ts) are kept. Made while the tables are nearly empty they would read them as a whole, and go on to
 * when they are not: these find their rows by index. And alone: the server starts a process for each worker that it lets help, which took two hundred times as long
 * as reading a batch of messages does (docs/performance.md).
 */
export const BY_INDEX =
  'SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off; SET LOCAL jit = off; ' +
  'SET LOCAL max_parallel_workers_per_gather = 0';

/**
 * Each statement sees what was committed before it, and one batch of the whole cluster writes at a time, as on SQLite: operations
 * read, decide and write, and counters are single rows (docs/adr/0028-postgresql.md).
 */
const BEGIN = `BEGIN ISOLATION LEVEL READ COMMITTED; ${LOCK_WRITING}; ${BY_INDEX}`;

/** What became of one call. */
export type Outcome = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: Error };

/**
 * Runs calls as one transaction: one flush for all of them. A call that fails takes back only what it did itself. Where the database
 * or the connection fails, even after COMMIT was sent, every call is told that it may not be there: whoever asked comes again, and
 * every operation run twice leaves what it leaves once.
 */
export async function runBatch(sessions: Sessions, operations: Operations, calls: readonly Call[]): Promise<readonly Outcome[]> {
  try {
    return await sessions.use((session) => runPlain(session, operations, calls));
  } catch (error) {
    if (concernsAll(error) || calls.length === 1) return calls.map(() => failed(error));
  }
  try {
    return await sessions.use((session) => runGuarded(session, operations, calls));
  } catch (error) {
    return calls.map(() => failed(error));
  }
}

/** Without savepoints. Throws where a call fails: the session is then ended, and nothing is kept. */
async function runPlain(session: Session, operations: Operations, calls: readonly Call[]): Promise<readonly Outcome[]> {
  await session.exec(BEGIN);
  const values = await runCalls(operations, session, calls);
  await session.exec('COMMIT');
  return values.map((value) => ({ ok: true, value }));
}

async function runGuarded(session: Session, operations: Operations, calls: readonly Call[]): Promise<readonly Outcome[]> {
  await session.exec(BEGIN);
  const outcomes: Outcome[] = [];
  for (const call of calls) {
    await session.exec('SAVEPOINT call');
    try {
      const [value] = await runCalls(operations, session, [call]);
      outcomes.push({ ok: true, value });
    } catch (error) {
      if (concernsAll(error)) throw error;
      await session.exec('ROLLBACK TO call');
      outcomes.push(failed(error));
    }
    await session.exec('RELEASE call');
  }
  await session.exec('COMMIT');
  return outcomes;
}

function failed(error: unknown): Outcome {
  return { ok: false, error: error instanceof Error ? error : new Error(reasonOf(error)) };
}

import { reasonOf } from '../../core/errors.ts';
import type { Call, Operations } from '../operations.ts';
import type { Executor } from '../statement.ts';
import { concernsAll } from './errors.ts';
import { LOCK_WRITING } from './locks.ts';
import type { Session, Sessions } from './pool.ts';
import { wavesOf } from './waves.ts';

/**
 * Each statement sees what was committed before it, and one batch of the whole cluster writes at a time, as on SQLite: operations
 * read, decide and write, and counters are single rows (docs/adr/0028-postgresql.md).
 */
const BEGIN = `BEGIN ISOLATION LEVEL READ COMMITTED; ${LOCK_WRITING}`;

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

/** Without savepoints, and side by side. Throws where a call fails: the session is then ended, and nothing is kept. */
async function runPlain(session: Session, operations: Operations, calls: readonly Call[]): Promise<readonly Outcome[]> {
  await session.exec(BEGIN);
  const outcomes = new Map<Call, Outcome>();
  for (const wave of wavesOf(calls)) {
    const answers = await Promise.allSettled(
      wave.map(async (call) => outcomes.set(call, { ok: true, value: await dispatch(operations, session, call) })),
    );
    if (answers.some((answer) => answer.status === 'rejected')) throw worstOf(answers);
  }
  await session.exec('COMMIT');
  return calls.map((call) => outcomes.get(call) ?? failed(new Error(`ledger operation ${call.name}: it was left out`)));
}

async function runGuarded(session: Session, operations: Operations, calls: readonly Call[]): Promise<readonly Outcome[]> {
  await session.exec(BEGIN);
  const outcomes: Outcome[] = [];
  for (const call of calls) {
    await session.exec('SAVEPOINT call');
    try {
      outcomes.push({ ok: true, value: await dispatch(operations, session, call) });
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

function dispatch(operations: Operations, executor: Executor, call: Call): Promise<unknown> {
  // One entry of Call pairs a name with its own argument; the compiler cannot follow that through the lookup.
  const operation = operations[call.name] as (x: Executor, argument: Call['argument']) => Promise<unknown>;
  return operation(executor, call.argument);
}

/** After the first error of a transaction PostgreSQL refuses all others: a lost connection says more than those. */
function worstOf(answers: readonly PromiseSettledResult<unknown>[]): unknown {
  const reasons = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []));
  return reasons.find(concernsAll) ?? reasons[0];
}

function failed(error: unknown): Outcome {
  return { ok: false, error: error instanceof Error ? error : new Error(reasonOf(error)) };
}

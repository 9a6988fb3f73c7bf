import { CordonError, type ErrorCode, reasonOf } from '../../core/errors.ts';
import { type Call, type OperationName, type Operations, runCalls } from '../operations.ts';
import { type Connection, ledgerError } from './connection.ts';

/** What became of one call. An error crosses the thread as its code and text; `code` null: a defect, not an error of ours. */
export type Outcome =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly code: ErrorCode | null; readonly message: string };

/**
 * Runs calls as one transaction: one fsync for all of them. A call that fails takes back only what it did itself. Where the disk is
 * full or fails, nothing of the batch is there, and every call of it is told so. Nothing may be answered before this returns.
 */
export async function runBatch(
  connection: Connection,
  operations: Operations,
  calls: readonly Call[],
  path: string,
): Promise<Outcome[]> {
  try {
    return (await runPlain(connection, operations, calls)) ?? (await runGuarded(connection, operations, calls));
  } catch (error) {
    const failed = failure(ledgerError(error, path));
    try {
      rollBack(connection);
    } catch (again) {
      return calls.map(() => failure(again));
    }
    return calls.map(() => failed);
  }
}

/**
 * Without savepoints, which cost an accept a fifth more (docs/adr/0010): a call that fails is rare. When one does, the batch is taken back as a
 * whole, and null says to run it again with them.
 */
async function runPlain(connection: Connection, operations: Operations, calls: readonly Call[]): Promise<Outcome[] | null> {
  connection.exec('BEGIN IMMEDIATE');
  let values: readonly unknown[];
  try {
    values = await runCalls(operations, connection, calls);
  } catch (error) {
    if (concernsAll(error)) throw error;
    rollBack(connection);
    return null;
  }
  connection.exec('COMMIT');
  return values.map((value) => ({ ok: true, value }));
}

async function runGuarded(connection: Connection, operations: Operations, calls: readonly Call[]): Promise<Outcome[]> {
  connection.exec('BEGIN IMMEDIATE');
  const outcomes: Outcome[] = [];
  for (const call of calls) {
    connection.run(SAVEPOINT);
    try {
      const [value] = await runCalls(operations, connection, [call]);
      outcomes.push({ ok: true, value });
    } catch (error) {
      if (concernsAll(error)) throw error;
      connection.run(ROLLBACK_TO);
      outcomes.push(failure(error));
    }
    connection.run(RELEASE);
  }
  connection.exec('COMMIT');
  return outcomes;
}

/** A full or failing disk: the others of the batch must not be told "done" of what cannot be kept. */
function concernsAll(error: unknown): boolean {
  if (!(error instanceof CordonError)) return false;
  return error.code === 'ledger.corrupt' || (error.code === 'ledger.unavailable' && error.cause !== undefined);
}

/** SQLite has rolled back by itself after some errors (sqlite.org/lang_transaction.html). */
function rollBack(connection: Connection): void {
  if (connection.db.isTransaction) connection.exec('ROLLBACK');
}

const SAVEPOINT = { sql: 'SAVEPOINT call', parameters: [] };
const RELEASE = { sql: 'RELEASE call', parameters: [] };
const ROLLBACK_TO = { sql: 'ROLLBACK TO call', parameters: [] };

function failure(error: unknown): Outcome {
  if (error instanceof CordonError) return { ok: false, code: error.code, message: error.message };
  return { ok: false, code: null, message: reasonOf(error) };
}

/** The error again, on the side that called. */
export function errorOf(outcome: { code: ErrorCode | null; message: string }, name: OperationName): Error {
  return outcome.code === null
    ? new Error(`ledger operation ${name}: ${outcome.message}`)
    : new CordonError(outcome.code, outcome.message);
}

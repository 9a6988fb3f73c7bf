import { CordonError, type ErrorCode, reasonOf } from '../../core/errors.ts';
import type { Call, OperationName, Operations } from '../operations.ts';
import type { Executor } from '../statement.ts';
import { type Connection, ledgerError } from './connection.ts';

/** What became of one call. An error crosses the thread as its code and text; `code` null: a defect, not an error of ours. */
export type Outcome =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly code: ErrorCode | null; readonly message: string };

/**
 * Runs calls as one transaction: one fsync for all of them. Each call has a savepoint, so that one that fails takes back only what
 * it did itself. Where the disk is full or fails, nothing of the batch is there, and every call of it is told so.
 * Nothing may be answered before this returns.
 */
export async function runBatch(
  connection: Connection,
  operations: Operations,
  calls: readonly Call[],
  path: string,
): Promise<Outcome[]> {
  try {
    connection.exec('BEGIN IMMEDIATE');
    const outcomes: Outcome[] = [];
    for (const call of calls) outcomes.push(await runOne(connection, operations, call));
    connection.exec('COMMIT');
    return outcomes;
  } catch (error) {
    const failed = failure(ledgerError(error, path));
    try {
      // SQLite has rolled back by itself after some errors (sqlite.org/lang_transaction.html).
      if (connection.db.isTransaction) connection.exec('ROLLBACK');
    } catch (again) {
      return calls.map(() => failure(again));
    }
    return calls.map(() => failed);
  }
}

async function runOne(connection: Connection, operations: Operations, call: Call): Promise<Outcome> {
  connection.run(SAVEPOINT);
  try {
    const value = await dispatch(operations, connection, call);
    connection.run(RELEASE);
    return { ok: true, value };
  } catch (error) {
    // A full or failing disk concerns all: the others would be told "done" of what cannot be kept.
    if (error instanceof CordonError && error.retry === 'transient' && error.cause !== undefined) throw error;
    if (error instanceof CordonError && error.code === 'ledger.corrupt') throw error;
    connection.run(ROLLBACK_TO);
    connection.run(RELEASE);
    return failure(error);
  }
}

const SAVEPOINT = { sql: 'SAVEPOINT call', parameters: [] };
const RELEASE = { sql: 'RELEASE call', parameters: [] };
const ROLLBACK_TO = { sql: 'ROLLBACK TO call', parameters: [] };

function dispatch(operations: Operations, executor: Executor, call: Call): Promise<unknown> {
  // One entry of Call pairs a name with its own argument; the compiler cannot follow that through the lookup.
  const operation = operations[call.name] as (x: Executor, argument: Call['argument']) => Promise<unknown>;
  return operation(executor, call.argument);
}

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

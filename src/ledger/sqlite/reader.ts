import { Worker } from 'node:worker_threads';
import { CordonError, type ErrorCode, reasonOf } from '../../core/errors.ts';
import type { Bound, Executor } from '../statement.ts';

export interface ReaderData {
  readonly path: string;
}
/** Statements to run; null: end. */
export type ReadRequest = readonly Bound<unknown>[] | null;
export type ReadOutcome =
  | { readonly ok: true; readonly rows: readonly unknown[] }
  | { readonly ok: false; readonly code: ErrorCode | null; readonly message: string };

/** An executor that only reads. */
export interface Reader extends Executor {
  get<Row>(statement: Bound<Row>): Promise<Row | undefined>;
  all<Row>(statement: Bound<Row>): Promise<readonly Row[]>;
  close(): Promise<void>;
}

interface Waiting {
  readonly statement: Bound<unknown>;
  readonly resolve: (rows: readonly unknown[]) => void;
  readonly reject: (error: Error) => void;
}

/** Starts a thread with a read-only connection. It answers in order; statements asked for in one turn of the loop go together. */
export async function startReader(path: string): Promise<Reader> {
  const workerData: ReaderData = { path };
  const worker = new Worker(new URL('./reader-thread.ts', import.meta.url), { workerData, name: 'ledger-reader' });
  const underWay: Waiting[] = [];
  let gathered: Waiting[] = [];
  let ended: string | null = null;
  await new Promise<void>((resolve, reject) => {
    worker.once('error', (error) => reject(unavailable(`did not start (${reasonOf(error)})`)));
    worker.once('message', () => resolve());
  });
  worker.on('message', (outcomes: readonly ReadOutcome[]) => {
    for (const outcome of outcomes) settle(underWay.shift(), outcome);
  });
  worker.on('error', (error) => lost(reasonOf(error)));
  worker.once('exit', () => lost('it is closed'));

  function unavailable(what: string): CordonError {
    return new CordonError('ledger.unavailable', `${path}: the ledger's reader ${what}`);
  }

  function settle(entry: Waiting | undefined, outcome: ReadOutcome): void {
    if (outcome.ok) entry?.resolve(outcome.rows);
    else
      entry?.reject(
        outcome.code === null ? new Error(`ledger: ${outcome.message}`) : new CordonError(outcome.code, outcome.message),
      );
  }

  function lost(reason: string): void {
    ended ??= reason;
    for (const entry of [...underWay.splice(0), ...gathered.splice(0)]) entry.reject(unavailable(`stopped (${reason})`));
  }

  function post(): void {
    const batch = gathered;
    gathered = [];
    if (ended !== null || batch.length === 0) return;
    underWay.push(...batch);
    const request: ReadRequest = batch.map((entry) => entry.statement);
    worker.postMessage(request);
  }

  async function all<Row>(statement: Bound<Row>): Promise<readonly Row[]> {
    if (ended !== null) throw unavailable(`stopped (${ended})`);
    return await new Promise<readonly Row[]>((resolve, reject) => {
      if (gathered.length === 0) setImmediate(post);
      // The row type is Kysely's, from the schema that the migrations made.
      gathered.push({ statement, resolve: resolve as (rows: readonly unknown[]) => void, reject });
    });
  }

  return {
    all,
    async get<Row>(statement: Bound<Row>) {
      return (await all(statement))[0];
    },
    run() {
      throw new TypeError('the reader thread does not write');
    },
    async close() {
      if (ended !== null) return;
      post();
      const exited = new Promise((resolve) => worker.once('exit', resolve));
      const request: ReadRequest = null;
      worker.postMessage(request);
      await exited;
    },
  };
}

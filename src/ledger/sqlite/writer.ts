import { Worker } from 'node:worker_threads';
import type { SaltedEntry } from '../../core/audit.ts';
import { CordonError, reasonOf } from '../../core/errors.ts';
import { createLine, type Waiting } from '../line.ts';
import type { Answer, Argument, Call, OperationName } from '../operations.ts';
import { errorOf, type Outcome } from './batch.ts';

export interface WriterData {
  readonly path: string;
}
export type WriterRequest =
  | { readonly kind: 'batch'; readonly calls: readonly Call[] }
  | { readonly kind: 'checkpoint' }
  | { readonly kind: 'close' };
export type WriterReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly outcomes: readonly Outcome[] }
  | { readonly kind: 'checkpointed'; readonly problem: string | null };

/** The main thread's end of the writer thread. */
export interface Writer {
  /** Resolves after the commit that holds it. Rejects with `ledger.unavailable` where nothing was kept. */
  call<Name extends OperationName>(name: Name, argument: Argument<Name>, entry?: SaltedEntry): Promise<Answer<Name>>;
  /** Copies the log into the file and empties it: what was shredded is then gone from the log too. */
  checkpoint(): Promise<void>;
  /** Commits what waits, then ends the thread. */
  close(): Promise<void>;
}

export interface WriterOptions {
  readonly maxBatch?: number;
  /** The thread's module; tests put one that dies here. */
  readonly module?: URL;
}

const THREAD = new URL('./writer-thread.ts', import.meta.url);

/** Batches under way: one that commits and one that waits, so that the thread never idles while calls are waiting. */
const IN_FLIGHT = 2;

/** Calls of one commit. Larger ones gain nothing more and make the first of them wait. */
const MAX_BATCH = 512;

/**
 * Scan results of one commit: beside accepts, and alone. A sender waits for its accept and nobody for a scan's row, so no answer waits
 * for many of them (docs/performance.md).
 */
const BESIDE_ACCEPTS = 1;
const ALONE = 64;

/**
 * Starts the writer thread and groups what it is asked for: while it commits, calls gather, and go as one batch to the next commit.
 * A lone call is posted at once; the larger the load, the larger the batches (docs/adr/0010-one-writer-thread.md).
 * A thread that ends by itself fails its calls with `ledger.unavailable` and is replaced at the next call.
 */
export async function startWriter(path: string, { maxBatch = MAX_BATCH, module = THREAD }: WriterOptions = {}): Promise<Writer> {
  const line = createLine(path);
  let turn = 0;
  let underWay: (readonly Waiting[])[] = [];
  let checkpoints: { resolve: () => void; reject: (error: Error) => void }[] = [];
  let closing = false;
  let planned = false;
  let worker = await startThread(path, module);
  let alive = true;
  attach();

  function attach(): void {
    const mine = worker;
    alive = true;
    mine.on('message', (reply: WriterReply) => {
      if (reply.kind === 'done') settle(reply.outcomes);
      if (reply.kind === 'checkpointed') settleCheckpoint(reply.problem);
    });
    mine.once('error', (error) => lost(mine, reasonOf(error)));
    mine.once('exit', () => lost(mine, 'its thread ended'));
  }

  function settle(outcomes: readonly Outcome[]): void {
    const batch = underWay.shift() ?? [];
    batch.forEach((entry, index) => {
      const outcome = outcomes[index];
      if (outcome === undefined) entry.reject(new CordonError('ledger.unavailable', 'the ledger gave no answer'));
      else if (outcome.ok) entry.resolve(outcome.value);
      else entry.reject(errorOf(outcome, entry.call.name));
    });
    // Answered calls bring the next ones (a listener's next message): let them come first, and take them along.
    plan();
  }

  function settleCheckpoint(problem: string | null): void {
    const entry = checkpoints.shift();
    if (problem === null) entry?.resolve();
    else entry?.reject(new CordonError('ledger.unavailable', `${path}: the log cannot be emptied now: ${problem}`));
  }

  function lost(mine: Worker, reason: string): void {
    if (mine !== worker || !alive) return;
    alive = false;
    const error = new CordonError('ledger.unavailable', `${path}: the ledger's writer stopped (${reason})`);
    const failed = [...underWay.flat(), ...line.clear()];
    for (const entry of [...failed, ...checkpoints]) entry.reject(error);
    underWay = [];
    checkpoints = [];
  }

  /** Calls made in the same turn of the loop go together. */
  function plan(): void {
    if (planned || line.length === 0) return;
    planned = true;
    setImmediate(() => {
      planned = false;
      post();
    });
  }

  function post(): void {
    // A batch of scan results alone waits for nothing in line: an accept that comes now would wait behind both.
    while (alive && line.length > 0 && underWay.length < (line.urgent === 0 ? 1 : IN_FLIGHT)) {
      const batch = takeBatch();
      underWay.push(batch);
      const request: WriterRequest = { kind: 'batch', calls: batch.map((entry) => entry.call) };
      try {
        worker.postMessage(request);
      } catch (error) {
        // Something in it is no data: a defect of the caller, who is told.
        underWay.pop();
        for (const entry of batch) entry.reject(error instanceof Error ? error : new Error(reasonOf(error)));
      }
    }
  }

  function takeBatch(): Waiting[] {
    // With one call a commit, scan results take turns with accepts.
    const beside = maxBatch > BESIDE_ACCEPTS ? BESIDE_ACCEPTS : turn++ % 2;
    return line.take({ most: maxBatch, beside, alone: ALONE });
  }

  async function revive(): Promise<void> {
    if (alive) return;
    const replacement = await startThread(path, module);
    // Another call may have been faster.
    if (alive) await replacement.terminate();
    else {
      worker = replacement;
      attach();
    }
  }

  return {
    async call<Name extends OperationName>(name: Name, argument: Argument<Name>, entry?: SaltedEntry): Promise<Answer<Name>> {
      if (closing) throw new CordonError('ledger.unavailable', `${path}: the ledger is closed`);
      if (!alive) await revive();
      const answer = line.join(name, argument, entry);
      plan();
      return await answer;
    },
    async checkpoint() {
      if (closing || !alive) throw new CordonError('ledger.unavailable', `${path}: the ledger is closed`);
      await new Promise<void>((resolve, reject) => {
        checkpoints.push({ resolve, reject });
        const request: WriterRequest = { kind: 'checkpoint' };
        worker.postMessage(request);
      });
    },
    async close() {
      if (closing) return;
      closing = true;
      while (alive && (line.length > 0 || underWay.length > 0)) await new Promise((resolve) => setImmediate(resolve));
      if (!alive) return;
      const ended = new Promise((resolve) => worker.once('exit', resolve));
      const request: WriterRequest = { kind: 'close' };
      worker.postMessage(request);
      await ended;
    },
  };
}

function startThread(path: string, module: URL): Promise<Worker> {
  const workerData: WriterData = { path };
  const worker = new Worker(module, { workerData, name: 'ledger-writer' });
  return new Promise((resolve, reject) => {
    const failed = (error: unknown): void =>
      reject(new CordonError('ledger.unavailable', `${path}: the ledger's writer did not start (${reasonOf(error)})`));
    worker.once('error', failed);
    worker.once('message', () => {
      worker.off('error', failed);
      resolve(worker);
    });
  });
}

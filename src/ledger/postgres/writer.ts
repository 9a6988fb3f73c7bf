import { CordonError } from '../../core/errors.ts';
import type { Answer, Argument, Call, OperationName, Operations } from '../operations.ts';
import { runBatch } from './batch.ts';
import type { Sessions } from './pool.ts';

/** Gathers writes into transactions. */
export interface Writer {
  /** Resolves after the commit that holds it. Rejects with `ledger.unavailable` where nothing was kept, or nobody knows. */
  call<Name extends OperationName>(name: Name, argument: Argument<Name>): Promise<Answer<Name>>;
  /** Commits what waits. */
  close(): Promise<void>;
}

/** Calls of one commit: other processes wait for it to end. */
const MAX_BATCH = 256;

/** Scan results of one commit, beside accepts and alone: a sender waits for its accept and nobody for a scan's row. */
const BESIDE_ACCEPTS = 16;
const ALONE = 64;
const BACKGROUND: ReadonlySet<OperationName> = new Set<OperationName>(['saveScan', 'dropExpired', 'shredKeys']);

/** Calls that may wait; past it the ledger is too slow for what comes in, and saying so early is kinder than memory without end. */
const MAX_WAITING = 50_000;

interface Waiting {
  readonly call: Call;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** One batch is under way; what is asked for meanwhile goes with the next one, as on SQLite (docs/adr/0010-one-writer-thread.md). */
export function createWriter(sessions: Sessions, operations: Operations): Writer {
  const urgent: Waiting[] = [];
  const background: Waiting[] = [];
  const waiting = (): number => urgent.length + background.length;
  let working: Promise<void> | null = null;
  let closing = false;

  /** What senders wait for first, and a share of the rest, so that neither starves. */
  function takeBatch(): Waiting[] {
    const later = background.splice(0, urgent.length === 0 ? ALONE : BESIDE_ACCEPTS);
    return [...urgent.splice(0, MAX_BATCH - later.length), ...later];
  }

  async function work(): Promise<void> {
    while (waiting() > 0) {
      // Calls made in the same turn of the loop go together, and those that answered calls bring about.
      await new Promise((resolve) => setImmediate(resolve));
      const batch = takeBatch();
      const outcomes = await runBatch(
        sessions,
        operations,
        batch.map((entry) => entry.call),
      );
      batch.forEach((entry, index) => {
        const outcome = outcomes[index];
        if (outcome === undefined) entry.reject(new CordonError('ledger.unavailable', 'the ledger gave no answer'));
        else if (outcome.ok) entry.resolve(outcome.value);
        else entry.reject(outcome.error);
      });
    }
    working = null;
  }

  return {
    async call<Name extends OperationName>(name: Name, argument: Argument<Name>): Promise<Answer<Name>> {
      if (closing) throw new CordonError('ledger.unavailable', `${sessions.place}: the ledger is closed`);
      if (waiting() >= MAX_WAITING) {
        throw new CordonError('ledger.unavailable', `${sessions.place}: ${waiting()} writes wait already`);
      }
      return await new Promise<Answer<Name>>((resolve, reject) => {
        // What an operation answers to `name` is Answer<Name>: both sides have it from `Operations`.
        const line = BACKGROUND.has(name) ? background : urgent;
        line.push({ call: { name, argument } as Call, resolve: resolve as (value: unknown) => void, reject });
        working ??= work();
      });
    },
    async close() {
      closing = true;
      await working;
    },
  };
}

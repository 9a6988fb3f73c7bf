import type { SaltedEntry } from '../../core/audit.ts';
import { CordonError } from '../../core/errors.ts';
import { createLine } from '../line.ts';
import type { Answer, Argument, OperationName, Operations } from '../operations.ts';
import { runBatch } from './batch.ts';
import type { Sessions } from './pool.ts';

/** Gathers writes into transactions. */
export interface Writer {
  /** Resolves after the commit that holds it. Rejects with `ledger.unavailable` where nothing was kept, or nobody knows. */
  call<Name extends OperationName>(name: Name, argument: Argument<Name>, entry?: SaltedEntry): Promise<Answer<Name>>;
  /** Commits what waits. */
  close(): Promise<void>;
}

/** Calls of one commit: other processes wait for it to end. */
const MAX_BATCH = 256;

/** Scan results of one commit alone: a sender waits for its accept, nobody for a scan. */
const ALONE = 64;

/**
 * Beside accepts every eighth commit takes some, and the others none: saving scans takes a dozen statements more, whatever their number, and each is waited for
 * by senders. A few in every commit doubled the median answer (docs/performance.md).
 */
const EVERY = 8;
const BESIDE = 16;

/** One batch is under way; what is asked for meanwhile goes with the next one, as on SQLite (docs/adr/0010-one-writer-thread.md). */
export function createWriter(sessions: Sessions, operations: Operations, maxBatch = MAX_BATCH): Writer {
  const line = createLine(sessions.place);
  let working: Promise<void> | null = null;
  let closing = false;
  let turn = 0;

  async function work(): Promise<void> {
    while (line.length > 0) {
      // Calls made in the same turn of the loop go together, and those that answered calls bring about.
      await new Promise((resolve) => setImmediate(resolve));
      const most = Math.min(maxBatch, MAX_BATCH);
      // With one call a commit, scan results take turns with accepts.
      turn++;
      const beside = most === 1 ? turn % 2 : turn % EVERY === 0 ? BESIDE : 0;
      const batch = line.take({ most, beside, alone: ALONE });
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
    async call<Name extends OperationName>(name: Name, argument: Argument<Name>, entry?: SaltedEntry): Promise<Answer<Name>> {
      if (closing) throw new CordonError('ledger.unavailable', `${sessions.place}: the ledger is closed`);
      const answer = line.join(name, argument, entry);
      working ??= work();
      return await answer;
    },
    async close() {
      closing = true;
      await working;
    },
  };
}

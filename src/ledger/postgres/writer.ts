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
 * Scan results beside what senders wait for: saving them takes the server a dozen statements more, whatever their number. Where few calls wait, many, or a steady stream would let
 * no scan be saved, however slow it is. Where many wait, every eighth commit takes some and the others none: a few in each doubled the median answer (docs/performance.md).
 */
const FEW = 6;
const MANY = 24;
const EVERY = 8;
const SOME = 8;

/** How many scan results the next commit takes beside so many calls that somebody waits for; `turn` counts the commits, `most` is how many calls one takes. */
export function besideOf(urgent: number, turn: number, most: number): number {
  // With one call a commit, scan results take turns with accepts.
  if (most === 1) return turn % 2;
  if (urgent <= FEW) return MANY;
  return turn % EVERY === 0 ? SOME : 0;
}

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
      turn++;
      const beside = besideOf(line.urgent, turn, most);
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

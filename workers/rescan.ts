import type { Clock } from '../src/core/clock.ts';
import { CordonError } from '../src/core/errors.ts';
import type { MessageId } from '../src/core/vocabulary.ts';
import type { ScanRow } from '../src/ledger/ledger.ts';
import type { Rescan, RescanPlace, RescanStore, RescanTally } from '../src/ledger/rescan/store.ts';

/** Messages after which the ledger is told how far it is; a worker that dies leaves so many to be judged once more. */
const BATCH = 32;
/** Messages at once: of all that the pool has, so that what comes anew waits for no more than these. */
const LANES = 2;
/** How long a batch is nobody else's: longer than the slowest of them takes. */
const LEASE = 10 * 60_000;

export interface RescanDeps {
  readonly rescans: RescanStore<ScanRow>;
  /** As of the scan pool. */
  readonly scan: (id: MessageId) => Promise<ScanRow | null>;
  /** Names this worker among others. */
  readonly worker: string;
  readonly clock: Clock;
  /** Told of a message that could not be judged anew: what was known of it stays. */
  readonly onFailure: (id: MessageId, reason: string) => void;
  /** Told when the last message is done. */
  readonly onDone: (rescan: Rescan) => Promise<void>;
}

/**
 * Judges anew what the rescan that was asked for names, until all of it is done, somebody stops it, or `signal` says so. Where several workers do it,
 * one has it at a time; it goes on from where the last one was. Throws what the ledger throws: the next call goes on.
 */
export async function rescan(deps: RescanDeps, signal: AbortSignal): Promise<void> {
  const { rescans, worker, clock } = deps;
  while (!signal.aborted) {
    const found = await rescans.current();
    if (found === null || found.state !== 'running') return;
    const now = clock();
    if (found.holder !== null && found.holder.worker !== worker && found.holder.until > now) return;
    const held: Rescan = { ...found, holder: { worker, until: now + LEASE } };
    if (!(await rescans.swap(found, held))) return;
    const places = await rescans.next(held, BATCH);
    const done = places.length === 0;
    const tally = await judgeAll(deps, places, held);
    const after: Rescan = {
      ...held,
      ...tally,
      place: places.at(-1) ?? held.place,
      holder: null,
      state: done ? 'done' : 'running',
    };
    // On the audit log first: who looks at a rescan that is done finds there what came of it.
    if (done) await deps.onDone(after);
    if (!(await rescans.swap(held, after)) || done) return;
  }
}

async function judgeAll(deps: RescanDeps, places: readonly RescanPlace[], before: RescanTally): Promise<RescanTally> {
  const tally = { judged: before.judged, changed: before.changed, unsupported: before.unsupported, failed: before.failed };
  const waiting = [...places];
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const row = await judged(deps, next.message);
      if (row === 'failed') tally.failed++;
      if (row === 'failed' || row === null) continue;
      const { saved, changed, unsupported } = await deps.rescans.save(row);
      tally.judged += saved ? 1 : 0;
      tally.changed += changed ? 1 : 0;
      tally.unsupported += unsupported;
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return tally;
}

/** Null where its body went meanwhile. */
async function judged({ scan, onFailure }: RescanDeps, id: MessageId): Promise<ScanRow | 'failed' | null> {
  try {
    return await scan(id);
  } catch (error) {
    // The ledger or the keyring is away: that says nothing of the message.
    if (error instanceof CordonError && error.code === 'ledger.unavailable') throw error;
    onFailure(id, error instanceof CordonError ? error.message : 'the scan failed');
    return 'failed';
  }
}

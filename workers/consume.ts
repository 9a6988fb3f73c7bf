import type { Clock } from '../src/core/clock.ts';
import { CordonError, reasonOf } from '../src/core/errors.ts';
import type { MessageId } from '../src/core/vocabulary.ts';
import type { Ledger, ScanRow } from '../src/ledger/ledger.ts';
import type { Queue } from '../src/queue/queue.ts';
import { createClaimKeeper } from './claims.ts';
import { createDeviceKeeper } from './devices.ts';
import type { ScanPool } from './pool.ts';

/** After so many failures a message is left alone: the ledger keeps it, quarantined, and raises an incident. */
const ATTEMPTS = 3;

export interface ConsumerDeps {
  readonly queue: Queue;
  readonly pool: Pick<ScanPool, 'scan' | 'kept'>;
  readonly ledger: Pick<Ledger, 'messages' | 'evidence'>;
  readonly clock: Clock;
  /** Told of every row once it is saved. */
  onSaved(row: ScanRow): void;
  /** Told of every attempt that failed. */
  onFailure(id: MessageId, code: string, detail: string, attempts: number): void;
}

/** Queue → pool → ledger. A message whose scan fails for good is never dropped: it is counted, kept and raised as an incident. */
export function consume({ queue, pool, ledger, clock, onSaved, onFailure }: ConsumerDeps): void {
  const keepClaim = createClaimKeeper(ledger.evidence);
  const devices = createDeviceKeeper();
  queue.work(async (id, signal) => {
    try {
      const scanned = await pool.scan(id);
      if (scanned === null) return;
      const row = devices.fresh(scanned);
      await ledger.messages.saveScan(row);
      onSaved(row);
      const kept = devices.saved(row);
      if (kept.length > 0) pool.kept(kept);
      // The message is done: a claim that could not be kept comes again with the next.
      if (row.claim !== undefined)
        await keepClaim(row.claim).catch((error: unknown) => onFailure(id, 'ledger.unavailable', reasonOf(error), 0));
    } catch (error) {
      if (signal.aborted) return;
      // What could not be counted either stays pending: the sweeper brings it.
      await failed(id, error).catch((again: unknown) => onFailure(id, 'ledger.unavailable', reasonOf(again), 0));
    }
  });

  /** After this run, since a queue ignores an id that is running; if it fails, the sweeper brings the id. */
  function again(id: MessageId): void {
    setImmediate(() => {
      queue.add([id]).catch((error: unknown) => onFailure(id, 'scan.failed', reasonOf(error), 0));
    });
  }

  async function failed(id: MessageId, error: unknown): Promise<void> {
    const code = error instanceof CordonError ? error.code : 'scan.failed';
    // The ledger could not be read or written: the message stays as it is, and the sweeper brings it again.
    if (code === 'ledger.unavailable') return onFailure(id, code, reasonOf(error), 0);
    const detail = error instanceof CordonError ? error.message : 'the scan failed';
    const attempts = await ledger.messages.fail(id, { code, detail }, clock());
    onFailure(id, code, detail, attempts);
    if (attempts > 0 && attempts < ATTEMPTS) again(id);
  }
}

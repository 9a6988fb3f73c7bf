import type { Clock } from '../src/core/clock.ts';
import type { VaultStore } from '../src/ledger/ledger.ts';

export interface RetainOptions {
  readonly vault: Pick<VaultStore, 'retain'>;
  readonly clock: Clock;
  /** Milliseconds between two runs. */
  readonly interval: number;
  /** Told what a run dropped: bodies, and data keys that sealed nothing any more. */
  onDropped(dropped: { bodies: number; keys: number }): void;
  /** Told of a run that failed; the next one tries again. */
  onError(error: unknown): void;
}

export interface Retainer {
  /** Drops what is over now. Rejects with `ledger.unavailable`. */
  run(): Promise<{ bodies: number; keys: number }>;
  /** Ends it after the run under way. */
  close(): Promise<void>;
}

/**
 * Drops bodies whose time is over and shreds the keys that sealed them: at start, then at every interval. Bodies of messages that
 * are not flagged never wait for it: saving the scan drops them.
 */
export function startRetainer(options: RetainOptions): Retainer {
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let underWay: Promise<void> = tick();

  async function run(): Promise<{ bodies: number; keys: number }> {
    const dropped = await options.vault.retain(options.clock());
    if (dropped.bodies > 0 || dropped.keys > 0) options.onDropped(dropped);
    return dropped;
  }

  async function tick(): Promise<void> {
    try {
      await run();
    } catch (error) {
      options.onError(error);
    }
    if (closed) return;
    timer = setTimeout(() => {
      underWay = tick();
    }, options.interval);
    timer.unref();
  }

  return {
    run,
    async close() {
      closed = true;
      clearTimeout(timer);
      await underWay;
    },
  };
}

/** How full the vault is. `share` is of the quota, 1 and more when it is full. */
export async function vaultUse(vault: Pick<VaultStore, 'size'>, quota: number): Promise<{ bytes: number; quota: number; share: number }> {
  const bytes = await vault.size();
  return { bytes, quota, share: quota > 0 ? bytes / quota : 1 };
}

import type { Clock } from '../core/clock.ts';
import type { MessageId } from '../core/vocabulary.ts';
import type { Queue } from './queue.ts';

export interface SweeperOptions {
  /** `ledger.messages.pending` */
  pending(before: number, limit: number): Promise<MessageId[]>;
  readonly queue: Pick<Queue, 'add'>;
  readonly clock: Clock;
  /** Milliseconds between two sweeps. */
  readonly interval: number;
  /** Milliseconds a message may be pending before it is added again: longer than a scan takes. */
  readonly age: number;
  /** Ids of one sweep, oldest first. */
  readonly limit: number;
  /** Told of a sweep that failed; the next one tries again. */
  onError(error: unknown): void;
}

export interface Sweeper {
  /** Adds again what stayed pending for longer than `age`; returns how many. Rejects where the ledger or the queue does. */
  sweep(): Promise<number>;
  /** Ends it after the sweep under way. */
  close(): Promise<void>;
}

/**
 * Brings back what the queue lost: after a crash, a restart, a worker that died. It is the only recovery path, in one process and in
 * a cluster alike, and it may add what still waits: a queue ignores ids that it has. The first sweep runs at once and takes
 * everything, since nothing of an earlier process can still be running.
 */
export function startSweeper(options: SweeperOptions): Sweeper {
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let underWay: Promise<void> = run(0);

  async function sweep(age: number): Promise<number> {
    const ids = await options.pending(options.clock() - age, options.limit);
    if (ids.length > 0) await options.queue.add(ids);
    return ids.length;
  }

  async function run(age: number): Promise<void> {
    try {
      await sweep(age);
    } catch (error) {
      options.onError(error);
    }
    if (closed) return;
    timer = setTimeout(() => {
      underWay = run(options.age);
    }, options.interval);
    timer.unref();
  }

  return {
    sweep: () => sweep(options.age),
    async close() {
      closed = true;
      clearTimeout(timer);
      await underWay;
    },
  };
}

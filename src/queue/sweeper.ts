import type { Clock } from '../core/clock.ts';
import type { MessageId } from '../core/vocabulary.ts';
import type { Queue } from './queue.ts';

/** Milliseconds between two sweeps, and how long a message may be pending before it is added again: longer than a scan may take. */
const INTERVAL = 2_000;
const AGE = 30_000;

/** Ids of one sweep, oldest first: after a crash with a backlog, as many as workers can scan until the next. */
const LIMIT = 10_000;

export interface SweeperOptions {
  readonly messages: { pending(before: number, limit: number): Promise<MessageId[]> };
  readonly queue: Pick<Queue, 'add'>;
  readonly clock: Clock;
  /** Told of a sweep that failed; the next one tries again. */
  onError(error: unknown): void;
  readonly interval?: number;
  readonly age?: number;
}

export interface Sweeper {
  /** Sweeps at once and whatever the age: the queue was away, and what came meanwhile could not be added. */
  now(): void;
  /** Ends it after the sweep under way. */
  close(): Promise<void>;
}

/**
 * Brings back what the queue lost: after a crash, a restart, a worker that died. Nothing else does, in one process and in a cluster alike
 * (what a queue refuses is added again by dispatch.ts, too). It may add what still waits: a queue ignores ids that it has. The first sweep
 * runs at once and takes what is of any age, since nothing of an earlier run can still be at work; one that failed is made up for by the next.
 */
export function startSweeper(options: SweeperOptions): Sweeper {
  const { messages, queue, clock, onError, interval = INTERVAL, age = AGE } = options;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let olderThan = 0;
  let underWay: Promise<void> = run();

  async function run(): Promise<void> {
    clearTimeout(timer);
    if (closed) return;
    const asked = olderThan;
    olderThan = age;
    try {
      const ids = await messages.pending(clock() - asked, LIMIT);
      if (ids.length > 0 && !closed) await queue.add(ids);
    } catch (error) {
      olderThan = Math.min(olderThan, asked);
      onError(error);
    }
    if (closed) return;
    timer = setTimeout(() => {
      underWay = run();
    }, interval);
    timer.unref();
  }

  return {
    now() {
      olderThan = 0;
      underWay = underWay.then(run);
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await underWay;
    },
  };
}

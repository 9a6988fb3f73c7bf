import type { MessageId } from '../core/vocabulary.ts';
import type { Queue } from './queue.ts';

/** Milliseconds until what a queue did not take is added again: far less than the sweeper waits for what may be at work. */
const AGAIN = 2_000;

/** Ids that are remembered for it; what is more is the sweeper's alone. */
const REMEMBERED = 10_000;

export interface Dispatch {
  /** Adds ids to the queue. Rejects as it does, and adds them again until it takes them. */
  add(ids: readonly MessageId[]): Promise<void>;
  /** Adds nothing again any more: what is left is in the outbox. */
  close(): Promise<void>;
}

/**
 * Hands accepted messages to the queue. One that the queue did not take, because it was away or slow to answer, is not left to the sweeper, which cannot tell it from
 * one that is being scanned and waits until it is old. An id that the queue has by then is nothing new to it.
 */
export function createDispatch(queue: Pick<Queue, 'add'>, again = AGAIN): Dispatch {
  const missed = new Set<MessageId>();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  function wait(): void {
    if (closed || timer !== undefined) return;
    timer = setTimeout(retry, again);
    timer.unref();
  }

  async function retry(): Promise<void> {
    const ids = [...missed];
    try {
      await queue.add(ids);
      for (const id of ids) missed.delete(id);
    } catch {
      // Whoever added it was told why, and whoever watches the queue is told when it is back.
    }
    timer = undefined;
    if (missed.size > 0) wait();
  }

  return {
    async add(ids) {
      try {
        await queue.add(ids);
      } catch (error) {
        for (const id of ids) if (missed.size < REMEMBERED) missed.add(id);
        wait();
        throw error;
      }
    },
    async close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}

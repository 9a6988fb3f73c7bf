import type { MessageId } from '../core/vocabulary.ts';
import type { Depth, Queue } from './queue.ts';

/**
 * The queue of a single process: a set of ids in the order they came. It forgets everything when the process ends, as it may: the
 * ledger's outbox is what remembers. `concurrency`: ids that run at once.
 */
export function createInlineQueue({ concurrency }: { concurrency: number }): Queue {
  const waiting = new Set<MessageId>();
  const running = new Set<MessageId>();
  const abort = new AbortController();
  let consumer: ((id: MessageId, signal: AbortSignal) => Promise<void>) | null = null;
  let idle: (() => void)[] = [];

  function start(): void {
    if (consumer === null || abort.signal.aborted) return;
    for (const id of waiting) {
      if (running.size >= concurrency) return;
      waiting.delete(id);
      running.add(id);
      void runOne(consumer, id);
    }
  }

  async function runOne(run: (id: MessageId, signal: AbortSignal) => Promise<void>, id: MessageId): Promise<void> {
    try {
      await run(id, abort.signal);
    } catch {
      // The consumer has told of it; the id stays in the outbox, and the sweeper brings it again.
    } finally {
      running.delete(id);
      if (running.size === 0) {
        for (const resolve of idle) resolve();
        idle = [];
      }
      start();
    }
  }

  return {
    async add(ids) {
      if (abort.signal.aborted) return;
      for (const id of ids) if (!running.has(id)) waiting.add(id);
      start();
    },
    work(run) {
      if (consumer !== null) throw new TypeError('the queue has its consumer already');
      consumer = run;
      start();
    },
    async depth(): Promise<Depth> {
      return { waiting: waiting.size, running: running.size };
    },
    async close() {
      abort.abort();
      waiting.clear();
      if (running.size > 0) await new Promise<void>((resolve) => idle.push(resolve));
    },
  };
}

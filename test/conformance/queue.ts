import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Queue } from '../../src/queue/queue.ts';
import { startSweeper } from '../../src/queue/sweeper.ts';

/** Waits for what comes about soon: longer than vitest's second, since a queue may be across a network and the machine busy. */
function soon(check: () => unknown): Promise<unknown> {
  return vi.waitFor(check, { timeout: 15_000, interval: 10 });
}

/** A run that ends when the test says so. */
function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** What every Queue does, whatever carries it. `create` makes an empty one that runs so many ids at once. */
export function queueConformance(name: string, create: (concurrency: number) => Promise<Queue>): void {
  describe(`queue: ${name}`, () => {
    const open: Queue[] = [];
    const make = async (concurrency = 2): Promise<Queue> => {
      const queue = await create(concurrency);
      open.push(queue);
      return queue;
    };
    afterEach(async () => {
      await Promise.all(open.splice(0).map((queue) => queue.close()));
    });

    it('runs every id once, in the order they came', async () => {
      const queue = await make(1);
      const seen: string[] = [];
      queue.work(async (id) => {
        seen.push(id);
      });
      await queue.add(['a', 'b']);
      await queue.add(['c']);
      await soon(() => expect(seen).toEqual(['a', 'b', 'c']));
      await soon(async () => expect(await queue.depth()).toEqual({ waiting: 0, running: 0 }));
    });

    it('keeps what is added before there is a consumer', async () => {
      const queue = await make();
      await queue.add(['a', 'b', 'a']);
      expect(await queue.depth()).toEqual({ waiting: 2, running: 0 });
      const seen: string[] = [];
      queue.work(async (id) => {
        seen.push(id);
      });
      await soon(() => expect(seen.toSorted()).toEqual(['a', 'b']));
    });

    it('runs no more than its concurrency at once', async () => {
      const queue = await make(3);
      const held = gate();
      let most = 0;
      let now = 0;
      let ended = 0;
      queue.work(async () => {
        now++;
        most = Math.max(most, now);
        await held.opened;
        now--;
        ended++;
      });
      await queue.add(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
      await soon(async () => expect(await queue.depth()).toEqual({ waiting: 4, running: 3 }));
      held.open();
      await soon(() => expect(ended).toBe(7));
      expect(most).toBe(3);
    });

    it('ignores an id that waits or runs, and takes it again once it has ended', async () => {
      const queue = await make(1);
      const held = gate();
      const seen: string[] = [];
      queue.work(async (id) => {
        seen.push(id);
        await held.opened;
      });
      await queue.add(['a', 'b']);
      await soon(() => expect(seen).toEqual(['a']));
      await queue.add(['a', 'b']);
      held.open();
      await soon(() => expect(seen).toEqual(['a', 'b']));
      await soon(async () => expect(await queue.depth()).toEqual({ waiting: 0, running: 0 }));
      await queue.add(['a']);
      await soon(() => expect(seen).toEqual(['a', 'b', 'a']));
    });

    it('goes on after a run that rejected, and takes its id again', async () => {
      const queue = await make(1);
      const seen: string[] = [];
      queue.work(async (id) => {
        seen.push(id);
        if (seen.length === 1) throw new Error('no luck');
      });
      await queue.add(['a', 'b']);
      await soon(() => expect(seen).toEqual(['a', 'b']));
      await queue.add(['a']);
      await soon(() => expect(seen).toEqual(['a', 'b', 'a']));
    });

    it('takes an id again as soon as its run has ended, as a consumer does that tries again', async () => {
      const queue = await make(2);
      const seen: string[] = [];
      const problems: unknown[] = [];
      queue.work(async (id) => {
        seen.push(id);
        if (seen.length > 20) return;
        setImmediate(() => queue.add([id]).catch((error: unknown) => problems.push(error)));
        throw new Error('no luck');
      });
      await queue.add(['a']);
      await soon(() => expect(seen).toHaveLength(21));
      expect(problems).toEqual([]);
    });

    it('runs what comes in crowds and alone once each, and at no time more than it may', async () => {
      const queue = await make(64);
      const seen: string[] = [];
      let most = 0;
      let now = 0;
      queue.work(async (id) => {
        now++;
        most = Math.max(most, now);
        seen.push(id);
        await new Promise((resolve) => setTimeout(resolve, seen.length % 7));
        now--;
      });
      const added: string[] = [];
      for (let turn = 0; turn < 60; turn++) {
        const ids = Array.from({ length: [1, 1, 7, 100][turn % 4] ?? 1 }, (_, index) => `${turn}-${index}`);
        added.push(...ids);
        await queue.add(ids);
      }
      await soon(async () => expect(await queue.depth()).toEqual({ waiting: 0, running: 0 }));
      expect(seen.toSorted()).toEqual(added.toSorted());
      expect(most).toBeLessThanOrEqual(64);
    });

    it('takes again an id that has ended, whatever came with it and still runs', async () => {
      const queue = await make(64);
      const held = gate();
      const seen: string[] = [];
      queue.work(async (id) => {
        seen.push(id);
        if (id !== 'a') await held.opened;
      });
      await queue.add(['a', 'b', 'c', 'd']);
      await soon(() => expect(seen).toHaveLength(4));
      await queue.add(['a', 'b', 'c', 'd', 'e']);
      await soon(() => expect(seen.slice(4).toSorted()).toEqual(['a', 'e']));
      held.open();
      await soon(async () => expect(await queue.depth()).toEqual({ waiting: 0, running: 0 }));
      expect(seen).toHaveLength(6);
    });

    it('has one consumer', async () => {
      const queue = await make();
      queue.work(async () => undefined);
      expect(() => queue.work(async () => undefined)).toThrow('consumer');
    });

    it('aborts what runs when it is closed, waits for it, and starts nothing more', async () => {
      const queue = await make(1);
      const started = gate();
      let ended = 0;
      queue.work(async (_id, signal) => {
        started.open();
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
        ended++;
      });
      await queue.add(['a', 'b']);
      await started.opened;
      await queue.close();
      expect(ended).toBe(1);
      await queue.add(['c']);
      expect(ended).toBe(1);
    });

    it('is brought back to life by the sweeper, which adds what the queue lost', async () => {
      const pending = new Set(['a', 'b', 'c']);
      const queue = await make();
      let first = true;
      queue.work(async (id) => {
        if (id === 'b' && first) {
          first = false;
          throw new Error('the worker died');
        }
        pending.delete(id);
      });
      const problems: unknown[] = [];
      const sweeper = startSweeper({
        messages: { pending: async () => [...pending] },
        queue,
        clock: () => 0,
        onError: (error) => problems.push(error),
        interval: 5,
        age: 0,
      });
      await soon(() => expect(pending.size).toBe(0));
      await sweeper.close();
      expect(problems).toEqual([]);
    });
  });
}

import { expect, it, vi } from 'vitest';
import { startSweeper } from '../../src/queue/sweeper.ts';

it('takes everything at its start, later only what is pending for longer than a scan takes', async () => {
  const asked: number[] = [];
  const added: string[] = [];
  const sweeper = startSweeper({
    messages: {
      pending: async (before) => {
        asked.push(before);
        return ['a'];
      },
    },
    queue: { add: async (ids) => void added.push(...ids) },
    clock: () => 100_000,
    onError: (error) => expect.fail(String(error)),
    interval: 1,
    age: 30_000,
  });
  await vi.waitFor(() => expect(added.length).toBeGreaterThan(2));
  await sweeper.close();
  expect(asked.slice(0, 3)).toEqual([100_000, 70_000, 70_000]);
  const before = added.length;
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(added.length).toBe(before);
});

it('tells of a sweep that failed and tries again', async () => {
  const problems: unknown[] = [];
  let calls = 0;
  const added: string[] = [];
  const sweeper = startSweeper({
    messages: {
      pending: async () => {
        calls++;
        if (calls === 1) throw new Error('the disk is full');
        return ['a'];
      },
    },
    queue: { add: async (ids) => void added.push(...ids) },
    clock: () => 0,
    onError: (error) => problems.push(error),
    interval: 1,
    age: 0,
  });
  await vi.waitFor(() => expect(added).toContain('a'));
  await sweeper.close();
  expect(problems).toHaveLength(1);
});

it('takes everything at once when it is told to, and again while that fails', async () => {
  const asked: number[] = [];
  const added: string[] = [];
  const problems: unknown[] = [];
  const redis: { away: boolean } = { away: false };
  const sweeper = startSweeper({
    messages: {
      pending: async (before) => {
        asked.push(before);
        return ['a'];
      },
    },
    queue: {
      add: async (ids) => {
        if (redis.away) throw new Error('the queue is away');
        added.push(...ids);
      },
    },
    clock: () => 100_000,
    onError: (error) => {
      problems.push(error);
      redis.away = false;
      sweeper.now();
    },
    // Longer than the test: only what it asks for happens.
    interval: 60_000,
    age: 30_000,
  });
  await vi.waitFor(() => expect(added).toHaveLength(1));
  redis.away = true;
  sweeper.now();
  await vi.waitFor(() => expect(added).toHaveLength(2));
  expect(problems).toHaveLength(1);
  expect(asked).toEqual([100_000, 100_000, 100_000]);
  sweeper.now();
  await sweeper.close();
  sweeper.now();
  await sweeper.close();
  expect(asked.length).toBeLessThanOrEqual(4);
});

it('makes up with the next sweep for a first one that failed: nothing has to grow old for it', async () => {
  const asked: number[] = [];
  const sweeper = startSweeper({
    messages: {
      pending: async (before) => {
        asked.push(before);
        if (asked.length < 3) throw new Error('the ledger is away');
        return [];
      },
    },
    queue: { add: async () => undefined },
    clock: () => 100_000,
    onError: () => undefined,
    interval: 1,
    age: 30_000,
  });
  await vi.waitFor(() => expect(asked.length).toBeGreaterThan(3));
  await sweeper.close();
  expect(asked.slice(0, 4)).toEqual([100_000, 100_000, 100_000, 70_000]);
});

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

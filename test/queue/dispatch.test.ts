import { expect, it, vi } from 'vitest';
import { createDispatch } from '../../src/queue/dispatch.ts';

/** A queue that refuses while it is away, and what it was asked for and took. */
function queueThat({ away }: { away: boolean }) {
  const asked: string[][] = [];
  const taken: string[] = [];
  const state = { away };
  const add = async (ids: readonly string[]): Promise<void> => {
    asked.push([...ids]);
    if (state.away) throw new Error('the queue is away');
    taken.push(...ids);
  };
  return { state, asked, taken, queue: { add } };
}

it('adds again what the queue did not take, all of it at once, until it takes it', async () => {
  const { state, asked, taken, queue } = queueThat({ away: true });
  const dispatch = createDispatch(queue, 5);
  await expect(dispatch.add(['a'])).rejects.toThrow('the queue is away');
  await expect(dispatch.add(['b'])).rejects.toThrow('the queue is away');
  await vi.waitFor(() => expect(asked.length).toBeGreaterThan(3));
  expect(asked.slice(0, 4)).toEqual([['a'], ['b'], ['a', 'b'], ['a', 'b']]);
  state.away = false;
  await vi.waitFor(() => expect(taken).toEqual(['a', 'b']));
  const before = asked.length;
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(asked.length).toBe(before);
  await dispatch.close();
});

it('adds once what was taken, and nothing again when it is closed', async () => {
  const { state, asked, taken, queue } = queueThat({ away: false });
  const dispatch = createDispatch(queue, 5);
  await dispatch.add(['a']);
  state.away = true;
  await expect(dispatch.add(['b'])).rejects.toThrow('the queue is away');
  await dispatch.close();
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(asked).toEqual([['a'], ['b']]);
  expect(taken).toEqual(['a']);
});

it('remembers ten thousand: what is more is left to the sweeper', async () => {
  const { asked, queue } = queueThat({ away: true });
  const dispatch = createDispatch(queue, 5);
  const ids = Array.from({ length: 10_050 }, (_, index) => String(index));
  await expect(dispatch.add(ids)).rejects.toThrow('the queue is away');
  await vi.waitFor(() => expect(asked.length).toBeGreaterThan(1));
  await dispatch.close();
  expect(asked[1]).toEqual(ids.slice(0, 10_000));
});

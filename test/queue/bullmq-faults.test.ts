import { Redis } from 'ioredis';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openBullQueue } from '../../src/queue/bullmq.ts';
import type { Queue } from '../../src/queue/queue.ts';
import { startSweeper } from '../../src/queue/sweeper.ts';
import { type RedisService, redisService } from '../setup/redis.ts';

let redis: RedisService;
let queue: Queue;
let told: string[];

beforeEach(async () => {
  redis = await redisService({ private: true });
  told = [];
});
afterEach(async () => {
  await queue.close();
  await redis.close();
});

function open(): Queue {
  queue = openBullQueue({ url: redis.url, prefix: redis.prefix, concurrency: 2, report: (event) => told.push(event) });
  return queue;
}

const ids = (count: number): string[] => Array.from({ length: count }, () => uuidv7());
const soon = (check: () => unknown): Promise<unknown> => vi.waitFor(check, { timeout: 20_000, interval: 20 });
const unavailable = expect.objectContaining({ code: 'queue.unavailable', retry: 'transient' });

/** The outbox: what was added and has not been run. */
function sweep(pending: ReadonlySet<string>, problems: unknown[]) {
  return startSweeper({
    messages: { pending: async () => [...pending] },
    queue,
    clock: () => 0,
    onError: (error) => problems.push(error),
    interval: 50,
    age: 0,
  });
}

it('survives that Redis is flushed: what ran goes on, what waited comes again by the sweeper', async () => {
  open();
  const added = ids(5);
  const pending = new Set(added);
  const started: string[] = [];
  const held = Promise.withResolvers<void>();
  queue.work(async (id) => {
    started.push(id);
    await held.promise;
    pending.delete(id);
  });
  await queue.add(added);
  await soon(() => expect(started).toHaveLength(2));
  const admin = new Redis(redis.url);
  await admin.flushall();
  admin.disconnect();
  held.resolve();
  await soon(() => expect(pending.size).toBe(3));
  const problems: unknown[] = [];
  const sweeper = sweep(pending, problems);
  await soon(() => expect(pending.size).toBe(0));
  await sweeper.close();
  expect(problems).toEqual([]);
  // The entries of the two were gone when they ended; told once, since it may be hundreds.
  expect(told).toEqual(['error']);
});

it('rejects what is added while Redis is away, tells of it once, and goes on by itself when it is back', async () => {
  open();
  const ran: string[] = [];
  let held = Promise.withResolvers<void>();
  queue.work(async (id) => {
    ran.push(id);
    await held.promise;
  });
  const before = ids(4);
  await queue.add(before);
  await soon(() => expect(ran).toHaveLength(2));
  await redis.stop();
  await soon(() => expect(told).toEqual(['away']));
  await expect(queue.add(ids(1))).rejects.toEqual(unavailable);
  await expect(queue.depth()).rejects.toEqual(unavailable);
  // Two end while it is away.
  held.resolve();
  held = Promise.withResolvers();
  held.resolve();
  await redis.start();
  await soon(() => expect(told).toEqual(['away', 'back']));
  const after = ids(2);
  await soon(() => queue.add(after));
  await soon(() => expect(new Set(ran)).toEqual(new Set([...before, ...after])));
  await soon(async () => expect(await queue.depth()).toEqual({ waiting: 0, running: 0 }));
});

it('starts while Redis is away, and works once it is there', async () => {
  await redis.stop();
  open();
  const ran: string[] = [];
  queue.work(async (id) => void ran.push(id));
  const added = ids(3);
  await expect(queue.add(added)).rejects.toEqual(unavailable);
  expect(told).toEqual(['away']);
  await redis.start();
  await soon(() => queue.add(added));
  await soon(() => expect(ran.toSorted()).toEqual(added));
});

it('does not wait for a Redis that takes connections and answers nothing', async () => {
  open();
  const ran: string[] = [];
  queue.work(async (id) => void ran.push(id));
  const [first = '', second = '', third = ''] = ids(3);
  await queue.add([first]);
  await soon(() => expect(ran).toEqual([first]));
  const thaw = redis.freeze();
  await expect(queue.add([second])).rejects.toEqual(unavailable);
  thaw();
  await queue.add([third]);
  // What was given up is carried out all the same, which does no harm.
  await soon(() => expect(ran).toEqual([first, second, third]));
});

it('sends no more to a Redis that answers nothing than it would take soon, and goes on when it answers', async () => {
  open();
  const ran: string[] = [];
  queue.work(async (id) => void ran.push(id));
  const [first = '', last = ''] = ids(2);
  await queue.add([first]);
  await soon(() => expect(ran).toEqual([first]));
  const thaw = redis.freeze();
  const answers: Promise<unknown>[] = [];
  for (let turn = 0; turn < 1_500; turn++) {
    answers.push(queue.add(ids(1)).catch((error: unknown) => error));
    await new Promise((resolve) => setImmediate(resolve));
  }
  for (const answer of await Promise.all(answers)) expect(answer).toEqual(unavailable);
  thaw();
  await soon(() => expect(ran).toHaveLength(1_025));
  await queue.add([last]);
  await soon(() => expect(ran.at(-1)).toBe(last));
  expect(ran).toHaveLength(1_026);
});

it.each(['away', 'away from the start', 'frozen'])('closes while Redis is %s', async (how) => {
  if (how === 'away from the start') await redis.stop();
  open();
  let aborted = 0;
  queue.work(async (_id, signal) => {
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    aborted++;
  });
  if (how !== 'away from the start') {
    await queue.add(ids(3));
    await soon(async () => expect(await queue.depth()).toEqual({ waiting: 1, running: 2 }));
  }
  if (how === 'away') await redis.stop();
  if (how === 'frozen') redis.freeze();
  await queue.close();
  expect(aborted).toBe(how === 'away from the start' ? 0 : 2);
  await queue.add(ids(1));
});

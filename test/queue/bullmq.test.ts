import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { Redis } from 'ioredis';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { openBullQueue } from '../../src/queue/bullmq.ts';
import type { Queue } from '../../src/queue/queue.ts';
import { queueConformance } from '../conformance/queue.ts';
import { type RedisService, redisService } from '../setup/redis.ts';

let redis: RedisService;
beforeAll(async () => {
  redis = await redisService();
});
afterAll(() => redis.close());

const freshPrefix = (): string => `${redis.prefix}-${randomUUID()}`;
const ids = (count: number): string[] => Array.from({ length: count }, () => uuidv7());

queueConformance('bullmq', async (concurrency) =>
  openBullQueue({
    url: redis.url,
    prefix: freshPrefix(),
    concurrency,
    report: (event, reason) => expect.fail(`${event}: ${reason}`),
  }),
);

const queues: Queue[] = [];
const workers: ChildProcess[] = [];
afterEach(async () => {
  await Promise.all(queues.splice(0).map((queue) => queue.close()));
  for (const worker of workers.splice(0)) {
    if (worker.exitCode === null && worker.signalCode === null) worker.kill('SIGKILL');
  }
});

interface Opened extends Queue {
  /** What the queue told, without reasons. */
  readonly told: readonly string[];
}

function open(url: string, prefix: string, concurrency = 4): Opened {
  const told: string[] = [];
  const queue = openBullQueue({
    url,
    prefix,
    concurrency,
    lockDuration: 1_000,
    stalledInterval: 300,
    report: (event) => told.push(event),
  });
  queues.push(queue);
  return { ...queue, told };
}

interface WorkerProcess {
  readonly ran: readonly string[];
  readonly process: ChildProcess;
}

function startWorker(prefix: string, mode: 'hold' | 'run'): WorkerProcess {
  const script = new URL('../support/queue-worker.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [script, redis.url, prefix, mode], { stdio: ['pipe', 'pipe', 'inherit'] });
  workers.push(child);
  const ran: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => ran.push(line));
  return { ran, process: child };
}

/** For as long as the test may last. */
const soon = (check: () => unknown): Promise<unknown> => vi.waitFor(check, { timeout: 20_000, interval: 20 });

it('shares ids among processes, each one runs once', async () => {
  const prefix = freshPrefix();
  const [first, second] = [startWorker(prefix, 'run'), startWorker(prefix, 'run')];
  const producer = open(redis.url, prefix);
  const added: string[] = [];
  // Until both have had some: a process takes its time to start.
  await soon(async () => {
    const more = ids(50);
    added.push(...more);
    await producer.add(more);
    expect(Math.min(first.ran.length, second.ran.length)).toBeGreaterThan(50);
  });
  await soon(async () => expect(await producer.depth()).toEqual({ waiting: 0, running: 0 }));
  await soon(() => expect(first.ran.length + second.ran.length).toBe(added.length));
  expect([...first.ran, ...second.ran].toSorted()).toEqual(added.toSorted());
});

it('carries what comes together in jobs of one size, and one that comes alone in a job of its own', async () => {
  const prefix = freshPrefix();
  const queue = open(redis.url, prefix, 256);
  const spy = new Redis(redis.url);
  const sizes = async (): Promise<number[]> => {
    const jobs = await spy.lrange(`${prefix}:scan:wait`, 0, -1);
    const carried = await Promise.all(jobs.map((job) => spy.hget(`${prefix}:scan:${job}`, 'data')));
    return carried.map((data) => JSON.parse(data ?? '[]').length);
  };
  const first = ids(1);
  await queue.add(first);
  expect(await sizes()).toEqual([1]);
  // Of one turn, as messages of one commit are.
  const crowd = ids(99);
  await Promise.all([...crowd, ...first, ...crowd].map((id) => queue.add([id])));
  expect((await sizes()).toSorted()).toEqual([1, 24, 25, 25, 25]);
  expect(await queue.depth()).toEqual({ waiting: 100, running: 0 });
  // The sweeper does this every two seconds.
  await queue.add([...first, ...crowd]);
  expect(await sizes()).toHaveLength(5);
  const ran: string[] = [];
  queue.work(async (id) => void ran.push(id));
  await soon(() => expect(ran.toSorted()).toEqual([...first, ...crowd].toSorted()));
  await soon(async () =>
    expect((await spy.keys(`${prefix}:*`)).filter((key) => !/:(meta|id|events|marker|stalled.*)$/.test(key))).toEqual([]),
  );
  spy.disconnect();
});

it('takes as many as it may run, and leaves the rest of a crowd to others', async () => {
  const prefix = freshPrefix();
  const [first, second] = [open(redis.url, prefix, 64), open(redis.url, prefix, 64)];
  const held = Promise.withResolvers<void>();
  const ran: string[][] = [[], []];
  const hold = (worker: number) => async (id: string) => {
    ran[worker]?.push(id);
    await held.promise;
  };
  first.work(hold(0));
  second.work(hold(1));
  const added = ids(200);
  await first.add(added);
  await soon(async () => expect(await first.depth()).toEqual({ waiting: 72, running: 128 }));
  expect(ran.map((some) => some.length)).toEqual([64, 64]);
  held.resolve();
  await soon(async () => expect(await first.depth()).toEqual({ waiting: 0, running: 0 }));
  expect(ran.flat().toSorted()).toEqual(added);
});

it('sets ids free whose workers died one after the other, so that the sweeper can bring them', async () => {
  const prefix = freshPrefix();
  const survivor = open(redis.url, prefix);
  const added = ids(2);
  await survivor.add(added);
  for (let turn = 0; turn < 2; turn++) {
    const worker = startWorker(prefix, 'hold');
    await soon(() => expect(worker.ran).toHaveLength(2));
    worker.process.kill('SIGKILL');
  }
  const ran: string[] = [];
  survivor.work(async (id) => void ran.push(id));
  await soon(async () => expect(await survivor.depth()).toEqual({ waiting: 0, running: 0 }));
  expect(ran).toEqual([]);
  await survivor.add(added);
  await soon(() => expect(ran.toSorted()).toEqual(added));
});

it('runs elsewhere what a killed process had in hand', async () => {
  const prefix = freshPrefix();
  const killed = startWorker(prefix, 'hold');
  const survivor = open(redis.url, prefix);
  const added = ids(6);
  await survivor.add(added);
  await soon(() => expect(killed.ran).toHaveLength(4));
  const ran: string[] = [];
  survivor.work(async (id) => void ran.push(id));
  await soon(() => expect(ran).toHaveLength(2));
  killed.process.kill('SIGKILL');
  await soon(() => expect(ran.toSorted()).toEqual(added.toSorted()));
  expect(await survivor.depth()).toEqual({ waiting: 0, running: 0 });
});

it('takes no more jobs as it closes, however long what it has in hand takes to end', async () => {
  const prefix = freshPrefix();
  const [closing, other] = [open(redis.url, prefix, 8), open(redis.url, prefix, 8)];
  const [one, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const started: string[] = [];
  closing.work(async (id) => {
    started.push(id);
    await (started.indexOf(id) === 0 ? held.promise : one.promise);
  });
  const added = ids(108);
  await other.add(added);
  await soon(() => expect(started).toHaveLength(8));
  const closed = closing.close();
  // Room for seven more, while the first still runs.
  one.resolve();
  await soon(async () => expect((await other.depth()).running).toBe(1));
  await soon(async () => expect(await other.depth()).toEqual({ waiting: 100, running: 1 }));
  held.resolve();
  await closed;
  const ran: string[] = [];
  other.work(async (id) => void ran.push(id));
  await soon(() => expect([...started, ...ran].toSorted()).toEqual(added.toSorted()));
});

it('ends with its process: a worker that is closed leaves nothing behind that keeps it alive', async () => {
  const prefix = freshPrefix();
  const worker = startWorker(prefix, 'hold');
  const producer = open(redis.url, prefix);
  await producer.add(ids(1));
  await soon(() => expect(worker.ran).toHaveLength(1));
  worker.process.stdin?.end();
  await soon(() => expect(worker.process.exitCode).toBe(0));
  expect(await producer.depth()).toEqual({ waiting: 0, running: 0 });
});

it('writes ids to Redis and nothing else of a message, under its prefix, and leaves no entry', async () => {
  const service = await redisService({ private: true });
  const spy = new Redis(service.url);
  // ioredis takes what comes in one packet with the answer to MONITOR for answers to commands:
  // nobody else, its own connection first, may be sending then.
  await spy.ping();
  const monitor = await spy.monitor();
  const commands: string[] = [];
  monitor.on('monitor', (_time: string, args: string[]) => commands.push(args.join(' ')));
  const queue = open(service.url, service.prefix);
  let ended = 0;
  queue.work(async (id) => {
    ended++;
    throw new Error(`DOE^JANE of ${id}`);
  });
  const added = ids(3);
  await queue.add(added);
  await soon(() => expect(ended).toBe(3));
  await soon(async () => expect(await queue.depth()).toEqual({ waiting: 0, running: 0 }));
  const keys = await spy.keys('*');
  expect(keys.filter((key) => !key.startsWith(`${service.prefix}:`))).toEqual([]);
  expect(keys.filter((key) => added.some((id) => key.includes(id)))).toEqual([]);
  // The monitor sees everything that was sent, that the entries ended too.
  await soon(() => expect(added.filter((id) => commands.filter((text) => text.includes(id)).length < 2)).toEqual([]));
  expect(commands.filter((text) => text.includes('JANE'))).toEqual([]);
  monitor.disconnect();
  spy.disconnect();
  await queue.close();
  await service.close();
});

import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { Queue as Entries, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { v7 as uuidv7 } from 'uuid';
import { openBullQueue } from '../../src/queue/bullmq.ts';
import { permittedFlow } from '../support/permitted-flow.ts';
import { flood, prepare } from './accept.ts';
import { type BenchAgent, benchEngines, type On } from './engines.ts';
import { median, type Ratio } from './measure.ts';

const IDS = 10_000;
const MESSAGES = 4_000;
/** Before anything is measured: until the compiler has seen the whole path often enough, it takes much of the time. */
const WARM = 8_000;
const ROUNDS = 5;
/** As the agent has it. */
const CONCURRENCY = 256;
const SLICE = 1_000;
/** Messages under way at once, as `flood` has them. */
const SENDERS = 256;

type Add = (entries: Entries, count: number) => Promise<void>;
const job = () => ({ name: 'bare', data: {}, opts: { removeOnComplete: true, jobId: uuidv7() } });

/** As BullMQ takes them best: many in one message to Redis, for whoever has them all beforehand. */
const inBulk: Add = async (entries, count) => {
  for (let added = 0; added < count; added += SLICE) await entries.addBulk(Array.from({ length: SLICE }, job));
};

/** As messages come: one at a time, from as many senders as the agent has, each of which waits until its own is in Redis. */
const oneByOne: Add = async (entries, count) => {
  let left = count;
  const sender = async (): Promise<void> => {
    while (left-- > 0) {
      const { name, data, opts } = job();
      await entries.add(name, data, opts);
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, sender));
};

/** Jobs per second of BullMQ as it comes, with a job that does nothing: added and worked off by one process. */
async function bare(url: string, prefix: string, add: Add): Promise<number> {
  const connection = new Redis(url, { maxRetriesPerRequest: null });
  const entries = new Entries('bare', { connection, prefix });
  const done = Promise.withResolvers<void>();
  let ended = 0;
  const worker = new Worker('bare', async () => undefined, { connection, prefix, concurrency: CONCURRENCY });
  worker.on('completed', () => {
    ended++;
    if (ended === IDS) done.resolve();
  });
  await worker.waitUntilReady();
  const start = performance.now();
  await add(entries, IDS);
  await done.promise;
  const elapsed = performance.now() - start;
  await worker.close();
  await entries.close();
  connection.disconnect();
  return (IDS / elapsed) * 1000;
}

/** The same through Cordon's queue. */
async function ours(url: string, prefix: string): Promise<number> {
  const queue = openBullQueue({
    url,
    prefix,
    concurrency: CONCURRENCY,
    report: (event, reason) => process.stderr.write(`bench: queue ${event} ${reason}\n`),
  });
  await queue.depth();
  const done = Promise.withResolvers<void>();
  let ended = 0;
  queue.work(async () => {
    ended++;
    if (ended === IDS) done.resolve();
  });
  const start = performance.now();
  for (let added = 0; added < IDS; added += SLICE) await queue.add(Array.from({ length: SLICE }, () => uuidv7()));
  await done.promise;
  const elapsed = performance.now() - start;
  await queue.close();
  return (IDS / elapsed) * 1000;
}

type Figure = 'bulk' | 'single' | 'ours' | 'embedded' | 'sqlite' | 'postgres';

/**
 * BullMQ's own pace is the measure, on the same Redis and by turns: of our queue with a consumer that does nothing, and of agents from first byte
 * to last scan, on both ledgers. The agent with its embedded queue says what of that the queue costs.
 */
export async function benchQueue(): Promise<Ratio[]> {
  const engines = await benchEngines(true);
  const flows = permittedFlow();
  const start = (on: On) => engines.start(on, { CORDON_FLOWS: flows });
  const agents = {
    embedded: await start('sqlite'),
    sqlite: await start('sqlite+redis'),
    postgres: await start('postgres+redis'),
  };
  try {
    const measured: Record<Figure, number[]> = { bulk: [], single: [], ours: [], embedded: [], sqlite: [], postgres: [] };
    const prefix = (): string => `bench-${randomUUID()}`;
    const scanned = async (agent: BenchAgent) => (await flood(agent, prepare(MESSAGES))).scanned;
    for (const agent of Object.values(agents)) await flood(agent, prepare(WARM));
    for (let round = 0; round < ROUNDS; round++) {
      measured.bulk.push(await bare(engines.redis, prefix(), inBulk));
      measured.single.push(await bare(engines.redis, prefix(), oneByOne));
      measured.ours.push(await ours(engines.redis, prefix()));
      measured.embedded.push(await scanned(agents.embedded));
      measured.sqlite.push(await scanned(agents.sqlite));
      measured.postgres.push(await scanned(agents.postgres));
    }
    const of = (name: Figure): number => median(measured[name]);
    const scan = 'messages from first byte to last scan, queue in Redis';
    const single = 'jobs that do nothing, added to BullMQ one by one';
    const bulk = 'such jobs added 1,000 at a time';
    return [
      ratioOf('queue', `ids through Cordon's queue on Redis ÷ ${bulk}`, 0.5, of('ours'), of('bulk')),
      ratioOf('queue+scan', `${scan}, ledger in SQLite ÷ ${single}`, 0.5, of('sqlite'), of('single')),
      ratioOf('queue+scan-pg', `${scan}, ledger in PostgreSQL ÷ ${single}`, 0.5, of('postgres'), of('single')),
      ratioOf('queue+scan-bulk', `the first ÷ ${bulk}`, 0.5, of('sqlite'), of('bulk')),
      ratioOf('queue+scan-pg-bulk', `the second ÷ ${bulk}`, 0.5, of('postgres'), of('bulk')),
      ratioOf('queue-cost', 'the first ÷ the same with the embedded queue', null, of('sqlite'), of('embedded')),
    ];
  } finally {
    for (const agent of Object.values(agents)) await agent.stop();
    await engines.close();
    rmSync(flows, { recursive: true, force: true });
  }
}

function ratioOf(name: string, of: string, bar: number | null, ours = Number.NaN, theirs = Number.NaN): Ratio {
  return { name, of, ratio: ours / theirs, bar, ours, theirs, unit: 'a second' };
}

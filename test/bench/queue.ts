import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { Queue as Entries, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { v7 as uuidv7 } from 'uuid';
import { openBullQueue } from '../../src/queue/bullmq.ts';
import { redisService } from '../setup/redis.ts';
import { startAgent } from '../support/agent.ts';
import { permittedFlow } from '../support/permitted-flow.ts';
import { flood, prepare } from './accept.ts';
import { median, type Ratio } from './measure.ts';

const IDS = 10_000;
const MESSAGES = 4_000;
const ROUNDS = 5;
/** As the agent has it. */
const CONCURRENCY = 256;
const SLICE = 1_000;

/** Jobs per second of BullMQ as it comes, with a job that does nothing: added and worked off by one process. */
async function bare(url: string, prefix: string): Promise<number> {
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
  for (let added = 0; added < IDS; added += SLICE) {
    const options = { removeOnComplete: true };
    await entries.addBulk(
      Array.from({ length: SLICE }, () => ({ name: 'bare', data: {}, opts: { ...options, jobId: uuidv7() } })),
    );
  }
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

/**
 * BullMQ's own pace is the measure: of our queue with a consumer that does nothing, and of the agent from first byte to last scan. The
 * agent with its embedded queue says what of that the queue costs.
 */
export async function benchQueue(): Promise<Ratio[]> {
  const redis = await redisService({ private: true });
  const flows = permittedFlow();
  const clustered = await startAgent({ env: { REDIS_URL: redis.url, CORDON_FLOWS: flows } });
  const embedded = await startAgent({ env: { CORDON_FLOWS: flows } });
  try {
    const figures: Record<'bare' | 'ours' | 'clustered' | 'embedded', number[]> = {
      bare: [],
      ours: [],
      clustered: [],
      embedded: [],
    };
    for (const agent of [clustered, embedded]) await flood(agent, prepare(MESSAGES));
    for (let round = 0; round < ROUNDS; round++) {
      figures.bare.push(await bare(redis.url, `bench-${randomUUID()}`));
      figures.ours.push(await ours(redis.url, `bench-${randomUUID()}`));
      figures.clustered.push((await flood(clustered, prepare(MESSAGES))).scanned);
      figures.embedded.push((await flood(embedded, prepare(MESSAGES))).scanned);
    }
    const [jobs, queue, onRedis, inProcess] = [figures.bare, figures.ours, figures.clustered, figures.embedded].map(median);
    return [
      ratioOf('queue', "ids through Cordon's queue on Redis ÷ jobs of BullMQ that do nothing", 0.5, queue, jobs),
      ratioOf('queue+scan', 'messages from first byte to last scan with the queue in Redis ÷ those jobs', 0.5, onRedis, jobs),
      ratioOf('queue-cost', 'the same ÷ with the embedded queue', null, onRedis, inProcess),
    ];
  } finally {
    for (const agent of [clustered, embedded]) await agent.stop();
    await redis.close();
    for (const folder of [clustered.data, embedded.data, flows]) rmSync(folder, { recursive: true, force: true });
  }
}

function ratioOf(name: string, of: string, bar: number | null, ours = Number.NaN, theirs = Number.NaN): Ratio {
  return { name, of, ratio: ours / theirs, bar, ours, theirs, unit: 'a second' };
}

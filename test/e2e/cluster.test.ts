import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openLedger } from '../../src/ledger/open.ts';
import type { Role } from '../../src/roles.ts';
import { type PostgresService, postgresService } from '../setup/postgres.ts';
import { type RedisService, redisService } from '../setup/redis.ts';
import { portOf, type RunningAgent, startAgent } from '../support/agent.ts';
import { mllpClient } from '../support/mllp-client.ts';
import { oru } from '../support/oru.ts';
import { permittedFlow } from '../support/permitted-flow.ts';

/** Processes of one cluster on a PostgreSQL and a Redis of this test's own, with one keyring. */
let postgres: PostgresService;
let redis: RedisService;
let ledger: Ledger;
const keys = mkdtempSync(join(tmpdir(), 'cordon-keys-'));
const flows = permittedFlow();
const started: RunningAgent[] = [];

async function start(role: Role): Promise<RunningAgent> {
  const agent = await startAgent({
    args: ['--role', role],
    env: {
      DATABASE_URL: postgres.url,
      ...(role === 'web' ? {} : { REDIS_URL: redis.url }),
      CORDON_KEYRING: join(keys, 'keyring.json'),
      CORDON_FLOWS: flows,
      CORDON_SCAN_THREADS: '1',
    },
  });
  started.push(agent);
  return agent;
}

beforeAll(async () => {
  [postgres, redis] = await Promise.all([postgresService({ private: true }), redisService({ private: true })]);
  ledger = await openLedger({ url: postgres.url, migrate: true });
}, 120_000);
afterAll(async () => {
  await Promise.all(started.map((agent) => agent.stop()));
  await ledger.close();
  await Promise.all([postgres.close(), redis.close()]);
  for (const folder of [keys, flows, ...started.map(({ data }) => data)]) rmSync(folder, { recursive: true, force: true });
}, 60_000);

const BATCH = 20;

/** As an engine does it: to the first ingest that answers, again and again until one says AA. Returns how many it sent. */
async function deliver(ingests: () => readonly RunningAgent[], prefix: string, goOn: (sent: number) => boolean): Promise<number> {
  let sent = 0;
  for (; goOn(sent); sent += BATCH) {
    let waiting: readonly string[] = Array.from({ length: BATCH }, (_, index) => `${prefix}${sent + index}`);
    for (let turn = 0; waiting.length > 0; turn++) {
      const agents = ingests();
      const agent = agents[(sent / BATCH + turn) % agents.length];
      const answered = agent === undefined ? [] : await attempt(agent, waiting);
      waiting = waiting.filter((control) => !answered.includes(control));
      if (waiting.length > 0) await sleep(100);
    }
    await sleep(30);
  }
  return sent;
}

async function attempt(agent: RunningAgent, controls: readonly string[]): Promise<readonly string[]> {
  const client = await mllpClient(portOf(agent, 'mllp')).catch(() => null);
  if (client === null) return [];
  const answers = await Promise.allSettled(controls.map((control) => client.send(oru(control, 3))));
  client.end();
  return controls.filter((control, index) => {
    const answer = answers[index];
    return answer?.status === 'fulfilled' && answer.value.includes(`MSA|AA|${control}`);
  });
}

async function settled(total: number): Promise<Awaited<ReturnType<Ledger['messages']['counts']>>> {
  for (let waited = 0; ; waited += 200) {
    const counts = await ledger.messages.counts().catch(() => null);
    if (counts !== null && counts.pending === 0 && counts.total >= total) return counts;
    if (waited > 180_000) throw new Error(`not settled: ${JSON.stringify(counts)}`);
    await sleep(200);
  }
}

describe('a cluster', () => {
  /** What the first test leaves running, for the second. */
  let kept: readonly [RunningAgent, RunningAgent] | null = null;

  it('each role does its part: one takes, one scans, one shows', { timeout: 120_000 }, async () => {
    const ingest = await start('ingest');
    const web = await start('web');
    expect([...ingest.ports.keys()].sort()).toEqual(['dimse', 'http', 'mllp']);
    expect([...web.ports.keys()]).toEqual(['http']);
    expect(
      await deliver(
        () => [ingest],
        'R',
        (sent) => sent === 0,
      ),
    ).toBe(BATCH);
    expect(await ledger.messages.counts()).toMatchObject({ total: BATCH, pending: BATCH });
    const worker = await start('worker');
    expect(await settled(BATCH)).toMatchObject({ total: BATCH, done: BATCH, failed: 0 });
    const statusOf = async (agent: RunningAgent, path: string): Promise<number> =>
      (await fetch(`http://127.0.0.1:${portOf(agent, 'http')}${path}`, { redirect: 'manual' })).status;
    for (const agent of [ingest, web, worker]) expect(await statusOf(agent, '/readyz')).toBe(200);
    expect(await statusOf(web, '/incidents')).toBe(303);
    expect(await statusOf(worker, '/incidents')).toBe(404);
    expect(ingest.apiKey).not.toBeNull();
    expect([worker.apiKey, worker.signIn, ingest.signIn]).toEqual([null, null, null]);
    expect(web.signIn).toContain('/sign-in#');
    await web.stop();
    kept = [ingest, worker];
  });

  it('loses nothing and judges nothing twice, whatever of it dies', { timeout: 400_000 }, async () => {
    const [ingest, worker] = kept ?? expect.fail('the processes of the first test are not there');
    const ingests = [ingest, await start('ingest')];
    const workers = [worker, await start('worker')];
    let over = false;
    const load = deliver(
      () => ingests,
      'C',
      () => !over,
    );

    await sleep(1_000);
    await Promise.all([ingests[0]?.stop('SIGKILL'), workers[0]?.stop('SIGKILL')]);
    ingests[0] = await start('ingest');
    workers[0] = await start('worker');
    const client = new Redis(redis.url);
    await client.flushall();
    client.disconnect();
    await sleep(500);
    await redis.restart();
    await postgres.restart();
    await sleep(500);
    await postgres.refuse(10_000);
    await sleep(1_000);
    over = true;

    const total = BATCH + (await load);
    expect(total).toBeGreaterThan(10 * BATCH);
    // Every message is there, once; every one has its verdict, once; nothing had to be done by hand.
    expect(await settled(total)).toMatchObject({ total, done: total, pending: 0, failed: 0 });
    const judged = (await ledger.flows.list()).reduce((sum, flow) => sum + flow.messages, 0);
    expect(judged).toBe(total);
  });

  it('says what is missing where a role has no engines to share', async () => {
    await expect(startAgent({ args: ['--role', 'worker'] })).rejects.toThrow(/set DATABASE_URL and REDIS_URL/);
  });
});

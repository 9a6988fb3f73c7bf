import { rmSync } from 'node:fs';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type RedisService, redisService } from '../setup/redis.ts';
import { portOf, type RunningAgent, startAgent } from '../support/agent.ts';
import { settled } from '../support/ledger.ts';
import { mllpClient } from '../support/mllp-client.ts';
import { oru } from '../support/oru.ts';

/** The agent with its queue in Redis, as an operator starts it. */
let redis: RedisService;
let agent: RunningAgent;

beforeAll(async () => {
  redis = await redisService({ private: true });
  agent = await startAgent({ env: { REDIS_URL: redis.url } });
});
afterAll(async () => {
  await agent.stop();
  await redis.close();
  rmSync(agent.data, { recursive: true, force: true });
});

async function send(prefix: string, count: number): Promise<void> {
  const client = await mllpClient(portOf(agent, 'mllp'));
  const controls = Array.from({ length: count }, (_, index) => `${prefix}${index}`);
  const answers = await Promise.all(controls.map((control) => client.send(oru(control, 5))));
  client.end();
  expect(answers.map((answer) => /MSA\|AA\|\w+/.exec(answer)?.[0])).toEqual(controls.map((control) => `MSA|AA|${control}`));
}

it('acknowledges and scans with Redis, without it, and when it is back', { timeout: 120_000 }, async () => {
  await send('A', 100);
  expect(await settled(agent.data)).toMatchObject({ total: 100, done: 100, failed: 0 });
  const client = new Redis(redis.url);
  // It was the queue, and it holds no entry any more.
  expect(await client.keys('*:scan:events')).toHaveLength(1);
  expect(await client.keys('*-*-*-*-*:scan:*-*-*')).toEqual([]);
  client.disconnect();

  await redis.stop();
  await vi.waitFor(() => expect(agent.lines.filter((line) => line.includes('"event":"queue away"'))).toHaveLength(1), 10_000);
  await send('B', 50);
  // More has come than could be told to the queue: it is in the outbox.
  await vi.waitFor(() => expect(agent.lines.some((line) => line.includes('"event":"dispatch failed"'))).toBe(true), 10_000);
  await redis.start();
  // Each of them was refused, and few lines say so.
  expect(agent.lines.filter((line) => line.includes('"event":"dispatch failed"')).length).toBeLessThan(5);
  // Sooner than messages grow old enough for the sweeper: it is told that the queue is back.
  expect(await settled(agent.data, 25_000)).toMatchObject({ total: 150, done: 150, failed: 0 });
  expect(agent.lines.filter((line) => line.includes('"event":"queue back"'))).toHaveLength(1);
});

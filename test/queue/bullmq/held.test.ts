import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createHeldIds, type HeldIds } from '../../../src/queue/bullmq/held.ts';
import { type RedisService, redisService } from '../../setup/redis.ts';

let redis: RedisService;
let client: Redis;
let held: HeldIds;
let prefix: string;
const problems: Error[] = [];

beforeAll(async () => {
  redis = await redisService();
  client = new Redis(redis.url);
});
beforeEach(() => {
  prefix = `${redis.prefix}-${randomUUID()}`;
  held = createHeldIds(client, `${prefix}:ids`, `${prefix}:scan:`, (error) => problems.push(error));
});
afterAll(async () => {
  client.disconnect();
  await redis.close();
  expect(problems).toEqual([]);
});

const longAgo = (): string => uuidv7({ msecs: Date.now() - 60_000 });

it('holds an id for the first job that asks for it, in the order of the ids', async () => {
  const [first, second] = [uuidv7(), uuidv7()];
  expect(await held.hold(first, ['b', 'a'])).toEqual(['b', 'a']);
  expect(await held.hold(second, ['d', 'a', 'b', 'c'])).toEqual(['d', 'c']);
  expect(await held.count()).toBe(4);
});

it('says the same again when it is asked again, as a client does whose answer got lost', async () => {
  const job = uuidv7();
  expect(await held.hold(job, ['a', 'b'])).toEqual(['a', 'b']);
  expect(await held.hold(job, ['a', 'b'])).toEqual(['a', 'b']);
});

it('holds an id for as long as its job is in Redis', async () => {
  const job = longAgo();
  await held.hold(job, ['a', 'b']);
  await client.hset(`${prefix}:scan:${job}`, 'name', 'scan');
  expect(await held.hold(uuidv7(), ['a', 'b', 'c'])).toEqual(['c']);
});

it('gives an id to the next job when the one that had it is gone, or never came', async () => {
  const [lost, next] = [longAgo(), uuidv7()];
  await held.hold(lost, ['a', 'b']);
  expect(await held.hold(next, ['a'])).toEqual(['a']);
  expect(await held.hold(uuidv7(), ['a', 'b'])).toEqual(['b']);
});

it('holds no id for a job that a process with its clock ahead made and never added', async () => {
  const ahead = uuidv7({ msecs: Date.now() + 3_600_000 });
  await held.hold(ahead, ['a', 'b']);
  expect(await held.hold(uuidv7(), ['a'])).toEqual(['a']);
  await client.hset(`${prefix}:scan:${ahead}`, 'name', 'scan');
  expect(await held.hold(uuidv7(), ['a', 'b', 'c'])).toEqual(['c']);
});

it('frees ids that have ended when it is told to, and leaves nothing in Redis', async () => {
  await held.hold(uuidv7(), ['a', 'b']);
  held.ended(['a']);
  expect(await held.hold(uuidv7(), ['a'])).toEqual([]);
  held.flush();
  expect(await held.hold(uuidv7(), ['a', 'b'])).toEqual(['a']);
  held.ended(['a', 'b']);
  held.flush();
  expect(await held.count()).toBe(0);
  expect(await client.keys(`${prefix}:*`)).toEqual([]);
});

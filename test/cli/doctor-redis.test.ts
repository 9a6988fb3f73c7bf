import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { checkRedis } from '../../src/cli/doctor-redis.ts';
import type { Config } from '../../src/config.ts';
import { parseConfig } from '../../src/config-read.ts';
import { type RedisService, redisService } from '../setup/redis.ts';

let service: RedisService;
let admin: Redis;
beforeAll(async () => {
  service = await redisService({ private: true });
  admin = new Redis(service.url);
});
afterEach(async () => {
  await admin.config('SET', 'maxmemory-policy', 'noeviction');
  await admin.config('SET', 'appendonly', 'yes');
});
afterAll(async () => {
  admin.disconnect();
  await service.close();
});

function configOf(url = service.url): Config {
  return parseConfig({ env: { REDIS_URL: url } }).config;
}
const levels = async (config: Config) => (await checkRedis(config)).map(({ name, level }) => `${name}: ${level}`);

it('finds nothing to say where the queue is in this process', async () => {
  expect(await checkRedis(parseConfig({ env: {} }).config)).toEqual([]);
});

it('is content with a Redis as the queue needs it', async () => {
  expect(await levels(configOf())).toEqual(['queue: ok', 'queue connection: ok', 'queue settings: ok']);
});

it('warns without an append-only file, and fails where Redis may drop entries', async () => {
  await admin.config('SET', 'appendonly', 'no');
  expect(await levels(configOf())).toContain('queue settings: warn');
  await admin.config('SET', 'maxmemory-policy', 'allkeys-lru');
  expect(await levels(configOf())).toContain('queue settings: fail');
});

it('warns where it may not see the settings, and names what the user lacks', async () => {
  await admin.acl('SETUSER', 'narrow', 'on', '>synthetic-password', '~*', '+ping');
  const found = await checkRedis(configOf(service.url.replace('redis://', 'redis://narrow:synthetic-password@')));
  expect(found.at(-1)).toMatchObject({ level: 'warn', text: expect.stringContaining('+config|get') });
  expect(JSON.stringify(found)).not.toContain('synthetic-password');
});

it('fails where nothing answers, and prints no password', async () => {
  const found = await checkRedis(configOf('redis://agent:synthetic-password@127.0.0.1:1/0'));
  expect(found).toEqual([
    {
      level: 'fail',
      name: 'queue',
      text: 'redis://127.0.0.1:1/0: unreachable (ECONNREFUSED): look at the network and at the URL',
    },
  ]);
});

import { rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openLedger } from '../../src/ledger/open.ts';
import { type PostgresService, postgresService } from '../setup/postgres.ts';
import { type RedisService, redisService } from '../setup/redis.ts';
import { portOf, type RunningAgent, startAgent } from '../support/agent.ts';
import { mllpClient } from '../support/mllp-client.ts';
import { oru } from '../support/oru.ts';

/** An agent whose database and queue come up after it, as in a cluster that starts all at once. */
let postgres: PostgresService;
let redis: RedisService;
beforeAll(async () => {
  [postgres, redis] = await Promise.all([postgresService(), redisService()]);
});
afterAll(async () => {
  await Promise.all([postgres.close(), redis.close()]);
});

/** A way to a service that refuses the first connections. Returns the service's URL by that way. */
async function late(url: string, refused: number): Promise<{ url: string; came: () => number; close: () => void }> {
  const { hostname, port } = new URL(url);
  let came = 0;
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    if (++came <= refused) {
      socket.destroy();
      return;
    }
    const behind = connect(Number(port), hostname);
    behind.on('error', () => socket.destroy());
    behind.on('close', () => socket.destroy());
    socket.on('close', () => behind.destroy());
    socket.pipe(behind).pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const way = new URL(url);
  way.hostname = '127.0.0.1';
  way.port = String(address.port);
  return { url: way.href, came: () => came, close: () => server.close() };
}

it('waits for the database, says so, and works when both are there', { timeout: 120_000 }, async () => {
  const [database, queue] = await Promise.all([late(postgres.url, 3), late(redis.url, 3)]);
  const agent: RunningAgent = await startAgent({ env: { DATABASE_URL: database.url, REDIS_URL: queue.url } });
  expect(database.came()).toBeGreaterThan(3);
  const waited = agent.lines.filter((line) => line.includes('"event":"waiting"'));
  expect(waited.length).toBeGreaterThan(0);
  for (const line of waited) expect(line).toMatch(/"what":"the (database|keyring)".*the ledger cannot be used now/);
  expect(agent.lines.join('\n')).toMatch(/"what":"the database","event":"there"/);
  const client = await mllpClient(portOf(agent, 'mllp'));
  expect(await client.send(oru('1'))).toContain('MSA|AA');
  client.end();
  const ledger = await openLedger({ url: postgres.url, migrate: false });
  await expect.poll(async () => (await ledger.messages.counts()).pending, { timeout: 60_000 }).toBe(0);
  expect(await ledger.messages.counts()).toMatchObject({ total: 1, failed: 0 });
  await ledger.close();
  await agent.stop();
  rmSync(agent.data, { recursive: true, force: true });
  for (const way of [database, queue]) way.close();
});

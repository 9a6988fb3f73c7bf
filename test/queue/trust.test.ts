import { once } from 'node:events';
import { createServer as createTcpServer, type Server } from 'node:net';
import { createServer } from 'node:tls';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { refuseUntrusted } from '../../src/queue/trust.ts';
import { type Authority, makeAuthority } from '../support/certificates.ts';

let [ours, theirs]: [Authority | null, Authority | null] = [null, null];
const servers: Server[] = [];

async function listening(server: Server): Promise<string> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `127.0.0.1:${address.port}`;
}

let place = '';
beforeAll(async () => {
  [ours, theirs] = [makeAuthority(), makeAuthority()];
  place = await listening(createServer(ours.issue('/CN=queue')));
});
afterAll(() => {
  for (const server of servers) server.close();
  for (const authority of [ours, theirs]) authority?.remove();
});

it('lets in a server of the authority', async () => {
  await expect(refuseUntrusted(`rediss://user:synthetic@${place}/0`, ours?.cert)).resolves.toBeUndefined();
});

it.each<[string, () => string | undefined]>([
  ['of another authority', () => theirs?.cert],
  ['of none that is public', () => undefined],
])('refuses one %s, for good, and repeats no password', async (_what, ca) => {
  const error = await refuseUntrusted(`rediss://user:synthetic@${place}/0`, ca()).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code: 'config.invalid', retry: 'permanent', message: expect.stringContaining(`${place}: `) });
  expect(String(error)).toMatch(/is not trusted \([A-Z_]+\): give its authority \(CORDON_REDIS_CA\)/);
  expect(String(error)).not.toContain('synthetic');
});

it('says nothing of one that is away, or hangs up', async () => {
  const hangsUp = await listening(createTcpServer((socket) => socket.destroy()));
  for (const url of ['rediss://127.0.0.1:1', `rediss://${hangsUp}`])
    await expect(refuseUntrusted(url, ours?.cert)).resolves.toBeUndefined();
});

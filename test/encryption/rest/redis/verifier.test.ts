import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Evidence } from '../../../../src/core/evidence.ts';
import type { Machine } from '../../../../src/encryption/rest/machine.ts';
import { redisVerifier } from '../../../../src/encryption/rest/redis/verifier.ts';
import { type RedisService, redisService } from '../../../setup/redis.ts';
import { type Authority, makeAuthority } from '../../../support/certificates.ts';
import { freePort } from '../../../support/free-port.ts';
import { machineOf } from '../machine-of.ts';

/** A real Redis, whose settings each test changes while it runs. */
const HL7 = 'MSH|^~\\&|LIS|SYN|REGISTRY|SYN|20260101||ORU^R01|1|P|2.5.1\rPID|1||999^^^SYN||SYNTHETIC^PATIENT\r';
const PASSWORD = 'synthetic-password';
let service: RedisService;
let admin: Redis;
let ca: Authority;
let folder = '';
let tlsPort = 0;
let clearPort = '';

beforeAll(async () => {
  service = await redisService({ private: true });
  clearPort = new URL(service.url).port;
  admin = new Redis(service.url);
  ca = makeAuthority();
  folder = mkdtempSync(join(tmpdir(), 'cordon-redis-tls-'));
  const pair = ca.issue('/CN=127.0.0.1');
  writeFileSync(join(folder, 'key.pem'), pair.key);
  writeFileSync(join(folder, 'cert.pem'), pair.cert);
  tlsPort = await freePort();
});
afterEach(async () => {
  await admin.flushall();
  await admin.config('SET', 'port', clearPort);
  await admin.config('SET', 'requirepass', '');
  await admin.config('SET', 'bind', '127.0.0.1');
  await admin.config('SET', 'appendonly', 'yes');
  // The child that rewrites the file begins with the listening sockets in its hands: until it let go, no address can be bound anew.
  await expect.poll(() => admin.info('persistence')).toContain('aof_rewrite_in_progress:0');
});
afterAll(async () => {
  admin.disconnect();
  await service.close();
  ca.remove();
  rmSync(folder, { recursive: true });
});

async function startTls(): Promise<void> {
  await admin.call(
    'CONFIG',
    'SET',
    ...['tls-cert-file', join(folder, 'cert.pem'), 'tls-key-file', join(folder, 'key.pem')],
    ...['tls-ca-cert-file', join(ca.folder, 'ca.pem'), 'tls-auth-clients', 'no', 'tls-port', String(tlsPort)],
  );
}

async function verify(
  url: string,
  { machine = machineOf('luks'), trusted = true }: { machine?: Machine; trusted?: boolean } = {},
): Promise<Map<string, Evidence>> {
  const rows = await redisVerifier({ machine, clock: () => 5, ...(trusted ? { ca: ca.cert } : {}) }).check(
    url,
    new AbortController().signal,
  );
  expect(JSON.stringify(rows)).not.toMatch(new RegExp(`${PASSWORD}|SYNTHETIC|patient-`));
  return new Map(rows.map((row) => [row.check, row]));
}
const outcomes = (rows: Map<string, Evidence>): Record<string, string> =>
  Object.fromEntries([...rows].map(([check, { outcome }]) => [check, outcome]));
const clearUrl = (user = ''): string => `redis://${user}127.0.0.1:${clearPort}/0`;
const tlsUrl = (user = ''): string => `rediss://${user}127.0.0.1:${tlsPort}/0`;

describe('a Redis in clear', () => {
  it('on this machine is not applicable, and its folders are looked at', async () => {
    const rows = await verify(clearUrl(), { trusted: false });
    expect(outcomes(rows)).toEqual({
      connection: 'not_applicable',
      protected: 'not_applicable',
      server: 'not_applicable',
      volume: 'proven',
      swap: 'not_applicable',
      sample: 'unknown',
    });
    expect(rows.get('volume')?.facts).toMatchObject({ data: [expect.anything(), expect.anything()], log: expect.anything() });
    expect(rows.get('server')?.facts).toMatchObject({ appendonly: 'yes', maxmemoryPolicy: 'noeviction' });
  });

  it('that writes nothing to a disk has no volume', async () => {
    await admin.config('SET', 'appendonly', 'no');
    expect((await verify(clearUrl(), { trusted: false })).get('volume')).toMatchObject({ outcome: 'not_applicable' });
  });

  it('elsewhere fails, and so does one that is open to the network', async () => {
    await admin.config('SET', 'bind', '*');
    const rows = await verify(clearUrl(), { machine: machineOf('luks', { text: () => null }), trusted: false });
    expect(outcomes(rows)).toMatchObject({ connection: 'failed', protected: 'failed', server: 'failed', volume: 'unknown' });
    expect(rows.get('volume')?.reason).toMatch(/verify file:\/\S+ on its host/);
  });
});

describe('a Redis with TLS and a password', () => {
  it('is proven where nothing else is open', async () => {
    await startTls();
    await admin.config('SET', 'requirepass', PASSWORD);
    const tls = new Redis(tlsUrl(`:${PASSWORD}@`), { tls: { ca: ca.cert } });
    await tls.config('SET', 'port', '0');
    const rows = await verify(tlsUrl(`:${PASSWORD}@`));
    await tls.config('SET', 'port', clearPort);
    tls.disconnect();
    expect(outcomes(rows)).toMatchObject({ connection: 'proven', protected: 'proven', clear: 'proven', server: 'proven' });
    expect(rows.get('connection')).toMatchObject({
      target: `rediss://127.0.0.1:${tlsPort}/0`,
      facts: { tls: 'TLSv1.3', authenticated: true },
    });
  });

  it('fails where a port in clear is open beside it', async () => {
    await startTls();
    await admin.config('SET', 'requirepass', PASSWORD);
    expect(outcomes(await verify(tlsUrl(`:${PASSWORD}@`)))).toMatchObject({ connection: 'proven', clear: 'failed' });
  });

  it.each([
    ['an authority that is not ours', () => tlsUrl(), false, /certificate is not trusted/],
    ['no server', () => 'redis://127.0.0.1:1', false, /unreachable \(ECONNREFUSED\)/],
  ])('with %s is unknown', async (_name, url, trusted, reason) => {
    await startTls();
    const rows = await verify(url(), { trusted });
    expect(outcomes(rows)).toEqual({ connection: 'unknown' });
    expect(rows.get('connection')?.reason).toMatch(reason);
  });

  it.each([
    ['no password', () => clearUrl(), /NOAUTH/],
    ['a wrong password', () => clearUrl(':wrong@'), /WRONGPASS/],
  ])('with %s is unknown', async (_name, url, reason) => {
    await admin.config('SET', 'requirepass', PASSWORD);
    const rows = await verify(url(), { trusted: false });
    expect(outcomes(rows)).toEqual({ connection: 'unknown' });
    expect(rows.get('connection')?.reason).toMatch(reason);
  });

  it('names what the ACL of the user lacks', async () => {
    await admin.acl('SETUSER', 'narrow', 'on', `>${PASSWORD}`, '~*', '+ping');
    const rows = await verify(clearUrl(`narrow:${PASSWORD}@`), { trusted: false });
    for (const [check, acl] of [
      ['server', '+config|get'],
      ['volume', '+config|get'],
      ['sample', '+scan'],
    ] as const)
      expect(rows.get(check)).toMatchObject({ outcome: 'unknown', reason: expect.stringContaining(acl) });
  });
});

describe('a server that speaks as Redis does', () => {
  it('and tells no settings is unknown, not failed', async () => {
    const answers: [RegExp, string][] = [
      [/config/i, '*0\r\n'],
      [/scan/i, '*2\r\n$1\r\n0\r\n*0\r\n'],
      [/client/i, '-ERR unknown command\r\n'],
    ];
    const server = createServer((socket) => {
      socket.on('data', (chunk) => {
        const command = chunk.toString('latin1');
        socket.write(answers.find(([name]) => name.test(command))?.[1] ?? '+OK\r\n');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const url = `redis://127.0.0.1:${address.port}`;
    expect((await verify(url, { trusted: false })).get('server')).toMatchObject({
      outcome: 'unknown',
      reason: expect.stringContaining('Redis refuses to answer this (ERR)'),
    });
    answers.pop();
    expect((await verify(url, { trusted: false })).get('server')).toMatchObject({
      outcome: 'unknown',
      reason: 'Redis does not tell its settings',
    });
    server.close();
  });
});

describe('a sample of strings', () => {
  it.each([
    ['luks', 'not_applicable'],
    ['plain', 'failed'],
  ] as const)('in clear, on %s, is %s', async (disk, outcome) => {
    await admin.set('patient-1', HL7);
    await admin.set('patient-2', randomBytes(200).fill(0x91, 0, 1));
    await admin.rpush('patient-3', HL7);
    expect((await verify(clearUrl(), { machine: machineOf(disk), trusted: false })).get('sample')).toMatchObject({
      outcome,
      facts: { keys: 3, cells: 2, clear: 1, formats: ['HL7'], otherTypes: 1 },
    });
  });

  it('contradicts a key that claims encryption', async () => {
    await admin.set('patient-1:encrypted', HL7);
    expect((await verify(clearUrl(), { trusted: false })).get('sample')).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('contradiction'),
    });
  });

  it('reads a bounded number', async () => {
    await admin.mset(Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`patient-${i}`, HL7])));
    expect((await verify(clearUrl(), { trusted: false })).get('sample')?.facts).toMatchObject({ cells: 100 });
  });
});

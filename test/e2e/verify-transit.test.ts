import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { tlsOptions } from '../../src/ingest/tls.ts';
import { startPeer } from '../doubles/tls-server-hello.ts';
import { startMllp } from '../encryption/transit/real-peers.ts';
import { type Authority, makeAuthority } from '../support/certificates.ts';
import { type CliHost, cliHost, type Ended, EVIDENCE_KEYS, runCli } from '../support/cli.ts';

interface Line {
  readonly target: string;
  readonly check: string;
  readonly profile: string | null;
  readonly section: string;
  readonly outcome: string;
  readonly how: string;
  readonly facts: Record<string, unknown>;
  readonly reason: string | null;
  readonly at: string;
  readonly expires: string;
}

let authority: Authority;
let host: CliHost;
const cleanUps: (() => Promise<void>)[] = [];
beforeAll(() => {
  authority = makeAuthority();
  host = cliHost();
});
afterAll(async () => {
  authority.remove();
  await host.close();
});
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

function verify(...args: string[]): Promise<Ended> {
  return host.run(['verify', 'transit', ...args]);
}

function linesOf(out: string): Line[] {
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
}

/** A TLS server with the options of our own listeners. */
async function startOwnTls(isMutual: boolean): Promise<number> {
  const server = createTlsServer(
    tlsOptions({ ...authority.issue('/CN=cordon'), clientAuthorities: isMutual ? authority.cert : null }),
  );
  // As the listeners do: read nothing from a client that did not show a certificate.
  server.on('secureConnection', (socket) => {
    socket.on('error', () => socket.destroy());
    if (isMutual && !socket.authorized) socket.destroy();
  });
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  cleanUps.push(() => new Promise((settle) => server.close(() => settle())));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

describe('cordon verify transit', () => {
  it('proves the TLS of our own listeners by every profile, but for ChaCha20, which NIST does not have', async () => {
    const port = await startOwnTls(true);
    // In a process of its own, which has to end although it held connections.
    const asked = [`127.0.0.1:${port}`, '--format', 'ndjson', '--ca', `${authority.folder}/ca.pem`];
    const { code, out, err } = await runCli(['verify', 'transit', ...asked]);
    expect(err).toBe('');
    const lines = linesOf(out);
    expect(lines).toHaveLength(27);
    const failed = lines
      .filter(({ outcome }) => outcome !== 'proven')
      .map(({ profile, check, outcome }) => [profile, check, outcome]);
    // ChaCha20 is no algorithm of NIST's.
    expect(failed).toEqual([
      ['sp800-52r2', 'suites', 'failed'],
      [null, 'protocol', 'unknown'],
      [null, 'clear-port', 'not_applicable'],
    ]);
    expect(code).toBe(1);
    const [first] = lines;
    if (first === undefined) throw new Error('no evidence');
    expect(Object.keys(first)).toEqual(EVIDENCE_KEYS);
    expect(new Date(first.at).toISOString()).toBe(first.at);
    expect(lines.find(({ profile, check }) => profile === 'iti-19' && check === 'certificate')?.facts).toMatchObject({
      clientCertificate: 'demanded',
      trust: 'trusted',
    });
  });

  it('prints a table for people, of several endpoints, and exits 0 where what could not be reached is all there is', async () => {
    const peer = await startPeer(() => null);
    await peer.close();
    const { code, out } = await verify(`localhost:${peer.port}`, `[::1]:${peer.port}`);
    expect(code).toBe(0);
    expect(out).toContain(`tls:localhost:${peer.port}\n  unknown `);
    expect(out).toContain(`tls:[::1]:${peer.port}\n  unknown `);
    expect(out).toContain('no connection: ECONNREFUSED.');
  });

  it('proves an MLLP peer in clear to be that, and exits 1', async () => {
    const peer = await startPeer(() => Buffer.from('\x0bMSH|^~\\&|\x1c\r', 'latin1'));
    cleanUps.push(peer.close);
    const { code, out } = await verify(`127.0.0.1:${peer.port}`);
    expect(code).toBe(1);
    expect(out).toContain('it answers in clear, with MLLP');
    expect(out).not.toContain('MSH');
  });

  it('speaks MLLP to our own listener with a client certificate, and finds the plain port beside it', async () => {
    const own = authority.issue('/CN=cordon');
    const mllp = await startMllp({ ...own, clientAuthorities: authority.cert });
    const plain = await startMllp();
    cleanUps.push(mllp.close, plain.close);
    const probe = authority.issue('/CN=probe');
    const [certificate, key] = ['probe.pem', 'probe.key'].map((name) => join(authority.folder, name));
    if (certificate === undefined || key === undefined) throw new Error('no files');
    writeFileSync(certificate, probe.cert);
    writeFileSync(key, probe.key);
    const asked = ['--protocol', 'mllp', '--clear-port', String(plain.port), '--certificate', certificate, '--key', key];
    const { code, out, err } = await verify(`127.0.0.1:${mllp.port}`, '--format', 'ndjson', ...asked);
    expect(err).toBe('');
    expect(code).toBe(1);
    const alone = linesOf(out).filter(({ profile }) => profile === null);
    expect(alone).toEqual([
      expect.objectContaining({ check: 'protocol', section: '', outcome: 'proven', reason: null }),
      expect.objectContaining({ check: 'clear-port', section: '', outcome: 'failed' }),
    ]);
    expect(alone[0]?.facts).toMatchObject({ protocol: 'mllp', answer: 'AA' });
    expect([mllp.bodies().length, plain.bodies().length]).toEqual([1, 1]);
  });

  it.each([
    [['pacs.example'], '"pacs.example" is no endpoint: give HOST:PORT'],
    [['pacs.example:70000'], '"pacs.example:70000" is no endpoint'],
    [['https://pacs.example:443'], 'is no endpoint'],
    [['localhost:1', '--ca', '/nowhere.pem'], '/nowhere.pem: no trust anchors can be read from it'],
    [['localhost:1', '--ca', 'package.json'], 'it holds no certificate in PEM'],
    [['localhost:1', '--protocol', 'smtp'], "argument 'smtp' is invalid"],
    [['localhost:1', '--clear-port', '0'], '--clear-port: "0" is no port'],
    [['localhost:1', '--key', 'package.json'], 'a client certificate needs both'],
    [['localhost:1', '--certificate', 'package.json', '--key', 'package.json'], 'are no certificate and its key in PEM'],
    [['localhost:1', '--format', 'xml'], "argument 'xml' is invalid"],
    [[], "missing required argument 'endpoint'"],
  ])('exits 2 on bad use: %j', async (args, message) => {
    const { code, out, err } = await verify(...args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(message);
  });
});

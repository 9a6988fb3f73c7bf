import { connect as connectTcp } from 'node:net';
import { type ConnectionOptions, connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { peekHl7 } from '../../src/formats/hl7v2/peek.ts';
import type { IngestEvent } from '../../src/ingest/events.ts';
import { createInFlight } from '../../src/ingest/limits.ts';
import { listenMllp, type MllpListener } from '../../src/ingest/mllp.ts';
import { handshakeRefusal, tlsOptions } from '../../src/ingest/tls.ts';
import { type Authority, type KeyPair, makeAuthority } from '../support/certificates.ts';
import { recordedAccept } from '../support/recorded-accept.ts';

const MESSAGE = '\vMSH|^~\\&|LIS|LAB|EHR|MAIN|2026||ORU^R01|T1|P|2.5.1\rPID|||1||DOE^JANE\r\x1c\r';

let ours: Authority;
let theirs: Authority;
let server: KeyPair;
let client: KeyPair;
let stranger: KeyPair;
let listener: MllpListener;
let open: MllpListener;
const recorded = recordedAccept();
const events: IngestEvent[] = [];

beforeAll(async () => {
  ours = makeAuthority();
  theirs = makeAuthority('/CN=Another CA');
  server = ours.issue('/CN=localhost');
  client = ours.issue('/O=Hospital/CN=lis');
  stranger = theirs.issue('/O=Elsewhere/CN=lis');
  const options = {
    host: '127.0.0.1',
    port: 0,
    accept: recorded.accept,
    peek: peekHl7,
    limits: { limit: 1 << 16, hardLimit: 1 << 18 },
    inFlight: createInFlight(1 << 20),
    nackOf: () => 'close' as const,
    report: (event: IngestEvent) => events.push(event),
    clock: Date.now,
    deadline: 4000,
    idle: 60_000,
  } as const;
  listener = await listenMllp({ ...options, name: 'mllp-tls', tls: { ...server, clientAuthorities: ours.cert } });
  open = await listenMllp({ ...options, name: 'mllp-open', tls: { ...server, clientAuthorities: null } });
});

afterAll(async () => {
  await Promise.all([listener.close(), open.close()]);
  ours.remove();
  theirs.remove();
});

/** Sends the message over TLS and resolves with what came back, or with the code of what went wrong. */
function send(port: number, options: ConnectionOptions): Promise<string> {
  return new Promise((resolve) => {
    let received = '';
    const socket = connect({ host: '127.0.0.1', port, ca: ours.cert, servername: 'localhost', ...options }, () =>
      socket.end(MESSAGE, 'latin1'),
    );
    socket.on('data', (chunk: Buffer) => {
      received += chunk.toString('latin1');
    });
    socket.on('error', (error) => resolve('code' in error ? String(error.code) : error.message));
    socket.on('close', () => resolve(received));
  });
}

async function eventually(kind: IngestEvent['kind'], since: number): Promise<IngestEvent> {
  for (;;) {
    const found = events.slice(since).find((event) => event.kind === kind);
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe('a verified client', () => {
  test.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'delivers over %s; its certificate and what was negotiated are recorded',
    async (version) => {
      const before = recorded.rows.length;
      const text = await send(listener.port, { ...client, minVersion: version, maxVersion: version });
      expect(text).toContain('MSA|AA|T1');
      if (version === 'TLSv1.2') expect(recorded.rows).toHaveLength(before + 1);
      const [row] = recorded.rows;
      expect(row?.provenance).toMatchObject({
        listener: 'mllp-tls',
        protocol: 'mllp-tls',
        peer: { address: '127.0.0.1', certificate: 'CN=lis,O=Hospital' },
        tls: {
          version: 'TLSv1.2',
          serverName: 'localhost',
          alpn: null,
          own: { fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/), validTo: expect.any(Number) },
          peer: { subject: 'CN=lis,O=Hospital', serial: expect.stringMatching(/^[0-9A-F]+$/) },
        },
      });
      expect(row?.provenance.tls?.cipher).toMatch(/^TLS_ECDHE_ECDSA_WITH_/);
    },
  );
});

describe('who is refused, before anything is read', () => {
  test.each<[string, () => ConnectionOptions, RegExp]>([
    ['a certificate of another authority', () => stranger, /UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT_LOCALLY/],
    ['no certificate', () => ({}), /^no-certificate$/],
    [
      'a suite without forward secrecy',
      () => ({ ...client, maxVersion: 'TLSv1.2', ciphers: 'AES128-SHA:AES128-GCM-SHA256' }),
      /^ERR_SSL_NO_SHARED_CIPHER$/,
    ],
    [
      'TLS 1.1',
      () => ({ ...client, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }),
      /^ERR_SSL_(UNSUPPORTED_PROTOCOL|NO_PROTOCOLS_AVAILABLE|VERSION_TOO_LOW)$/,
    ],
  ])('%s', async (_, options, reason) => {
    const rows = recorded.rows.length;
    const since = events.length;
    expect(await send(listener.port, options())).not.toContain('MSA');
    const event = await eventually('credentials', since);
    expect(event).toMatchObject({
      kind: 'credentials',
      listener: 'mllp-tls',
      address: '127.0.0.1',
      reason: expect.stringMatching(reason),
    });
    expect(recorded.rows).toHaveLength(rows);
  });

  test('clear text on the TLS port, and nothing of it is told', async () => {
    const since = events.length;
    const socket = connectTcp(listener.port, '127.0.0.1', () => socket.write(MESSAGE, 'latin1'));
    socket.on('error', () => socket.destroy());
    socket.resume();
    expect(await eventually('credentials', since)).toEqual({
      kind: 'credentials',
      listener: 'mllp-tls',
      address: '127.0.0.1',
      reason: 'clear-text',
    });
    expect(JSON.stringify(events)).not.toContain('DOE');
  });

  test('a connection that merely breaks off is no alert', async () => {
    const since = events.length;
    const socket = connectTcp(listener.port, '127.0.0.1', () => socket.destroy());
    expect(await eventually('connection', since)).toMatchObject({ kind: 'connection', listener: 'mllp-tls' });
    expect(events.slice(since).filter(({ kind }) => kind === 'credentials')).toEqual([]);
  });
});

test('without authorities every client is let in, unnamed', async () => {
  expect(await send(open.port, {})).toContain('MSA|AA|T1');
  expect(recorded.rows.at(-1)?.provenance).toMatchObject({
    listener: 'mllp-open',
    peer: { certificate: null },
    tls: { version: 'TLSv1.3' },
  });
});

test('a key that is none is a clear error that does not show it', async () => {
  const refused = listenMllp({
    name: 'mllp-tls',
    host: '127.0.0.1',
    port: 0,
    tls: { key: 'not a key', cert: server.cert, clientAuthorities: null },
    accept: recorded.accept,
    peek: peekHl7,
    limits: { limit: 1, hardLimit: 1 },
    inFlight: createInFlight(1),
    nackOf: () => 'close',
    report: () => undefined,
    clock: Date.now,
    deadline: 1,
    idle: 1,
  });
  await expect(refused).rejects.toMatchObject({
    code: 'listener.unavailable',
    message: expect.not.stringContaining('not a key'),
  });
});

test('options name suites of TLS 1.3 and ECDHE with AEAD only', () => {
  const { ciphers, minVersion } = tlsOptions({ ...server, clientAuthorities: null });
  expect(minVersion).toBe('TLSv1.2');
  for (const suite of String(ciphers).split(':'))
    expect(suite).toMatch(/^(TLS_(AES|CHACHA20)|ECDHE-(ECDSA|RSA)-(AES\d+-GCM|CHACHA20))/);
});

test.each([
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'clear-text'],
  ['ERR_SSL_HTTP_REQUEST', 'clear-text'],
  ['ERR_SSL_NO_SHARED_CIPHER', 'ERR_SSL_NO_SHARED_CIPHER'],
  ['ECONNRESET', null],
])('%s is %s', (code, reason) => {
  expect(handshakeRefusal(Object.assign(new Error('x'), { code }))).toBe(reason);
});

import { connect as connectTcp } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Authority, type KeyPair, makeAuthority } from '../support/certificates.ts';
import { type StartedDimse, startDimse } from '../support/dimse-listener.ts';
import {
  associate,
  associateRequest,
  connectPeer,
  contextResults,
  ONE_CONTEXT,
  type Peer,
  store,
} from '../support/dimse-peer.ts';

let ours: Authority;
let theirs: Authority;
let server: KeyPair;
let client: KeyPair;
let stranger: KeyPair;
let mutual: StartedDimse;
let open: StartedDimse;

beforeAll(async () => {
  ours = makeAuthority();
  theirs = makeAuthority('/CN=Another CA');
  server = ours.issue('/CN=localhost');
  client = ours.issue('/O=Hospital/CN=ct1');
  stranger = theirs.issue('/O=Elsewhere/CN=ct1');
  mutual = await startDimse({ name: 'dimse-tls', tls: { ...server, clientAuthorities: ours.cert } });
  open = await startDimse({ name: 'dimse-tls', tls: { ...server, clientAuthorities: null } });
});

afterAll(async () => {
  await Promise.all([mutual.listener.close(), open.listener.close()]);
  ours.remove();
  theirs.remove();
});

function peerOf({ listener }: StartedDimse, options: ConnectionOptions): Peer {
  return connectPeer(listener.port, { ca: ours.cert, servername: 'localhost', ...options });
}

describe('a verified client', () => {
  test.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'delivers over %s; its certificate and what was negotiated are recorded',
    async (version) => {
      const peer = peerOf(mutual, { ...client, minVersion: version, maxVersion: version });
      expect(contextResults(await associate(peer, { contexts: ONE_CONTEXT }))[1]).toMatch(/^0 /);
      expect(await store(peer, '1.2.3', Buffer.from(version))).toBe(0);
      peer.socket.destroy();
      expect(mutual.bodies().at(-1)).toContain(version);
      expect(mutual.rows.at(-1)?.provenance).toMatchObject({
        listener: 'dimse-tls',
        protocol: 'dimse-tls',
        peer: { address: '127.0.0.1', certificate: 'CN=ct1,O=Hospital' },
        tls: { version, serverName: 'localhost' },
        association: { calling: 'CT1', called: 'CORDON' },
      });
    },
  );
});

test('without authorities every client is let in, unnamed', async () => {
  const peer = peerOf(open, {});
  expect((await associate(peer, { contexts: ONE_CONTEXT }))?.[0]).toBe(0x02);
  expect(await store(peer, '1.2.3', Buffer.from('object'))).toBe(0);
  peer.socket.destroy();
  expect(open.rows[0]?.provenance.peer.certificate).toBeNull();
});

describe('who is refused, before anything is read', () => {
  test.each<[string, () => ConnectionOptions, RegExp]>([
    ['a certificate of another authority', () => stranger, /UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT_LOCALLY/],
    ['no certificate', () => ({}), /^no-certificate$/],
    ['TLS 1.1', () => ({ ...client, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }), /^ERR_SSL_/],
  ])('%s', async (_, options, reason) => {
    const [rows, since] = [mutual.rows.length, mutual.events.length];
    const peer = peerOf(mutual, options());
    expect(await associate(peer, { contexts: ONE_CONTEXT })).toBeNull();
    await expect
      .poll(() => mutual.events.slice(since))
      .toContainEqual({
        kind: 'credentials',
        listener: 'dimse-tls',
        address: '127.0.0.1',
        reason: expect.stringMatching(reason),
      });
    expect(mutual.rows).toHaveLength(rows);
  });

  test('clear text on the TLS port', async () => {
    const since = mutual.events.length;
    const socket = connectTcp(mutual.listener.port, '127.0.0.1', () => socket.write(associateRequest({ contexts: ONE_CONTEXT })));
    socket.on('error', () => socket.destroy());
    socket.resume();
    await expect
      .poll(() => mutual.events.slice(since))
      .toContainEqual({
        kind: 'credentials',
        listener: 'dimse-tls',
        address: '127.0.0.1',
        reason: 'clear-text',
      });
  });
});

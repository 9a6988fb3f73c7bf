import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../../src/core/evidence.ts';
import { alert, startPeer } from '../../doubles/tls-server-hello.ts';
import { freePort } from '../../support/free-port.ts';
import { useOpenssl } from './openssl-endpoints.ts';
import { listening, startHttp, startMllp, startReceiver } from './real-peers.ts';
import { FAST, row } from './verify-port.ts';

const { good, cleanUps, verify, openssl } = useOpenssl();

async function using<T extends { close(): Promise<void> }>(starting: Promise<T>): Promise<T> {
  const peer = await starting;
  cleanUps.push(peer.close);
  return peer;
}

const pair = () => ({ key: readFileSync(good().key, 'utf8'), cert: readFileSync(good().cert, 'utf8') });
const protocolOf = (rows: readonly Evidence[]) => row(rows, null, 'protocol');
const clearPortOf = (rows: readonly Evidence[]) => row(rows, null, 'clear-port');

/** A TLS server that answers the first bytes with something (null: with nothing, `end`: by hanging up). */
async function startTls(answer: Buffer | null | 'end'): Promise<{ port: number; close(): Promise<void> }> {
  const server = createTlsServer(pair(), (socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', () => {
      if (answer === 'end') socket.end();
      else if (answer !== null) socket.write(answer);
    });
  });
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  return listening(server);
}

/** As nginx does: what is no TLS is answered in clear with 400, and TLS goes on to a server. */
async function startPolite(behind: number): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', (first) => {
      if (first[0] !== 0x16) return socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
      const onward = connect(behind, '127.0.0.1');
      onward.on('error', () => socket.destroy());
      onward.write(first);
      return socket.pipe(onward).pipe(socket);
    });
  });
  return listening(server);
}

describe('the protocol over TLS', () => {
  it('storescp +tls takes a C-ECHO: DICOM over TLS', async () => {
    const scp = await using(startReceiver(['+tls', good().key, good().cert, '-ic']));
    expect(protocolOf(await verify(scp.port, { protocol: 'dicom' }))).toMatchObject({
      target: `tls:127.0.0.1:${scp.port}`,
      outcome: 'proven',
      facts: { protocol: 'dicom', version: 'TLSv1.3', association: 'accepted', echo: '0x0000' },
      reason: null,
    });
  });

  it('an association that is refused proves DICOM as well', async () => {
    const scp = await using(startReceiver(['+tls', good().key, good().cert, '-ic', '--refuse']));
    expect(protocolOf(await verify(scp.port, { protocol: 'dicom' }))).toMatchObject({
      outcome: 'proven',
      facts: { association: 'rejected', rejection: expect.stringMatching(/^result \d, source \d, reason \d$/) },
    });
  });

  it('a web server answers HEAD', async () => {
    const seen: string[] = [];
    const web = await using(
      startHttp((request, response) => {
        seen.push(`${request.method} ${request.url} ${request.headers.host}`);
        response.writeHead(401).end();
      }, pair()),
    );
    expect(protocolOf(await verify(web.port, { protocol: 'http' }))).toMatchObject({
      outcome: 'proven',
      facts: { protocol: 'http', status: 401, redirectsToHttps: false },
    });
    expect(seen).toEqual(['HEAD / localhost']);
  });

  it('our own MLLP listener answers over TLS', async () => {
    const mllp = await using(startMllp({ ...pair(), clientAuthorities: null }));
    expect(protocolOf(await verify(mllp.port, { protocol: 'mllp' }))).toMatchObject({
      outcome: 'proven',
      facts: { protocol: 'mllp', version: 'TLSv1.3', answer: 'AA' },
    });
    expect(mllp.bodies()).toHaveLength(1);
  });

  it('what answers something else is unknown, and said', async () => {
    const web = await using(startHttp((_request, response) => response.end(), pair()));
    expect(protocolOf(await verify(web.port, { protocol: 'dicom' }))).toMatchObject({
      outcome: 'unknown',
      reason: 'it answers HTTP over TLS, not DICOM: say with --protocol what it speaks.',
    });
    const banner = await using(startTls(Buffer.from('220 welcome\r\n')));
    expect(protocolOf(await verify(banner.port, { protocol: 'mllp' })).reason).toContain('answers something else over TLS');
  });

  it('what is silent or hangs up is unknown', async () => {
    const limits = { ...FAST, timeout: 1500 };
    const silent = await using(startTls(null));
    expect(protocolOf(await verify(silent.port, { protocol: 'mllp', limits }))).toMatchObject({
      outcome: 'unknown',
      reason: 'it did not answer MLLP over TLS in time.',
      facts: { protocol: 'mllp', version: 'TLSv1.3' },
    });
    const ending = await using(startTls('end'));
    expect(protocolOf(await verify(ending.port, { protocol: 'dicom', limits }))).toMatchObject({
      outcome: 'unknown',
      reason: 'it hung up on DICOM over TLS without an answer.',
    });
  });

  it('nothing is sent where neither the caller nor the port says what', async () => {
    const mllp = await using(startMllp({ ...pair(), clientAuthorities: null }));
    const unsaid = protocolOf(await verify(mllp.port));
    expect(unsaid).toMatchObject({ outcome: 'unknown', reason: expect.stringContaining('verify transit --protocol') });
    const none = protocolOf(await verify(mllp.port, { protocol: 'none' }));
    expect(none.outcome).toBe('not_applicable');
    expect(mllp.bodies()).toEqual([]);
  });

  it('a well-known port of MLLP is sent no message unless the caller says so; then its usual plain port is asked as well', async () => {
    // An address of its own: the ports are fixed, and other runs may have them.
    const host = `127.${[1, 2, 3].map(() => randomInt(1, 254)).join('.')}`;
    const mllp = await using(startMllp({ ...pair(), clientAuthorities: null }, { host, port: 2576 }));
    const plain = await using(startMllp(null, { host, port: 2575 }));
    const unasked = await verify(2576, { host });
    expect(protocolOf(unasked)).toMatchObject({
      outcome: 'unknown',
      reason: 'no message is sent to an MLLP endpoint unasked: `verify transit --protocol mllp` does.',
    });
    expect(clearPortOf(unasked)).toMatchObject({ outcome: 'unknown', reason: expect.stringContaining('port 2575 is open') });
    expect([mllp.bodies(), plain.bodies()]).toEqual([[], []]);
    const asked = await verify(2576, { host, protocol: 'mllp' });
    expect(protocolOf(asked).outcome).toBe('proven');
    expect(clearPortOf(asked)).toMatchObject({ outcome: 'failed', facts: { clear: ['2575'] } });
    expect([mllp.bodies().length, plain.bodies().length]).toEqual([1, 1]);
  });

  it('what gave no TLS is asked nothing more', async () => {
    const refusing = await using(startPeer(() => alert(40)));
    const rows = await verify(refusing.port, { protocol: 'mllp', clearPort: refusing.port });
    expect(protocolOf(rows)).toMatchObject({ outcome: 'unknown', reason: expect.stringContaining('refused every version') });
    expect(clearPortOf(rows).outcome).toBe('unknown');
    const clear = await using(startPeer(() => Buffer.from('\x0bMSH|', 'latin1')));
    const inClear = await verify(clear.port, { protocol: 'mllp' });
    expect(protocolOf(inClear)).toMatchObject({ outcome: 'not_applicable', facts: { clear: 'mllp' } });
    expect(clear.connections()).toBe(1);
  });

  it('an allowance that is used up leaves both unknown', async () => {
    const port = await openssl(['-cipher', 'ECDHE+AESGCM']);
    const rows = await verify(port, { protocol: 'http', clearPort: await freePort(), limits: { ...FAST, connections: 5 } });
    expect(protocolOf(rows)).toMatchObject({ outcome: 'unknown', reason: 'the probe ended before it was asked.' });
    expect(clearPortOf(rows)).toMatchObject({ outcome: 'unknown', reason: expect.stringContaining('the probe ended before') });
  });
});

describe('the plain port beside it', () => {
  it('that is closed is proven', async () => {
    const web = await using(startHttp((_request, response) => response.end(), pair()));
    const port = await freePort();
    expect(clearPortOf(await verify(web.port, { protocol: 'http', clearPort: port }))).toMatchObject({
      outcome: 'proven',
      facts: { ports: [String(port)], closed: [String(port)] },
      reason: null,
    });
  });

  it.each([
    ['redirects to https', 308, 'https://localhost/', 'proven', 'redirects'],
    ['redirects to http', 301, 'http://localhost/login', 'failed', 'clear'],
    ['answers', 200, null, 'failed', 'clear'],
  ])('of a web server that only %s', async (_name, status, location, outcome, fact) => {
    const web = await using(startHttp((_request, response) => response.end(), pair()));
    const plain = await using(
      startHttp((_request, response) => {
        response.writeHead(status, location === null ? {} : { location }).end();
      }, null),
    );
    const evidence = clearPortOf(await verify(web.port, { protocol: 'http', clearPort: plain.port }));
    expect(evidence.outcome).toBe(outcome);
    expect(evidence.facts[fact]).toEqual([String(plain.port)]);
  });

  it('of a web server that tells clients in clear to speak TLS is none', async () => {
    const web = await using(startHttp((_request, response) => response.end(), pair()));
    const other = await using(startHttp((_request, response) => response.end(), pair()));
    const port = await using(startPolite(other.port));
    expect(clearPortOf(await verify(web.port, { protocol: 'http', clearPort: port.port }))).toMatchObject({
      outcome: 'proven',
      facts: { tls: [String(port.port)] },
    });
  });

  it('of DICOM is found, and one that itself takes TLS alone is none', async () => {
    const secure = await using(startReceiver(['+tls', good().key, good().cert, '-ic']));
    const plain = await using(startReceiver([]));
    const found = clearPortOf(await verify(secure.port, { protocol: 'dicom', clearPort: plain.port }));
    expect(found).toMatchObject({ outcome: 'failed', reason: expect.stringContaining(`port ${plain.port} of the same host`) });
    const other = await using(startReceiver(['+tls', good().key, good().cert, '-ic']));
    expect(clearPortOf(await verify(secure.port, { protocol: 'dicom', clearPort: other.port }))).toMatchObject({
      outcome: 'proven',
      facts: { tls: [String(other.port)] },
    });
  });

  it.each([
    ['is silent', null, 'is open and did not answer HTTP in time'],
    ['speaks something else', Buffer.from('220 welcome\r\n'), 'is open and answers something else'],
  ])('that %s is unknown', async (_name, answer, reason) => {
    const web = await using(startHttp((_request, response) => response.end(), pair()));
    const plain = await using(startPeer(() => answer));
    const limits = { ...FAST, timeout: 1000 };
    expect(clearPortOf(await verify(web.port, { protocol: 'http', clearPort: plain.port, limits }))).toMatchObject({
      outcome: 'unknown',
      reason: expect.stringContaining(reason),
    });
  });

  it('that is open is unknown where no protocol was to be asked, and nothing is sent to it', async () => {
    const web = await using(startHttp((_request, response) => response.end(), pair()));
    const received: Buffer[] = [];
    const plain = await using(
      startPeer((first) => {
        received.push(first);
        return null;
      }),
    );
    const evidence = clearPortOf(await verify(web.port, { protocol: 'none', clearPort: plain.port }));
    expect(evidence).toMatchObject({ outcome: 'unknown', reason: expect.stringContaining('nothing was asked of it') });
    expect(received).toEqual([]);
  });
});

import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { encodeClientHello } from '../../../src/encryption/transit/client-hello.ts';
import { clearProtocol, exchangeHello } from '../../../src/encryption/transit/exchange.ts';
import { createPacer } from '../../../src/encryption/transit/pacer.ts';
import { record, serverFlight } from '../../doubles/tls-server-hello.ts';

const HELLO = encodeClientHello({ version: 0x0303, suites: [0x002f], groups: [], serverName: null });
const cleanUps: (() => void)[] = [];
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
});

/** A server that does this with each connection, and what came of one ClientHello to it. */
async function answerOf(behave: (socket: Socket) => void, timeout = 5000, signal = new AbortController().signal) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    behave(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanUps.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return exchangeHello({ host: '127.0.0.1', port: address.port }, HELLO, timeout, signal);
}

describe('exchangeHello', () => {
  it('puts together what comes byte by byte', async () => {
    const answer = await answerOf(async (socket) => {
      socket.setNoDelay(true);
      for (const byte of serverFlight(0x0303, 0x002f, { certificates: [Buffer.from('leaf')] })) {
        await new Promise((sent) => socket.write(Buffer.of(byte), sent));
      }
    });
    expect(answer).toMatchObject({ kind: 'flight', flight: { hello: { suite: 0x002f } } });
  });

  it('gives up on a peer that floods, without keeping what comes', async () => {
    const fragment = record(22, 0x0303, Buffer.concat([Buffer.from([2, 0xff, 0xff, 0xff]), Buffer.alloc(16_000)]));
    const answer = await answerOf((socket) => {
      const flood = (): void => {
        while (socket.writable && socket.write(fragment)) {
          // Until its buffer is full.
        }
      };
      socket.on('drain', flood);
      flood();
    });
    expect(answer).toEqual({ kind: 'malformed' });
  });

  it('gives up on a peer that never ends, and on one that says nothing', async () => {
    const endless = await answerOf((socket) => socket.write(record(22, 0x0303, Buffer.from([2, 0, 1, 0]))), 200);
    expect(endless).toEqual({ kind: 'silent' });
    expect(await answerOf(() => undefined, 200)).toEqual({ kind: 'silent' });
  });

  it('tells a peer that hangs up or resets from one that is not there', async () => {
    expect(await answerOf((socket) => socket.end())).toEqual({ kind: 'closed' });
    expect(await answerOf((socket) => socket.once('data', () => socket.resetAndDestroy()))).toEqual({ kind: 'closed' });
    const missing = await exchangeHello({ host: 'host.invalid', port: 1 }, HELLO, 5000, new AbortController().signal);
    expect(missing.kind).toBe('unreachable');
  });

  it('stops when it is told to, before and while it waits', async () => {
    expect(await answerOf(() => undefined, 5000, AbortSignal.abort())).toEqual({ kind: 'stopped' });
    const stopping = new AbortController();
    expect(await answerOf((socket) => socket.once('data', () => stopping.abort()), 5000, stopping.signal)).toEqual({
      kind: 'stopped',
    });
  });

  it('takes no other protocol for DICOM, HTTP or MLLP', () => {
    expect(clearProtocol(Buffer.from([7, 0, 0, 0, 0, 5]))).toBe('unknown');
    expect(clearProtocol(Buffer.from([7, 0]))).toBe('unknown');
    expect(clearProtocol(Buffer.from('SSH-2.0-x'))).toBe('unknown');
    expect(clearProtocol(Buffer.alloc(0))).toBe('unknown');
  });
});

describe('createPacer', () => {
  it('lets through so many in all, and none after it was stopped', async () => {
    const { signal } = new AbortController();
    const pacer = createPacer({ perSecond: 1000, connections: 3 });
    const passed: boolean[] = [];
    for (let count = 0; count < 5; count++) passed.push(await pacer.next(signal));
    expect(passed).toEqual([true, true, true, false, false]);
    expect(pacer.used).toBe(3);
    expect(await createPacer({ perSecond: 1000, connections: 3 }).next(AbortSignal.abort())).toBe(false);
  });

  it('ends its wait when it is stopped', async () => {
    const stopping = new AbortController();
    // The second would have to wait for a quarter of an hour.
    const pacer = createPacer({ perSecond: 0.001, connections: 3 });
    expect(await pacer.next(stopping.signal)).toBe(true);
    const second = pacer.next(stopping.signal);
    stopping.abort();
    expect(await second).toBe(false);
  });
});

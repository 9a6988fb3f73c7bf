import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { createHospital } from '../../src/demo/hospital.ts';
import type { DemoMessage } from '../../src/demo/message.ts';
import { sendHttp, sendMllp } from '../../src/demo/send.ts';
import { peekHl7 } from '../../src/formats/hl7v2/peek.ts';
import { createInFlight } from '../../src/ingest/limits.ts';
import { listenMllp } from '../../src/ingest/mllp.ts';
import { recordedAccept } from '../support/recorded-accept.ts';

const HOST = '127.0.0.1';
const hospital = createHospital({ start: Date.UTC(2026, 10, 24, 6) });
/** Some of every flow. */
const some = hospital.messages.slice(0, 700);

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const portOf = (server: Server | HttpServer): number => {
  const address: AddressInfo | string | null = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server does not listen');
  return address.port;
};

/** An MLLP listener that answers every frame as it is told. */
async function answering(answer: (controlId: string, socket: Socket) => void): Promise<{ host: string; port: number }> {
  const server = createServer((socket) => {
    let rest = '';
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      rest += chunk.toString('latin1');
      for (let end = rest.indexOf('\x1c\r'); end >= 0; end = rest.indexOf('\x1c\r')) {
        const id = rest.slice(0, end).split('|')[9] ?? '';
        rest = rest.slice(end + 2);
        answer(id, socket);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, HOST, resolve));
  closing.push(() => void server.close());
  return { host: HOST, port: portOf(server) };
}

const ack = (code: string, id: string): string => `\x0bMSH|^~\\&|X|||||ACK|1|P|2.5.1\rMSA|${code}|${id}\r\x1c\r`;

describe('over MLLP', () => {
  test('to our own listener: everything arrives as it is, each flow in its order', async () => {
    const recorded = recordedAccept();
    const listener = await listenMllp({
      name: 'mllp',
      host: HOST,
      port: 0,
      tls: null,
      accept: recorded.accept,
      peek: peekHl7,
      limits: { limit: 1 << 16, hardLimit: 1 << 18 },
      inFlight: createInFlight(1 << 24),
      nackOf: () => 'close',
      report: () => undefined,
      clock: Date.now,
      deadline: 20_000,
      idle: 60_000,
    });
    closing.push(() => listener.close());
    const answered: DemoMessage[] = [];
    await sendMllp(some, { host: HOST, port: listener.port }, (message, id) => {
      expect(id).toBeNull();
      answered.push(message);
    });
    const mine = some.filter(({ transport }) => transport === 'mllp');
    expect(answered).toHaveLength(mine.length);
    for (const flow of new Set(mine.map((message) => message.flow))) {
      const ids = (messages: readonly DemoMessage[]) => messages.filter((each) => each.flow === flow).map(({ id }) => id);
      expect(ids(answered)).toEqual(ids(mine));
    }
    const text = ({ bytes }: DemoMessage): string => Buffer.from(bytes).toString('latin1');
    expect(recorded.bodies().sort()).toEqual(mine.map(text).sort());
  });

  const lab = some.filter(({ flow }) => flow === 'lab-record').slice(0, 3);
  const wrong: [string, (id: string, socket: Socket) => void, RegExp][] = [
    ['an error', (id, socket) => socket.write(ack('AE', id)), /answered AE to message NL/],
    ['another message’s id', (_, socket) => socket.write(ack('AA', 'OTHER')), /not waiting/],
    ['no MSA', (_, socket) => socket.write('\x0bMSH|^~\\&|\r\x1c\r'), /not waiting/],
    ['a closed connection', (_, socket) => void socket.destroy(), /closed the connection|ECONNRESET|EPIPE/],
  ];
  test.each(wrong)('%s ends the run with an error that names the listener', async (_, answer, text) => {
    const target = await answering(answer);
    const sending = sendMllp(lab, target, () => undefined);
    await expect(sending).rejects.toMatchObject({ code: 'listener.unavailable', message: expect.stringMatching(text) });
    await expect(sending).rejects.toThrow(`MLLP ${HOST}:${target.port}`);
  });

  test('nobody listens', async () => {
    const target = await answering(() => undefined);
    for (const close of closing.splice(0)) await close();
    await expect(sendMllp(lab, target, () => undefined)).rejects.toMatchObject({ code: 'listener.unavailable' });
  });

  test('answers cut into single bytes are read', async () => {
    const target = await answering((id, socket) => {
      for (const character of ack('AA', id)) socket.write(character);
    });
    let answered = 0;
    await sendMllp(lab, target, () => answered++);
    expect(answered).toBe(3);
  });
});

describe('over HTTP', () => {
  interface Seen {
    readonly headers: NodeJS.Dict<string | string[]>;
    readonly body: Buffer;
  }

  async function serving(
    status: number,
    body: (seen: number) => string,
  ): Promise<{ url: string; seen: Seen[]; sockets: Set<Socket> }> {
    const seen: Seen[] = [];
    const sockets = new Set<Socket>();
    const server = createHttpServer((request, response) => {
      sockets.add(request.socket);
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        seen.push({ headers: request.headers, body: Buffer.concat(chunks) });
        response.writeHead(status, { 'Content-Type': 'application/json' }).end(body(seen.length));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, HOST, resolve));
    closing.push(() => {
      server.close();
      server.closeAllConnections();
    });
    return { url: `http://${HOST}:${portOf(server)}`, seen, sockets };
  }

  const mine = some.filter(({ transport }) => transport === 'http');

  test('every message once, with key and claims, over few connections', async () => {
    const { url, seen, sockets } = await serving(202, (count) =>
      JSON.stringify({ id: `id-${count}`, duplicate: false, quarantined: false }),
    );
    const ids = new Set<string | null>();
    await sendHttp(some, { url, key: 'secret' }, (_, id) => ids.add(id));
    expect(ids.size).toBe(mine.length);
    const sent = seen.map(({ body }) => body.toString('hex')).sort();
    expect(sent).toEqual(mine.map(({ bytes }) => Buffer.from(bytes).toString('hex')).sort());
    for (const { headers } of seen) {
      expect(headers.authorization).toBe('Bearer secret');
      expect(headers['cordon-source']).toBe('integration-engine');
      expect(headers['cordon-destination']).toMatch(/^[a-z-]+$/);
    }
    expect(sockets.size).toBeLessThan(mine.length);
  });

  test.each([
    ['a refusal', 401, '{"error":"x"}', /answered 401/],
    ['an answer without an id', 202, '{}', /without an id/],
    ['an answer that is no JSON', 202, 'accepted', /without an id/],
  ])('%s ends the run with an error that names the address', async (_, status, body, text) => {
    const { url } = await serving(status, () => body);
    const sending = sendHttp(mine, { url, key: 'secret' }, () => undefined);
    await expect(sending).rejects.toMatchObject({ code: 'listener.unavailable', message: expect.stringMatching(text) });
    await expect(sending).rejects.not.toThrow('secret');
  });
});

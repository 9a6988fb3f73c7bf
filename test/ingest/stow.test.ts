import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import { afterEach, describe, expect, test } from 'vitest';
import { CordonError } from '../../src/core/errors.ts';
import { element, writeDicom } from '../../src/demo/dicom/write.ts';
import { peekDicom } from '../../src/formats/dicom/peek.ts';
import { DEFLATED_LITTLE } from '../../src/formats/dicom/transfer-syntax.ts';
import { peekHl7 } from '../../src/formats/hl7v2/peek.ts';
import type { IngestEvent } from '../../src/ingest/events.ts';
import { createIngestApp, type IngestAppDeps } from '../../src/ingest/http.ts';
import { createInFlight } from '../../src/ingest/limits.ts';
import { recordedAccept } from '../support/recorded-accept.ts';

const servers: ServerType[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

const SECONDARY_CAPTURE = '1.2.840.10008.5.1.4.1.1.7';
const PIXELS = 30_000;
const BOUNDARY = '0f3cf5c0-70e0-41ef-baef-c6f9f65ec3e1';
const TYPE = `multipart/related; type="application/dicom"; boundary=${BOUNDARY}`;

function instance(number: number, transferSyntax?: string): Buffer {
  return writeDicom({
    ...(transferSyntax === undefined ? {} : { transferSyntax }),
    elements: [
      element('(0008,0016)', 'UI', SECONDARY_CAPTURE),
      element('(0008,0018)', 'UI', `2.25.${number}`),
      element('(0010,0010)', 'PN', 'DOE^JANE'),
      element('(7FE0,0010)', 'OW', Buffer.alloc(PIXELS, number)),
      element('(FFFC,FFFC)', 'OB', Buffer.alloc(10)),
    ],
  });
}

function multipart(parts: readonly Uint8Array[], boundary = BOUNDARY, close = `\r\n--${boundary}--\r\n`): Buffer {
  const opened = parts.flatMap((part, index) => [
    Buffer.from(
      `${index === 0 ? '' : '\r\n'}--${boundary}\r\nContent-Type: application/dicom\r\nContent-Length: ${part.length}\r\n\r\n`,
    ),
    part,
  ]);
  return Buffer.concat([...opened, Buffer.from(close)]);
}

async function start(more: Partial<IngestAppDeps> = {}) {
  const recorded = recordedAccept();
  const events: IngestEvent[] = [];
  const inFlight = more.inFlight ?? createInFlight(1 << 20);
  const app = createIngestApp({
    name: 'http',
    accept: recorded.accept,
    peek: peekHl7,
    peekDicom,
    checkKey: async (key) =>
      key === 'key' ? { id: 'archive', scope: 'ingest' } : key === 'read' ? { id: 'r', scope: 'read' } : null,
    limits: { limit: 1 << 16, hardLimit: 1 << 22 },
    inFlight,
    report: (event) => events.push(event),
    clock: Date.now,
    deadline: 4000,
    ...more,
  });
  const server = await new Promise<ServerType>((resolve) => {
    const listening = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(listening));
  });
  servers.push(server);
  const address = server.address();
  const { port } = typeof address === 'object' && address !== null ? (address satisfies AddressInfo) : { port: 0 };
  const url = `http://127.0.0.1:${port}/v1/dicom-web/studies`;
  const post = (body: Uint8Array | null, headers: Record<string, string> = {}, path = ''): Promise<Response> =>
    fetch(`${url}${path}`, {
      method: 'POST',
      body: body === null ? null : Uint8Array.from(body),
      headers: { Authorization: 'Bearer key', 'Content-Type': TYPE, ...headers },
    });
  return { ...recorded, events, inFlight, port, url, post };
}

const uid = (value: string) => (value === '' ? { vr: 'UI' } : { vr: 'UI', Value: [value] });
const referenced = (...numbers: number[]) => ({
  '00081199': {
    vr: 'SQ',
    Value: numbers.map((number) => ({ '00081150': uid(SECONDARY_CAPTURE), '00081155': uid(`2.25.${number}`) })),
  },
});
const failed = (...numbers: number[]) => ({
  '00081198': {
    vr: 'SQ',
    Value: numbers.map((number) => ({
      '00081150': uid(SECONDARY_CAPTURE),
      '00081155': uid(`2.25.${number}`),
      '00081197': { vr: 'US', Value: [0xa700] },
    })),
  },
});

describe('what a sender gets back', () => {
  test('all stored: 200, each instance a message without its pixels', async () => {
    const { post, rows, events, inFlight } = await start();
    const files = [instance(1), instance(2), instance(3, DEFLATED_LITTLE)];
    const response = await post(multipart(files));
    expect(response.status).toBe(200);
    expect(response.headers.get('Content-Type')).toBe('application/dicom+json');
    expect(await response.json()).toEqual(referenced(1, 2, 3));
    expect(rows.map(({ bytes }) => bytes)).toEqual(files.map(({ length }) => length));
    expect(rows.map(({ elided }) => elided.map(({ start, end, reason }) => [end - start, reason]))).toEqual(
      files.map(() => [[PIXELS, 'pixel-data']]),
    );
    expect(rows[2]?.inflated).toBeDefined();
    expect(rows[0]?.provenance).toMatchObject({ listener: 'http', protocol: 'http', peer: { apiKey: 'archive' } });
    expect(events.map(({ kind }) => kind)).toEqual(['accepted', 'accepted', 'accepted']);
    expect(inFlight.bytes).toBe(0);
  });

  test.each([
    ['of a study', '/1.2.3', TYPE, multipart([instance(1)])],
    ['one instance without multipart', '', 'application/dicom', instance(1)],
    [
      'a quoted boundary of 73 characters',
      '',
      `multipart/related; boundary="${'b'.repeat(73)}"`,
      multipart([instance(1)], 'b'.repeat(73)),
    ],
    ['another type', '', `multipart/form-data; boundary=${BOUNDARY}`, multipart([instance(1)])],
    ['XML asked for', '', TYPE, multipart([instance(1)])],
  ])('%s: 200', async (_, path, type, body) => {
    const { post, rows } = await start();
    const response = await post(body, { 'Content-Type': type, Accept: 'application/dicom+xml' }, path);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual(referenced(1));
    expect(rows).toHaveLength(1);
  });

  test('what cannot be read is stored, quarantined and not to come again: 200, without UIDs', async () => {
    const { post, bodies, rows } = await start();
    const response = await post(multipart([Buffer.from('no DICOM'), instance(1)]));
    expect(response.status).toBe(200);
    const [unread, ...others] = (await response.json())['00081199'].Value;
    expect(unread).toEqual({ '00081150': { vr: 'UI' }, '00081155': { vr: 'UI' } });
    expect(others).toHaveLength(1);
    expect(bodies()[0]).toBe('no DICOM');
    expect(rows[0]?.quarantined).toBe(true);
  });

  test('no closing boundary: what came is stored, the last part as one that was cut off', async () => {
    const { post, rows } = await start();
    const cut = instance(2).subarray(0, -5);
    expect((await post(multipart([instance(1), cut], BOUNDARY, ''))).status).toBe(200);
    expect(rows.map(({ quarantined, problems }) => [quarantined, problems.map(({ code }) => code)])).toEqual([
      [true, []],
      [true, ['multipart.unterminated']],
    ]);
    expect(rows[1]).toMatchObject({ bytes: cut.length, duplicateContent: null });
  });

  test.each([
    ['no multipart', 'text/plain', instance(1)],
    ['no boundary', 'multipart/related; type="application/dicom"', multipart([instance(1)])],
    ['another boundary', 'multipart/related; boundary=other', multipart([instance(1)])],
    ['no part', TYPE, Buffer.from(`--${BOUNDARY}--`)],
    ['no body', TYPE, null],
    ['an empty body', 'application/dicom', null],
  ])('%s: 400', async (_, type, body) => {
    const { post, rows, inFlight } = await start();
    const response = await post(body, { 'Content-Type': type });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'request.invalid' });
    expect([rows.length, inFlight.bytes]).toEqual([0, 0]);
  });

  test.each([
    ['Bearer nonsense', 401, 'wrong-key'],
    ['', 401, 'no-key'],
    ['Bearer read', 403, 'wrong-scope'],
  ])('bad credentials: %s', async (authorization, status, reason) => {
    const { post, rows, events } = await start();
    expect((await post(multipart([instance(1)]), { Authorization: authorization })).status).toBe(status);
    expect(events).toEqual([{ kind: 'credentials', listener: 'http', address: '127.0.0.1', reason }]);
    expect(rows).toEqual([]);
  });

  test('ledger unavailable: 503, when to come again, and every instance as one that failed', async () => {
    const recorded = await start();
    recorded.down(true);
    const response = await recorded.post(multipart([instance(1), instance(2)]));
    expect(response.status).toBe(503);
    expect(response.headers.get('Retry-After')).toBe('5');
    expect(await response.json()).toEqual(failed(1, 2));
    expect(recorded.events).toMatchObject([
      { kind: 'shed', code: 'ledger.unavailable' },
      { kind: 'shed', code: 'ledger.unavailable' },
    ]);
    expect(recorded.inFlight.bytes).toBe(0);
  });

  test('a ledger that goes away in between: 202, and which are to come again', async () => {
    const recorded = recordedAccept();
    let accepted = 0;
    const { post, inFlight } = await start({
      accept: async (message, provenance) => {
        accepted++;
        if (accepted > 1) throw new CordonError('ledger.unavailable', 'away');
        return recorded.accept(message, provenance);
      },
    });
    const response = await post(multipart([instance(1), instance(2), instance(3)]));
    expect(response.status).toBe(202);
    expect(await response.json()).toEqual({ ...referenced(1), ...failed(2, 3) });
    // Once it is away it is not asked again.
    expect(accepted).toBe(2);
    expect(inFlight.bytes).toBe(0);
  });

  test('a key that cannot be looked up is no wrong key', async () => {
    const { post, rows } = await start({ checkKey: () => Promise.reject(new CordonError('ledger.unavailable', 'down')) });
    expect((await post(multipart([instance(1)]))).status).toBe(503);
    expect(rows).toEqual([]);
  });

  test('an instance without room in flight is to come again, the others are stored', async () => {
    const big = writeDicom({
      elements: [element('(0008,0018)', 'UI', '2.25.9'), element('(0010,4000)', 'UT', 'x'.repeat(9000))],
    });
    const { post, inFlight, rows } = await start({ inFlight: createInFlight(5000), deadline: 100 });
    const response = await post(multipart([instance(1), big, instance(2)]));
    expect(response.status).toBe(202);
    expect(await response.json()).toMatchObject({
      ...referenced(1, 2),
      '00081198': { Value: [{ '00081155': uid('2.25.9') }] },
    });
    expect([rows.length, inFlight.bytes]).toEqual([2, 0]);
  });

  test('while there is no room nothing is read, and then it goes on', async () => {
    const inFlight = createInFlight(5000);
    const { post } = await start({ inFlight });
    inFlight.take(4900);
    const response = post(multipart([instance(1), instance(2)]));
    await new Promise((resolve) => setTimeout(resolve, 100));
    inFlight.give(4900);
    expect((await response).status).toBe(200);
    expect(inFlight.bytes).toBe(0);
  });

  test('duplicates are stored once, and listed as stored', async () => {
    const { post, rows } = await start({});
    const headers = { 'Idempotency-Key': 'k', 'Cordon-Flow': 'archive' };
    for (let time = 0; time < 2; time++) {
      expect(await (await post(multipart([instance(1), instance(2)]), headers)).json()).toEqual(referenced(1, 2));
    }
    expect(rows).toHaveLength(2);
    expect(rows[1]).toMatchObject({ problems: [], provenance: { claims: { flow: 'archive' } } });
  });
});

test('a body in chunks, without a length, cut anywhere', async () => {
  const { port, rows } = await start();
  const body = multipart([instance(1), instance(2)]);
  const headers = { Authorization: 'Bearer key', 'Content-Type': TYPE };
  const answer = new Promise<number | undefined>((resolve) => {
    const client = request({ port, host: '127.0.0.1', method: 'POST', path: '/v1/dicom-web/studies', headers }, (response) =>
      resolve(response.statusCode),
    );
    for (let at = 0; at < body.length; at += 997) client.write(body.subarray(at, at + 997));
    client.end();
  });
  expect(await answer).toBe(200);
  expect(rows.map(({ bytes }) => bytes)).toEqual([instance(1).length, instance(2).length]);
});

test('a request that breaks off leaves what was whole, and nothing in flight', async () => {
  const { port, rows, events, inFlight } = await start();
  const headers = { Authorization: 'Bearer key', 'Content-Type': TYPE, 'Content-Length': '1000000' };
  const client = request({ port, host: '127.0.0.1', method: 'POST', path: '/v1/dicom-web/studies', headers });
  client.on('error', () => undefined);
  client.write(multipart([instance(1), instance(2).subarray(0, 400)], BOUNDARY, ''));
  while (rows.length === 0 || inFlight.bytes === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  client.destroy();
  while (events.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(events[1]).toMatchObject({ kind: 'shed', code: 'ingest.aborted' });
  expect([rows.length, inFlight.bytes]).toEqual([1, 0]);
});

import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import { OpenAPIHono } from '@hono/zod-openapi';
import { Registry } from 'prom-client';
import { afterEach, describe, expect, test } from 'vitest';
import { CordonError } from '../../src/core/errors.ts';
import { element, writeDicom } from '../../src/demo/dicom/write.ts';
import { peekDicom } from '../../src/formats/dicom/peek.ts';
import { DEFLATED_LITTLE } from '../../src/formats/dicom/transfer-syntax.ts';
import { peekHl7 } from '../../src/formats/hl7v2/peek.ts';
import { serveDocs } from '../../src/ingest/docs.ts';
import type { IngestEvent } from '../../src/ingest/events.ts';
import { createHealthApp, type HealthDeps } from '../../src/ingest/health.ts';
import { createIngestApp, ER7, type IngestAppDeps } from '../../src/ingest/http.ts';
import { createInFlight } from '../../src/ingest/limits.ts';
import { createIngestMetrics } from '../../src/ingest/metrics.ts';
import { recordedAccept } from '../support/recorded-accept.ts';

const servers: ServerType[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

const KEY = 'ingest-key';

async function start(more: Partial<IngestAppDeps & Pick<HealthDeps, 'ready'>> = {}) {
  const recorded = recordedAccept();
  const events: IngestEvent[] = [];
  const inFlight = more.inFlight ?? createInFlight(1 << 20);
  const registry = new Registry();
  const count = createIngestMetrics(registry, inFlight);
  const app = new OpenAPIHono();
  const ingest = createIngestApp({
    name: 'http',
    accept: recorded.accept,
    peek: peekHl7,
    peekDicom,
    checkKey: async (key) =>
      key === KEY ? { id: 'engine', scope: 'ingest' } : key === 'read-key' ? { id: 'auditor', scope: 'read' } : null,
    limits: { limit: 1 << 16, hardLimit: 1 << 18 },
    inFlight,
    report: (event) => {
      events.push(event);
      count(event);
    },
    clock: Date.now,
    deadline: 4000,
    ...more,
  });
  app.route('/', ingest);
  app.route('/', createHealthApp({ ready: more.ready ?? (async () => undefined), registry }));
  serveDocs(app, '0.0.0');
  const server = await new Promise<ServerType>((resolve) => {
    const listening = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(listening));
  });
  servers.push(server);
  const address = server.address();
  const { port } = typeof address === 'object' && address !== null ? (address satisfies AddressInfo) : { port: 0 };
  const url = `http://127.0.0.1:${port}`;
  const post = (body: string | Uint8Array<ArrayBuffer> | null, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${url}/v1/messages`, { method: 'POST', body, headers: { Authorization: `Bearer ${KEY}`, ...headers } });
  return { ...recorded, events, inFlight, url, port, post };
}

const adt = (id: string): string => `MSH|^~\\&|ADT|MAIN|EHR|MAIN|2026||ADT^A08|${id}|P|2.5.1\rPID|||1||DOE^JANE\r`;

describe('what a sender gets back', () => {
  test('accepted: 202 and the id', async () => {
    const { post, rows, events, inFlight } = await start();
    const response = await post(adt('1'));
    expect(response.status).toBe(202);
    expect(await response.json()).toEqual({ id: rows[0]?.id, duplicate: false, quarantined: false });
    expect(response.headers.get('Location')).toBe(`/v1/messages/${rows[0]?.id}`);
    expect(rows[0]?.provenance).toMatchObject({
      listener: 'http',
      protocol: 'http',
      tls: null,
      peer: { address: '127.0.0.1', certificate: null, apiKey: 'engine' },
    });
    expect(events).toMatchObject([{ kind: 'accepted', listener: 'http', bytes: adt('1').length }]);
    expect(inFlight.bytes).toBe(0);
  });

  test.each([
    ['AA', adt('A&B'), 'A&B'],
    ['AA', 'garbage', ''],
    ['CA', adt('7').replace('2.5.1', '2.5.1|||AL|AL'), '7'],
    ['AA', adt('7').replace('2.5.1', '2.5.1|||NE|NE'), '7'],
  ])('an ER7 acknowledgment when asked for: %s', async (code, body, id) => {
    const { post } = await start();
    const response = await post(body, { Accept: `${ER7}, */*` });
    expect(response.status).toBe(202);
    expect(response.headers.get('Content-Type')).toBe(ER7);
    expect(await response.text()).toMatch(
      new RegExp(`^MSH\\|\\^~\\\\&\\|CORDON\\|[^\\r]*\\|ACK\\|[^\\r]*\\rMSA\\|${code}\\|${id}\\r$`),
    );
  });

  test.each([
    ['random bytes', Uint8Array.of(0, 255, 1, 2), 'application/octet-stream'],
    ['broken JSON that says it is JSON', '{"resourceType":', 'application/fhir+json'],
    ['a form', 'a=b', 'application/x-www-form-urlencoded'],
    ['nothing', '', 'text/plain'],
    ['no body', null, 'text/plain'],
    ['a content type that is none', 'x', ';;;'],
  ])('malformed: 202 and quarantined: %s', async (_, body, type) => {
    const { post, rows } = await start();
    const response = await post(body, { 'Content-Type': type });
    expect(response.status).toBe(202);
    expect(await response.json()).toMatchObject({ quarantined: true, duplicate: false });
    expect(rows[0]?.bytes).toBe(body?.length ?? 0);
  });

  test('over the limit: 202, the first bytes kept, the rest digested', async () => {
    const { post, rows, inFlight } = await start({ limits: { limit: 100, hardLimit: 1000 } });
    const body = adt('1') + 'x'.repeat(100_000);
    expect((await post(body)).status).toBe(202);
    expect(rows[0]).toMatchObject({ bytes: body.length, elided: [{ start: 100, end: body.length, reason: 'over-limit' }] });
    expect(inFlight.bytes).toBe(0);
  });

  test('duplicate: 202 and the same id', async () => {
    const { post, rows } = await start();
    const first: { id: string } = await (await post(adt('1'))).json();
    expect(await (await post(adt('1'))).json()).toEqual({ id: first.id, duplicate: true, quarantined: false });
    expect(await (await post(adt('1'), { 'Cordon-Flow': 'other' })).json()).toMatchObject({ duplicate: false });
    expect(rows).toHaveLength(2);
  });

  test('queue down, ledger up: 202', async () => {
    const recorded = await start();
    recorded.queueDown(true);
    expect((await recorded.post(adt('1'))).status).toBe(202);
  });

  test('ledger unavailable: 503 and when to come again', async () => {
    const recorded = await start();
    recorded.down(true);
    const response = await recorded.post(adt('1'));
    expect(response.status).toBe(503);
    expect(response.headers.get('Retry-After')).toBe('5');
    expect(await response.json()).toMatchObject({ code: 'ledger.unavailable' });
    expect(recorded.events).toContainEqual({ kind: 'shed', listener: 'http', address: '127.0.0.1', code: 'ledger.unavailable' });
    expect(recorded.inFlight.bytes).toBe(0);
  });

  test('a late answer: 503, and the bytes stay accounted until the ledger is done', async () => {
    const recorded = await start({ deadline: 30 });
    const release = recorded.hold();
    const response = await recorded.post(adt('1'));
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ code: 'ingest.late' });
    expect(recorded.inFlight.bytes).toBe(adt('1').length);
    release();
    while (recorded.inFlight.bytes > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  });

  test('too many bytes in flight: 503', async () => {
    const recorded = await start({ inFlight: createInFlight(1000) });
    const response = await recorded.post('x'.repeat(20_000));
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ code: 'ingest.overloaded' });
    expect(recorded.inFlight.bytes).toBe(0);
    expect((await recorded.post(adt('1'))).status).toBe(202);
  });

  test.each([
    ['no key', '', 401, 'no-key'],
    ['a wrong key', 'Bearer nonsense', 401, 'wrong-key'],
    ['a key for reading', 'Bearer read-key', 403, 'wrong-scope'],
  ])('bad credentials: %s', async (_, authorization, status, reason) => {
    const { post, rows, events } = await start();
    const response = await post(adt('1'), { Authorization: authorization });
    expect(response.status).toBe(status);
    expect(events).toEqual([{ kind: 'credentials', listener: 'http', address: '127.0.0.1', reason }]);
    expect(rows).toEqual([]);
  });

  test('a key that cannot be looked up is no wrong key', async () => {
    const { post, events } = await start({
      checkKey: async () => {
        throw new CordonError('ledger.unavailable', 'down');
      },
    });
    expect((await post(adt('1'))).status).toBe(503);
    expect(events).toMatchObject([{ kind: 'shed' }]);
  });

  test('the key as password of Basic', async () => {
    const { post } = await start();
    expect((await post(adt('1'), { Authorization: `Basic ${Buffer.from(`mirth:${KEY}`).toString('base64')}` })).status).toBe(202);
  });
});

test('claims and keys of headers are kept; a bad one is a problem, not a refusal', async () => {
  const { post, rows } = await start();
  const response = await post(adt('1'), {
    'Cordon-Flow': 'lab',
    'Cordon-Leg': 'tls=1.2',
    'Cordon-Observed-At': 'soon',
    'Idempotency-Key': 'k'.repeat(200),
  });
  expect(response.status).toBe(202);
  expect(rows[0]?.provenance.claims).toEqual({ flow: 'lab', source: null, destination: null, observedAt: null, leg: 'tls=1.2' });
  expect(rows[0]?.duplicateKey).toBeNull();
  expect(rows[0]?.problems.map(({ code }) => code)).toEqual(['header.invalid', 'header.invalid']);
});

describe('a DICOM object', () => {
  const pixels = element('(7FE0,0010)', 'OW', Buffer.alloc(20_000, 7));
  const elements = [element('(0008,0018)', 'UI', '2.25.1'), element('(0010,0010)', 'PN', 'DOE^JANE'), pixels];

  test.each(['application/dicom', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain', ''])(
    'is taken under any content type, without its pixels: %s',
    async (type) => {
      const { post, rows, inFlight } = await start();
      const file = writeDicom({ elements });
      const response = await post(Uint8Array.from(file), { 'Content-Type': type });
      expect(response.status).toBe(202);
      const span = { start: file.length - 20_000, end: file.length, reason: 'pixel-data' };
      expect(rows[0]).toMatchObject({ bytes: file.length, elided: [span] });
      expect(rows[0]?.chunks[0]?.data).toEqual(Uint8Array.from(file.subarray(0, -20_000)));
      expect(inFlight.bytes).toBe(0);
    },
  );

  test('is taken where an Orthanc sends to its peers, with the key as password', async () => {
    const { url, rows } = await start();
    const post = (password: string) =>
      fetch(`${url}/instances`, {
        method: 'POST',
        headers: {
          Authorization: `Basic ${Buffer.from(`orthanc:${password}`).toString('base64')}`,
          'Content-Type': 'application/x-www-form-urlencoded',
        },
        body: Uint8Array.from(writeDicom({ elements })),
      });
    expect((await post(KEY)).status).toBe(202);
    expect((await post('wrong')).status).toBe(401);
    expect(rows).toHaveLength(1);
  });

  test('that is deflated is kept inflated', async () => {
    const { post, rows, inFlight } = await start();
    const file = writeDicom({ transferSyntax: DEFLATED_LITTLE, elements });
    expect((await post(Uint8Array.from(file))).status).toBe(202);
    const { inflated, bytes, chunks } = rows[0] ?? {};
    expect(bytes).toBe(file.length);
    expect(inflated).toMatchObject({ size: file.length - (inflated?.start ?? 0) });
    expect(Buffer.from(chunks?.[0]?.data ?? []).includes('DOE^JANE')).toBe(true);
    expect(inFlight.bytes).toBe(0);
  });

  test('that has no room once it is inflated: 503', async () => {
    const { post, inFlight } = await start({ inFlight: createInFlight(2000) });
    const comment = element('(0010,4000)', 'LT', 'x'.repeat(5000));
    const response = await post(Uint8Array.from(writeDicom({ transferSyntax: DEFLATED_LITTLE, elements: [comment] })));
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ code: 'ingest.overloaded' });
    expect(inFlight.bytes).toBe(0);
  });
});

test('a request that breaks off leaves nothing', async () => {
  const { port, rows, events, inFlight } = await start();
  const client = request({
    port,
    host: '127.0.0.1',
    method: 'POST',
    path: '/v1/messages',
    headers: { Authorization: `Bearer ${KEY}`, 'Content-Length': '1000' },
  });
  client.on('error', () => undefined);
  client.write(adt('1'));
  while (inFlight.bytes === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  client.destroy();
  while (events.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(events).toMatchObject([{ kind: 'shed', code: 'ingest.aborted' }]);
  expect(inFlight.bytes).toBe(0);
  expect(rows).toEqual([]);
});

test('a body in chunks, without a length', async () => {
  const { port, bodies } = await start();
  const status = new Promise((resolve) => {
    const headers = { Authorization: `Bearer ${KEY}` };
    const client = request({ port, host: '127.0.0.1', method: 'POST', path: '/v1/messages', headers }, ({ statusCode }) =>
      resolve(statusCode),
    );
    for (const part of adt('1').split('|')) client.write(part === 'MSH' ? part : `|${part}`);
    client.end();
  });
  expect(await status).toBe(202);
  expect(bodies()).toEqual([adt('1')]);
});

describe('what operators read', () => {
  test('/healthz and /readyz', async () => {
    const { url } = await start();
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  });

  test.each([
    [new CordonError('ledger.unavailable', 'the disk is full'), { code: 'ledger.unavailable', message: 'the disk is full' }],
    [new Error('boom'), { code: 'ledger.unavailable' }],
  ])('/readyz says why not', async (error, body) => {
    const { url } = await start({ ready: () => Promise.reject(error) });
    const response = await fetch(`${url}/readyz`);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject(body);
  });

  test('/metrics counts and names nobody', async () => {
    const recorded = await start();
    await recorded.post(adt('1'));
    await recorded.post(adt('1'));
    await recorded.post('garbage');
    await recorded.post(adt('1'), { Authorization: 'Bearer no' });
    recorded.down(true);
    await recorded.post(adt('2'));
    const text = await (await fetch(`${recorded.url}/metrics`)).text();
    expect(text).toContain('cordon_accepted_total{listener="http",outcome="stored"} 1');
    expect(text).toContain('cordon_accepted_total{listener="http",outcome="duplicate"} 1');
    expect(text).toContain('cordon_accepted_total{listener="http",outcome="quarantined"} 1');
    expect(text).toContain('cordon_refused_total{listener="http",reason="wrong-key"} 1');
    expect(text).toContain('cordon_shed_total{listener="http",code="ledger.unavailable"} 1');
    expect(text).not.toMatch(/127\.0\.0\.1|engine|DOE/);
  });

  test('/openapi.json describes the routes', async () => {
    const { url } = await start();
    const document: { openapi: string; paths: Record<string, unknown> } = await (await fetch(`${url}/openapi.json`)).json();
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toEqual([
      '/v1/messages',
      '/instances',
      '/v1/dicom-web/studies',
      '/v1/dicom-web/studies/{study}',
      '/healthz',
      '/readyz',
      '/metrics',
    ]);
  });

  test('/docs is a page without scripts under a strict policy', async () => {
    const { url } = await start();
    const response = await fetch(`${url}/docs`);
    const page = await response.text();
    expect(response.headers.get('Content-Security-Policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(page).toContain('<code>/v1/messages</code>');
    expect(page).toContain('Cordon-Observed-At');
    expect(page).not.toMatch(/<script|https?:\/\//);
  });
});

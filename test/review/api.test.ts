import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CordonError } from '../../src/core/errors.ts';
import { createKeyCheck, makeKey } from '../../src/ingest/keys.ts';
import type { KeyScope } from '../../src/ledger/people/store.ts';
import { createReviewApi, type ReviewApiDeps } from '../../src/review/api.ts';
import {
  FlowBody,
  IncidentBody,
  IncidentDetail,
  MessageBody,
  MessageDetail,
  pageOf,
  Refusal,
} from '../../src/review/api-schemas.ts';
import { createReviewApp } from '../../src/review/app.ts';
import { cause, NOON } from '../ledger/rows.ts';
import { exportingOf } from '../support/exporting.ts';
import { type Desk, flag, HTTP, openDesk, openIncident, seedMorning, signIn } from './desk.ts';

let desk: Desk;
let api: ReturnType<typeof createReviewApi>;
const keys: Record<KeyScope, string> = { ingest: '', read: '', review: '' };
const reported: unknown[] = [];

const depsOf = (over: Partial<ReviewApiDeps> = {}): ReviewApiDeps => ({
  incidents: desk.ledger.incidents,
  desk: desk.ledger.desk,
  audit: desk.ledger.audit,
  logged: desk.ledger.logged,
  messages: desk.ledger.messages,
  flows: desk.ledger.flows,
  evidence: desk.ledger.evidence,
  lineage: desk.ledger.lineage,
  tokensOf: () => [],
  checkKey: createKeyCheck(
    (hash) => desk.ledger.access.keyByHash(hash),
    () => desk.now,
  ),
  clock: () => desk.now,
  report: (error) => reported.push(error),
  ...over,
});

beforeAll(async () => {
  desk = await openDesk();
  for (const scope of ['ingest', 'read', 'review'] as const) {
    const { id, key, hash } = makeKey();
    await desk.ledger.access.createKey({ id, name: `siem-${scope}`, hash, scope, at: NOON });
    keys[scope] = key;
  }
  api = createReviewApi(depsOf());
  await seedMorning(desk);
});
afterAll(() => desk.close());

const get = (path: string, key = keys.read) => api.request(`${HTTP}${path}`, { headers: { Authorization: `Bearer ${key}` } });
const move = (id: string, body: unknown, key = keys.review) =>
  api.request(`${HTTP}/v1/incidents/${id}/transitions`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

describe('reading', () => {
  it('answers in the shape that it documents', async () => {
    const messages = pageOf(MessageBody).parse(await (await get('/v1/messages?verdict=flagged&limit=3')).json());
    expect(messages.rows).toHaveLength(3);
    const more = pageOf(MessageBody).parse(
      await (await get(`/v1/messages?verdict=flagged&limit=3&cursor=${messages.next}`)).json(),
    );
    expect(more.rows.map((row) => row.id)).not.toContain(messages.rows[0]?.id);
    const message = MessageDetail.parse(await (await get(`/v1/messages/${messages.rows[0]?.id}`)).json());
    expect(message.findings).toHaveLength(1);
    const incidents = pageOf(IncidentBody).parse(await (await get('/v1/incidents?state=open&severity=critical')).json());
    expect(incidents.rows.map((row) => row.title)).toEqual([
      'Patient Social Security number in a custom segment (ZPI) sent to REGISTRY',
    ]);
    const incident = IncidentDetail.parse(await (await get(`/v1/incidents/${incidents.rows[0]?.id}`)).json());
    expect([incident.messages, incident.samples.length, incident.events[0]?.action]).toEqual([3, 3, 'opened']);
    const flows = pageOf(FlowBody).parse(await (await get('/v1/flows', keys.review)).json());
    expect(flows.rows).toHaveLength(3);
  });

  it.each([
    ['/v1/messages?limit=0', 400, 'usage', 'limit: '],
    ['/v1/messages?verdict=odd', 400, 'usage', 'verdict: '],
    ['/v1/messages?cursor=odd', 400, 'usage', 'cursor'],
    ['/v1/incidents?state=odd', 400, 'usage', 'state: '],
    ['/v1/incidents/none', 404, 'not-found', 'GET /v1/incidents'],
    ['/v1/messages/none', 404, 'not-found', 'GET /v1/messages'],
  ])('%s is %i and says what is allowed', async (path, status, code, part) => {
    const answer = await get(path);
    const refusal = Refusal.parse(await answer.json());
    expect([answer.status, refusal.code]).toEqual([status, code]);
    expect(refusal.message).toContain(part);
  });
});

describe('keys', () => {
  const paths = ['/v1/messages', '/v1/messages/x', '/v1/incidents', '/v1/incidents/x', '/v1/flows', '/v1/evidence'];
  it.each(paths)('%s needs one of scope read or review', async (path) => {
    for (const headers of [{}, { Authorization: 'Bearer nonsense' }, { Authorization: `Bearer ${makeKey().key}` }]) {
      const answer = await api.request(`${HTTP}${path}`, { headers });
      expect([answer.status, answer.headers.get('WWW-Authenticate')]).toEqual([401, 'Bearer realm="cordon"']);
    }
    const ingest = await get(path, keys.ingest);
    expect([ingest.status, await ingest.text()]).toEqual([
      403,
      expect.stringContaining('this needs one of scope read or review'),
    ]);
    expect(ingest.headers.get('Cache-Control')).toBe('no-store');
  });

  it('of scope read move nothing, and a session opens no API', async () => {
    expect((await move('x', { from: 'open', to: 'resolved' }, keys.read)).status).toBe(403);
    const { cookie } = await signIn(desk);
    expect((await api.request(`${HTTP}/v1/incidents`, { headers: { Cookie: cookie } })).status).toBe(401);
  });
});

describe('transitions', () => {
  it('moves, and the history names the key', async () => {
    const id = await openIncident(desk, { key: 'api', severity: 'critical' });
    const answer = await move(id, {
      from: 'open',
      to: 'accepted-risk',
      note: 'until the upgrade',
      until: '2027-01-31T00:00:00+01:00',
    });
    const now = IncidentBody.parse(await answer.json());
    expect([answer.status, now.state, now.until]).toEqual([200, 'accepted-risk', '2027-01-30T23:00:00.000Z']);
    expect((await desk.ledger.incidents.events(id)).at(-1)).toMatchObject({
      actor: 'key:siem-review',
      note: 'until the upgrade',
    });
    const stale = await move(id, { from: 'open', to: 'resolved' });
    expect([stale.status, Refusal.parse(await stale.json()).code]).toEqual([409, 'ledger.conflict']);
  });

  it.each([
    [{ from: 'open', to: 'false-positive' }, 400, 'needs a note'],
    [{ from: 'open', to: 'accepted-risk', note: 'n' }, 400, 'needs until'],
    [{ from: 'open', to: 'accepted-risk', note: 'n', until: 'soon' }, 400, 'until: '],
    [{ from: 'open', to: 'gone' }, 400, 'to: '],
    [{ from: 'open', to: 'resolved', extra: 1 }, 400, 'extra'],
    [{ from: 'resolved', to: 'acknowledged' }, 409, 'cannot become'],
    ['{', 400, 'no JSON'],
  ])('refuses %j', async (body, status, part) => {
    await flag(desk, [cause({ key: 'refuse' })]);
    const id = (await desk.ledger.incidents.list({ states: ['open'], limit: 1 })).rows[0]?.id ?? '';
    const answer = await move(id, body);
    expect(Refusal.parse(await answer.json()).message).toContain(part);
    expect(answer.status).toBe(status);
  });

  it('of no incident is 404', async () => {
    expect((await move('none', { from: 'open', to: 'resolved' })).status).toBe(404);
  });
});

it('says that the ledger is away, tells the log, and repeats nothing of what it does not know', async () => {
  let failure: Error = new CordonError('ledger.unavailable', 'the ledger is busy');
  const broken = createReviewApi(depsOf({ flows: { list: () => Promise.reject(failure) } }));
  const ask = () => broken.request(`${HTTP}/v1/flows`, { headers: { Authorization: `Bearer ${keys.read}` } });
  const away = await ask();
  expect([away.status, away.headers.get('Retry-After')]).toEqual([503, '5']);
  failure = new Error('secret detail');
  const odd = await ask();
  expect([odd.status, await odd.text()]).toEqual([500, expect.not.stringContaining('secret detail')]);
  expect(reported.slice(-2)).toHaveLength(2);
});

it('stands beside the pages: each answers its own, in its own way', async () => {
  const whole = createReviewApi(depsOf());
  const { ledger } = desk;
  whole.route(
    '/',
    createReviewApp({
      ...ledger,
      policies: () => [],
      packs: () => [],
      overlays: () => [],
      exporting: exportingOf(ledger),
      vendors: async () => () => null,
      tokensOf: () => [],
      retention: 2000 * 86_400_000,
      places: async () => new Map(),
      clock: () => desk.now,
      secure: false,
      version: '0',
      report: () => undefined,
    }),
  );
  const answer = await whole.request(`${HTTP}/v1/flows`);
  expect([answer.status, answer.headers.get('Content-Type')]).toEqual([401, 'application/json']);
  expect((await whole.request(`${HTTP}/incidents`)).status).toBe(303);
  const document = whole.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 'Cordon', version: '0' } });
  expect(Object.keys(document.paths ?? {})).toEqual([
    '/v1/messages',
    '/v1/messages/{id}',
    '/v1/incidents',
    '/v1/incidents/{id}',
    '/v1/incidents/{id}/transitions',
    '/v1/desk',
    '/v1/notices',
    '/v1/incidents/bulk',
    '/v1/acts/{id}/undo',
    '/v1/incidents/{id}/comments',
    '/v1/incidents/{id}/assignment',
    '/v1/incidents/{id}/due',
    '/v1/flows',
    '/v1/evidence',
    '/v1/lineage',
    '/v1/lineage/systems',
    '/v1/lineage/merges',
    '/v1/lineage/merges/{id}/undo',
    '/v1/trace',
  ]);
  expect(Object.keys(document.components?.schemas ?? {})).toEqual(
    expect.arrayContaining([
      'Message',
      'MessageDetail',
      'Incident',
      'IncidentDetail',
      'Finding',
      'Flow',
      'Evidence',
      'Coverage',
      'Transition',
      'Refusal',
    ]),
  );
});

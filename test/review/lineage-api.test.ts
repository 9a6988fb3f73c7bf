import { createSecretKey } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTokenizer } from '../../src/core/token.ts';
import type { KeyScope } from '../../src/ledger/people/store.ts';
import { createTokensOf } from '../../src/lineage/identifier.ts';
import { createReviewApi } from '../../src/review/api.ts';
import { ChangesBody, EdgesBody, SystemsBody, TraceAnswer } from '../../src/review/lineage-schemas.ts';
import { leakHops, lineageRow, seenNodes } from '../ledger/lineage-rows.ts';
import { acceptRow, DAY, NOON, scanRow } from '../ledger/rows.ts';
import { type Desk, HTTP, openDesk } from './desk.ts';

const KEY = { kid: 'k1', key: createSecretKey(Buffer.alloc(32, 3)) };
const person = createTokenizer(KEY)('number', 'MR40012345');
let desk: Desk;
let scope: KeyScope = 'review';
let api: ReturnType<typeof createReviewApi>;

beforeAll(async () => {
  desk = await openDesk();
  desk.now = NOON + DAY;
  api = createReviewApi({
    ...desk.ledger,
    checkKey: async () => ({ id: 'k', name: 'siem', scope }),
    clock: () => desk.now,
    report: (error) => expect.fail(String(error)),
    tokensOf: createTokensOf(new Map([['k1', KEY]])),
  });
  const hops = leakHops(21);
  for (const [index, each] of hops.entries()) {
    const row = acceptRow({ receivedAt: NOON + index });
    await desk.ledger.messages.accept(row);
    const trail = [{ key: person, patient: true }];
    const lineage = lineageRow({ hop: each, trail, prints: ['p'] });
    await desk.ledger.messages.saveScan(scanRow(row.id, { lineage, ...(index === 0 ? seenNodes('CT1') : {}) }));
  }
});
afterAll(() => desk.close());

const headers = { Authorization: 'Bearer key', 'Content-Type': 'application/json' };
const get = async (path: string) => await api.request(`${HTTP}${path}`, { headers });
const post = async (path: string, body: unknown) =>
  await api.request(`${HTTP}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
const logged = async () => await desk.ledger.audit.list({ limit: 1 });

describe('/v1/lineage', () => {
  it('has the edges of now, of a day, and what changed between two', async () => {
    const now = EdgesBody.parse(await (await get('/v1/lineage')).json());
    expect(now.rows.map(({ source, destination, transit }) => [source.id, destination.id, transit])).toEqual([
      ['app:LIS^LAB', 'sys:registry', 'proven'],
      ['sys:registry', 'ae:STORE', 'proven'],
    ]);
    const before = EdgesBody.parse(await (await get('/v1/lineage?at=2026-11-01T00:00:00Z')).json());
    expect(before.rows).toEqual([]);
    const changes = ChangesBody.parse(await (await get('/v1/lineage?from=2026-11-01T00:00:00Z')).json());
    expect(changes.rows.map(({ change }) => change)).toEqual(['new', 'new']);
    expect((await get('/v1/lineage?to=2026-11-01T00:00:00Z')).status).toBe(400);
    expect((await get('/v1/lineage?at=yesterday')).status).toBe(400);
  });

  it('joins systems and takes them apart, on the audit log', async () => {
    const merged = await post('/v1/lineage/merges', { name: 'ae:STORE', into: 'app:LIS^LAB', note: 'one box' });
    expect(merged.status).toBe(201);
    const { merges, rows } = SystemsBody.parse(await (await get('/v1/lineage/systems')).json());
    expect(rows.map(({ names }) => names)).toEqual([['app:LIS^LAB', 'ae:STORE'], ['sys:registry']]);
    const id = merges[0]?.id ?? '';
    expect(await logged()).toMatchObject([{ actor: 'key:siem', action: 'system.merge', object: `merge:${id}` }]);
    expect((await post(`/v1/lineage/merges/${id}/undo`, {})).status).toBe(200);
    expect((await post(`/v1/lineage/merges/${id}/undo`, {})).status).toBe(200);
    desk.now += 1;
    expect((await post(`/v1/lineage/merges/${id}/undo`, {})).status).toBe(409);
    expect((await post('/v1/lineage/merges', { name: 'x', into: 'ae:STORE' })).status).toBe(400);
  });
});

describe('/v1/trace', () => {
  it('shows where an identifier has been, and logs that somebody asked, and not what for', async () => {
    const answer = await post('/v1/trace', { identifiers: ['mr-4001 2345'], kind: 'mrn' });
    const trace = TraceAnswer.parse(await answer.json());
    expect(trace).toMatchObject({ persons: 1, next: null, exposure: { messages: 2, recipients: 2 } });
    expect(trace.rows.map(({ path }) => path)).toEqual([0, 0]);
    expect(trace.paths[0]?.map(({ destination }) => destination.title)).toEqual(['registry', 'STORE']);
    const named = [{ id: expect.stringMatching(/^[0-9a-f]{16}$/), title: 'CT1' }];
    expect(trace.rows.map(({ devices }) => devices)).toEqual([named, []]);
    expect(trace.paths.map((path) => path.map(({ devices }) => devices))).toEqual([[named, []]]);
    const at = new Date(NOON).toISOString();
    expect(trace.devices).toEqual([{ ...named[0], messages: 1, firstSeen: at, lastSeen: at }]);
    expect(trace.devicesOf).toBe(1);
    const log = await logged();
    expect(log).toMatchObject([{ action: 'trace', actor: 'key:siem', detail: { messages: 2 } }]);
    expect(JSON.stringify(log)).not.toMatch(/4001/);
  });

  it('is for keys that review, and refuses what can be no identifier without repeating it', async () => {
    const refused = await post('/v1/trace', { identifiers: ['~~~'] });
    expect(refused.status).toBe(400);
    expect(await refused.text()).not.toContain('~~~');
    scope = 'read';
    expect((await post('/v1/trace', { identifiers: ['MR40012345'] })).status).toBe(403);
    expect((await post('/v1/lineage/merges', { name: 'ae:A', into: 'ae:B' })).status).toBe(403);
    scope = 'review';
  });
});

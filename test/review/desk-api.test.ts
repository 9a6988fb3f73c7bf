import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKeyCheck, makeKey } from '../../src/ingest/keys.ts';
import type { KeyScope } from '../../src/ledger/people/store.ts';
import { createReviewApi } from '../../src/review/api.ts';
import { IncidentBody, IncidentDetail, pageOf } from '../../src/review/api-schemas.ts';
import { ActedBody, QueueBody } from '../../src/review/desk-schemas.ts';
import { DAY } from '../ledger/rows.ts';
import { type Desk, openDesk, openIncident } from './desk.ts';

let desk: Desk;
let api: ReturnType<typeof createReviewApi>;
const keys: Record<KeyScope, string> = { ingest: '', read: '', review: '' };

beforeAll(async () => {
  desk = await openDesk();
  for (const scope of ['read', 'review'] as const) {
    const { key, id, hash } = makeKey();
    await desk.ledger.access.createKey({ id, name: scope, hash, scope, at: desk.now });
    keys[scope] = key;
  }
  const { incidents, messages, flows, evidence, audit, logged, access } = desk.ledger;
  const checkKey = createKeyCheck(
    (hash) => access.keyByHash(hash),
    () => desk.now,
  );
  const report = (error: unknown): void => {
    throw error;
  };
  api = createReviewApi({
    ...{ incidents, desk: desk.ledger.desk, messages, flows, evidence, audit, logged },
    ...{ checkKey, clock: () => desk.now, report, lineage: desk.ledger.lineage, tokensOf: () => [] },
  });
});
afterAll(() => desk.close());

const bearer = (scope: KeyScope) => ({ Authorization: `Bearer ${keys[scope]}`, 'Content-Type': 'application/json' });
const post = (path: string, body: unknown, scope: KeyScope = 'review') =>
  api.request(path, { method: 'POST', headers: bearer(scope), body: JSON.stringify(body) });
const get = (path: string) => api.request(path, { headers: bearer('read') });
const detail = async (id: string) => IncidentDetail.parse(await (await get(`/v1/incidents/${id}`)).json());
const acted = async (answer: Response) => {
  expect(answer.status).toBe(200);
  return ActedBody.parse(await answer.json());
};

describe('acts on many', () => {
  it('are shown first, done then, and taken back', async () => {
    const ids = [await openIncident(desk, { key: 'b1' }), await openIncident(desk, { key: 'b2' })];
    const items = ids.map((id) => ({ id, from: 'open' }));
    const change = { kind: 'move', to: 'accepted-risk', note: 'until it changes', until: 'change' };
    const preview = await acted(await post('/v1/incidents/bulk', { preview: true, change, items }));
    expect([preview.done, (await detail(ids[0] ?? '')).state]).toEqual([ids, 'open']);
    const stale = [...items, { id: 'none', from: 'open' }];
    const { act, done, refused } = await acted(await post('/v1/incidents/bulk', { change, items: stale }));
    expect([done, refused]).toEqual([ids, [{ id: 'none', why: 'there is no incident none' }]]);
    expect(await detail(ids[0] ?? '')).toMatchObject({ state: 'accepted-risk', until: null, events: [{}, { act }] });
    const undone = await acted(await post(`/v1/acts/${act}/undo`, {}));
    expect(undone.done).toEqual([...ids].sort());
    expect(await detail(ids[1] ?? '')).toMatchObject({ state: 'open' });
    const log = await desk.ledger.audit.list({ limit: 2 });
    expect(log.map(({ actor, role, action, object, detail: said }) => ({ actor, role, action, object, said }))).toEqual([
      { actor: 'key:review', role: 'review', action: 'incident.undo', object: `act:${act}`, said: { act: undone.act } },
      {
        ...{ actor: 'key:review', role: 'review', action: 'incident.move', object: `act:${act}` },
        said: { act, to: 'accepted-risk', incidents: 3 },
      },
    ]);
  });

  it.each([
    ['a key that only reads', { change: { kind: 'comment', text: 'x' }, items: [{ id: 'x', from: 'open' }] }, 'read', 403],
    [
      'no end of an accepted risk',
      { change: { kind: 'move', to: 'accepted-risk', note: 'n' }, items: [{ id: 'x', from: 'open' }] },
      'review',
      400,
    ],
    ['nothing to change', { change: { kind: 'assign', assignee: null }, items: [] }, 'review', 400],
    ['an unknown change', { change: { kind: 'delete' }, items: [{ id: 'x', from: 'open' }] }, 'review', 400],
  ] as const)('are refused with %s', async (_, body, scope, status) => {
    expect((await post('/v1/incidents/bulk', body, scope)).status).toBe(status);
  });

  it('have nothing to take back where there was no act', async () => {
    expect((await post('/v1/acts/none/undo', {})).status).toBe(409);
  });
});

describe('one incident', () => {
  it('is given to somebody, commented on, and due on a day', async () => {
    const id = await openIncident(desk, { key: 'one' });
    await acted(await post(`/v1/incidents/${id}/assignment`, { from: 'open', assignee: 'dana' }));
    await acted(await post(`/v1/incidents/${id}/comments`, { text: 'asked the vendor' }));
    const due = new Date(desk.now + 2 * DAY).toISOString();
    await acted(await post(`/v1/incidents/${id}/due`, { from: 'open', due }));
    expect(await detail(id)).toMatchObject({ assignee: 'dana', due, events: [{}, {}, { note: 'asked the vendor' }, {}] });
    const listed = async (query: string) =>
      pageOf(IncidentBody)
        .parse(await (await get(`/v1/incidents?${query}`)).json())
        .rows.map((row) => row.id);
    expect(await listed('assignee=dana')).toEqual([id]);
    expect(await listed('unassigned=true')).not.toContain(id);
    expect(await listed('overdue=true')).not.toContain(id);
    expect(await listed(`since=${new Date(desk.now + DAY).toISOString()}`)).toEqual([]);
    expect((await post(`/v1/incidents/${id}/assignment`, { from: 'resolved', assignee: null })).status).toBe(409);
    expect((await post('/v1/incidents/none/comments', { text: 'x' })).status).toBe(409);
  });
});

it('says what needs somebody', async () => {
  await desk.ledger.desk.round(desk.now);
  const queue = QueueBody.parse(await (await get('/v1/desk')).json());
  expect(queue.total).toBeGreaterThan(0);
  expect(queue.needing).toHaveLength(queue.total);
  expect(await (await get('/v1/notices')).json()).toEqual({ rows: [] });
});

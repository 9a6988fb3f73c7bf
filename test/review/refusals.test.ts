import { afterEach, beforeEach, expect, it } from 'vitest';
import { createReviewApi } from '../../src/review/api.ts';
import { NOON } from '../ledger/rows.ts';
import { type Desk, HTTP, openDesk, signIn } from './desk.ts';

/** What the audit log keeps of somebody who was refused, and of who took a list away. */

const MINUTE = 60_000;
let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

async function logged(action: string): Promise<string[]> {
  const log = await desk.ledger.audit.list({ limit: 100 });
  const own = log.filter((entry) => entry.action === action).toReversed();
  return own.map(({ actor, role, object }) => `${actor} (${role}) ${object}`);
}

it('keeps that a role was refused, once a minute for an account and a route', async () => {
  const [bea, kim] = [await signIn(desk, 'bea', 'biomed'), await signIn(desk, 'kim', 'biomed')];
  desk.now = NOON + MINUTE;
  for (let n = 0; n < 50; n++) expect((await bea.get(`/incidents?q=${n}`)).status).toBe(403);
  expect(await logged('access.refused')).toContain('bea (biomed) route:GET /incidents');
  const before = (await logged('access.refused')).length;
  for (const path of ['/incidents', '/incidents/a', '/incidents/b', '/audit']) await bea.get(path);
  await kim.get('/audit');
  expect((await logged('access.refused')).slice(before)).toEqual([
    'bea (biomed) route:GET /incidents/:id',
    'bea (biomed) route:GET /audit',
    'kim (biomed) route:GET /audit',
  ]);
  desk.now += MINUTE;
  await bea.get('/audit');
  expect((await logged('access.refused')).filter((one) => one === 'bea (biomed) route:GET /audit')).toHaveLength(2);
});

it('keeps that a form was refused which none of our pages sent', async () => {
  const dana = await signIn(desk);
  expect((await dana.post('/trace', { identifier: 'x' }, { Origin: 'https://evil.example' })).status).toBe(403);
  expect(await logged('access.refused')).toEqual(['dana (officer) route:POST /trace']);
});

it('keeps which list somebody took as a file, and by which filters, before its first byte', async () => {
  const dana = await signIn(desk);
  for (const path of [
    '/incidents.csv?state=open&q=DOE',
    '/flows.csv',
    '/devices.csv',
    '/locations.csv',
    '/evidence.csv',
    '/rules.csv',
  ]) {
    expect((await dana.get(path)).status).toBe(200);
  }
  expect(await logged('list.export')).toEqual([
    'dana (officer) list:/incidents.csv',
    'dana (officer) list:/flows.csv',
    'dana (officer) list:/devices.csv',
    'dana (officer) list:/locations.csv',
    'dana (officer) list:/evidence.csv',
    'dana (officer) list:/rules.csv',
  ]);
  const [first] = (await desk.ledger.audit.list({ object: 'list:/incidents.csv', limit: 1 })) ?? [];
  // What was searched for may be a name: the log names the filter and not what it was.
  expect(first?.detail).toEqual({ filters: 'q state' });
});

it('keeps that a key of another scope was refused', async () => {
  const { clock, report, policies } = desk.deps;
  const inventory = { ...desk.ledger, described: new Map(), policies, vendors: async () => () => null, clock };
  const checkKey = async () => ({ id: 'k1', name: 'siem', scope: 'ingest' as const });
  const api = createReviewApi({ ...desk.ledger, inventory, tokensOf: () => [], checkKey, clock, report });
  const headers = { Authorization: 'Bearer x' };
  for (let n = 0; n < 5; n++) expect((await api.request(`${HTTP}/v1/incidents/${n}`, { headers })).status).toBe(403);
  expect(await logged('access.refused')).toEqual(['key:siem (ingest) route:GET /v1/incidents/:id']);
});

it('keeps no list that a role may not have', async () => {
  const bea = await signIn(desk, 'bea', 'biomed');
  expect((await bea.get('/incidents.csv')).status).toBe(403);
  expect(await logged('list.export')).toEqual([]);
  expect(await logged('access.refused')).toContain('bea (biomed) route:GET /incidents.csv');
});

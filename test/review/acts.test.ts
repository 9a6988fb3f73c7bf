import { afterAll, beforeAll, expect, it } from 'vitest';
import type { KeyScope } from '../../src/ledger/people/store.ts';
import { createReviewApi } from '../../src/review/api.ts';
import { exportsRoutes } from '../../src/review/exports-api.ts';
import { reviewsRoutes } from '../../src/review/reviews-api.ts';
import { DAY, FLOW } from '../ledger/rows.ts';
import { exportingOf } from '../support/exporting.ts';
import { type Desk, openDesk, openIncident } from './desk.ts';

/** Everything that a key can do and that is no reading of one page, once: each is on the audit log, under the name beside it. */
let desk: Desk;
let api: ReturnType<typeof createReviewApi>;
let incident = '';

beforeAll(async () => {
  desk = await openDesk();
  incident = await openIncident(desk, { key: 'acts', severity: 'critical' });
  const clock = () => desk.now;
  const report = (error: unknown) => expect.fail(String(error));
  const { ledger } = desk;
  const exporting = { exporting: exportingOf(ledger), audit: ledger.audit, clock, report };
  const described = exporting.exporting.locations;
  api = createReviewApi(
    {
      ...ledger,
      inventory: { ...ledger, described, policies: () => [], vendors: async () => () => null, clock },
      tokensOf: () => ['k1.x'],
      checkKey: async () => ({ id: 'k', name: 'siem', scope: 'review' satisfies KeyScope }),
      clock,
      report,
    },
    [(app, guards) => exportsRoutes(app, exporting, guards), (app, guards) => reviewsRoutes(app, { ...ledger, clock }, guards)],
  );
});
afterAll(() => desk.close());

async function send(method: string, path: string, body: unknown): Promise<{ status: number; text: string }> {
  const headers = { Authorization: 'Bearer key', 'Content-Type': 'application/json' };
  const answer = await api.request(path, { method, headers, ...(method === 'DELETE' ? {} : { body: JSON.stringify(body) }) });
  return { status: answer.status, text: await answer.text() };
}

const days = { from: '2026-11-24', to: '2026-11-25' };
const items = () => [{ id: incident, from: 'open' }];

/** Route, path, body, and the act; `id` is what the step before answered. */
const STEPS: readonly (readonly [string, (id: string) => string, () => unknown, string])[] = [
  ['POST /v1/incidents/{id}/comments', () => `/v1/incidents/${incident}/comments`, () => ({ text: 'seen' }), 'incident.comment'],
  [
    'POST /v1/incidents/{id}/assignment',
    () => `/v1/incidents/${incident}/assignment`,
    () => ({ from: 'open', assignee: 'kim' }),
    'incident.assign',
  ],
  [
    'POST /v1/incidents/{id}/due',
    () => `/v1/incidents/${incident}/due`,
    () => ({ from: 'open', due: '2027-01-01T00:00:00Z' }),
    'incident.due',
  ],
  [
    'POST /v1/incidents/bulk',
    () => '/v1/incidents/bulk',
    () => ({ change: { kind: 'assign', assignee: null }, items: items() }),
    'incident.assign',
  ],
  ['POST /v1/acts/{id}/undo', (id) => `/v1/acts/${id}/undo`, () => ({}), 'incident.undo'],
  [
    'POST /v1/incidents/{id}/transitions',
    () => `/v1/incidents/${incident}/transitions`,
    () => ({ from: 'open', to: 'resolved' }),
    'incident.move',
  ],
  ['POST /v1/lineage/merges', () => '/v1/lineage/merges', () => ({ name: 'ae:A', into: 'ae:B', note: '' }), 'system.merge'],
  ['POST /v1/lineage/merges/{id}/undo', (id) => `/v1/lineage/merges/${id}/undo`, () => ({}), 'system.unmerge'],
  ['POST /v1/trace', () => '/v1/trace', () => ({ identifiers: ['x'] }), 'trace'],
  [
    'POST /v1/locations',
    () => '/v1/locations',
    () => ({ id: 'attic', title: 'Attic', type: 'backup', owner: 'it@north.example' }),
    'location.describe',
  ],
  ['DELETE /v1/locations/{id}', () => '/v1/locations/attic', () => ({}), 'location.remove'],
  ['POST /v1/exports', () => '/v1/exports', () => ({ kind: 'csv', ...days }), 'export'],
  [
    'POST /v1/disclosures/decisions',
    () => '/v1/disclosures/decisions',
    () => ({ flow: FLOW.key, decision: 'undecided', from: '2026-11-01' }),
    'disclosure.decide',
  ],
  [
    'POST /v1/reviews',
    () => '/v1/reviews',
    () => ({ ...days, outcome: 'nothing-further', note: 'looked at all' }),
    'review.sign',
  ],
];

it('is on the audit log: every route that changes or hands out something', async () => {
  desk.now += DAY;
  let id = '';
  for (const [route, path, body, action] of STEPS) {
    const size = await desk.ledger.audit.size();
    const { status, text } = await send(route.split(' ')[0] ?? '', path(id), body());
    expect([route, status < 300 ? 'done' : text]).toEqual([route, 'done']);
    id = /"(?:act|id)":"([^"]+)"/.exec(text)?.[1] ?? '';
    const [entry] = await desk.ledger.audit.list({ limit: 1 });
    expect([route, entry?.seq, entry?.action, entry?.actor, entry?.role]).toEqual([route, size, action, 'key:siem', 'review']);
  }
  const { paths = {} } = api.getOpenAPIDocument({ openapi: '3.0.3', info: { title: '', version: '' } });
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods ?? {}).flatMap((method) => (method === 'get' ? [] : [`${method.toUpperCase()} ${path}`])),
  );
  // Devices: test/review/inventory-api.test.ts, which has some.
  const elsewhere = ['POST /v1/devices/{id}/merge', 'POST /v1/devices/{id}/split'];
  expect(all.toSorted()).toEqual([...STEPS.map(([route]) => route), ...elsewhere].toSorted());
});

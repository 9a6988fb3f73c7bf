import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeKey } from '../../src/ingest/keys.ts';
import type { KeyScope } from '../../src/ledger/people/store.ts';
import { createReviewApi } from '../../src/review/api.ts';
import { exportsRoutes } from '../../src/review/exports-api.ts';
import { reviewsRoutes } from '../../src/review/reviews-api.ts';
import { type Desk, HTTP, openDesk } from './desk.ts';

const SCOPES = ['ingest', 'read', 'review'] as const;

/** Asks by POST, since what it asks for is long, and changes nothing. */
const ASKS = new Set(['POST /v1/exports']);

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

/** The API where every key is of one scope; whether what is behind the guard fails is not asked here. */
function apiFor(scope: KeyScope | null): ReturnType<typeof createReviewApi> {
  const { clock, report, policies } = desk.deps;
  const inventory = { ...desk.ledger, described: new Map(), policies, vendors: () => Promise.resolve(() => null), clock };
  const checkKey = () => Promise.resolve(scope === null ? null : { id: 'k', name: 'k', scope });
  const { exporting } = desk.deps;
  return createReviewApi({ ...desk.ledger, inventory, tokensOf: () => [], checkKey, clock, report }, [
    (api, guards) => exportsRoutes(api, { exporting, audit: desk.ledger.audit, clock, report }, guards),
    (api, guards) => reviewsRoutes(api, { ...desk.ledger, clock }, guards),
  ]);
}

/** Every address of the API; middleware of all of them is none. */
function routes(): { name: string; method: string; path: string }[] {
  const found = apiFor(null).routes.filter(({ method, path }) => method !== 'ALL' && !path.endsWith('*'));
  const named = found.map(({ method, path }) => ({ name: `${method} ${path}`, method, path: path.replaceAll(/:\w+/g, 'x') }));
  return [...new Map(named.map((route) => [route.name, route])).values()];
}

async function statusOf(scope: KeyScope | null, { method, path }: { method: string; path: string }): Promise<number> {
  const { key } = makeKey();
  const body = method === 'GET' ? {} : { body: '{}' };
  const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' };
  return (await apiFor(scope).request(`${HTTP}${path}`, { method, headers, ...body })).status;
}

it('opens no address of the API without a key', async () => {
  const all = routes();
  const names = all.map(({ name }) => name);
  for (const name of ['GET /v1/messages', 'POST /v1/exports', 'POST /v1/reviews']) expect(names).toContain(name);
  for (const route of all) expect([route.name, await statusOf(null, route)]).toEqual([route.name, 401]);
});

it.each(SCOPES)('lets a key of scope %s read with `read` or `review`, and change with `review` only', async (scope) => {
  for (const route of routes()) {
    const may = scope === 'review' || (scope === 'read' && (route.method === 'GET' || ASKS.has(route.name)));
    const status = await statusOf(scope, route);
    expect([route.name, scope, status === 403 ? 'refused' : 'open']).toEqual([route.name, scope, may ? 'open' : 'refused']);
    expect(status).not.toBe(401);
  }
});

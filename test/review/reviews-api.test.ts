import { afterAll, beforeAll, expect, it } from 'vitest';
import { createReviewApi } from '../../src/review/api.ts';
import type { ApiKey } from '../../src/review/api-parts.ts';
import { reviewsRoutes } from '../../src/review/reviews-api.ts';
import { HOUR, NOON } from '../ledger/rows.ts';
import { type Desk, HTTP, openDesk } from './desk.ts';

let desk: Desk;
let api: ReturnType<typeof createReviewApi>;
const keys: Record<string, ApiKey> = {
  reader: { id: 'r', name: 'auditor', scope: 'read' },
  reviewer: { id: 'v', name: 'officer', scope: 'review' },
};

beforeAll(async () => {
  desk = await openDesk();
  desk.now = NOON + HOUR;
  const deps = { ...desk.ledger, clock: () => desk.now };
  api = createReviewApi(
    {
      ...deps,
      checkKey: async (presented) => keys[presented] ?? null,
      tokensOf: () => [],
      report: (error) => expect.fail(String(error)),
    },
    [(app, guards) => reviewsRoutes(app, deps, guards)],
  );
});
afterAll(() => desk.close());

const day = { from: '2026-11-24', to: '2026-11-25' };

async function send(key: string, path: string, body?: object) {
  const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' };
  const init = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) };
  const answer = await api.request(`${HTTP}${path}`, init);
  return { status: answer.status, body: await answer.json() };
}

it('signs a review with the coverage of then, lists it, and has it on the audit log', async () => {
  const asked = { ...day, outcome: 'nothing-further', note: ' queue and flows looked at ' };
  const signed = await send('reviewer', '/v1/reviews', asked);
  expect(signed).toMatchObject({
    status: 201,
    body: { actor: 'key:officer', role: 'review', note: 'queue and flows looked at' },
  });
  expect(signed.body.coverage).toMatchObject({ messages: 0, scanned: 0 });
  expect(await send('reader', `/v1/reviews?from=${day.from}&to=${day.to}`)).toEqual({
    status: 200,
    body: { rows: [signed.body] },
  });
  expect((await send('reader', '/v1/reviews?from=2026-11-25&to=2026-11-26')).body).toEqual({ rows: [] });
  const log = await send('reader', `/v1/audit?object=review:${signed.body.id}`);
  expect(log.body).toMatchObject({
    rows: [{ action: 'review.sign', actor: 'key:officer', at: '2026-11-24T13:00:00.000Z' }],
    next: null,
  });
  expect(JSON.stringify(log.body)).not.toContain('salt');
});

it('goes through the log page by page', async () => {
  for (let n = 0; n < 3; n++) {
    await desk.ledger.audit.append({ at: NOON + n, actor: 'Ada', role: 'officer', action: 'signin', object: '', detail: { n } });
  }
  const first = await send('reader', '/v1/audit?actor=Ada&limit=2');
  expect(first.body.rows.map(({ detail }: { detail: { n: number } }) => detail.n)).toEqual([2, 1]);
  const second = await send('reader', `/v1/audit?actor=Ada&limit=2&before=${first.body.next}`);
  expect(second.body).toMatchObject({ rows: [{ detail: { n: 0 } }], next: null });
});

it('takes no review of a reader, of no period, of what is to come, or without a word', async () => {
  const good = { ...day, outcome: 'findings', note: 'one' };
  expect((await send('reader', '/v1/reviews', good)).status).toBe(403);
  expect((await send('nobody', '/v1/reviews', good)).status).toBe(401);
  for (const bad of [
    { to: day.from },
    { from: 'yesterday' },
    { note: ' ' },
    { outcome: 'fine' },
    { from: '2026-12-01', to: '2026-12-02' },
  ]) {
    expect((await send('reviewer', '/v1/reviews', { ...good, ...bad })).status).toBe(400);
  }
});

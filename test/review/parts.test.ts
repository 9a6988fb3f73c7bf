import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { INCIDENT_STATES, type IncidentState } from '../../src/policy/decision.ts';
import { actionPanel } from '../../src/review/actions-panel.ts';
import { moment, route, severityBadge } from '../../src/review/badges.ts';
import { errorPage } from '../../src/review/errors.ts';
import { ledgerFilter, queueAddress, readFilters, statesOf } from '../../src/review/filters.ts';
import { flowsPage } from '../../src/review/flows-page.ts';
import { formLimit, formOf } from '../../src/review/forms.ts';
import { securityHeaders } from '../../src/review/headers.ts';
import { incidentPage } from '../../src/review/incident-page.ts';
import type { Frame } from '../../src/review/layout.ts';
import { pageRoutes } from '../../src/review/pages.ts';
import { policySection } from '../../src/review/policy-section.ts';
import { queuePage } from '../../src/review/queue-page.ts';
import { signInPage } from '../../src/review/sign-in.ts';
import { NOON } from '../ledger/rows.ts';
import { incidentRow } from '../policy/incident-row.ts';
import { openDesk, policy } from './desk.ts';
import { expectCleanPage, tagsOf } from './html.ts';

const session = { id: 's1', user: 'link:dana', actor: 'dana', role: 'officer', how: 'link', csrf: 'token' } as const;
const frame: Frame = { session, version: '0.1.0', open: 0 };
const incident = incidentRow({ reason: 'flow.silent', category: null, group: null, severity: 'low', messages: 0, patients: 0 });

describe('filters', () => {
  it.each([
    [{}, '/incidents'],
    [{ state: 'all', severity: 'high' }, '/incidents?state=all&severity=high'],
    [{ flow: 'mllp|A&B|C', cursor: 'abc' }, '/incidents?flow=mllp%7CA%26B%7CC&cursor=abc'],
  ])('%o stand in the address', (query, address) => {
    const filters = readFilters(query);
    expect(filters).not.toBeNull();
    if (filters !== null) expect(queueAddress(filters, { cursor: filters.cursor })).toBe(address);
  });

  it('go back to the first page when one changes', () => {
    expect(queueAddress({ state: 'open', cursor: 'abc', severity: 'low' }, { severity: 'high' })).toBe(
      '/incidents?severity=high',
    );
  });

  it('become what the ledger is asked for', () => {
    expect(ledgerFilter({ state: 'all', flow: 'f' }, 'dana', NOON)).toEqual({ states: INCIDENT_STATES, flow: 'f' });
    expect(statesOf({ state: 'resolved' })).toEqual(['resolved']);
  });
});

it.each<[IncidentState, string[]]>([
  ['open', ['acknowledged', 'escalated', 'resolved', 'false-positive', 'accepted-risk']],
  ['acknowledged', ['escalated', 'resolved', 'false-positive', 'accepted-risk', 'open']],
  ['escalated', ['acknowledged', 'resolved', 'false-positive', 'accepted-risk', 'open']],
  ['resolved', ['open']],
  ['false-positive', ['open']],
  ['accepted-risk', ['resolved', 'false-positive', 'open']],
])('offers for %s what is allowed: %j', async (state, offered) => {
  const panel = String(await actionPanel(session, { ...incident, state }, null, NOON));
  tagsOf(panel);
  expect([...panel.matchAll(/name="to" value="([^"]+)"/g)].map(([, to]) => to)).toEqual(offered);
  expect(panel.match(/name="csrf" value="token"/g)).toHaveLength(offered.length);
});

it('limits the day of an accepted risk to the year that the rules allow', async () => {
  expect(String(await actionPanel(session, incident, null, NOON))).toContain('min="2026-11-24" max="2027-11-24"');
});

it('tells a severity by shape and word, a time by both ways, a route without an arrow too', async () => {
  expect(String(await severityBadge('critical'))).toMatch(/<path[^>]*>.*Critical/);
  expect(String(await moment(NOON, NOON))).toBe(
    '<time datetime="2026-11-24T12:00:00.000Z" title="2026-11-24 12:00:00 UTC">just now</time>',
  );
  expect(String(await route('A', 'B'))).toContain('<span class="sr">to</span>');
});

it('says what a policy permits, and how to get one', async () => {
  const words = String(await policySection(incident, policy('lab-registry', 'Lab results', 'registry')));
  expect(words).toContain('date, city or ZIP code (patient), in ORU^R01, at PID-*');
  const none = String(await policySection({ ...incident, reason: 'flow.unregistered' }, null));
  expect(none).toContain('cordon flows suggest');
});

it('makes whole pages', async () => {
  const counts = { total: 1, pending: 2, done: 1, quarantined: 1 };
  const view = {
    filters: { state: 'open' },
    page: { rows: [], next: null },
    total: 0,
    states: new Map(),
    flows: [],
    messages: counts,
    done: null,
    now: NOON,
  } as const;
  const queue = String(await queuePage(frame, view));
  expect(queue).toContain('1 message examined · 2 waiting · 1 quarantined');
  expect(queue).toContain('Every incident has been looked at');
  const one = {
    incident,
    events: [],
    samples: [],
    asked: 10,
    policy: null,
    evidence: { targets: [], rows: [] },
    hops: { hop: null, place: null, path: [] },
    related: [],
    takers: ['dana'],
    did: null,
    act: null,
    following: null,
    draft: null,
    problem: null,
    reveals: false,
    now: NOON,
  };
  const pages = [
    queue,
    await incidentPage(frame, one),
    await flowsPage(frame, { flows: [], policies: [], now: NOON }),
    await signInPage({ next: '/', oidc: null }),
  ];
  for (const page of pages) expectCleanPage(String(page));
  for (const problem of ['not-found', 'forged', 'filter', 'large', 'unavailable', 'internal'] as const)
    expectCleanPage(String(await errorPage(problem)));
});

it('reads a form of ours and nothing else, and sets headers on what fails too', async () => {
  const app = new Hono();
  app.use(securityHeaders(true));
  app.post('/', formLimit, async (c) => c.json(await formOf(c)));
  const send = (type: string, body = 'a=1&a=2&__proto__=x') =>
    app.request('/', { method: 'POST', body, headers: { 'Content-Type': type } });
  expect(await (await send('application/x-www-form-urlencoded; charset=utf-8')).text()).toBe('{"a":"2","__proto__":"x"}');
  expect(await (await send('multipart/form-data; boundary=x')).json()).toEqual({});
  const large = await send('application/x-www-form-urlencoded', `a=${'x'.repeat(70_000)}`);
  expect([large.status, large.headers.get('Strict-Transport-Security')]).toEqual([413, 'max-age=31536000']);
});

it('routes pages only behind a session', async () => {
  const desk = await openDesk();
  const { ledger } = desk;
  const routes = pageRoutes({
    ...ledger,
    policies: () => [],
    packs: () => [],
    overlays: () => [],
    exporting: desk.deps.exporting,
    vendors: desk.deps.vendors,
    tokensOf: desk.deps.tokensOf,
    retention: desk.deps.retention,
    places: async () => new Map(),
    clock: () => NOON,
    secure: false,
    version: '0',
    report: () => undefined,
  });
  for (const { method, path } of routes.routes) {
    const answer = await routes.request(path.replace(':id', 'x'), { method });
    expect([path, answer.status]).toEqual([path, 303]);
  }
  await desk.close();
});

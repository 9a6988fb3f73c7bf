import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OpenAPIHono } from '@hono/zod-openapi';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CordonError } from '../../src/core/errors.ts';
import type { Keyring } from '../../src/keyring/keyring.ts';
import { openKeyring } from '../../src/keyring/open.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import type { KeyScope } from '../../src/ledger/people/store.ts';
import { NO_LOCATIONS } from '../../src/policy/location.ts';
import { compileRegister } from '../../src/policy/register.ts';
import type { ApiEnv, Guard } from '../../src/review/api-parts.ts';
import { exportsRoutes } from '../../src/review/exports-api.ts';
import { readCsv } from '../exports/make.ts';
import { acceptRow, FLOW, flaggedRow, NOON } from '../ledger/rows.ts';
import { type Desk, openDesk } from './desk.ts';

let desk: Desk;
let keyring: Keyring;
let folder = '';
let scope: KeyScope = 'review';
const reported: unknown[] = [];

/** The routes as the API mounts them, under a key of `scope`. */
function apiOf(ledger: Ledger): OpenAPIHono<ApiEnv> {
  const app = new OpenAPIHono<ApiEnv>({
    defaultHook: (result, c) =>
      result.success ? undefined : c.text(result.error.issues.map(({ path }) => path.join('.')).join(), 400),
  });
  app.onError((error, c) => c.text(error.message, error instanceof CordonError && error.code === 'usage' ? 400 : 500));
  const guard =
    (scopes: readonly KeyScope[]): Guard =>
    async (c, next) => {
      if (!scopes.includes(scope)) return c.text('', 403);
      c.set('key', { id: 'k', name: 'siem', scope });
      return next();
    };
  const exporting = { ledger, keyring, register: compileRegister([]), locations: NO_LOCATIONS };
  const deps = { exporting, audit: desk.ledger.audit, clock: () => NOON, report: (error: unknown) => reported.push(error) };
  exportsRoutes(app, deps, { reading: guard(['read', 'review']), reviewing: guard(['review']) });
  return app;
}

beforeAll(async () => {
  desk = await openDesk();
  folder = mkdtempSync(join(tmpdir(), 'cordon-exports-'));
  keyring = await openKeyring({ path: join(folder, 'keyring.json'), kmsKey: null }, true);
  const row = acceptRow();
  await desk.ledger.messages.accept(row);
  await desk.ledger.messages.saveScan(flaggedRow(row.id));
});
afterAll(async () => {
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

const post = async (path: string, body: unknown, ledger = desk.ledger) =>
  await apiOf(ledger).request(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
const period = { from: '2026-11-24', to: '2026-11-25' };
const exported = async (kind: string) => readCsv(await (await post('/v1/exports', { kind, ...period })).text());

it('streams an export in its type, and keeps on the audit log who asked', async () => {
  scope = 'read';
  const answer = await post('/v1/exports', { kind: 'csv', ...period });
  expect([answer.status, answer.headers.get('Content-Type')]).toEqual([200, 'text/csv; charset=utf-8']);
  expect(readCsv(await answer.text()).map(({ kind, flow, messages }) => [kind, flow, messages])).toEqual([
    ['transfer', FLOW.key, '1'],
    ['incident', 'lab-registry', '1'],
  ]);
  const [entry] = await desk.ledger.audit.list({ limit: 1 });
  expect(entry).toMatchObject({
    actor: 'key:siem',
    role: 'read',
    action: 'export',
    object: 'export:csv',
    detail: { from: '2026-11-24T00:00:00.000Z' },
  });
  expect((await post('/v1/exports', { kind: 'csv', from: '2026-11-25', to: '2026-11-26' })).status).toBe(200);
});

it.each([
  [{ kind: 'xml', ...period }, 'kind'],
  [{ kind: 'csv', from: 'yesterday', to: '2026-11-25' }, 'from'],
  [{ kind: 'csv', from: '2026-11-25', to: '2026-11-24' }, 'ends'],
])('refuses %j', async (body, named) => {
  const answer = await post('/v1/exports', body);
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain(named);
});

it('makes a disclosure of a candidate once somebody may decide and does', async () => {
  const decision = {
    flow: FLOW.key,
    decision: 'disclosure',
    purpose: 'reportable results',
    recipient: 'State registry',
    from: '2026-11-01',
  };
  expect(await exported('disclosures')).toMatchObject([{ status: 'candidate' }]);
  scope = 'read';
  expect((await post('/v1/disclosures/decisions', decision)).status).toBe(403);
  scope = 'review';
  const id = '019a2f6e-0000-7000-8000-000000000009';
  for (let twice = 0; twice < 2; twice++) expect((await post('/v1/disclosures/decisions', { ...decision, id })).status).toBe(201);
  expect(await exported('disclosures')).toMatchObject([
    { status: 'disclosure', recipient: 'State registry', decided_by: 'key:siem' },
  ]);
  expect(await desk.ledger.exports.decisions(FLOW.key, [])).toHaveLength(1);
  const entries = await desk.ledger.audit.list({ limit: 5 });
  expect(entries.find(({ action }) => action === 'disclosure.decide')).toMatchObject({
    object: `flow:${FLOW.key}`,
    detail: { decision: 'disclosure', of: 'everybody' },
  });
});

it.each([
  [{ decision: 'exempt' }, 'exemption'],
  [{ decision: 'disclosure' }, 'purpose'],
  [{ decision: 'undecided', exemption: 'tpo' }, 'exemption'],
  [{ decision: 'undecided', to: '2026-10-01' }, 'to'],
  [{ decision: 'undecided', flow: 'nobody' }, 'flow'],
])('refuses the decision %j', async (over, named) => {
  const answer = await post('/v1/disclosures/decisions', { flow: FLOW.key, from: '2026-11-01', ...over });
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain(named);
});

it('breaks off an export that fails in the middle, and says so in the log', async () => {
  const exports = { ...desk.ledger.exports, incidents: () => Promise.reject(new Error('the disk')) };
  const answer = await post('/v1/exports', { kind: 'csv', ...period }, { ...desk.ledger, exports });
  expect(answer.status).toBe(200);
  await expect(answer.text()).rejects.toThrow('broke off');
  expect(reported).toMatchObject([{ message: 'the disk' }]);
});

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadFlows } from '../../src/policy/load.ts';
import { openPolicyFolder } from '../../src/policy-folder.ts';
import { createReviewApp } from '../../src/review/app.ts';
import { type Desk, openDesk, type Reader, seedMorning, signIn } from './desk.ts';
import { expectCleanPage } from './html.ts';

let desk: Desk;
let dana: Reader;
beforeAll(async () => {
  desk = await openDesk();
  await seedMorning(desk);
  dana = await signIn(desk);
});
afterAll(() => desk.close());

const POLICY = `id: pumps
title: Pumps to the drug library
owner: biomed@hospital.example
status: active
match: [{listener: mllp, msh: {3: PUMPS, 5: DRUGLIB}}]
destination: {system: druglib, entity: self}
basis: {purpose: treatment, dataset: phi, agreement: {kind: none}}
expires: 2027-10-31
`;

it('drafts a policy for what nobody registered', async () => {
  const page = await (await dana.get('/flows/drafts')).text();
  expectCleanPage(page);
  expect(page).toContain('<h1>1 draft for flows nobody registered</h1>');
  expect(page).toContain('EDIT-ME');
  expect(await (await dana.get('/flows')).text()).toContain('href="/flows/drafts"');
});

it('shows what a policy would have done, and says what is wrong with one', async () => {
  const tried = await (await dana.post('/flows/drafts', { policy: POLICY })).text();
  expectCleanPage(tried);
  expect(tried).toContain('<td>pumps</td>');
  const wrong = await (await dana.post('/flows/drafts', { policy: POLICY.replace('entity: self', 'entity: moon') })).text();
  expectCleanPage(wrong);
  expect(wrong).toContain('role="alert"');
  expect(wrong).toContain('this policy');
  expect((await dana.post('/flows/drafts', { policy: POLICY }, { Origin: 'https://evil.example' })).status).toBe(403);
});

it('fills a draft with what a person says, and shows it as a patch where nothing can be written', async () => {
  const drafts = await (await dana.get('/flows/drafts')).text();
  const draft = /name="draft" value="([^"]+)"/.exec(drafts)?.[1] ?? '';
  const answers = { draft, owner: 'ben "the" biomed: <b>', entity: 'self', purpose: 'treatment' };
  const tried = await (await dana.post('/flows/drafts', answers)).text();
  expectCleanPage(tried);
  expect(tried).not.toContain('role="alert"');
  expect(tried).toContain(`<td>${draft}</td>`);
  expect(tried).toContain('--- /dev/null');
  expect(tried).toContain('+owner: &quot;ben');
  const refused = await dana.post('/flows/policies', { policy: POLICY });
  expect([refused.status, (await refused.text()).includes('cannot write')]).toEqual([409, true]);
});

it('replays what was observed in the time that was asked for', async () => {
  const of = async (period: string) =>
    (await (await signIn(desk, 'later')).post('/flows/drafts', { policy: POLICY, period })).text();
  const now = desk.now;
  expect(await of('30d')).toMatch(/of [1-9]\d* messages?/);
  desk.now = now + 40 * 24 * 60 * 60 * 1000;
  expect(await of('30d')).toContain('of 0 messages');
  expect(await of('90d')).toMatch(/of [1-9]\d* messages?/);
  desk.now = now;
});

it('adds an accepted policy as a file once, answers for it on the audit log, and changes none that is there', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cordon-flows-'));
  const policyFolder = openPolicyFolder(folder);
  const own = await signIn({ ...desk, app: createReviewApp({ ...desk.deps, policyFolder }) }, 'olga');
  const accepted = await own.post('/flows/policies', { policy: POLICY.replaceAll('\n', '\r\n') });
  expect([accepted.status, accepted.headers.get('Location')]).toEqual([303, '/flows/drafts?saved=pumps']);
  expect(readdirSync(folder)).toEqual(['pumps.yaml']);
  expect(readFileSync(join(folder, 'pumps.yaml'), 'utf8')).toBe(POLICY);
  expect(await (await own.get('/flows/drafts?saved=pumps')).text()).toContain('when Cordon is started again');
  const again = await own.post('/flows/policies', { policy: POLICY.replace('Pumps to', 'Pumps at') });
  expect(again.status).toBe(409);
  expect(readFileSync(join(folder, 'pumps.yaml'), 'utf8')).toBe(POLICY);
  const entries = (await desk.ledger.audit.list({ limit: 50 })).filter(({ action }) => action === 'flow.accept');
  expect(entries.map(({ actor, object }) => [actor, object])).toEqual([['olga', 'flow:pumps']]);
  const kim = await signIn({ ...desk, app: createReviewApp({ ...desk.deps, policyFolder }) }, 'kim', 'analyst');
  expect((await kim.post('/flows/policies', { policy: POLICY.replace('id: pumps', 'id: other') })).status).toBe(403);
  rmSync(folder, { recursive: true });
});

it('refuses a policy that matches what another one matches', async () => {
  const twin = POLICY.replace('msh: {3: PUMPS, 5: DRUGLIB}', 'msh: {3: PUMPS}').replace('id: pumps', 'id: twin');
  desk.policies.push(...loadFlows([{ file: 'x', text: twin }]));
  const eve = await signIn(desk, 'eve');
  const page = await (await eve.post('/flows/drafts', { policy: twin.replace('id: twin', 'id: again') })).text();
  desk.policies.pop();
  expect(page).toContain('one message can match both');
});

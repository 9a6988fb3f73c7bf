import { afterAll, beforeAll, expect, it } from 'vitest';
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

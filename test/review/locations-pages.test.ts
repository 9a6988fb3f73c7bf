import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Desk, openDesk, pass, policy, type Reader, signIn, VENDOR } from './desk.ts';
import { expectCleanPage } from './html.ts';

let desk: Desk;
let dana: Reader;
beforeAll(async () => {
  desk = await openDesk();
  dana = await signIn(desk);
  const known = policy('vendor-cloud', 'Results to the vendor cloud', 'vendor');
  desk.policies.push({ ...known, destination: { ...known.destination, location: 'vendor-store' } });
  await pass(desk, VENDOR);
  await pass(desk, { ...VENDOR, key: 'mllp|A|B', policy: null, destination: 'NEW^SYSTEM' });
});
afterAll(() => desk.close());

const text = async (path: string): Promise<string> => {
  const answer = await dana.get(path);
  expect([path, answer.status]).toEqual([path, 200]);
  return answer.text();
};
const SAID = { id: 'vendor-store', title: 'Store of the vendor', type: 'database', owner: 'security@vendor.example' };

it('begins with the places that nobody described, and offers to', async () => {
  const page = await text('/locations');
  expectCleanPage(page);
  expect(page).toContain('<h1>2 of 2 places are described by nobody</h1>');
  expect(await text('/locations?show=proven')).toContain('No place stands like this');
  const seen = await text('/locations/place/NEW%5ESYSTEM');
  expectCleanPage(seen);
  expect(seen).toContain('name="id" value="new-system"');
});

it('describes a place, describes it anew, and removes it, each on the audit log', async () => {
  expect((await dana.post('/locations', SAID)).headers.get('Location')).toBe('/locations?done=described');
  expect((await dana.post('/locations', { ...SAID, country: 'US', verify: 'kms:alias/one\r\ns3://bucket/data' })).status).toBe(
    303,
  );
  const page = await text('/locations/place/vendor-store');
  expect(page).toContain('kms:alias/one, s3://bucket/data');
  expect(page).toContain('by dana');
  expect(await text('/locations.csv')).toContain('vendor-store,Store of the vendor,api,database,US');
  expect((await dana.post('/locations/place/vendor-store/remove', {})).status).toBe(303);
  expect((await dana.post('/locations/place/vendor-store/remove', {})).status).toBe(404);
  const log = await desk.ledger.audit.list({ object: 'location:vendor-store', limit: 10 });
  expect(log.map(({ action }) => action).slice(-3)).toEqual(['location.remove', 'location.describe', 'location.describe']);
});

it('says what is wrong with a description, keeps what was typed, and saves nothing', async () => {
  const answer = await dana.post('/locations', { ...SAID, country: 'Utopia' });
  const page = await answer.text();
  expect(answer.status).toBe(422);
  expectCleanPage(page);
  expect(page).toContain('Country: must be a country code of two capitals');
  expect(page).toContain('value="Store of the vendor"');
  expect(await desk.ledger.places.list()).toEqual([]);
});

it('lets an auditor look and nobody but who may edit', async () => {
  const ada = await signIn(desk, 'ada', 'auditor');
  expect(await (await ada.get('/locations')).text()).not.toContain('Describe a place');
  expect((await ada.post('/locations', SAID)).status).toBe(403);
  expect((await dana.post('/locations', SAID, { Origin: 'https://elsewhere.example' })).status).toBe(403);
});

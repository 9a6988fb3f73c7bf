import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeviceSighting } from '../../src/lineage/devices/device.ts';
import { acceptRow, HOUR, NOON, scanRow } from '../ledger/rows.ts';
import { type Desk, openDesk, type Reader, signIn } from './desk.ts';
import { expectCleanPage } from './html.ts';

let desk: Desk;
let dana: Reader;

function scanner(serial: string, model: string): DeviceSighting {
  const values = [
    { name: 'manufacturer', value: 'ACME', source: '(0008,0070)' },
    { name: 'model', value: model, source: '(0008,1090)' },
    { name: 'serial', value: serial, source: '(0018,1000)' },
  ] as const;
  return { kind: 'equipment', key: `serial|ACME|${serial}`, also: [], values };
}

async function see(...devices: readonly DeviceSighting[]): Promise<void> {
  const accepted = acceptRow({ receivedAt: desk.now });
  await desk.ledger.messages.accept(accepted);
  await desk.ledger.messages.saveScan(scanRow(accepted.id, { devices }));
}

const idOf = async (serial: string): Promise<string> =>
  (await desk.ledger.devices.list({ search: serial, limit: 1 })).rows[0]?.id ?? '';
const text = async (path: string): Promise<string> => {
  const answer = await dana.get(path);
  expect([path, answer.status]).toEqual([path, 200]);
  return answer.text();
};

beforeAll(async () => {
  desk = await openDesk();
  await see(scanner('S-1', 'M64'), scanner('S-2', 'M64'), scanner('=S-3', 'M64'));
  desk.now = NOON + HOUR;
  await see(scanner('S-1', 'M1'));
  dana = await signIn(desk);
});
afterAll(() => desk.close());

describe('the list', () => {
  it('begins with what contradicts itself, and says so in its title', async () => {
    const page = await text('/devices');
    expectCleanPage(page);
    expect(page).toContain('<h1>3 devices are known, 1 contradicts itself</h1>');
    expect(page.indexOf('serial S-1')).toBeLessThan(page.indexOf('All others'));
    expect(page.match(/serial S-1</g)).toHaveLength(1);
  });

  it('is narrowed by its address, and refuses what is no filter', async () => {
    expect(await text('/devices?conflicts=yes')).toContain('<h1>1 device of 3 is like this</h1>');
    expect(await text('/devices?find=s-2')).not.toContain('serial S-1');
    expect(await text('/devices?kind=node')).toContain('Take the filters away');
    expect((await dana.get('/devices?kind=toaster')).status).toBe(400);
  });

  it('is a file too, in which no name is a formula', async () => {
    const file = await text('/devices.csv?find=%3Ds');
    expect(file.split('\r\n')).toHaveLength(3);
    expect(file).toContain("ACME,M64,'=S-3");
  });
});

describe('a device', () => {
  it('says what was said of it, what contradicts, and how sure it is', async () => {
    const page = await text(`/devices/${await idOf('S-1')}`);
    expectCleanPage(page);
    expect(page).toContain('two models under one identity');
    expect(page).toMatch(/<a href="\/incidents\/[^"]+">Open the incident<\/a>/);
    // Serial 0.8 and manufacturer 0.1, spoofable both: 0.89 × (1 − 0.2 × 0.9) = 0.72, of which the fresh contradiction leaves half.
    expect(page).toContain('come to <strong>0.72</strong>, of which the contradiction leaves <strong>0.36</strong>');
    expect(page).toContain('(0018,1000)');
  });

  it('is merged and split by who may, once, with an entry on the audit log', async () => {
    const [part, into] = [await idOf('S-1'), await idOf('S-2')];
    expect((await dana.post(`/devices/${part}/merge`, { into })).headers.get('Location')).toBe(`/devices/${into}?done=merge`);
    expect(await text(`/devices/${into}`)).toContain('Split off ACME S-1');
    expect((await dana.post(`/devices/${part}/split`, {})).status).toBe(303);
    expect((await dana.post(`/devices/${part}/merge`, { into: 'nobody' })).status).toBe(404);
    expect((await dana.post(`/devices/${part}/merge`, { into }, { Origin: 'https://elsewhere.example' })).status).toBe(403);
    const log = await desk.ledger.audit.list({ object: `device:${part}`, limit: 10 });
    expect(log.map(({ action, actor }) => [action, actor])).toEqual([
      ['device.split', 'dana'],
      ['device.merge', 'dana'],
    ]);
  });

  it('is not there for an id that nothing has', async () => {
    expect((await dana.get('/devices/none')).status).toBe(404);
  });
});

it('offers a biomedical engineer no incident, and an auditor no change', async () => {
  const id = await idOf('S-2');
  const bo = await signIn(desk, 'bo', 'biomed');
  const own = await (
    await desk.app.request(`http://127.0.0.1:8480/devices/${await idOf('S-1')}`, { headers: { Cookie: bo.cookie } })
  ).text();
  expect(own).not.toContain('/incidents');
  expect(own).toContain('is part of');
  const ada = await signIn(desk, 'ada', 'auditor');
  expect(await (await ada.get(`/devices/${id}`)).text()).not.toContain('is part of');
  expect((await ada.post(`/devices/${id}/split`, {})).status).toBe(403);
});

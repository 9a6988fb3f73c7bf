import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KeyScope } from '../../src/ledger/people/store.ts';
import type { DeviceSighting } from '../../src/lineage/devices/device.ts';
import { loadVendors } from '../../src/mac-vendor.ts';
import { loadLocations } from '../../src/policy/location.ts';
import { createReviewApi } from '../../src/review/api.ts';
import { pageOf } from '../../src/review/api-schemas.ts';
import { DeviceBody, LocationBody } from '../../src/review/inventory-schemas.ts';
import { acceptRow, DAY, HOUR, NOON, scanRow } from '../ledger/rows.ts';
import { type Desk, HTTP, openDesk } from './desk.ts';

let desk: Desk;
let api: ReturnType<typeof createReviewApi>;

const FILE = `
id: ward-7
title: Ward 7
type: site
owner: biomed@north.example
addresses: [10.20.0.0/16]
---
id: registry-db
title: Database of the registry
type: database
country: US
owner: security@registry.example
verify: ["kms:alias/registry"]
`;

const MONITOR: DeviceSighting = {
  kind: 'equipment',
  key: 'eui-64|0012210000001007',
  also: ['ae-title|MON7'],
  values: [
    { name: 'equipment-id', value: 'MON7', source: 'OBX-18.1' },
    { name: 'eui-64', value: '0012210000001007', source: 'OBX-18.3' },
    { name: 'bed', value: 'ICU^7^1', source: 'PV1-3' },
    { name: 'address', value: '10.20.3.4', source: 'connection' },
  ],
};

beforeAll(async () => {
  desk = await openDesk();
  const { ledger } = desk;
  const accepted = acceptRow();
  await ledger.messages.accept(accepted);
  await ledger.messages.saveScan(scanRow(accepted.id, { devices: [MONITOR] }));
  const proof = { profile: null, section: '', how: 'probed', facts: {}, reason: null, at: NOON, expires: NOON + DAY } as const;
  await ledger.evidence.save([{ target: 'kms:alias/registry', check: 'key', outcome: 'proven', ...proof }]);
  desk.now = NOON + HOUR;
  const clock = () => desk.now;
  const deps = {
    tokensOf: () => [],
    ...ledger,
    inventory: {
      ...ledger,
      described: loadLocations([{ file: 'a.yaml', text: FILE }]),
      policies: () => [],
      vendors: loadVendors,
      clock,
    },
    checkKey: async (scope: string) => ({ id: 'k', name: scope, scope: scope as KeyScope }),
    clock,
    report: (error: unknown) => expect.fail(String(error)),
  };
  api = createReviewApi(deps);
});
afterAll(() => desk.close());

async function ask(path: string, init: { method?: string; body?: unknown; scope?: KeyScope } = {}): Promise<Response> {
  const { method = 'GET', body, scope = 'review' } = init;
  const headers = { Authorization: `Bearer ${scope}`, 'Content-Type': 'application/json' };
  return await api.request(`${HTTP}${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
}
const acted = async () =>
  (await desk.ledger.audit.list({ limit: 5 })).map(({ action, object, actor }) => `${actor} ${action} ${object}`);

describe('/v1/devices', () => {
  const list = async (query = '') =>
    pageOf(DeviceBody).parse(await (await ask(`/v1/devices${query}`, { scope: 'read' })).json()).rows;

  it('says what a device is, how sure that is, who made its interface and where it stands', async () => {
    const [device] = await list();
    expect(device).toMatchObject({
      kind: 'equipment',
      label: 'MON7',
      vendor: expect.stringMatching(/braun/i),
      place: { facility: null, department: null, bed: 'ICU^7^1', site: 'ward-7' },
      flows: [{ flow: 'lab-registry' }],
      parts: [{ key: 'ae-title|MON7' }],
    });
    expect(device?.confidence).toBeGreaterThan(0.5);
    expect(DeviceBody.parse(await (await ask(`/v1/devices/${device?.id}`)).json())).toEqual(device);
  });

  it('finds by what a value begins with, and says 404 and 400', async () => {
    expect((await list('?search=mon')).length).toBe(1);
    expect((await list('?search=on7')).length).toBe(0);
    expect((await ask('/v1/devices/nobody')).status).toBe(404);
    expect((await ask('/v1/devices?kind=pump')).status).toBe(400);
  });

  it('splits and merges with a key of scope review, on the audit log', async () => {
    const [device] = await list();
    const part = device?.parts[0]?.id;
    expect((await ask(`/v1/devices/${part}/split`, { method: 'POST', scope: 'read' })).status).toBe(403);
    expect((await ask(`/v1/devices/${part}/split`, { method: 'POST' })).status).toBe(200);
    expect((await list()).length).toBe(2);
    expect((await ask(`/v1/devices/${part}/merge`, { method: 'POST', body: { into: device?.id } })).status).toBe(200);
    expect((await list()).length).toBe(1);
    expect((await ask(`/v1/devices/${part}/merge`, { method: 'POST', body: { into: 'nobody' } })).status).toBe(409);
    expect((await acted()).slice(0, 2)).toEqual([
      `key:review device.merge device:${part}`,
      `key:review device.split device:${part}`,
    ]);
  });
});

describe('/v1/locations', () => {
  const list = async () => pageOf(LocationBody).parse(await (await ask('/v1/locations')).json()).rows;

  it('says of each place what proves its encryption and what goes there, and lists those that nobody described', async () => {
    expect((await list()).map(({ id, origin, known, outcome }) => [id, origin, known, outcome])).toEqual([
      ['registry-db', 'file', true, 'proven'],
      ['ward-7', 'file', true, 'unknown'],
      ['REG', 'observed', false, 'unknown'],
    ]);
    expect((await list())[2]?.deliveries).toMatchObject([{ flow: 'lab-registry', source: 'LIS', messages: 1 }]);
  });

  it('takes a description over the API, says who gave it and when, and removes it', async () => {
    const attic = {
      id: 'attic',
      title: 'Backups',
      type: 'backup',
      owner: 'it@north.example',
      key: 'kms:alias/attic',
      retention: 'P30D',
    };
    expect((await ask('/v1/locations', { method: 'POST', body: attic, scope: 'read' })).status).toBe(403);
    expect((await ask('/v1/locations', { method: 'POST', body: attic })).status).toBe(201);
    expect((await list()).find(({ id }) => id === 'attic')).toMatchObject({
      origin: 'api',
      key: 'kms:alias/attic',
      retention: 'P30D',
      made: { by: 'key:review', at: new Date(desk.now).toISOString() },
    });
    expect(await acted()).toContain('key:review location.describe location:attic');
    expect((await ask('/v1/locations/attic', { method: 'DELETE' })).status).toBe(204);
    expect((await ask('/v1/locations/attic', { method: 'DELETE' })).status).toBe(404);
  });

  it.each([
    ['a place that a file describes', { id: 'ward-7', title: 'x', type: 'site', owner: 'x' }, 409],
    ['a key that is none', { id: 'x', title: 'x', type: 'backup', owner: 'x', key: 'secret' }, 400],
    ['what nobody asked for', { id: 'x', title: 'x', type: 'backup', owner: 'x', more: 1 }, 400],
  ])('refuses %s', async (_what, body, status) => {
    expect((await ask('/v1/locations', { method: 'POST', body })).status).toBe(status);
  });
});

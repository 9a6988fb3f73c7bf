import { expect, it } from 'vitest';
import type { Ledger, ScanRow } from '../../src/ledger/ledger.ts';
import type { DeviceSighting, DeviceValue } from '../../src/lineage/devices/device.ts';
import type { Location } from '../../src/policy/location.ts';
import { acceptRow, DAY, FLOW, HOUR, NOON, scanRow } from '../ledger/rows.ts';

type Values = Partial<Record<DeviceValue['name'], string>>;

/** What a message says of a scanner; each test has one of its own. */
function scanner(key: string, values: Values = {}, also: readonly string[] = []): DeviceSighting {
  const said = Object.entries({ manufacturer: 'ACME', ...values }) as [DeviceValue['name'], string][];
  return { kind: 'equipment', key, also, values: said.map(([name, value]) => ({ name, value, source: `of ${name}` })) };
}

/** Devices and places, on whatever engine. `group` gives its tests a ledger of their own. */
export function devicesConformance(group: (title: string, tests: (ledger: () => Ledger) => void) => unknown): void {
  group('devices', (ledger) => {
    /** Accepts a message at a time and saves its scan, which saw these devices. */
    async function see(at: number, devices: readonly DeviceSighting[], over: Partial<ScanRow> = {}): Promise<ScanRow> {
      const accepted = acceptRow({ receivedAt: at });
      await ledger().messages.accept(accepted);
      const row = scanRow(accepted.id, { devices, ...over });
      await ledger().messages.saveScan(row);
      return row;
    }
    const found = async (search: string) => (await ledger().devices.list({ search, limit: 10 })).rows;
    const one = async (search: string) => {
      const [device, ...others] = await found(search);
      if (device === undefined || others.length > 0) throw new Error(`${others.length + 1} devices at ${search}`);
      return device;
    };
    const openConflicts = async () =>
      (await ledger().incidents.list({ limit: 100 })).rows.filter(({ reason }) => reason === 'device.conflict');

    it('keeps what is said of a device, where, and from when until when, to the hour', async () => {
      const first = await see(NOON + 1, [scanner('serial|ACME|S-1', { serial: 'S-1', software: '4.1' })]);
      await see(NOON + DAY + 5, [scanner('serial|ACME|S-1', { serial: 'S-1', software: '4.2' })], { type: 'ADT^A01' });
      const device = await one('s-1');
      expect(device).toMatchObject({ kind: 'equipment', firstSeen: NOON, lastSeen: NOON + DAY, conflicts: [], parts: [] });
      const seen = { source: 'of software', firstSeen: NOON, lastSeen: NOON };
      expect(device.attributes.filter(({ name }) => name === 'software')).toEqual([
        { name: 'software', value: '4.2', ...seen, firstSeen: NOON + DAY, lastSeen: NOON + DAY },
        { name: 'software', value: '4.1', ...seen },
      ]);
      expect(device.attributes.find(({ name }) => name === 'serial')).toMatchObject({ firstSeen: NOON, lastSeen: NOON + DAY });
      expect(device.flows).toEqual([
        { flow: FLOW.policy, type: 'ADT^A01', firstSeen: NOON + DAY, lastSeen: NOON + DAY },
        { flow: FLOW.policy, type: first.type, firstSeen: NOON, lastSeen: NOON },
      ]);
      expect(await ledger().devices.get(device.id)).toEqual(device);
      expect(await ledger().devices.get('nobody')).toBeNull();
    });

    it('says the same whatever the order and however often', async () => {
      const at = [NOON + 2 * HOUR, NOON, NOON + HOUR, NOON] as const;
      for (const time of at) await see(time, [scanner('serial|ACME|S-2', { serial: 'S-2' })]);
      const device = await one('s-2');
      expect([device.firstSeen, device.lastSeen]).toEqual([NOON, NOON + 2 * HOUR]);
      expect(device.attributes.every(({ firstSeen, lastSeen }) => firstSeen === NOON && lastSeen === NOON + 2 * HOUR)).toBe(true);
      const row = await see(NOON, [scanner('serial|ACME|S-2', { serial: 'S-2' })]);
      await ledger().messages.saveScan(row);
      expect(await one('s-2')).toEqual(device);
    });

    it('joins what a message shows to be one, also where both were known before', async () => {
      await see(NOON, [scanner('eui|3', { 'eui-64': 'E3' }), scanner('udi|3', { udi: 'U3' })]);
      expect((await one('e3')).id).not.toBe((await one('u3')).id);
      await see(NOON + HOUR, [scanner('eui|3', { 'eui-64': 'E3' }, ['udi|3', 'ae|3'])]);
      const device = await one('u3');
      expect(device).toEqual(await one('e3'));
      expect(device.parts.map(({ key }) => key).sort()).toEqual(['ae|3', 'udi|3']);
      // A part that is heard alone keeps the device alive.
      await see(NOON + DAY, [scanner('ae|3', { 'ae-title': 'AE3' })]);
      expect(await one('ae3')).toMatchObject({ id: device.id, lastSeen: NOON + DAY });
    });

    it('splits a part off so that no message joins it again, and merges by hand', async () => {
      const both = [scanner('eui|4', { 'eui-64': 'E4' }, ['udi|4']), scanner('udi|4', { udi: 'U4' })];
      await see(NOON, both);
      const whole = await one('u4');
      const [part] = whole.parts;
      expect(await ledger().devices.split(part?.id ?? '')).toBe(true);
      await see(NOON + HOUR, both);
      const apart = await one('u4');
      expect(apart.id).not.toBe(whole.id);
      expect(await ledger().devices.split(apart.id)).toBe(false);
      await ledger().devices.merge(apart.id, whole.id);
      expect((await one('u4')).id).toBe(whole.id);
      // What others are part of leaves them: they stay together.
      expect(await ledger().devices.split(whole.id)).toBe(true);
      expect((await one('u4')).parts).toEqual([]);
      await expect(ledger().devices.merge('nobody', whole.id)).rejects.toMatchObject({ code: 'ledger.conflict' });
    });

    it('raises one incident for a serial with two models, and none for a renewed certificate', async () => {
      const before = (await openConflicts()).length;
      await see(NOON, [scanner('serial|ACME|S-5', { serial: 'S-5', model: 'M64', certificate: 'CN=old' })]);
      await see(NOON + DAY, [scanner('serial|ACME|S-5', { serial: 'S-5', model: 'm64', certificate: 'CN=new' })]);
      expect((await openConflicts()).length).toBe(before);
      for (const hour of [1, 2, 3]) {
        await see(NOON + DAY + hour * HOUR, [
          scanner('serial|ACME|S-5', { serial: 'S-5', model: `M${hour}`, certificate: 'CN=new' }),
        ]);
      }
      const raised = (await openConflicts()).slice(0, (await openConflicts()).length - before);
      expect(raised).toMatchObject([{ source: 'ACME S-5', group: 'model', flow: FLOW.policy }]);
      expect((await one('s-5')).conflicts).toMatchObject([{ kind: 'model', values: ['M64', 'M1'] }]);
      const conflicting = (await ledger().devices.list({ conflicting: true, limit: 100 })).rows;
      expect(conflicting.map(({ id }) => id)).toContain((await one('s-5')).id);
      expect(conflicting.filter(({ conflicts }) => conflicts.length === 0)).toEqual([]);
    });

    it('raises one incident for two certificates, or two facilities, heard in the same hour', async () => {
      const before = (await openConflicts()).length;
      const node = (values: Values): DeviceSighting => ({
        ...scanner('ae-title|CT6', { 'ae-title': 'CT6', ...values }),
        kind: 'node',
      });
      await see(NOON, [node({ certificate: 'CN=ct6', facility: 'NORTH' })]);
      await see(NOON + 60_000, [node({ certificate: 'CN=intruder', facility: 'SOUTH' })]);
      const raised = await openConflicts();
      expect(raised.length).toBe(before + 2);
      expect((await one('ct6')).conflicts.map(({ kind }) => kind)).toEqual(['certificate', 'facility']);
    });

    it('lists pages, by kind, by what a value begins with, by flow', async () => {
      const { devices } = ledger();
      const other = { ...FLOW, key: 'mllp|A|B', policy: 'to-nowhere' };
      const { decision } = scanRow('x');
      for (const n of [1, 2, 3]) {
        await see(NOON + 900 * DAY + n * HOUR, [{ ...scanner(`node|7${n}`, { source: `gw7-${n}` }), kind: 'node' }], {
          decision: { ...decision, flow: other },
        });
      }
      const page = await devices.list({ kind: 'node', search: 'GW7-', limit: 2 });
      expect(page.rows.map(({ attributes }) => attributes.find(({ name }) => name === 'source')?.value)).toEqual([
        'gw7-3',
        'gw7-2',
      ]);
      const rest = await devices.list({ kind: 'node', search: 'GW7-', limit: 2, cursor: page.next ?? '' });
      expect([rest.rows.length, rest.next]).toEqual([1, null]);
      expect((await devices.list({ flow: 'to-nowhere', limit: 10 })).rows.length).toBe(3);
      expect((await devices.list({ search: '%', limit: 10 })).rows).toEqual([]);
      expect(await devices.count({ kind: 'node' })).toBeGreaterThanOrEqual(3);
      await expect(devices.list({ limit: 1, cursor: 'x' })).rejects.toMatchObject({ code: 'usage' });
    });

    it('keeps at most 200 kinds of messages of a device, also where one batch brings them', async () => {
      const kinds = Array.from({ length: 230 }, (_, n) => `ORU^R${n}`);
      const rows = [];
      for (const type of kinds) {
        const accepted = acceptRow({ receivedAt: NOON });
        await ledger().messages.accept(accepted);
        rows.push(scanRow(accepted.id, { type, devices: [scanner('serial|ACME|S-9', { serial: 'S-9' })] }));
      }
      await Promise.all(rows.map((row) => ledger().messages.saveScan(row)));
      expect((await one('s-9')).flows.length).toBe(200);
    });

    it('keeps 20,000 devices of a flow; those that are new beyond are one incident, and those known are still seen', async () => {
      const decision = { ...scanRow('x').decision, flow: { ...FLOW, key: 'mllp|FLOOD|B', policy: 'flood', source: 'FLOOD' } };
      const named = (from: number, to: number) =>
        Array.from({ length: to - from }, (_, n) => scanner(`eui-64|F${from + n}`, { 'eui-64': `f${from + n}` }));
      const count = await ledger().devices.count();
      await see(NOON, named(0, 19_999), { decision });
      expect((await openConflicts()).filter(({ flow }) => flow === 'flood')).toEqual([]);
      await see(NOON + HOUR, named(19_990, 20_010), { decision });
      // What is shown to be the same device's is a device of the flow too.
      await see(NOON + HOUR, [scanner('eui-64|F1', {}, ['udi|flood'])], { decision });
      expect((await ledger().devices.count()) - count).toBe(20_000);
      expect(await one('f19998')).toMatchObject({ lastSeen: NOON + HOUR });
      expect(await found('f20009')).toEqual([]);
      expect((await openConflicts()).filter(({ flow }) => flow === 'flood')).toMatchObject([
        { group: 'number', source: 'FLOOD', severity: 'medium' },
      ]);
    });

    it('lets go of what nothing was heard of since before a month, with all that is part of it', async () => {
      const old = Date.UTC(2019, 3, 20);
      await see(old, [scanner('eui|10', { 'eui-64': 'E10' }, ['udi|10']), scanner('udi|10', { udi: 'U10' })]);
      await see(old, [scanner('eui|11', { 'eui-64': 'E11', model: 'A' })]);
      await see(old, [scanner('eui|12', { 'eui-64': 'E12' })]);
      await see(NOON, [scanner('eui|11', { 'eui-64': 'E11', model: 'B' })]);
      // Merged into one that was heard longer ago: it is as lively as its parts.
      await see(old, [scanner('eui|13', { 'eui-64': 'E13' })]);
      await see(NOON, [scanner('eui|14', { 'eui-64': 'E14' })]);
      const stale = await one('e13');
      await ledger().devices.merge((await one('e14')).id, stale.id);
      expect(await one('e13')).toMatchObject({ id: stale.id, lastSeen: NOON });
      await ledger().retention.dropBefore(Date.UTC(2019, 5, 15));
      for (const gone of ['e10', 'u10', 'e12']) expect(await found(gone), gone).toEqual([]);
      expect(await one('e11')).toMatchObject({ firstSeen: old, conflicts: [{ kind: 'model' }] });
      expect(await one('e14')).toMatchObject({ id: stale.id });
      // Heard again it is new.
      await see(NOON, [scanner('eui|12', { 'eui-64': 'E12' })]);
      expect(await one('e12')).toMatchObject({ firstSeen: NOON });
    });

    it('keeps what no text may hold as both engines give it back', async () => {
      await see(NOON, [scanner('serial|ACME|\0\ud800', { serial: 'S-8\0\ud800' })]);
      expect((await one('s-8')).attributes.find(({ name }) => name === 'serial')?.value).toBe('S-8\uFFFD\uFFFD');
    });
  });

  group('places', (ledger) => {
    const location = (over: Partial<Location> = {}): Location => ({
      id: 'registry-db',
      title: 'Database of the registry',
      type: 'database',
      owner: 'security@registry.example',
      verify: [],
      attested: [],
      ...over,
    });

    it('keeps who described a place and when, and lets go of it', async () => {
      const { places } = ledger();
      const made = { location: location({ country: 'US' }), by: 'key:ops', at: NOON };
      await places.save(made);
      await places.save({ location: location({ id: 'attic' }), by: 'key:ops', at: NOON });
      expect(await places.list()).toEqual([{ location: location({ id: 'attic' }), by: 'key:ops', at: NOON }, made]);
      const anew = { location: location({ title: 'Moved' }), by: 'rita', at: NOON + 1 };
      await places.save(anew);
      expect((await places.list())[1]).toEqual(anew);
      expect([await places.remove('registry-db'), await places.remove('registry-db')]).toEqual([true, false]);
      expect((await places.list()).length).toBe(1);
    });
  });
}

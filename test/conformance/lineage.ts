import { v7 as uuid } from 'uuid';
import { expect, it } from 'vitest';
import { deviceIdsOf } from '../../src/ledger/devices/gather.ts';
import type { Ledger, ScanRow } from '../../src/ledger/ledger.ts';
import { type DeviceSighting, labelOf } from '../../src/lineage/devices/device.ts';
import type { LineageRow } from '../../src/lineage/row.ts';
import { hop, lineageRow } from '../ledger/lineage-rows.ts';
import { acceptRow, DAY, HOUR, NOON, scanRow } from '../ledger/rows.ts';

/** Where data went, on whatever engine. `group` gives its tests a ledger of their own. */
export function lineageConformance(group: (title: string, tests: (ledger: () => Ledger) => void) => unknown): void {
  const sent = async (ledger: Ledger, at: number, lineage: LineageRow, over: Partial<ScanRow> = {}): Promise<string> => {
    const row = acceptRow({ id: uuid({ msecs: at }), receivedAt: at });
    await ledger.messages.accept(row);
    const scan = scanRow(row.id, { lineage, ...over });
    await ledger.messages.saveScan(scan);
    // Scanned again, as after a commit that nobody knows of: nothing counts twice.
    await ledger.messages.saveScan(scan);
    return row.id;
  };
  const person = (token: string, key: string, strong = true) => ({ token, person: key, strong });
  const all = { limit: 100 };

  group('lineage: edges', (ledger) => {
    const archive = hop({
      id: 2,
      flow: 'f2',
      flowKey: 'f2',
      policy: null,
      source: 'app:HUB',
      destination: 'ae:ARCHIVE',
      entity: null,
      location: null,
    });

    it('counts by the day what went between two systems, and each patient once', async () => {
      const both = [
        { key: 'k1.anna', patient: true },
        { key: 'k1.ssn', patient: false },
      ];
      await Promise.all([
        sent(ledger(), NOON, lineageRow({ trail: both })),
        sent(ledger(), NOON + HOUR, lineageRow({ transit: 'unknown', categories: 0b100, unpermitted: 0b100 })),
        sent(ledger(), NOON + DAY, lineageRow({ trail: [{ key: 'k1.ben', patient: true }], subjects: 0b10 })),
      ]);
      expect(await ledger().lineage.edges(NOON + DAY)).toEqual([
        {
          key: 'app:LIS^LAB|sys:registry|lab-registry|mllp',
          source: { id: 'app:LIS^LAB', title: 'LIS^LAB' },
          destination: { id: 'sys:registry', title: 'registry' },
          flow: 'lab-registry',
          policy: 'lab-registry',
          protocol: 'mllp',
          entity: 'public-health',
          location: 'registry-db',
          categories: ['name', 'geo'],
          others: [],
          unpermitted: ['geo'],
          subjects: ['patient', 'relative'],
          transit: 'proven',
          outcomes: { proven: 2, claimed: 0, unknown: 1, failed: 0 },
          messages: 3,
          bytes: 3000,
          patients: 2,
          firstSeen: NOON,
          lastSeen: NOON + DAY,
        },
      ]);
      const [before] = await ledger().lineage.edges(NOON);
      expect(before).toMatchObject({ messages: 2, patients: 1, transit: 'unknown', lastSeen: NOON + HOUR });
      expect(await ledger().lineage.edges(NOON - DAY)).toEqual([]);
    });

    it('says what changed between two days', async () => {
      await sent(ledger(), NOON + 40 * DAY, lineageRow({ hop: archive, transit: 'failed' }));
      const changes = await ledger().lineage.between(NOON + DAY, NOON + 40 * DAY);
      expect(changes.map(({ change, edge }) => [change, edge.destination.id])).toEqual([
        ['new', 'ae:ARCHIVE'],
        ['gone', 'sys:registry'],
      ]);
      await sent(ledger(), NOON + 2 * DAY, lineageRow({ transit: 'failed', categories: 0b1000 }));
      const [changed, ...rest] = await ledger().lineage.between(NOON + DAY, NOON + 2 * DAY);
      expect(rest).toEqual([]);
      expect(changed).toMatchObject({
        change: 'changed',
        added: ['date'],
        removed: [],
        transit: { from: 'proven', to: 'failed' },
      });
    });

    it('joins names by hand, and takes them apart again', async () => {
      const { lineage } = ledger();
      const merge = { id: 'm1', name: 'app:HUB', into: 'app:LIS^LAB', actor: 'ada', note: 'the same engine', at: NOON };
      await lineage.merge(merge);
      await lineage.merge(merge);
      const named = async () => (await lineage.systems()).find(({ names }) => names.includes('app:HUB'))?.names;
      expect(await named()).toEqual(['app:HUB', 'app:LIS^LAB']);
      await lineage.undo('m1', 'ben', NOON + 1);
      await lineage.undo('m1', 'ben', NOON + 1);
      expect(await named()).toEqual(['app:HUB']);
      expect(await lineage.merges(10)).toEqual([{ ...merge, undoneBy: 'ben', undoneAt: NOON + 1 }]);
      await expect(lineage.undo('m1', 'cleo', NOON + 2)).rejects.toMatchObject({ code: 'ledger.conflict' });
      await expect(lineage.undo('m9', 'cleo', NOON + 2)).rejects.toMatchObject({ code: 'ledger.conflict' });
    });
  });

  group('lineage: edges over months', (ledger) => {
    // NOON's month, the one after the next, and the last day of a month.
    const times = [NOON, NOON + DAY, NOON + 70 * DAY, Date.UTC(2027, 1, 28, 23), Date.UTC(2027, 2, 1)];
    const at = async (time: number) => {
      const [edge, ...rest] = await ledger().lineage.edges(time);
      expect(rest).toEqual([]);
      return [edge?.messages, edge?.bytes, edge?.patients, edge?.categories, edge?.lastSeen];
    };

    it('adds up until any day what was counted by the month and by the day', async () => {
      for (const [index, time] of times.entries()) {
        const trail = [{ key: `k1.p${index % 2}`, patient: true }];
        await sent(ledger(), time, lineageRow({ trail, categories: 0b1 << (index % 3), bytes: 10 ** index }));
        if (index === 1) expect(await at(NOON + 400 * DAY)).toEqual([2, 11, 2, ['name', 'street'], times[1]]);
      }
      expect(await ledger().lineage.edges(NOON - DAY)).toEqual([]);
      expect(await at(NOON)).toEqual([1, 1, 1, ['name'], NOON]);
      expect(await at(NOON + DAY)).toEqual([2, 11, 2, ['name', 'street'], times[1]]);
      // A month in which there is nothing, and the days before and after the second message of another.
      expect(await at(NOON + 40 * DAY)).toEqual([2, 11, 2, ['name', 'street'], times[1]]);
      expect(await at(NOON + 69 * DAY)).toEqual([2, 11, 2, ['name', 'street'], times[1]]);
      expect(await at(NOON + 70 * DAY)).toEqual([3, 111, 2, ['name', 'street', 'geo'], times[2]]);
      expect(await at(Date.UTC(2027, 1, 27))).toEqual([3, 111, 2, ['name', 'street', 'geo'], times[2]]);
      expect(await at(Date.UTC(2027, 1, 28))).toEqual([4, 1111, 2, ['name', 'street', 'geo'], times[3]]);
      expect(await at(Date.UTC(2027, 2, 1))).toEqual([5, 11111, 2, ['name', 'street', 'geo'], times[4]]);
    });

    it('does not take an edge for new that had stopped long before', async () => {
      expect(await ledger().lineage.between(NOON + 60 * DAY, NOON + 70 * DAY)).toEqual([]);
      expect(await ledger().lineage.between(NOON - DAY, NOON)).toMatchObject([{ change: 'new' }]);
    });
  });

  group('lineage: forgotten and seen again', (ledger) => {
    const tokens = [person('k1.mrn', 'k1.mrn'), person('k1.anna-1962', 'k1.mrn'), person('k1.phone', 'k1.mrn', false)];

    it('finds a person by every token again who is seen after that', async () => {
      const trail = [{ key: 'k1.mrn', patient: true }];
      const found = async () => (await ledger().lineage.trace({ tokens: ['k1.phone'], ...all })).timeline.rows.length;
      for (const at of [NOON + 5, NOON + 6]) await sent(ledger(), at, lineageRow({ tokens, trail }));
      expect(await found()).toBe(2);
      expect(await ledger().lineage.forget(['k1.phone'])).toMatchObject({ tokens: 3 });
      await sent(ledger(), NOON + 7, lineageRow({ tokens, trail }));
      expect(await found()).toBe(1);
      // Nothing lists the person any more once the month is gone, and the tokens go with it.
      await ledger().retention.dropBefore(NOON + 40 * DAY);
      expect(await found()).toBe(0);
      await sent(ledger(), NOON + 80 * DAY, lineageRow({ tokens, trail }));
      expect(await found()).toBe(1);
    });
  });

  group('lineage: devices of a trace', (ledger) => {
    const device = (key: string, values: Partial<Record<'serial' | 'ae-title' | 'model', string>>): DeviceSighting => ({
      ...{ kind: 'equipment', key, also: [] },
      values: (['serial', 'ae-title', 'model'] as const).flatMap((name) => {
        const value = values[name];
        return value === undefined ? [] : [{ name, value, source: 'of it' }];
      }),
    });
    const scanner = device('serial|ACME|S1', { serial: 'S1', model: 'M64' });
    const node = device('ae-title|CT1', { 'ae-title': 'CT1' });
    const archive = device('ae-title|ARCHIVE', { 'ae-title': 'ARCHIVE' });
    /** What a scan saw, of which the consumer hands on what is new alone. */
    const seeing = (devices: readonly DeviceSighting[], fresh = devices): Partial<ScanRow> => ({
      devices: fresh,
      deviceIds: deviceIdsOf(devices),
    });
    const trail = [{ key: 'k1.mrn', patient: true }];
    const traced = (over: { at?: number; tokens?: readonly string[] } = {}) =>
      ledger().lineage.trace({ tokens: ['k1.mrn'], ...all, ...over });
    const titles = (devices: readonly { readonly title: string }[]) => devices.map(({ title }) => title);
    const idOf = async (search: string) => (await ledger().devices.list({ search, limit: 1 })).rows[0]?.id ?? '';
    const sentBy = async (at: number, over: Partial<ScanRow>, row: Partial<LineageRow> = {}) =>
      await sent(ledger(), at, lineageRow({ trail, prints: [`p${at}`], ...row }), over);

    it('names them for each message and on its path, those that said nothing new included', async () => {
      await sentBy(NOON, seeing([node, scanner]), { prints: ['p'] });
      const passed = await sentBy(NOON + 1, seeing([archive, scanner], [archive]), { prints: ['p'] });
      // It names nobody any more, and is on the path by its content.
      await sentBy(NOON + 2, seeing([archive]), { prints: ['p'], trail: [{ key: 'k1.ben', patient: true }] });
      const { timeline } = await traced();
      expect(timeline.rows.map(({ devices }) => titles(devices))).toEqual([
        ['CT1', 'M64 S1'],
        ['ARCHIVE', 'M64 S1'],
      ]);
      const path = [['CT1', 'M64 S1'], ['ARCHIVE', 'M64 S1'], ['ARCHIVE']];
      expect(timeline.paths.map((each) => each.map(({ devices }) => titles(devices)))).toEqual([path]);
      expect((await ledger().lineage.path(passed)).map(({ devices }) => titles(devices))).toEqual(path);
    });

    it('sums up each with its messages, first and last, until an instant too', async () => {
      await sentBy(NOON + DAY, seeing([]));
      const { devices } = await traced();
      expect(devices).toEqual({
        rows: [
          { id: await idOf('ct1'), title: 'CT1', messages: 1, firstSeen: NOON, lastSeen: NOON },
          { id: await idOf('s1'), title: 'M64 S1', messages: 2, firstSeen: NOON, lastSeen: NOON + 1 },
          { id: await idOf('archive'), title: 'ARCHIVE', messages: 1, firstSeen: NOON + 1, lastSeen: NOON + 1 },
        ].sort((one, other) => one.firstSeen - other.firstSeen || (one.id < other.id ? -1 : 1)),
        messages: 3,
      });
      const before = (await traced({ at: NOON })).devices;
      expect([titles(before.rows).sort(), before.messages]).toEqual([['CT1', 'M64 S1'], 1]);
      expect((await traced({ tokens: ['k1.nobody'] })).devices).toEqual({ rows: [], messages: 0 });
    });

    it('counts one message once that names two parts of one device, or is listed under two keys', async () => {
      const [part, whole] = [await idOf('ct1'), await idOf('s1')];
      await ledger().devices.merge(part, whole);
      const [first] = (await traced()).timeline.rows;
      const title = labelOf((await ledger().devices.get(whole)) ?? expect.fail('it is gone'));
      expect(first?.devices).toEqual([{ id: whole, title }]);
      expect(title).toBe('CT1');
      expect((await traced()).devices.rows.find(({ id }) => id === whole)).toMatchObject({ title, messages: 2 });
      await ledger().devices.split(part);
      expect((await traced()).timeline.rows[0]?.devices).toHaveLength(2);
      const both = ['k1.dora', 'k1.dora-ssn'];
      await sentBy(NOON + 3, seeing([archive]), { trail: both.map((key) => ({ key, patient: true })) });
      expect((await traced({ tokens: both })).devices).toMatchObject({ rows: [{ title: 'ARCHIVE', messages: 1 }], messages: 1 });
    });

    it('does not know those of messages from before they were kept, nor those that the inventory has no room for', async () => {
      await sentBy(NOON + 2 * DAY, { devices: [scanner] });
      await sentBy(NOON + 2 * DAY + 1, seeing([device('serial|ACME|S9', {})], []));
      const { devices, timeline } = await traced();
      expect([devices.messages, timeline.rows.length]).toEqual([4, 5]);
      expect(timeline.rows.slice(-2).map((row) => row.devices)).toEqual([[], []]);
    });

    it('keeps eight of a message that names more', async () => {
      const many = Array.from({ length: 10 }, (_, index) => device(`serial|ACME|B${index}`, { serial: `B${index}` }));
      await sentBy(NOON + 3 * DAY, seeing(many));
      expect(titles((await traced()).timeline.rows.at(-1)?.devices ?? [])).toEqual(
        many.slice(0, 8).map(({ key }) => key.slice(-2)),
      );
    });

    it('finds none of a person who was forgotten', async () => {
      await ledger().lineage.forget(['k1.mrn']);
      expect((await traced()).devices).toEqual({ rows: [], messages: 0 });
    });
  });

  group('lineage: trace', (ledger) => {
    const known = [person('k1.mrn', 'k1.mrn'), person('k1.anna-1962', 'k1.mrn'), person('k1.phone', 'k1.mrn', false)];
    const first = hop({
      id: 11,
      flow: 'a',
      flowKey: 'a',
      policy: null,
      source: 'app:LIS',
      destination: 'app:ENGINE',
      entity: null,
      location: null,
    });
    const second = hop({
      id: 12,
      flow: 'b',
      flowKey: 'b',
      policy: 'b',
      source: 'app:ENGINE',
      destination: 'sys:vendor',
      entity: 'vendor',
      location: 'vendor-store',
    });
    const ids: string[] = [];

    it('shows in time order what carried a person, by whatever token, as one path', async () => {
      const trail = [{ key: 'k1.mrn', patient: true }];
      ids.push(await sent(ledger(), NOON, lineageRow({ hop: first, tokens: known, trail, prints: ['p1', 'p2'] })));
      const unnamed = [{ key: 'k1.anna-1962', patient: true }];
      ids.push(
        await sent(ledger(), NOON + 1, lineageRow({ hop: second, transit: 'failed', trail: unnamed, prints: ['p2', 'p3'] })),
      );
      await sent(
        ledger(),
        NOON + 2,
        lineageRow({
          hop: second,
          tokens: [person('k1.ben', 'k1.ben')],
          trail: [{ key: 'k1.ben', patient: true }],
          prints: ['p9'],
        }),
      );
      for (const token of ['k1.mrn', 'k1.phone', 'k1.anna-1962']) {
        const trace = await ledger().lineage.trace({ tokens: ['k0.retired', token], ...all });
        expect(trace.persons).toBe(1);
        expect(trace.timeline.rows.map(({ message, transit, path }) => [message, transit, path])).toEqual([
          [ids[0], 'proven', 0],
          [ids[1], 'failed', 0],
        ]);
        expect(trace.timeline.paths.map((path) => path.map(({ location }) => location))).toEqual([[null, 'vendor-store']]);
        expect(trace.exposure).toEqual({
          messages: 2,
          recipients: 2,
          entities: { unregistered: 1, vendor: 1 },
          outcomes: { proven: 1, claimed: 0, unknown: 0, failed: 1 },
          categories: ['name'],
          locations: ['vendor-store'],
          firstSeen: NOON,
          lastSeen: NOON + 1,
        });
      }
      expect((await ledger().lineage.trace({ tokens: ['k1.nobody'], ...all })).exposure.messages).toBe(0);
    });

    it('shows it as of an instant', async () => {
      const trace = await ledger().lineage.trace({ tokens: ['k1.mrn'], at: NOON, ...all });
      expect(trace.timeline.rows.map(({ message }) => message)).toEqual([ids[0]]);
      expect(trace.exposure).toMatchObject({ messages: 1, entities: { unregistered: 1 }, outcomes: { proven: 1, failed: 0 } });
    });

    it('shows it page by page, over months', async () => {
      ids.push(
        await sent(
          ledger(),
          NOON + 70 * DAY,
          lineageRow({ hop: second, tokens: known, trail: [{ key: 'k1.mrn', patient: true }] }),
        ),
      );
      const seen: string[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const query = { tokens: ['k1.mrn'], limit: 1, ...(cursor === '' ? {} : { cursor }) };
        const { timeline } = await ledger().lineage.trace(query);
        seen.push(...timeline.rows.map(({ message }) => message));
        cursor = timeline.next;
      }
      expect(seen).toEqual(ids);
    });

    it('takes one name and birth date under two record numbers for one person, and one name for several', async () => {
      const at = NOON + 3;
      const of = (key: string, ...tokens: ReturnType<typeof person>[]) => lineageRow({ tokens, trail: [{ key, patient: true }] });
      const same = await sent(
        ledger(),
        at,
        of('k1.eid', person('k1.eid', 'k1.eid'), person('k1.cleo-1971', 'k1.eid'), person('k1.cleo', 'k1.eid', false)),
      );
      const one = await sent(ledger(), at + 1, of('k1.mr7', person('k1.mr7', 'k1.mr7'), person('k1.cleo-1971', 'k1.mr7')));
      const namesake = await sent(ledger(), at + 2, of('k1.mr8', person('k1.mr8', 'k1.mr8'), person('k1.cleo', 'k1.mr8', false)));
      const found = async (token: string) => {
        const { persons, timeline } = await ledger().lineage.trace({ tokens: [token], ...all });
        return [persons, ...timeline.rows.map(({ message }) => message)];
      };
      for (const token of ['k1.eid', 'k1.mr7', 'k1.cleo-1971']) expect(await found(token)).toEqual([1, same, one]);
      expect(await found('k1.cleo')).toEqual([2, same, one, namesake]);
    });

    it('counts a message once that is listed under two keys', async () => {
      const both = ['k1.dora', 'k1.dora-ssn'];
      await sent(ledger(), NOON + 4, lineageRow({ trail: both.map((key, index) => ({ key, patient: index === 0 })) }));
      const { exposure, timeline } = await ledger().lineage.trace({ tokens: both, ...all });
      expect([exposure.messages, timeline.rows.length]).toEqual([1, 1]);
    });

    it('has the way of a content for one message', async () => {
      const path = await ledger().lineage.path(ids[1] ?? '');
      expect(path.map(({ message, destination }) => [message, destination.id])).toEqual([
        [ids[0], 'app:ENGINE'],
        [ids[1], 'sys:vendor'],
      ]);
      expect(await ledger().lineage.path('nobody')).toEqual([]);
    });

    it('forgets a person, and nobody else', async () => {
      expect(await ledger().lineage.forget(['k1.phone'])).toEqual({ tokens: 3, messages: 3 });
      for (const token of ['k1.mrn', 'k1.phone', 'k1.anna-1962']) {
        expect((await ledger().lineage.trace({ tokens: [token], ...all })).timeline.rows).toEqual([]);
      }
      expect((await ledger().lineage.trace({ tokens: ['k1.ben'], ...all })).timeline.rows).toHaveLength(1);
      expect(await ledger().messages.get(ids[0] ?? '')).not.toBeNull();
      expect(await ledger().lineage.forget(['k1.phone'])).toEqual({ tokens: 0, messages: 0 });
    });

    it('lets the trail go with the messages, by the month', async () => {
      const before = await ledger().lineage.edges(NOON + 100 * DAY);
      await ledger().retention.dropBefore(NOON + 40 * DAY);
      expect((await ledger().lineage.trace({ tokens: ['k1.ben'], ...all })).exposure.messages).toBe(0);
      expect(await ledger().lineage.edges(NOON + 100 * DAY)).toEqual(before);
    });
  });
}

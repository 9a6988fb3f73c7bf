import { deviceIdsOf } from '../../src/ledger/devices/gather.ts';
import type { ScanRow } from '../../src/ledger/ledger.ts';
import type { DeviceSighting } from '../../src/lineage/devices/device.ts';
import type { Hop, LineageRow } from '../../src/lineage/row.ts';

/** A hop of the lab's; tests name only what they are about. */
export function hop(over: Partial<Hop> = {}): Hop {
  return {
    id: 1,
    flow: 'lab-registry',
    flowKey: 'mllp|REG|LIS',
    policy: 'lab-registry',
    protocol: 'mllp',
    source: 'app:LIS^LAB',
    destination: 'sys:registry',
    entity: 'public-health',
    location: 'registry-db',
    ...over,
  };
}

/** The way of a leak: the lab's hop, and from its receiver on to a store that no policy knows. */
export function leakHops(first: number): readonly Hop[] {
  const onward = {
    flow: 'f',
    flowKey: 'f',
    policy: null,
    source: 'sys:registry',
    destination: 'ae:STORE',
    location: null,
    entity: null,
  };
  return [hop({ id: first }), hop({ id: first + 1, ...onward })];
}

/** What a scan says that saw nodes of these AE titles. */
export function seenNodes(...titles: readonly string[]): Pick<ScanRow, 'devices' | 'deviceIds'> {
  const devices = titles.map(
    (title): DeviceSighting => ({
      ...{ kind: 'node', key: `ae-title|${title}`, also: [] },
      values: [{ name: 'ae-title', value: title, source: 'connection' }],
    }),
  );
  return { devices, deviceIds: deviceIdsOf(devices) };
}

/** What a message of one patient adds. */
export function lineageRow(over: Partial<LineageRow> = {}): LineageRow {
  return {
    hop: hop(),
    transit: 'proven',
    bytes: 1000,
    categories: 0b1,
    others: 0,
    unpermitted: 0,
    subjects: 0b1,
    pairs: [],
    tokens: [],
    trail: [{ key: 'k1.anna', patient: true }],
    prints: [],
    ...over,
  };
}

import { expect, it } from 'vitest';
import { deviceIdsOf } from '../../src/ledger/devices/gather.ts';
import type { DeviceSighting } from '../../src/lineage/devices/device.ts';
import { createDeviceKeeper } from '../../workers/devices.ts';
import { scanRow } from '../ledger/rows.ts';

const HOUR = 3_600_000;
const lis: DeviceSighting = { kind: 'application', key: 'application|LIS|LAB', also: [], values: [] };
const pump: DeviceSighting = { kind: 'equipment', key: 'equipment|LAB|PUMP001', also: [], values: [] };

/** A row of a message that came in an hour, by the time in its UUIDv7. */
function row(hour: number, devices: readonly DeviceSighting[], type = 'ORU^R01') {
  const hex = (hour * HOUR).toString(16).padStart(12, '0');
  const deviceIds = deviceIdsOf(devices);
  return scanRow(`${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`, { devices, deviceIds, type });
}

it('leaves out what was saved in the hour, and only that', () => {
  const keeper = createDeviceKeeper();
  // Nothing was saved yet: what a commit lost comes again.
  expect(keeper.fresh(row(1, [lis])).devices).toEqual([lis]);
  expect(keeper.fresh(row(1, [lis])).devices).toEqual([lis]);
  keeper.saved(row(1, [lis]));
  const known = keeper.fresh(row(1, [lis, pump]));
  expect(known.devices).toEqual([pump]);
  // The message's own row names both.
  expect(known.deviceIds).toEqual(deviceIdsOf([lis, pump]));
  expect(keeper.fresh(row(2, [lis])).devices).toEqual([lis]);
  expect(keeper.fresh(row(1, [lis], 'ADT^A01')).devices).toEqual([lis]);
  expect(keeper.fresh(row(1, [{ ...lis, also: ['ae-title|LIS'] }])).devices).toHaveLength(1);
});

it('leaves out in a thread what another saved', () => {
  const [main, thread] = [createDeviceKeeper(), createDeviceKeeper()];
  thread.remember(main.saved(row(1, [lis])));
  expect(thread.fresh(row(1, [lis, pump])).devices).toEqual([pump]);
});

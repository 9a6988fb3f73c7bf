import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHospital } from '../../../src/demo/hospital.ts';
import type { Ledger } from '../../../src/ledger/ledger.ts';
import { openLedger } from '../../../src/ledger/open.ts';
import { confidenceOf } from '../../../src/lineage/devices/confidence.ts';
import { type Device, labelOf, latest } from '../../../src/lineage/devices/device.ts';
import { freshFolder, removeFolders } from '../../ledger/folder.ts';
import { acceptRow } from '../../ledger/rows.ts';
import { demoContext, judgeHospital } from '../../support/judge-hospital.ts';

/** The demo hospital's day, scanned and saved: what the inventory has of what is really there. */
const START = Date.UTC(2026, 10, 24, 6);
const NOW = START + 8 * 3_600_000;
const hospital = createHospital({ start: START });
let ledger: Ledger;
let devices: readonly Device[];

beforeAll(async () => {
  ledger = await openLedger({ path: `${freshFolder()}/ledger.db`, migrate: true });
  await ledger.vault.saveDataKey('dk-test', 'wrapped', NOW);
  const { rows } = judgeHospital(hospital, demoContext(), NOW);
  await Promise.all(rows.map(({ id }) => ledger.messages.accept(acceptRow({ id, receivedAt: NOW }))));
  await Promise.all(rows.map((row) => ledger.messages.saveScan(row)));
  devices = (await ledger.devices.list({ limit: 500 })).rows;
}, 120_000);
afterAll(async () => {
  await ledger.close();
  removeFolders();
});

const named = (kind: Device['kind']): string[] =>
  devices
    .filter((device) => device.kind === kind)
    .map(labelOf)
    .sort();
const numbered = (prefix: string, count: number, digits: number): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${String(index + 1).padStart(digits, '0')}`);

function deviceOf(name: string): Device {
  const device = devices.find((each) => labelOf(each) === name);
  if (device === undefined) throw new Error(`no device ${name}`);
  return device;
}

describe('the inventory of the demo hospital', () => {
  test('has each monitor, pump and modality once, and nothing else', () => {
    expect(named('equipment')).toEqual(['CT1', ...numbered('MON-BED', 16, 2), ...numbered('PUMP', 40, 3), 'US1']);
  });

  test('has the programs that speak, and what connects', () => {
    expect(named('application')).toEqual([
      'DEIDGW',
      'DEVGW',
      'HEMOSYS',
      'INTEGRATOR',
      'LIS',
      'PATADM',
      'POCGAS',
      'PUMPGW',
      'VITALGW',
    ]);
    expect(named('node')).toEqual(['deid-gateway', 'integration-engine', 'pacs']);
  });

  test('knows a scanner by its serial, whether it sends by itself or the archive forwards its images', () => {
    const ct = deviceOf('CT1');
    expect(ct.parts.map(({ key }) => key)).toEqual(['ae-title|CT1']);
    expect(ct.flows.map(({ flow }) => flow).sort()).toEqual(['ct-archive', 'pacs-reading']);
    expect([latest(ct, 'serial'), latest(ct, 'model'), latest(ct, 'software')]).toEqual([
      'SM64-00817',
      'SLICEMASTER 64',
      '4.2.1',
    ]);
  });

  test('knows at which bed a monitor stands, and takes no bed for the place of what is not at one', () => {
    const monitor = deviceOf('MON-BED05');
    expect([latest(monitor, 'bed'), latest(monitor, 'department')]).toEqual(['ICU^5^1', 'ICU']);
    expect(monitor.attributes.find(({ name }) => name === 'udi')).toMatchObject({ source: 'PRT-16' });
    expect(latest(deviceOf('LIS'), 'bed')).toBeNull();
    expect(latest(deviceOf('PUMP001'), 'bed')).toBeNull();
  });

  test('is nowhere sure of what can be spoofed, and finds no contradiction', () => {
    for (const device of devices) expect(confidenceOf(device, NOW)).toBeLessThan(0.9);
    expect(confidenceOf(deviceOf('CT1'), NOW)).toBeGreaterThan(0.75);
    expect(confidenceOf(deviceOf('LIS'), NOW)).toBeLessThan(0.3);
    expect(devices.flatMap(({ conflicts }) => conflicts)).toEqual([]);
  });

  test('holds nothing of a patient', () => {
    const held = JSON.stringify(devices).toUpperCase();
    const values = hospital.patients.flatMap(({ mrn, ssn, account, phone, street }) => [mrn, ssn, account, phone, street]);
    expect(values.filter((value) => held.includes(value.toUpperCase()))).toEqual([]);
  });
});

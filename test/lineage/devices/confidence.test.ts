import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confidenceOf } from '../../../src/lineage/devices/confidence.ts';
import {
  CONFLICT_KINDS,
  DEVICE_ATTRIBUTES,
  type DeviceAttribute,
  type DeviceConflict,
} from '../../../src/lineage/devices/device.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 24, 12);

const ages = fc.integer({ min: 0, max: 2000 }).map((days) => NOW - days * DAY);
const attribute: fc.Arbitrary<DeviceAttribute> = fc.record({
  name: fc.constantFrom(...DEVICE_ATTRIBUTES),
  value: fc.string(),
  source: fc.constant('connection'),
  firstSeen: fc.constant(0),
  lastSeen: ages,
});
const conflict: fc.Arbitrary<DeviceConflict> = fc.record({
  kind: fc.constantFrom(...CONFLICT_KINDS),
  values: fc.constant(['a', 'b'] as const),
  at: ages,
});
const identified = fc.record({
  attributes: fc.array(attribute, { maxLength: 40 }),
  conflicts: fc.array(conflict, { maxLength: 3 }),
});

const of = (...names: DeviceAttribute['name'][]) =>
  confidenceOf(
    { attributes: names.map((name) => ({ name, value: 'x', source: 's', firstSeen: 0, lastSeen: NOW })), conflicts: [] },
    NOW,
  );

describe('confidence', () => {
  it('is from 0 to below 1, and below 0.9 on what can be spoofed, however much of it there is', () => {
    fc.assert(
      fc.property(identified, (device) => {
        const sure = confidenceOf(device, NOW);
        expect(sure).toBeGreaterThanOrEqual(0);
        expect(sure).toBeLessThan(1);
        const spoofable = device.attributes.filter(({ name }) => name !== 'certificate');
        expect(confidenceOf({ ...device, attributes: spoofable }, NOW)).toBeLessThan(0.9);
      }),
    );
  });

  it('never falls by one more signal, and never grows by time or by a contradiction', () => {
    fc.assert(
      fc.property(identified, attribute, conflict, fc.integer({ min: 0, max: 1000 }), (device, more, against, days) => {
        const sure = confidenceOf(device, NOW);
        expect(confidenceOf({ ...device, attributes: [...device.attributes, more] }, NOW)).toBeGreaterThanOrEqual(sure - 1e-12);
        expect(confidenceOf({ ...device, conflicts: [...device.conflicts, against] }, NOW)).toBeLessThanOrEqual(sure + 1e-12);
        const { attributes } = device;
        expect(confidenceOf({ attributes, conflicts: [] }, NOW + days * DAY)).toBeLessThanOrEqual(
          confidenceOf({ attributes, conflicts: [] }, NOW) + 1e-12,
        );
      }),
    );
  });

  it('does not grow by saying the same again', () => {
    expect(of('serial', 'serial', 'serial')).toBe(of('serial'));
  });

  it('is strong, medium and weak as its signals are', () => {
    const [strong, medium, weak] = [
      of('serial', 'manufacturer'),
      of('ae-title', 'implementation'),
      of('manufacturer', 'address'),
    ];
    expect(strong).toBeGreaterThan(0.7);
    expect(medium).toBeGreaterThan(0.4);
    expect(medium).toBeLessThan(strong);
    expect(weak).toBeLessThan(0.2);
    expect(of('certificate')).toBeGreaterThan(0.9);
    expect(of('software', 'bed', 'facility')).toBe(0);
  });
});

import { createSecretKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseBody } from '../../src/formats/registry.ts';
import { fingerprints } from '../../src/lineage/fingerprints.ts';

const key = createSecretKey(Buffer.alloc(32, 5));
const printsOf = (value: unknown): string[] =>
  parseBody({ bytes: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)), elided: [] }).flatMap((parsed) =>
    fingerprints(parsed, key),
  );
const meet = (one: unknown, other: unknown): boolean => {
  const prints = new Set(printsOf(one));
  return printsOf(other).some((print) => prints.has(print));
};

const ID = '5b1e7f2c-1111-4222-8333-444455556666';
const observation = (id: string, meta: object, value = 72): object => ({
  resourceType: 'Observation',
  id,
  meta,
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
  effectiveDateTime: '2024-01-05',
  valueQuantity: { value, unit: '/min' },
});
const bundle = (...resources: object[]): object => ({
  resourceType: 'Bundle',
  type: 'collection',
  entry: resources.map((resource) => ({ resource })),
});

describe('a version of a resource', () => {
  it('is known again alone, in a Bundle, in a contained place of another order, and written otherwise', () => {
    const one = observation(ID, { versionId: '2' });
    const other = observation(`${ID}0`, { versionId: '1' });
    expect(meet(one, bundle(other, one))).toBe(true);
    expect(meet(bundle(one, other), bundle(other, one))).toBe(true);
    expect(meet(one, JSON.stringify(one, null, 2))).toBe(true);
    expect(meet(one, observation(ID, { versionId: '2', source: 'http://engine' }))).toBe(true);
  });

  it('is told from the next one, and from that of another resource', () => {
    const one = observation(ID, { versionId: '2' });
    expect(meet(one, observation(ID, { versionId: '3' }))).toBe(false);
    expect(meet(one, observation(`${ID}0`, { versionId: '2' }))).toBe(false);
    expect(meet(one, { ...one, resourceType: 'Condition' })).toBe(false);
  });

  it('with a short id is one of its server: the time tells', () => {
    const at = (lastUpdated: string): object => observation('1', { versionId: '1', lastUpdated });
    expect(meet(at('2024-01-05T10:00:00.123Z'), at('2024-01-05T10:00:00.123Z'))).toBe(true);
    expect(meet(at('2024-01-05T10:00:00.123Z'), at('2024-01-06T10:00:00.456Z'))).toBe(false);
  });

  it('that is not given: what the resource says is compared, without its id', () => {
    expect(meet(observation('1', {}), observation('77', {}))).toBe(true);
    expect(meet(observation('1', {}), observation('1', {}, 73))).toBe(false);
  });
});

it('a Bundle of many makes three', () => {
  const many = Array.from({ length: 20 }, (_, index) => observation(`${ID}${index}`, { versionId: '1' }));
  expect(printsOf(bundle(...many))).toHaveLength(3);
  // Taking some out leaves a shared one.
  expect(meet(bundle(...many), bundle(...many.filter((_, index) => index % 5 !== 0)))).toBe(true);
});

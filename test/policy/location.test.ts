import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { CordonError } from '../../src/core/errors.ts';
import { checkRegister } from '../../src/policy/check.ts';
import { attestedUntil, loadLocations, locationJsonSchema } from '../../src/policy/location.ts';
import { compileRegister } from '../../src/policy/register.ts';
import { NOW, policy } from './make.ts';

const rules = new URL('../../rules/', import.meta.url);

const TEXT = `id: registry-db
title: Database of the registry
type: database
country: US
owner: security@registry.example
verify: ["kms:alias/registry", "s3://exports/hl7"]
attested:
  - {by: operations, what: "disks are encrypted", reference: "SOC 2", at: 2026-09-30, expires: 2027-09-30}
`;

const load = (text: string, file = 'locations/x.yaml') => loadLocations([{ file, text }]);

function errorsOf(text: string): string[] {
  try {
    load(text);
  } catch (error) {
    if (error instanceof CordonError && error.code === 'locations.invalid') return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('locations', () => {
  it('are read, several of a file, what is left out being nothing', () => {
    const locations = load(`${TEXT}---\nid: tape\ntitle: Tapes\ntype: backup\nowner: it@hospital.example\n`);
    expect([...locations.keys()]).toEqual(['registry-db', 'tape']);
    expect(locations.get('tape')).toMatchObject({ verify: [], attested: [] });
    expect(load('')).toEqual(new Map());
  });

  it('count what is attested through its last day', () => {
    const [attestation] = load(TEXT).get('registry-db')?.attested ?? [];
    expect(attestation === undefined ? null : attestedUntil(attestation)).toBe(Date.UTC(2027, 9, 1));
  });

  it('ship an example, and a schema for editors that is current (node scripts/location-schema.ts writes it)', () => {
    const text = readFileSync(new URL('locations/registry-db.yaml.example', rules), 'utf8');
    expect(load(text).size).toBe(1);
    const schema: unknown = JSON.parse(readFileSync(new URL('locations.schema.json', rules), 'utf8'));
    expect(schema).toEqual(JSON.parse(JSON.stringify(locationJsonSchema())));
  });

  test.each<[string, (text: string) => string, string]>([
    ['no id', (t) => t.replace('id: registry-db\n', ''), 'locations/x.yaml:1: location without an id: id: is missing'],
    [
      'a type that there is not',
      (t) => t.replace('type: database', 'type: disk'),
      'locations/x.yaml:3: location "registry-db": type: "disk" is none of database, object-store, volume, queue, archive, backup, system',
    ],
    [
      'a target that nobody can verify',
      (t) => t.replace('s3://exports/hl7', 'ftp://exports'),
      'locations/x.yaml:6: location "registry-db": verify.1: "ftp://exports" is nothing that can be verified at rest (known: kms:',
    ],
    [
      'an unknown key',
      (t) => t.replace('by: operations', 'who: operations'),
      'locations/x.yaml:8: location "registry-db": attested.0: unknown key "who" (known: by, what, reference, at, expires)',
    ],
    [
      'an attestation that ends before it begins',
      (t) => t.replace('expires: 2027-09-30', 'expires: 2026-09-29'),
      'locations/x.yaml:8: location "registry-db": attested.0.expires: must not be before at',
    ],
    [
      'another of this id',
      (t) => `${t}---\n${t}`,
      'locations/x.yaml:10: location "registry-db": there is one of this id already',
    ],
  ])('refuse %s', (_, change, error) => {
    expect(errorsOf(change(TEXT)).join('\n')).toContain(error);
  });
});

describe('flows check', () => {
  const locations = load(`${TEXT}---\nid: tape\ntitle: Tapes\ntype: backup\nowner: it@hospital.example\n`);
  const to = (more: Record<string, unknown>) => ({ destination: { system: 'registry', entity: 'public-health', ...more } });
  const rest = { require: { rest: 'encrypted' } };
  test.each<[string, Record<string, unknown>, string | null]>([
    ['a place that is described', { ...to({ location: 'registry-db' }), ...rest }, null],
    ['no place, and nothing required of it', {}, null],
    ['a place that nobody described', to({ location: 'nowhere' }), 'destination.location "nowhere" is not described'],
    ['no place where encryption is required', rest, 'name the place as destination.location'],
    ['a place with nothing to verify', { ...to({ location: 'tape' }), ...rest }, 'location "tape" names nothing to verify'],
    ['no endpoint where encryption is required', { require: { mtls: true } }, 'name the endpoint of the real leg'],
    ['a suspended policy', { ...to({ location: 'nowhere' }), status: 'suspended' }, null],
  ])('warns of %s', (_, change, warning) => {
    const problems = checkRegister(compileRegister([policy(change)]), NOW, locations);
    expect(problems).toEqual(
      warning === null ? [] : [{ level: 'warning', flow: 'lab-registry', message: expect.stringContaining(warning) }],
    );
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { generateDictionary } from '../../../scripts/generate-hl7-dictionary.ts';
import { addressById } from '../../../src/formats/address-book.ts';
import { addressOf, observationNode, segmentNode } from '../../../src/formats/hl7v2/addresses.ts';
import { normaliseType } from '../../../src/formats/hl7v2/data-types.ts';
import { COMPOSITES, SEGMENTS } from '../../../src/formats/hl7v2/dictionary.generated.ts';
import {
  componentTypes,
  dataTypeOf,
  fieldCount,
  isStandardSegment,
  knownType,
  typePath,
} from '../../../src/formats/hl7v2/dictionary.ts';

it('is what the generator makes', () => {
  const file = new URL('../../../src/formats/hl7v2/dictionary.generated.ts', import.meta.url);
  expect(readFileSync(file, 'utf8')).toBe(generateDictionary());
  expect(SEGMENTS.length + COMPOSITES.length).toBeLessThan(60_000);
});

it('leads every field to a primitive, a composite it holds, or nothing', () => {
  const primitives = ['', 'DTM', 'DT', 'TM', 'FT', 'TX', 'ST', 'NM', 'SI', 'IS', 'ID', 'GTS', 'TN', 'CM'];
  const composites = new Set(COMPOSITES.split('\n').map((row) => row.split(':')[0]));
  const used = new Set(`${SEGMENTS}\n${COMPOSITES}`.split('\n').flatMap((row) => (row.split(':')[1] ?? '').split(',')));
  expect([...used].filter((type) => !composites.has(type) && !primitives.includes(type))).toEqual([]);
});

it.each([
  ['PID', 3, 'CX'],
  ['PID', 5, 'XPN'],
  ['PID', 7, 'DTM'],
  ['PID', 11, 'XAD'],
  ['PID', 13, 'XTN'],
  ['PID', 19, 'ST'],
  ['PID', 20, 'DLN'],
  ['NK1', 2, 'XPN'],
  ['NK1', 5, 'XTN'],
  ['PV1', 7, 'XCN'],
  ['OBR', 16, 'XCN'],
  ['OBX', 5, ''],
  ['OBX', 18, 'EI'],
  ['NTE', 3, 'FT'],
  ['MSH', 9, 'MSG'],
  ['PRT', 10, 'EI'],
  ['PRT', 16, 'EI'],
  ['PRT', 21, ''],
  ['ZPI', 1, ''],
  ['PID', 99, ''],
])('%s-%i is %j', (segment, field, type) => {
  expect(dataTypeOf(segment, field)).toBe(type);
});

describe('types', () => {
  it.each([
    ['TS', 'DTM'],
    ['PN', 'XPN'],
    ['CE', 'CWE'],
    ['CM_PAT_ID', 'CX'],
    ['VARIES', ''],
    ['XCN', 'XCN'],
  ])('normalises %s to %j', (type, expected) => {
    expect(normaliseType(type)).toBe(expected);
  });

  it.each([
    ['XPN', 0, 0, 'XPN.1'],
    ['XPN', 1, 1, 'XPN.1.1'],
    ['XPN', 1, 9, 'XPN.1'],
    ['XPN', 2, 2, 'XPN.2'],
    ['XPN', 99, 0, ''],
    ['ST', 4, 2, 'ST'],
    ['', 1, 0, ''],
  ])('%j at %i.%i is %j', (type, component, subcomponent, expected) => {
    expect(typePath(type, component, subcomponent)).toBe(expected);
  });

  it.each([
    ['TX', 'TX'],
    ['CN', 'XCN'],
    ['ED', 'ED'],
    ['XYZ', ''],
    ['', ''],
  ])('knows %j as %j', (name, expected) => {
    expect(knownType(name)).toBe(expected);
  });

  it('knows segments of any version', () => {
    expect(['PRT', 'ARV', 'UB1', 'ZPI'].map(isStandardSegment)).toEqual([true, true, true, false]);
    expect([fieldCount('PRT'), fieldCount('ZPI')]).toEqual([20, 0]);
    expect(componentTypes('HD')).toEqual(['IS', 'ST', 'ID']);
  });
});

it('gives one address to one place and type', () => {
  const pid = segmentNode(0x504944);
  expect(addressOf(pid, 5, 1, 0)).toBe(addressOf(pid, 5, 1, 0));
  expect(addressById(addressOf(pid, 5, 1, 0))).toMatchObject({
    format: 'hl7v2',
    path: 'PID-5.1',
    group: 'PID',
    typePath: 'XPN.1',
  });
  const obx = segmentNode(0x4f4258);
  const [text, person] = [observationNode(obx, 0x5458), observationNode(obx, 0x58504e)];
  expect([text, person].map((node) => addressById(addressOf(node, 5, 0, 0)).typePath)).toEqual(['TX', 'XPN.1']);
  expect(addressOf(text, 3, 1, 0)).toBe(addressOf(person, 3, 1, 0));
});

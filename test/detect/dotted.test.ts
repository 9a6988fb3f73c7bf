import { describe, expect, it } from 'vitest';
import type { Address, Leaves } from '../../src/core/format.ts';
import { coveredBy, DOTTED_PATTERN, dottedOf, parseDotted, parseRelative } from '../../src/detect/dotted.ts';
import { relativeTexts } from '../../src/detect/relatives.ts';

const at = (path: string, typePath: string, format = 'fhir'): Address => ({ id: 0, format, path, group: '', typePath });

describe('places with dots', () => {
  it.each([
    ['Patient.name', 'Patient.name.family', 'HumanName.family', 'path'],
    ['Patient', 'Patient.name.family', 'HumanName.family', 'path'],
    ['Patient.name.family', 'Patient.name', 'HumanName', null],
    ['Patient.name', 'Patient.names.family', '', null],
    ['*.name', 'Person.name.family', 'HumanName.family', 'path'],
    ['*.telecom', 'Patient.contact.telecom.value', 'ContactPoint.value', null],
    ['**.telecom', 'Patient.contact.telecom.value', 'ContactPoint.value', 'path'],
    ['**.telecom', 'telecom.value', '', 'path'],
    ['**.recordTarget.**.@value', 'ClinicalDocument.recordTarget.patientRole.telecom.@value', '', 'path'],
    ['**.recordTarget.**.@value', 'ClinicalDocument.author.telecom.@value', '', null],
    ['HumanName.family', 'Patient.name.family', 'HumanName.family', 'type'],
    ['HumanName', 'Basic.extension.valueHumanName.given', 'HumanName.given', 'type'],
    ['date', 'Patient.birthDate', 'date', 'type'],
    ['date', 'Patient.deceasedDateTime', 'dateTime', null],
    ['Reference.Patient', 'Observation.subject.display', 'Reference.Patient.display', 'type'],
  ])('%s covers %s of type %s by its %s', (place, path, type, expected) => {
    const dotted = dottedOf(at(path, type));
    expect(dotted === null ? 'none' : coveredBy(parseDotted(place), dotted)).toBe(expected);
  });

  it('are of FHIR and of XML, and of no other format', () => {
    expect(dottedOf(at('a.b', '', 'cda'))?.key).toBe('cda');
    expect(dottedOf(at('a.b', '', 'xml'))?.key).toBe('cda');
    expect(dottedOf(at('PID-5.1', 'XPN.1', 'hl7v2'))).toBeNull();
  });

  it.each(['Patient', 'Patient.name', '*.telecom', '**.id.@extension', 'date', 'HumanName.family', '**.ns_x'])(
    '%s is one',
    (text) => expect(DOTTED_PATTERN.test(text)).toBe(true),
  );

  it.each(['XPN', 'XPN.1', 'CX.4.1', 'PID-5', 'PID-*', '*', '**', '(0010,0010)', 'a..b', 'a.1', '.a', 'a b', ''])(
    '%s is none',
    (text) => expect(DOTTED_PATTERN.test(text)).toBe(false),
  );
});

/** A patient with two identifiers, the first of two codings: objects 0 patient, 1 and 4 identifiers, 2 type, 3 coding, 5 type. */
const PATHS = [
  'Patient.identifier.type.coding.code',
  'Patient.identifier.type.coding.code',
  'Patient.identifier.value',
  'Patient.identifier.type.coding.code',
  'Patient.identifier.value',
  'Patient.gender',
];
const OBJECTS = ['Patient', 'Patient.identifier', 'Patient.identifier.type', 'Patient.identifier.type.coding'];
const TEXTS = ['MR', 'XX', '7', 'SS', '8', 'female'];
const leaves: Leaves = {
  count: 6,
  address: new Int32Array(6),
  start: new Int32Array(6),
  end: new Int32Array(6),
  classes: new Uint16Array(6),
  addressOf: (leaf) => at(PATHS[leaf] ?? '', ''),
  text: (leaf) => TEXTS[leaf] ?? '',
  path: (leaf) => PATHS[leaf] ?? '',
  spanOf: () => null,
  tree: {
    objectOf: (leaf) => [3, 3, 1, 6, 4, 0][leaf] ?? -1,
    parentOf: (object) => [-1, 0, 1, 2, 0, 4, 5][object] ?? -1,
    pathOf: (object) => OBJECTS[[0, 1, 2, 3, 1, 2, 3][object] ?? 0] ?? '',
    first: (object) => [0, 0, 0, 0, 3, 3, 3][object] ?? 0,
    after: (object) => [6, 3, 2, 2, 5, 4, 4][object] ?? 0,
  },
};

describe('leaves near by', () => {
  it.each([
    [2, '.type.coding.code', ['MR', 'XX']],
    [4, '.type.coding.code', ['SS']],
    [0, '...value', ['7']],
    [3, '...value', ['8']],
    [4, '..gender', ['female']],
    [4, '..identifier.value', ['7', '8']],
    [4, '.use', []],
    [4, '......gender', []],
  ])('of leaf %i at %s are %j', (leaf, text, expected) => {
    expect(relativeTexts(leaves, leaf, parseRelative(text), { budget: 1000 })).toEqual(expected);
  });

  it('cost a step each, and end with the budget', () => {
    const purse = { budget: 4 };
    expect(relativeTexts(leaves, 4, parseRelative('..gender'), purse)).toEqual([]);
    expect(purse.budget).toBeLessThan(0);
  });

  it('are none where leaves lie in no objects', () => {
    expect(relativeTexts({ ...leaves, tree: undefined }, 2, parseRelative('.use'), { budget: 9 })).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import type { Address } from '../../src/core/format.ts';
import { parsePlace, positionOf, within } from '../../src/detect/places.ts';
import { textScope } from '../../src/detect/text-scope.ts';

const at = (path: string, typePath = '', group = path.slice(0, 3)): Address => ({
  id: 0,
  format: 'hl7v2',
  path,
  group,
  typePath,
});

describe('within', () => {
  it.each([
    ['PID-5', 'PID-5', 'XPN.1', true],
    ['PID-5', 'PID-5.1.1', 'XPN.1.1', true],
    ['PID-5', 'PID-50', '', false],
    ['PID-5.1', 'PID-5', 'XPN.1', true],
    ['PID-5.2', 'PID-5', 'XPN.1', false],
    ['PID-5.1', 'PID-5.1.2', 'XPN.1.2', true],
    ['PID-*', 'PID-7', 'DTM', true],
    ['PID-*', 'PD1-7', '', false],
    ['XPN.1', 'NK1-2.1', 'XPN.1', true],
    ['XPN.1', 'NK1-2.1.1', 'XPN.1.1', true],
    ['XPN.1', 'NK1-2', 'XPN', true],
    ['XPN', 'NK1-2.7', 'XPN.7', true],
    ['XPN.1', 'PV1-7.1', 'XCN.1', false],
    ['DTM', 'OBR-7', 'DTM', true],
    ['DT', 'OBR-7', 'DTM', false],
  ])('%s covers %s of type %s: %s', (place, path, type, expected) => {
    expect(within(parsePlace(place), positionOf(at(path, type)))).toBe(expected);
  });

  it('knows raw leaves', () => {
    expect(within(parsePlace('raw'), positionOf(at('raw', '', 'raw')))).toBe(true);
    expect(within(parsePlace('raw'), positionOf(at('ZPI-1')))).toBe(false);
  });
});

describe('textScope', () => {
  it.each([
    ['NTE-3', 'FT', 'text'],
    ['OBX-5', 'TX', 'text'],
    ['OBX-5', 'NM', 'typed'],
    ['OBX-5.2', 'CWE.2', 'text'],
    ['OBX-5.1', 'CWE.1', 'typed'],
    ['OBX-3.2', 'CWE.2', 'typed'],
    ['OBX-3.9', 'CWE.9', 'text'],
    ['OBR-13', 'CWE.1', 'text'],
    ['OBR-13.1', 'CWE.1', 'typed'],
    ['OBR-31.2', 'CWE.2', 'text'],
    ['OBX-5.5', 'ED.5', 'text'],
    ['OBX-5.2', 'ED.2', 'typed'],
    ['ZPI-2', '', 'text'],
    ['PID-5.1', 'XPN.1', 'typed'],
    ['MSH-10', 'ST', 'typed'],
  ])('%s of type %s is %s', (path, type, expected) => {
    expect(textScope(positionOf(at(path, type)))).toBe(expected);
  });
});

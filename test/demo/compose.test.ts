import { describe, expect, test } from 'vitest';
import { charsetOf, components, compose, escapeText, pathOf, segment } from '../../src/demo/compose.ts';

describe('composing with hl7-standard', () => {
  test('no field shifts, whatever was left out', () => {
    const text = compose([
      segment('MSH', { 2: '^~\\&', 9: 'ADT^A01', 12: '2.5.1' }),
      segment('PID', { 3: '1^^^A&1.2&ISO^MR~2', 8: 'F' }),
    ]);
    expect(text.split('\r')).toEqual(['MSH|^~\\&|||||||ADT^A01|||2.5.1|', 'PID|||1^^^A&1.2&ISO^MR~2|||||F|', '']);
  });

  test('segments stay in order when names alternate', () => {
    const text = compose([
      segment('OBX', { 1: '1' }),
      segment('NTE', { 1: '1' }),
      segment('OBX', { 1: '2' }),
      segment('NTE', { 1: '2' }),
    ]);
    expect(text).toBe('OBX|1|\rNTE|1|\rOBX|2|\rNTE|2|\r');
  });

  test.each([
    ['a|b^c&d~e\\f', 'a\\F\\b\\S\\c\\T\\d\\R\\e\\E\\f'],
    ['plain', 'plain'],
  ])('escapes %s', (text, escaped) => expect(escapeText(text)).toBe(escaped));

  test('empty components at the end are dropped', () => expect(components('A', '', 'B', '', '')).toBe('A^^B'));

  test('paths count segments of one name', () => {
    const target = segment('OBX', { 1: '2' });
    const all = [segment('OBX', { 1: '1' }), segment('NTE', {}), target];
    expect(pathOf(all, target, '5')).toBe('OBX[2]-5');
    expect(() => pathOf([], target, '5')).toThrow(RangeError);
  });

  test.each([
    ['Doe', 'latin1', '', 'utf8'],
    ['Ibáñez', 'latin1', '8859/1', 'latin1'],
    ['Ibáñez', 'utf8', 'UNICODE UTF-8', 'utf8'],
    ['Wiśniewska', 'latin1', 'UNICODE UTF-8', 'utf8'],
  ] as const)('%s wanted as %s is sent as %s', (text, wanted, name, encoding) => {
    expect(charsetOf(text, wanted)).toEqual({ name, encoding });
  });
});

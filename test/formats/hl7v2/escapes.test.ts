import { describe, expect, it } from 'vitest';
import { readDelimiters } from '../../../src/formats/hl7v2/delimiters.ts';
import { unescapeValue } from '../../../src/formats/hl7v2/escapes.ts';
import { latin1, leafAt, message, textAt } from '../support.ts';

const note = (value: string, header = 'MSH|^~\\&|') => message(latin1(`${header}A||||||ADT\rNTE|||${value}\r`));

describe('text', () => {
  it.each([
    ['a\\F\\b', 'a|b'],
    ['a\\S\\b', 'a^b'],
    ['a\\T\\b', 'a&b'],
    ['a\\R\\b', 'a~b'],
    ['a\\E\\b', 'a\\b'],
    ['a\\P\\b', 'a#b'],
    ['\\H\\bold\\N\\ text', 'bold text'],
    ['one\\.br\\two', 'one\ntwo'],
    ['one\\.sp2\\two', 'one\ntwo'],
    ['\\.in+4\\x\\.sk3\\y', 'x y'],
    ['\\X41\\', 'A'],
    ['\\X4A414E45\\', 'JANE'],
    ['\\XC3A9\\', 'é'],
    ['\\XC3\\\\XA9\\', 'é'],
    ['\\C2842\\a\\M2442\\b\\M244228\\c', 'abc'],
    ['\\Zlocal\\', '\\Zlocal\\'],
    ['\\X4\\', '\\X4\\'],
    ['\\XZZ\\', '\\XZZ\\'],
    ['a\\b', 'a\\b'],
    ['a\\q\\b\\T\\c', 'a\\q\\b&c'],
    ['\\\\\\T\\', '\\\\&'],
    ['\\T', '\\T'],
  ])('%j reads %j', (value, expected) => {
    const parsed = note(value);
    expect(parsed.leaves.text(parsed.leaves.count - 1)).toBe(expected);
  });

  it('uses the delimiters of the message', () => {
    expect(textAt(message(latin1('MSH#*~!&#A######ADT\rNTE###a!F!b!S!c!E!\r')), 'NTE-3')).toBe('a#b*c!');
  });
});

describe('spans', () => {
  it.each([
    ['a\\T\\bc', 2, 4, 'bc'],
    ['a\\T\\bc', 1, 2, '\\T\\'],
    ['a\\T\\bc', 0, 2, 'a\\T\\'],
    ['\\X4A414E45\\ x', 1, 2, '\\X4A414E45\\'],
    ['JA\\H\\NE', 0, 4, 'JA\\H\\NE'],
    ['JA\\H\\NE', 2, 4, 'NE'],
    ['plain', 1, 3, 'la'],
  ])('%j from %i to %i is %j', (value, from, to, expected) => {
    const parsed = note(value);
    const text = `MSH|^~\\&|A||||||ADT\rNTE|||${value}\r`;
    const span = parsed.leaves.spanOf(leafAt(parsed, 'NTE-3'), from, to);
    expect(text.slice(span?.start, span?.end)).toBe(expected);
  });

  it('has none for what is not in the text', () => {
    const parsed = note('a\\T\\b');
    const leaf = leafAt(parsed, 'NTE-3');
    expect([parsed.leaves.spanOf(leaf, 0, 4), parsed.leaves.spanOf(leaf, 1, 1), parsed.leaves.spanOf(leaf, -1, 2)]).toEqual([
      null,
      null,
      null,
    ]);
  });
});

it('is linear in unpaired escape characters', () => {
  const header = Buffer.from('MSH|^~\\&|');
  const delimiters = readDelimiters(header, 0, header.length);
  if (delimiters === null) throw new Error('no delimiters');
  const value = Buffer.from('\\ '.repeat(500_000));
  expect(unescapeValue(value, 0, value.length, delimiters).bytes.length).toBe(value.length);
});

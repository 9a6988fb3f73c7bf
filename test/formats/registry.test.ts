import { describe, expect, it } from 'vitest';
import type { Format } from '../../src/core/format.ts';
import { addressById, addressCount, createAddressBook } from '../../src/formats/address-book.ts';
import { byteTable, decodeBytes, utf8Cursor } from '../../src/formats/charset.ts';
import { createColumns, growColumns, PLACE_WIDTH, takeColumns } from '../../src/formats/columns.ts';
import { coverageOf, withElided } from '../../src/formats/coverage.ts';
import { formats, parseBody } from '../../src/formats/registry.ts';
import { openSource } from '../../src/formats/text/source.ts';
import { checkCover, latin1, parse, utf8 } from './support.ts';

const failing: Format = {
  name: 'broken',
  sniff: () => 1,
  parse: () => {
    throw new TypeError('unexpected DOE^JANE');
  },
};

describe('parseBody', () => {
  it('knows its formats', () => {
    expect(formats.map((format) => format.name)).toEqual([
      'hl7v2',
      'dicom',
      'dicom',
      'dicom',
      'fhir',
      'pdf',
      'xml',
      'mail',
      'csv',
      'raw',
    ]);
  });

  it('reads what nobody claims as raw text', () => {
    expect(parse(latin1('hello'))[0]?.format).toBe('raw');
  });

  it('turns a parser that fails into a problem without the value', () => {
    const bytes = latin1('body');
    const parts = parseBody({ bytes, elided: [{ start: 4, end: 5, reason: 'over-limit' }] }, [...formats, failing]);
    expect(parts[0]?.problems[0]?.code).toBe('parser.failed');
    expect(JSON.stringify(parts[0]?.problems)).not.toContain('DOE');
    expect(parts[0]?.coverage.bytes).toBe(5);
    checkCover(bytes, parse(bytes));
  });

  it('counts what the listener left out in the last message', () => {
    const bytes = latin1('MSH|^~\\&|A\rPID|||1\r');
    const [parsed] = parseBody({ bytes, elided: [{ start: 19, end: 100, reason: 'over-limit' }] });
    expect(parsed?.coverage).toMatchObject({ bytes: 100, examined: 19 });
  });
});

describe('address book', () => {
  it('interns, and counts strangers against its cap', () => {
    const book = createAddressBook('test', 2);
    const known = book.intern('A', 'A', 'X', true);
    expect(book.intern('A', 'A', 'X', true)).toBe(known);
    expect(book.intern('A', 'A', 'Y', true)).not.toBe(known);
    const strangers = ['B', 'C', 'D'].map((path) => book.intern(path, 'G', '', false));
    expect(strangers[2]).toBe(-1);
    expect(strangers[1]).toBe(addressCount() - 1);
    expect(book.intern('B', 'G', '', false)).toBe(strangers[0]);
    expect(addressById(known)).toEqual({ id: known, format: 'test', path: 'A', group: 'A', typePath: 'X' });
  });

  it('has no address for a number it did not give', () => {
    expect(() => addressById(addressCount())).toThrow(RangeError);
  });
});

it('grows and hands over columns', () => {
  const columns = createColumns(1);
  columns.address[0] = 7;
  columns.place[PLACE_WIDTH - 1] = 9;
  columns.classes[0] = 3;
  growColumns(columns);
  columns.count = 1;
  const taken = takeColumns(columns, true);
  expect([taken.count, taken.address.length, taken.address[0], taken.place.at(-1), taken.classes[0]]).toEqual([1, 1, 7, 9, 3]);
  expect([columns.count, columns.capacity]).toEqual([0, 2]);
});

it('decodes byte by byte where a table says so', () => {
  expect(decodeBytes(Buffer.from([0x41, 0xa3]), 0, 2, byteTable('iso-8859-2'))).toBe('AŁ');
  expect(byteTable('iso-8859-3')[0xa5]).toBe('\u00a5');
});

it('walks UTF-8 forward and back', () => {
  const buffer = Buffer.from(utf8('a😀é'));
  const cursor = utf8Cursor(buffer, 0, buffer.length);
  expect([cursor(3, false), cursor(2, false), cursor(2, true), cursor(4, true), cursor(5, true)]).toEqual([5, 1, 5, 7, 8]);
});

it('cuts what could not be decoded to the part it is asked about', () => {
  const source = openSource(Uint8Array.from([0xff, 0xfe, 0x41, 0, 0x00, 0xd8, 0x00, 0xd8]));
  expect(coverageOf(source, 3, 7)).toEqual({ bytes: 4, examined: 2, unexamined: [{ start: 4, end: 6, reason: 'undecodable' }] });
  expect(withElided([], [])).toEqual([]);
});

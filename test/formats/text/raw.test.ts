import { describe, expect, it } from 'vitest';
import { CharClass } from '../../../src/core/format.ts';
import { text } from '../../../src/formats/text/format.ts';
import { rawParsed } from '../../../src/formats/text/raw.ts';
import { openSource } from '../../../src/formats/text/source.ts';
import { checkCover, latin1, utf8 } from '../support.ts';

const read = (bytes: Uint8Array) => text.parse({ bytes, elided: [] });
const lines = (bytes: Uint8Array): string[] => {
  const parts = read(bytes);
  checkCover(bytes, parts);
  return parts.flatMap(({ leaves }) => Array.from({ length: leaves.count }, (_, leaf) => leaves.text(leaf)));
};

describe('lines', () => {
  it.each([
    ['one\rtwo\nthree\r\nfour', ['one', 'two', 'three', 'four']],
    ['\x0bframed\x1c\r', ['framed']],
    ['', []],
    ['\r\n\n', []],
    ['M\xfcller', ['Müller']],
    ['M\x92r', ['M’r']],
  ])('%j', (input, expected) => {
    expect(lines(latin1(input))).toEqual(expected);
  });

  it('reads UTF-8, with or without its mark', () => {
    expect(lines(utf8('\ufeffMüller\n😀'))).toEqual(['Müller', '😀']);
  });

  it.each(['utf16le', 'utf16be'])('reads %s', (encoding) => {
    const bytes = Buffer.from('\ufeffJane Döe\nof town', 'utf16le');
    expect(lines(Uint8Array.from(encoding === 'utf16be' ? bytes.swap16() : bytes))).toEqual(['Jane Döe', 'of town']);
  });

  it('are of one address, whatever their number', () => {
    const [parsed] = read(latin1('a\nb'));
    expect(parsed?.leaves.path(1)).toBe('raw');
    expect(parsed?.leaves.addressOf(1)).toMatchObject({ format: 'raw', path: 'raw', group: 'raw', typePath: '' });
    expect(parsed?.leaves.classes[0]).toBe(CharClass.lower);
  });
});

describe('binary', () => {
  it('gives its printable runs', () => {
    expect(lines(latin1('\x00\x01\x00JANE DOE\x00ab\x00123-45-6789\x00'))).toEqual(['JANE DOE', '123-45-6789']);
  });

  it('gives its UTF-16 runs', () => {
    const bytes = Buffer.concat([Buffer.alloc(50), Buffer.from('JANE DOE', 'utf16le'), Buffer.alloc(50)]);
    expect(lines(Uint8Array.from(bytes))).toEqual(['JANE DOE']);
  });

  it('finds the bytes of a wide match', () => {
    const bytes = Uint8Array.from(Buffer.concat([Buffer.alloc(50), Buffer.from('JANE DOE', 'utf16le'), Buffer.alloc(50)]));
    expect(read(bytes)[0]?.leaves.spanOf(0, 5, 8)).toEqual({ start: 60, end: 66 });
  });
});

it.each([
  ['M\xfcller', 1, 3, { start: 1, end: 3 }],
  ['a', 0, 2, null],
  ['a', 0, 0, null],
])('the span of %j from %i to %i', (input, from, to, expected) => {
  expect(read(latin1(input))[0]?.leaves.spanOf(0, from, to)).toEqual(expected);
});

it('finds spans in UTF-8 in any order', () => {
  const [parsed] = read(utf8('aéb😀c'));
  const spans = [
    [4, 6],
    [1, 2],
    [3, 5],
    [2, 3],
  ].map(([from = 0, to = 0]) => parsed?.leaves.spanOf(0, from, to));
  expect(spans).toEqual([
    { start: 4, end: 9 },
    { start: 1, end: 3 },
    { start: 4, end: 8 },
    { start: 3, end: 4 },
  ]);
});

it('reads a part of a body, at the offsets of the body', () => {
  const parsed = rawParsed(openSource(latin1('skip|take')), 5, 9, []);
  expect([parsed.start, parsed.end, parsed.leaves.text(0), parsed.leaves.start[0]]).toEqual([5, 9, 'take', 5]);
});

it('bounds its leaves for a body of line feeds', () => {
  const bytes = new Uint8Array(8_800_000).map((_, index) => (index % 2 === 0 ? 0x61 : 0x0a));
  const [parsed] = read(bytes);
  checkCover(bytes, parsed === undefined ? [] : [parsed]);
  expect(parsed?.leaves.count).toBeLessThan(4_300_000);
});

it('counts what was left out of the body as unexamined', () => {
  const [parsed] = text.parse({ bytes: latin1('kept'), elided: [{ start: 4, end: 10, reason: 'over-limit' }] });
  expect(parsed?.coverage).toEqual({ bytes: 10, examined: 4, unexamined: [{ start: 4, end: 10, reason: 'over-limit' }] });
  expect(parsed?.end).toBe(4);
});

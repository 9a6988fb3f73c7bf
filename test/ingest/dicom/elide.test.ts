import { describe, expect, test } from 'vitest';
import { element, writeDataSet, writeDicom } from '../../../src/demo/dicom/write.ts';
import { EXPLICIT_BIG, EXPLICIT_LITTLE, IMPLICIT_LITTLE } from '../../../src/formats/dicom/transfer-syntax.ts';
import { check, elide, head, MIB, mark, PIXELS, padding, patient, pixels, spanOf } from '../../support/elide.ts';

describe('pixel data', () => {
  test.each([
    ['explicit', EXPLICIT_LITTLE],
    ['implicit', IMPLICIT_LITTLE],
    ['big-endian', EXPLICIT_BIG],
    ['private', '1.2.840.113619.5.2'],
  ])('native, %s: its value is left out, what follows is kept', async (_, transferSyntax) => {
    const bytes = writeDicom({ transferSyntax, elements: [...head, patient, pixels(), padding], trailing: Buffer.from('tail') });
    const collected = await elide(bytes);
    expect(collected.elided).toEqual([spanOf(bytes, PIXELS)]);
    check(bytes, collected);
    expect(Buffer.from(collected.bytes).includes('text after the pixels')).toBe(true);
    expect(Buffer.from(collected.bytes).subarray(-4).toString()).toBe('tail');
  });

  test('encapsulated: one span from the header to the delimiter', async () => {
    const bytes = writeDicom({ transferSyntax: '1.2.840.10008.1.2.4.50', elements: [...head, pixels('OB', true), padding] });
    const collected = await elide(bytes);
    expect(collected.elided).toEqual([spanOf(bytes, PIXELS, 16)]);
    check(bytes, collected);
    expect(Buffer.from(collected.bytes).includes(Buffer.of(0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0))).toBe(true);
  });

  test.each(['(7FE0,0008)', '(7FE0,0009)', '(7FE0,0010)'])('%s', async (tag) => {
    const vr = tag === '(7FE0,0008)' ? 'OF' : tag === '(7FE0,0009)' ? 'OD' : 'OW';
    const bytes = writeDicom({ elements: [...head, element(tag, vr, PIXELS)] });
    expect((await elide(bytes)).elided).toEqual([spanOf(bytes, PIXELS)]);
  });

  test.each([
    [EXPLICIT_LITTLE, false],
    [EXPLICIT_LITTLE, true],
    [IMPLICIT_LITTLE, false],
    [IMPLICIT_LITTLE, true],
    [EXPLICIT_BIG, false],
    [EXPLICIT_BIG, true],
  ])('of icons in sequences, and of the image after them: %s, undefined lengths: %s', async (transferSyntax, open) => {
    const deep = element('(0088,0200)', 'SQ', [[element('(0028,0010)', 'US', Buffer.of(1, 0)), pixels()], [patient]], open);
    const bytes = writeDicom({
      transferSyntax,
      elements: [...head, element('(0008,1115)', 'SQ', [[deep], [], [deep]], open), patient, pixels(), padding],
    });
    const first = spanOf(bytes, PIXELS);
    const second = spanOf(bytes, PIXELS, 0, first.end);
    const collected = await elide(bytes);
    expect(collected.elided).toEqual([first, second, spanOf(bytes, PIXELS, 0, second.end)]);
    check(bytes, collected);
  });

  test('inside a UN of undefined length, which is implicit whatever is around it', async () => {
    const implicit = writeDataSet([element('(0029,1010)', 'SQ', [[pixels()]], true)], IMPLICIT_LITTLE);
    const item = Buffer.concat([mark(0xe000, 0xffffffff), implicit, mark(0xe00d, 0), mark(0xe0dd, 0)]);
    const unknown = Buffer.concat([Buffer.of(0x29, 0, 0x20, 0x10), Buffer.from('UN\0\0'), Buffer.alloc(4, 0xff), item]);
    const bytes = Buffer.concat([writeDicom({ elements: head }), unknown, writeDataSet([pixels(), padding], EXPLICIT_LITTLE)]);
    const first = spanOf(bytes, PIXELS);
    const collected = await elide(bytes);
    expect(collected.elided).toEqual([first, spanOf(bytes, PIXELS, 0, first.end)]);
    check(bytes, collected);
  });

  test.each([
    ['no preamble', (file: Buffer) => file.subarray(132)],
    [
      'a preamble that is a text',
      (file: Buffer) => Buffer.concat([Buffer.from('MSH|^~\\&|'.padEnd(128, 'x')), file.subarray(128)]),
    ],
  ])('%s', async (_, change) => {
    const bytes = change(writeDicom({ elements: [...head, patient, pixels()] }));
    expect((await elide(bytes)).elided).toEqual([spanOf(bytes, PIXELS)]);
  });

  test.each([EXPLICIT_LITTLE, IMPLICIT_LITTLE, EXPLICIT_BIG])('of a bare data set: %s', async (transferSyntax) => {
    const bytes = writeDataSet([...head, patient, pixels()], transferSyntax);
    expect((await elide(bytes)).elided).toEqual([spanOf(bytes, PIXELS)]);
  });

  test('of a file whose transfer syntax is not the one that is declared', async () => {
    const meta = writeDicom({ transferSyntax: IMPLICIT_LITTLE, elements: [] });
    const bytes = Buffer.concat([meta, writeDataSet([...head, pixels()], EXPLICIT_LITTLE)]);
    expect((await elide(bytes)).elided).toEqual([spanOf(bytes, PIXELS)]);
  });

  test('that is cut off is left out as far as it came, and a header that is cut off is kept', async () => {
    const bytes = writeDicom({ elements: [...head, pixels()] });
    for (const less of [1, 100, PIXELS.length + 1, PIXELS.length + 7, PIXELS.length + 12]) {
      const short = bytes.subarray(0, bytes.length - less);
      const collected = await elide(short);
      check(short, collected);
      expect(collected.elided).toEqual(less < PIXELS.length ? [{ ...spanOf(bytes, PIXELS), end: bytes.length - less }] : []);
    }
  });

  test('never hides what comes after the sequence that it is in', async () => {
    const icon = writeDataSet([element('(0088,0200)', 'SQ', [[pixels()]])], EXPLICIT_LITTLE);
    // The icon's pixels claim to be longer than the sequence around them.
    icon.writeUInt32LE(5000, icon.indexOf(PIXELS) - 4);
    const rest = writeDataSet([patient, element('(0010,4000)', 'LT', 'x'.repeat(9000))], EXPLICIT_LITTLE);
    const bytes = Buffer.concat([writeDicom({ elements: head }), icon, rest]);
    expect(Buffer.compare((await elide(bytes)).bytes, bytes)).toBe(0);
  });

  test('of a text VR is a text', async () => {
    const bytes = writeDicom({ elements: [...head, element('(7FE0,0010)', 'LT', PIXELS.toString())] });
    expect((await elide(bytes)).elided).toEqual([]);
  });
});

describe('large values', () => {
  const large = Buffer.alloc(4 * MIB + 2, 1);
  const text = Buffer.alloc(4 * MIB + 2, 'a');

  test.each([
    ['OB, explicit', EXPLICIT_LITTLE, '(0029,1010)', 'OB', large, true],
    ['OB that reads as text, explicit', EXPLICIT_LITTLE, '(0029,1010)', 'OB', text, true],
    ['UN, explicit', EXPLICIT_LITTLE, '(0029,1010)', 'UN', large, true],
    ['UN that holds a text', EXPLICIT_LITTLE, '(0029,1010)', 'UN', text, false],
    ['UT', EXPLICIT_LITTLE, '(0040,A160)', 'UT', text, false],
    ['binary, implicit', IMPLICIT_LITTLE, '(0029,1010)', 'OB', large, true],
    ['text, implicit', IMPLICIT_LITTLE, '(0040,A160)', 'UT', text, false],
    ['an encapsulated document', EXPLICIT_LITTLE, '(0042,0011)', 'OB', large, false],
    ['an encapsulated document, implicit', IMPLICIT_LITTLE, '(0042,0011)', 'OB', large, false],
    ['no more than 4 MiB', EXPLICIT_LITTLE, '(0029,1010)', 'OB', large.subarray(0, 4 * MIB), false],
  ])('%s', async (_, transferSyntax, tag, vr, value, leftOut) => {
    const before = writeDicom({ transferSyntax, elements: [...head, element(tag, vr, '')] }).length;
    const bytes = writeDicom({ transferSyntax, elements: [...head, element(tag, vr, value), padding] });
    const collected = await elide(bytes, [1, 200, 3 * MIB, 3 * MIB + 1]);
    check(bytes, collected);
    expect(collected.elided).toEqual(leftOut ? [{ start: before, end: before + value.length, reason: 'large-binary' }] : []);
  });

  test('a wild length after an implicit data set leaves nothing out', async () => {
    const trailing = Buffer.from('PATIENT NAME: JANE DOE, BORN 1970');
    const bytes = writeDicom({ transferSyntax: IMPLICIT_LITTLE, elements: [...head, pixels()], trailing });
    const collected = await elide(bytes);
    expect(collected.elided).toEqual([spanOf(bytes, PIXELS)]);
    expect(Buffer.from(collected.bytes).includes(trailing)).toBe(true);
  });
});

describe('what it does not follow is kept', () => {
  test.each([
    ['a VR that is none', Buffer.from('\x09\x00\x10\x00zz\x00\x00', 'latin1')],
    ['an item outside of a sequence', mark(0xe000, 0)],
    ['a delimiter with a length', mark(0xe0dd, 8)],
    ['an element between items', Buffer.from('\x08\x00\x15\x11SQ\x00\x00\xff\xff\xff\xff\x10\x00\x10\x00PN\x02\x00A^', 'latin1')],
    ['undefined length on a text', Buffer.from('\x09\x00\x10\x00UT\x00\x00\xff\xff\xff\xff', 'latin1')],
  ])('%s', async (_, wrong) => {
    const bytes = Buffer.concat([writeDicom({ elements: head }), wrong, writeDataSet([pixels()], EXPLICIT_LITTLE)]);
    const collected = await elide(bytes);
    expect(collected.elided).toEqual([]);
    expect(Buffer.compare(collected.bytes, bytes)).toBe(0);
  });

  test('fragments without items', async () => {
    const open = Buffer.from('\xe0\x7f\x10\x00OB\x00\x00\xff\xff\xff\xff', 'latin1');
    const bytes = Buffer.concat([
      writeDicom({ elements: head }),
      open,
      mark(0xe000, 4),
      Buffer.from('abcd'),
      Buffer.alloc(400, 7),
    ]);
    const collected = await elide(bytes);
    const start = bytes.length - 400 - 12;
    expect(collected.elided).toEqual([{ start, end: start + 12, reason: 'pixel-data' }]);
    check(bytes, collected);
  });

  test('a delimiter that closes nothing is passed', async () => {
    const bytes = Buffer.concat([
      writeDicom({ elements: head }),
      mark(0xe00d, 0),
      mark(0xe0dd, 0),
      writeDataSet([pixels()], EXPLICIT_LITTLE),
    ]);
    expect((await elide(bytes)).elided).toEqual([spanOf(bytes, PIXELS)]);
  });

  test('sequences nested without end', async () => {
    const open = Buffer.concat([Buffer.from('\x08\x00\x15\x11SQ\x00\x00\xff\xff\xff\xff', 'latin1'), mark(0xe000, 0xffffffff)]);
    const bytes = Buffer.concat([writeDicom({ elements: head }), ...Array.from({ length: 20_000 }, () => open)]);
    expect(Buffer.compare((await elide(bytes)).bytes, bytes)).toBe(0);
  });

  test('elements without end', async () => {
    const empty = Buffer.alloc(8 * 2 ** 20, Buffer.of(0x09, 0, 0x10, 0, 0, 0, 0, 0));
    const meta = writeDicom({ transferSyntax: IMPLICIT_LITTLE, elements: head });
    const bytes = Buffer.concat([meta, empty, writeDataSet([pixels()], IMPLICIT_LITTLE)]);
    expect((await elide(bytes)).elided).toEqual([]);
  });

  test('fragments without end', async () => {
    const open = Buffer.from('\xe0\x7f\x10\x00OB\x00\x00\xff\xff\xff\xff', 'latin1');
    const fragments = Buffer.alloc(9 * 2 ** 20, mark(0xe000, 0));
    const bytes = Buffer.concat([writeDicom({ elements: head }), open, fragments]);
    const collected = await elide(bytes);
    check(bytes, collected);
    const end = collected.elided.at(-1)?.end ?? 0;
    expect(collected.elided).toHaveLength(1);
    expect(end).toBeLessThan(bytes.length);
  });

  test('pixel data in thousands of elements, past the first few thousand', async () => {
    const many = Array.from({ length: 5000 }, () => element('(7FE0,0010)', 'OW', Buffer.alloc(2)));
    const bytes = writeDicom({ elements: [...head, ...many] });
    const collected = await elide(bytes);
    expect(collected.elided).toHaveLength(4096);
    check(bytes, collected);
  });
});

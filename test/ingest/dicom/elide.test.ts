import { createHash, randomBytes } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Unexamined } from '../../../src/core/vocabulary.ts';
import { type DicomElement, element, writeDataSet, writeDicom } from '../../../src/demo/dicom/write.ts';
import { DEFLATED_LITTLE, EXPLICIT_BIG, EXPLICIT_LITTLE, IMPLICIT_LITTLE } from '../../../src/formats/dicom/transfer-syntax.ts';
import { createCollector } from '../../../src/ingest/collect.ts';
import { createElider } from '../../../src/ingest/dicom/elide.ts';
import type { Collected } from '../../../src/ingest/keep.ts';

const MIB = 2 ** 20;
const LIMITS = { limit: 64 * MIB, hardLimit: 2048 * MIB };
const PIXELS = Buffer.from('PIXELS-'.repeat(30));

const head = [element('(0008,0016)', 'UI', '1.2.840.10008.5.1.4.1.1.7'), element('(0008,0018)', 'UI', '2.25.9')];
const patient = element('(0010,0010)', 'PN', 'DOE^JANE');
const pixels = (vr = 'OW', open = false): DicomElement => element('(7FE0,0010)', vr, PIXELS, open);
const padding = element('(FFFC,FFFC)', 'OB', Buffer.from('text after the pixels'));

/** The chunks of a body, cut at these places. */
function cut(bytes: Uint8Array, at: readonly number[]): Uint8Array[] {
  const places = [0, ...at.map((place) => place % (bytes.length + 1)).sort((one, other) => one - other), bytes.length];
  return places.slice(1).map((end, index) => Uint8Array.from(bytes.subarray(places[index], end)));
}

async function elide(bytes: Uint8Array, at: readonly number[] = [], limits = LIMITS): Promise<Collected> {
  const elider = createElider(limits);
  for (const chunk of cut(bytes, at)) elider.add(chunk);
  expect(elider.total).toBe(bytes.length);
  return elider.take();
}

function without(bytes: Uint8Array, spans: readonly Unexamined[]): Buffer {
  const ends = [...spans.map(({ end }) => end), 0];
  const kept = [...spans, { start: bytes.length }].map(({ start }, index) => bytes.subarray(ends.at(index - 1), start));
  return Buffer.concat(kept);
}

function sha(bytes: Uint8Array, spans: readonly Unexamined[]): string | null {
  const hash = createHash('sha256');
  for (const { start, end } of spans) hash.update(bytes.subarray(start, end));
  return spans.length === 0 ? null : hash.digest('hex');
}

/** Spans, kept bytes and digest fit each other and the body. */
function check(bytes: Uint8Array, collected: Collected): void {
  expect(collected.total).toBe(bytes.length);
  expect(Buffer.compare(collected.bytes, without(bytes, collected.elided))).toBe(0);
  expect(collected.restDigest).toBe(sha(bytes, collected.elided));
}

/** Where a value lies in a body, `before` its first byte and `after` its last. */
function spanOf(bytes: Buffer, value: Buffer, before = 0, from = 0): Unexamined {
  const at = bytes.indexOf(value, from);
  return { start: at - before, end: at + value.length, reason: 'pixel-data' };
}

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

  test('pixel data in thousands of elements, past the first few thousand', async () => {
    const many = Array.from({ length: 5000 }, () => element('(7FE0,0010)', 'OW', Buffer.alloc(2)));
    const bytes = writeDicom({ elements: [...head, ...many] });
    const collected = await elide(bytes);
    expect(collected.elided).toHaveLength(4096);
    check(bytes, collected);
  });
});

describe('a deflated data set', () => {
  const deflated = (elements: readonly DicomElement[], trailing = Buffer.alloc(0)): Buffer =>
    writeDicom({ transferSyntax: DEFLATED_LITTLE, elements, trailing });
  const start = deflated(head).length - deflateRawSync(writeDataSet(head, EXPLICIT_LITTLE)).length;

  test('is inflated: kept and left out as if it had come so', async () => {
    const elements = [...head, patient, pixels(), padding];
    const bytes = deflated(elements);
    const virtual = Buffer.concat([bytes.subarray(0, start), writeDataSet(elements, EXPLICIT_LITTLE)]);
    const collected = await elide(bytes, [100, start + 3]);
    expect(collected).toMatchObject({
      total: bytes.length,
      inflated: { start, size: bytes.length - start },
      elided: [spanOf(virtual, PIXELS)],
      restDigest: sha(virtual, [spanOf(virtual, PIXELS)]),
    });
    expect(Buffer.compare(collected.bytes, without(virtual, collected.elided))).toBe(0);
  });

  test.each([
    ['one NUL, which pads the stream', Buffer.alloc(1), ''],
    ['anything else', Buffer.from('\0JANE DOE'), '\0JANE DOE'],
  ])('followed by %s', async (_, trailing, kept) => {
    const bytes = deflated([...head, pixels()], trailing);
    const collected = await elide(bytes);
    expect(collected.inflated).toEqual({ start, size: bytes.length - start });
    const after = writeDataSet([pixels()], EXPLICIT_LITTLE).length - PIXELS.length;
    const dataSet = start + writeDataSet(head, EXPLICIT_LITTLE).length + after;
    expect(Buffer.from(collected.bytes.subarray(dataSet)).toString()).toBe(kept);
  });

  test('that is empty', async () => {
    const bytes = Buffer.concat([deflated(head).subarray(0, start), deflateRawSync(Buffer.alloc(0))]);
    expect(await elide(bytes)).toMatchObject({ bytes: { length: start }, inflated: { start, size: 2 } });
  });

  test.each([
    ['cut off', (bytes: Buffer) => bytes.subarray(0, -20)],
    ['damaged', (bytes: Buffer) => Buffer.concat([bytes.subarray(0, start), Buffer.alloc(40, 0xff)])],
    ['missing', (bytes: Buffer) => bytes.subarray(0, start)],
  ])('that is %s stays as it came', async (_, change) => {
    const bytes = change(deflated([...head, patient, pixels()]));
    const collected = await elide(bytes);
    expect(collected.inflated).toBeUndefined();
    check(bytes, collected);
    expect(collected.elided).toEqual([]);
  });

  test('over the limit stays as it came, as far as it is kept', async () => {
    const bytes = deflated([...head, element('(0009,1001)', 'UN', randomBytes(3000))]);
    const collected = await elide(bytes, [], { limit: 1000, hardLimit: 2000 });
    expect(collected.inflated).toBeUndefined();
    expect(collected.elided).toEqual([{ start: 1000, end: bytes.length, reason: 'over-limit' }]);
  });

  test('that inflates past the limit is kept up to it', async () => {
    const bytes = deflated([...head, element('(0010,4000)', 'UT', 'y'.repeat(20_000))]);
    const collected = await elide(bytes, [], { limit: 1000, hardLimit: 200_000 });
    expect(collected.bytes).toHaveLength(1000);
    expect(collected.inflated).toEqual({ start, size: bytes.length - start });
    expect(collected.elided).toEqual([{ start: 1000, end: expect.any(Number), reason: 'over-limit' }]);
  });

  test('that inflates past the cap stays as it came', async () => {
    const bomb = Buffer.concat([deflated(head).subarray(0, start), deflateRawSync(Buffer.alloc(257 * MIB), { level: 1 })]);
    const collected = await elide(bomb);
    expect(collected.inflated).toBeUndefined();
    expect(Buffer.compare(collected.bytes, bomb)).toBe(0);
  });
});

describe('limits', () => {
  test('what is kept obeys the limit; the rest is over it, whatever it is', async () => {
    const comment = element('(0010,4000)', 'LT', 'y'.repeat(3000));
    const bytes = writeDicom({ elements: [...head, pixels(), comment, pixels()] });
    const collected = await elide(bytes, [700], { limit: 2000, hardLimit: 4000 });
    const [first, over] = collected.elided;
    expect(first).toEqual(spanOf(bytes, PIXELS));
    expect(over).toEqual({ start: 2000 + PIXELS.length, end: bytes.length, reason: 'over-limit' });
    expect(collected.bytes).toHaveLength(2000);
    expect(collected.restDigest).toBe(sha(bytes.subarray(0, 4000), collected.elided));
  });

  test('past the hard limit nothing is kept or digested', async () => {
    const bytes = writeDicom({ elements: [...head, element('(7FE0,0010)', 'OW', Buffer.alloc(5000, 3)), patient] });
    const collected = await elide(bytes, [], { limit: 1000, hardLimit: 3000 });
    const { start } = collected.elided[0] ?? { start: -1 };
    expect(collected.elided).toEqual([
      { start, end: 3000, reason: 'pixel-data' },
      { start: 3000, end: bytes.length, reason: 'over-limit' },
    ]);
    expect(collected.restDigest).toBe(sha(bytes.subarray(0, 3000), collected.elided));
  });

  test('300 MiB go by with next to nothing in memory', async () => {
    const size = 300 * MIB;
    const header = writeDicom({ elements: [...head, patient, element('(7FE0,0010)', 'OW', Buffer.alloc(2))] });
    header.writeUInt32LE(size, header.length - 6);
    const elider = createElider(LIMITS);
    const hash = createHash('sha256');
    const chunk = Buffer.alloc(64 * 1024, 5);
    elider.add(header.subarray(0, -2));
    for (let sent = 0; sent < size; sent += chunk.length) {
      elider.add(chunk);
      hash.update(chunk);
      expect(elider.held).toBe(header.length - 2);
    }
    elider.add(writeDataSet([padding], EXPLICIT_LITTLE));
    const start = header.length - 2;
    const collected = await elider.take();
    expect(collected.elided).toEqual([{ start, end: start + size, reason: 'pixel-data' }]);
    expect(collected.restDigest).toBe(hash.digest('hex'));
    expect(collected.bytes.length).toBe(collected.total - size);
    expect(collected.bytes.buffer.byteLength).toBeLessThanOrEqual(64 * 1024);
  });
});

test.each([
  ['HL7', Buffer.from('MSH|^~\\&|LIS|LAB|REG|STATE|20261126||ORU^R01|17|P|2.5.1\rPID|||1||DOE^JANE\r'.repeat(5))],
  ['nothing', Buffer.alloc(0)],
  ['NULs', Buffer.alloc(1000)],
  ['JSON', Buffer.from(JSON.stringify({ resourceType: 'Patient', name: [{ family: 'DOE' }], text: 'x'.repeat(300) }))],
])('bytes that are no DICOM are kept like anything else: %s', async (_, bytes) => {
  const limits = { limit: 200, hardLimit: 300 };
  const collector = createCollector(limits);
  collector.add(bytes);
  const expected = collector.take();
  const collected = await elide(bytes, [3, 100, 131], limits);
  expect({ ...collected, bytes: Buffer.from(collected.bytes) }).toEqual({ ...expected, bytes: Buffer.from(expected.bytes) });
});

describe('however it is cut', () => {
  const bytesOf = fc.uint8Array({ maxLength: 60 });
  const leaf = fc.oneof(
    fc.record({ tag: fc.constantFrom('(0010,0010)', '(0009,1001)'), vr: fc.constant('LO'), value: fc.string({ maxLength: 20 }) }),
    fc.record({ tag: fc.constantFrom('(0029,1010)', '(7FE0,0010)'), vr: fc.constantFrom('OB', 'OW'), value: bytesOf }),
    fc.record({ tag: fc.constant('(7FE0,0010)'), vr: fc.constant('OB'), value: bytesOf, open: fc.constant(true) }),
  );
  const { elements } = fc.letrec<{ elements: DicomElement[] }>((tie) => ({
    elements: fc.array(
      fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc.record({
          tag: fc.constantFrom('(0040,A730)', '(0029,1020)'),
          vr: fc.constant('SQ'),
          value: fc.array(tie('elements'), { maxLength: 3 }),
          open: fc.boolean(),
        }),
      ),
      { maxLength: 6 },
    ),
  }));

  test('the same is kept, left out, and digested', async () => {
    await fc.assert(
      fc.asyncProperty(
        elements,
        fc.constantFrom(EXPLICIT_LITTLE, IMPLICIT_LITTLE, EXPLICIT_BIG, DEFLATED_LITTLE),
        fc.array(fc.nat(4000), { maxLength: 12 }),
        fc.uint8Array({ maxLength: 20 }),
        fc.constantFrom(64 * MIB, 600),
        async (more, transferSyntax, at, trailing, limit) => {
          const limits = { limit, hardLimit: 1000 * MIB };
          const bytes = writeDicom({ transferSyntax, elements: [...head, ...more], trailing });
          const whole = await elide(bytes, [], limits);
          const pieces = await elide(bytes, at, limits);
          expect({ ...pieces, bytes: Buffer.from(pieces.bytes) }).toEqual({ ...whole, bytes: Buffer.from(whole.bytes) });
          if (whole.inflated === undefined) check(bytes, whole);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.array(fc.nat(400)), fc.boolean(), async (bytes, at, dicom) => {
        const body = dicom ? Buffer.concat([writeDicom({ elements: head }), bytes]) : bytes;
        check(body, await elide(body, at));
      }),
      { numRuns: 500 },
    );
  });
});

function mark(number: number, length: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt16LE(0xfffe, 0);
  bytes.writeUInt16LE(number, 2);
  bytes.writeUInt32LE(length, 4);
  return bytes;
}

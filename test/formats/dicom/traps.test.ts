import { once } from 'node:events';
import { createDeflateRaw } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type DicomElement, element, writeDataSet, writeDicom } from '../../../src/demo/dicom/write.ts';
import { DEFLATED_LITTLE, EXPLICIT_LITTLE, IMPLICIT_LITTLE } from '../../../src/formats/dicom/transfer-syntax.ts';
import { checkObject, codes, dataValues, object } from './support.ts';

const MIB = 1024 * 1024;
const NAME = element('(0010,0010)', 'PN', 'DOE^JANE');
const HEADER = (transferSyntax: string): Buffer => writeDicom({ transferSyntax, elements: [] });
const UNDEFINED = [0xff, 0xff, 0xff, 0xff];
const OPEN_ITEM = [0xfe, 0xff, 0x00, 0xe0, ...UNDEFINED];

/** A raw deflate stream of `before` and `size` zeros, made piece by piece. */
async function bomb(before: Uint8Array, size: number): Promise<Buffer> {
  const deflate = createDeflateRaw({ level: 9 });
  const pieces: Buffer[] = [];
  deflate.on('data', (piece: Buffer) => pieces.push(piece));
  const ended = once(deflate, 'end');
  deflate.write(before);
  const zeros = new Uint8Array(MIB);
  for (let at = 0; at < size; at += MIB) if (!deflate.write(zeros)) await once(deflate, 'drain');
  deflate.end();
  await ended;
  return Buffer.concat(pieces);
}

describe('traps', () => {
  it('a deflated data set of 600 MiB: its beginning is read, the rest is not examined', async () => {
    const head = writeDataSet([NAME, element('(0040,A160)', 'UT', '')], EXPLICIT_LITTLE);
    head.writeUInt32LE(600 * MIB, head.length - 4);
    const stream = await bomb(head, 600 * MIB);
    const header = HEADER(DEFLATED_LITTLE).subarray(0, -2);
    const bytes = Buffer.concat([header, stream]);
    expect(stream.length).toBeLessThan(MIB);
    const parsed = object(bytes);
    expect(dataValues(parsed)).toEqual(['(0010,0010)=DOE^JANE']);
    expect(codes(parsed)).toEqual(['dicom.deflate', 'dicom.truncated']);
    checkObject(parsed, bytes.length);
    expect(parsed.coverage.unexamined).toMatchObject([{ end: bytes.length, reason: 'deflate-cap' }]);
  });

  it.each([
    ['20,000 sequences of undefined length', 20_000],
    ['200,000', 200_000],
  ])('%s one in the other', (_, depth) => {
    const sequence = Buffer.from([0x40, 0x00, 0x30, 0xa7, 0x53, 0x51, 0, 0, ...UNDEFINED, ...OPEN_ITEM]);
    const ends = Buffer.from([0xfe, 0xff, 0x0d, 0xe0, 0, 0, 0, 0, 0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0]);
    const inner = writeDataSet([NAME], EXPLICIT_LITTLE);
    const after = writeDataSet([element('(0040,DB00)', 'CS', 'AFTER')], EXPLICIT_LITTLE);
    const nested = [Buffer.alloc(depth * sequence.length, sequence), inner, Buffer.alloc(depth * ends.length, ends)];
    const bytes = Buffer.concat([HEADER(EXPLICIT_LITTLE), ...nested, after]);
    const parsed = object(bytes);
    const [deep = '', last = ''] = dataValues(parsed);
    expect(deep.endsWith('.(0010,0010)=DOE^JANE')).toBe(true);
    expect(deep.length).toBeLessThan(2000);
    expect(last).toBe('(0040,DB00)=AFTER');
    expect(codes(parsed)).toEqual(['dicom.depth']);
    checkObject(parsed, bytes.length);
  });

  it('5,000 private sequences sent as UN, one in the other', () => {
    let inner = writeDataSet([NAME], IMPLICIT_LITTLE);
    for (let depth = 0; depth < 5000; depth++) {
      const head = Buffer.from([0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0]);
      head.writeUInt32LE(inner.length, 4);
      const value = [head, inner];
      const implicit = Buffer.from([0x09, 0x00, 0x01, 0x10, 0, 0, 0, 0]);
      implicit.writeUInt32LE(inner.length + 8, 4);
      inner = Buffer.concat([implicit, ...value]);
    }
    const bytes = Buffer.concat([HEADER(IMPLICIT_LITTLE), inner]);
    const parsed = object(bytes);
    expect(dataValues(parsed)[0]?.endsWith('(0010,0010)=DOE^JANE')).toBe(true);
    checkObject(parsed, bytes.length);
  });

  it.each([0xfffffffe, 0xfffffff0, 0x80000000, 0x7fffffff])('a length of %i in every place that has one', (length) => {
    const nested = element('(0040,A730)', 'SQ', [[NAME]]);
    const pixels: DicomElement = element('(7FE0,0010)', 'OW', new Uint8Array(8));
    const bytes = writeDicom({ transferSyntax: IMPLICIT_LITTLE, elements: [nested, pixels] });
    for (let at = 132; at + 4 <= bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed.writeUInt32LE(length, at);
      checkObject(object(changed), changed.length);
    }
    const sequence = Buffer.from(bytes);
    sequence.writeUInt32LE(length, sequence.indexOf(Buffer.from([0xfe, 0xff, 0x00, 0xe0])) - 4);
    expect(dataValues(object(sequence))).toContain('(0040,A730).(0010,0010)=DOE^JANE');
  });

  it.each([
    ['empty items', Buffer.from([0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0])],
    [
      'elements in falling order',
      Buffer.from([0x10, 0, 0x20, 0, 0x4c, 0x4f, 2, 0, 0x41, 0x42, 0x10, 0, 0x10, 0, 0x50, 0x4e, 2, 0, 0x41, 0x42]),
    ],
    ['backslashes', Buffer.from('\\')],
    ['delimiters', Buffer.from([0xfe, 0xff, 0x0d, 0xe0, 0, 0, 0, 0])],
    ['pixel data', Buffer.from([0xe0, 0x7f, 0x10, 0, 0x4f, 0x42, 0, 0, 2, 0, 0, 0, 1, 2])],
    ['made-up private elements', Buffer.from([0x09, 0, 0x01, 0x10, 0x4c, 0x4f, 2, 0, 0x41, 0x42])],
    ['sequences that end before they begin', Buffer.from([0x40, 0, 0x30, 0xa7, 0x53, 0x51, 0, 0, 0, 0, 0, 0])],
    ['zeros', Buffer.alloc(16)],
  ])('two megabytes of %s', (_, piece) => {
    const filler = Buffer.alloc(2 * MIB - ((2 * MIB) % piece.length), piece);
    const sequence = Buffer.from([0x40, 0x00, 0x30, 0xa7, 0x53, 0x51, 0, 0, ...UNDEFINED]);
    for (const before of [Buffer.alloc(0), sequence, writeDataSet([element('(0040,A160)', 'UT', '')], EXPLICIT_LITTLE)]) {
      const bytes = Buffer.concat([HEADER(EXPLICIT_LITTLE), before, filler]);
      if (before.length === 12 && before !== sequence) bytes.writeUInt32LE(filler.length, bytes.length - filler.length - 4);
      const parsed = object(bytes);
      checkObject(parsed, bytes.length);
      expect(parsed.coverage.unexamined.length).toBeLessThanOrEqual(1000);
      expect(parsed.problems.length).toBeLessThanOrEqual(100);
    }
  });

  it('noise in binary: few leaves for many bytes', () => {
    let state = 1;
    const noise = Uint8Array.from({ length: 4 * MIB }, () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return state >>> 24;
    });
    const bytes = writeDicom({ elements: [element('(0009,1001)', 'OB', noise)] });
    const parsed = object(bytes);
    expect(parsed.leaves.count).toBeLessThan(noise.length / 25);
    checkObject(parsed, bytes.length);
  });
});

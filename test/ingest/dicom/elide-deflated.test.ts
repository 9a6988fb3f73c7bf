import { randomBytes } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type DicomElement, element, writeDataSet, writeDicom } from '../../../src/demo/dicom/write.ts';
import { DEFLATED_LITTLE, EXPLICIT_LITTLE } from '../../../src/formats/dicom/transfer-syntax.ts';
import { check, elide, head, MIB, PIXELS, padding, patient, pixels, sha, spanOf, without } from '../../support/elide.ts';

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

  test('that inflates past the limit stays as it came', async () => {
    const bytes = deflated([...head, element('(0010,4000)', 'UT', 'y'.repeat(20_000))]);
    const collected = await elide(bytes, [], { limit: 1000, hardLimit: 200_000 });
    expect(Buffer.from(collected.bytes).equals(bytes)).toBe(true);
    expect(collected.inflated).toBeUndefined();
    expect(collected.elided).toEqual([]);
  });

  test('that inflates past the cap stays as it came', async () => {
    const bomb = Buffer.concat([deflated(head).subarray(0, start), deflateRawSync(Buffer.alloc(257 * MIB), { level: 1 })]);
    const collected = await elide(bomb);
    expect(collected.inflated).toBeUndefined();
    expect(Buffer.compare(collected.bytes, bomb)).toBe(0);
  });
});

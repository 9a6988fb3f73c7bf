import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DicomElement, element, writeDataSet, writeDicom } from '../../../src/demo/dicom/write.ts';
import { DEFLATED_LITTLE, EXPLICIT_BIG, EXPLICIT_LITTLE, IMPLICIT_LITTLE } from '../../../src/formats/dicom/transfer-syntax.ts';
import { createCollector } from '../../../src/ingest/collect.ts';
import { createElider } from '../../../src/ingest/dicom/elide.ts';
import { check, elide, head, LIMITS, MIB, PIXELS, padding, patient, pixels, sha, spanOf } from '../../support/elide.ts';

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

  test('bytes that are no DICOM are what a collector makes of them, at every chunk', async () => {
    const chunks = fc.array(fc.uint8Array({ maxLength: 100 }), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(
        chunks,
        fc.integer({ min: 1, max: 300 }),
        fc.nat(300),
        async ([first = new Uint8Array(0), ...rest], limit, more) => {
          const limits = { limit, hardLimit: limit + more };
          const elider = createElider(limits);
          const collector = createCollector(limits);
          // No group 0002 or 0008 in either byte order.
          for (const chunk of [Uint8Array.of(0x4d), first, ...rest]) {
            elider.add(chunk);
            collector.add(chunk);
            expect([elider.held, elider.total]).toEqual([collector.held, collector.total]);
          }
          const [collected, expected] = [await elider.take(), collector.take()];
          expect({ ...collected, bytes: Buffer.from(collected.bytes) }).toEqual({
            ...expected,
            bytes: Buffer.from(expected.bytes),
          });
        },
      ),
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

import { constants, deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inflateRaw } from '../../../src/formats/dicom/inflate.ts';

const CAP = 1 << 20;
const chunk = fc.oneof(
  fc.uint8Array({ maxLength: 2000 }),
  fc.tuple(fc.string({ maxLength: 20 }), fc.nat(200)).map(([text, times]) => new Uint8Array(Buffer.from(text.repeat(times)))),
);
const input = fc.array(chunk, { maxLength: 6 }).map((chunks) => Buffer.concat(chunks));
const options = fc.record({
  level: fc.integer({ min: 0, max: 9 }),
  strategy: fc.constantFrom(constants.Z_DEFAULT_STRATEGY, constants.Z_HUFFMAN_ONLY, constants.Z_RLE, constants.Z_FIXED),
});

describe('inflateRaw', () => {
  it('gives back what zlib deflated, and how far the stream goes', () => {
    fc.assert(
      fc.property(input, options, fc.uint8Array({ maxLength: 20 }), (bytes, how, after) => {
        const stream = deflateRawSync(bytes, how);
        const inflated = inflateRaw(Buffer.concat([stream, after]), CAP);
        expect(inflated.outcome).toBe('complete');
        expect(inflated.consumed).toBe(stream.length);
        expect(inflated.bytes.equals(bytes)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('gives the beginning of what is over the cap or cut off', () => {
    fc.assert(
      fc.property(input, options, fc.nat(3000), fc.nat(3000), (bytes, how, cap, cut) => {
        const stream = deflateRawSync(bytes, how);
        const capped = inflateRaw(stream, cap);
        expect(capped.outcome).toBe(bytes.length > cap ? 'cap' : 'complete');
        expect(capped.bytes.equals(bytes.subarray(0, cap))).toBe(true);
        const short = inflateRaw(stream.subarray(0, Math.min(cut, stream.length - 1)), CAP);
        expect(short.outcome).toBe('broken');
        expect(short.bytes.equals(bytes.subarray(0, short.bytes.length))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('takes noise for a broken stream, whatever it holds', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
        const { consumed, bytes } = inflateRaw(noise, 4096);
        expect(consumed).toBeLessThanOrEqual(noise.length);
        expect(bytes.length).toBeLessThanOrEqual(4096);
      }),
      { numRuns: 2000 },
    );
  });

  it('gives up on blocks without end', () => {
    // A stored block of no bytes, not the last one.
    const empty = Buffer.from([0, 0, 0, 0xff, 0xff]);
    const { outcome, bytes } = inflateRaw(Buffer.concat(Array.from({ length: 300_000 }, () => empty)), CAP);
    expect([outcome, bytes.length]).toEqual(['cap', 0]);
  });

  it.each([
    ['a reserved block type', [0x07]],
    ['a length that its complement denies', [0x01, 0x01, 0x00, 0x00, 0x00]],
    ['a distance before the beginning', [0x03, 0x02]],
    ['nothing', []],
  ])('says that %s is broken', (_, bytes) => {
    expect(inflateRaw(Uint8Array.from(bytes), CAP).outcome).toBe('broken');
  });
});

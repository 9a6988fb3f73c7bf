import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteTable } from '../../../src/formats/charset.ts';
import { textReaderOf } from '../../../src/formats/dicom/charset.ts';
import { utf8 } from '../support.ts';

const TERMS = [
  '',
  'ISO 2022 IR 6',
  'ISO_IR 6',
  'ISO_IR 192',
  'GB18030',
  'GBK',
  ...[13, 58, 87, 149, 159].map((n) => `ISO 2022 IR ${n}`),
];
const terms = fc.array(
  fc.oneof(
    fc.constantFrom(...TERMS, ...[100, 101, 109, 110, 126, 127, 138, 144, 148, 166, 203].map((n) => `ISO_IR ${n}`)),
    fc.string(),
  ),
  {
    maxLength: 3,
  },
);
const vrs = fc.constantFrom('PN', 'LO', 'LT', 'UT', 'CS', 'UN');
const ESCAPES = ['(B', '(J', '(I', ')I', '$B', '$@', '$(D', '$)C', '$)A', '$A', '-A', '-L', '-T', '(Z', '$', ''].map(
  (end) => `\x1b${end}`,
);
const piece = fc.oneof(
  fc.constantFrom(...ESCAPES, '\\', '^', '=', '\r\n', '123-45-6789'),
  fc.uint8Array({ maxLength: 6 }),
  fc.string({ unit: 'grapheme', maxLength: 4 }),
);
const anyBytes = fc
  .array(piece, { maxLength: 12 })
  .map((pieces) =>
    Uint8Array.from(Buffer.concat(pieces.map((one) => (typeof one === 'string' ? Buffer.from(one) : Buffer.from(one))))),
  );

/** Texts whose characters a single-byte set has, with their bytes. */
function encodable(number: number, label: string): fc.Arbitrary<{ term: string; bytes: Uint8Array }> {
  const high = byteTable(label).flatMap((character, byte) => (byte >= 0xa0 && character.charCodeAt(0) > 0xff ? [byte] : []));
  const byte = fc.oneof(fc.constantFrom(...high), fc.integer({ min: 0x20, max: 0x7e }));
  return fc.array(byte, { maxLength: 30 }).map((bytes) => ({ term: `ISO_IR ${number}`, bytes: Uint8Array.from(bytes) }));
}

const chinese = fc
  .array(
    fc.oneof(
      fc.tuple(fc.integer({ min: 0xb0, max: 0xd6 }), fc.integer({ min: 0xa1, max: 0xfe })),
      fc.tuple(fc.integer({ min: 0x20, max: 0x7e })),
    ),
    { maxLength: 30 },
  )
  .map((pairs) => ({ term: 'GB18030', bytes: Uint8Array.from(pairs.flat()) }));
const anyUtf8 = fc.uint8Array({ maxLength: 40 }).map((bytes) => ({ term: 'ISO_IR 192', bytes }));
const text = fc.string({ unit: 'grapheme' }).map((value) => ({ term: 'ISO_IR 192', bytes: utf8(value) }));

describe('properties', () => {
  it('never throws, and covers every byte of any value in order', () => {
    fc.assert(
      fc.property(terms, vrs, anyBytes, fc.nat(3), (declared, vr, bytes, start) => {
        const reader = textReaderOf(declared);
        const from = Math.min(start, bytes.length);
        const value = reader.text(bytes, from, bytes.length, vr);
        const at = (offset: number, up: boolean) => reader.byteAt(bytes, from, bytes.length, vr, offset, up) ?? Number.NaN;
        expect(at(0, false)).toBe(from);
        expect(at(value.length, false)).toBe(value === '' ? from : bytes.length);
        for (let offset = 1; offset <= value.length; offset++) {
          expect(at(offset, false)).toBeGreaterThanOrEqual(at(offset - 1, false));
          expect(at(offset, true)).toBeGreaterThan(at(offset - 1, false));
          expect(at(offset, true)).toBeGreaterThanOrEqual(at(offset - 1, true));
        }
        expect(reader.byteAt(bytes, from, bytes.length, vr, value.length + 1, false)).toBeNull();
        for (const split of reader.splitValues(bytes, from, bytes.length, vr)) expect(bytes[split]).toBe(0x5c);
      }),
      { numRuns: 500 },
    );
  });

  it('finds the same offsets in any order', () => {
    fc.assert(
      fc.property(terms, vrs, anyBytes, fc.array(fc.nat(40)), fc.boolean(), (declared, vr, bytes, offsets, up) => {
        const asked = textReaderOf(declared);
        for (const offset of offsets) {
          const fresh = textReaderOf(declared).byteAt(bytes, 0, bytes.length, vr, offset, up);
          expect(asked.byteAt(bytes, 0, bytes.length, vr, offset, up)).toBe(fresh);
        }
      }),
    );
  });

  it.each([
    ['ISO_IR 144', encodable(144, 'iso-8859-5')],
    ['ISO_IR 126', encodable(126, 'iso-8859-7')],
    ['ISO_IR 13', encodable(13, 'shift_jis')],
    ['GB18030', chinese],
    ['UTF-8', text],
    ['bytes said to be UTF-8', anyUtf8],
  ])('reads the parts of a text in %s as the text', (_, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, fc.array(fc.nat(60)), ({ term, bytes }, offsets) => {
        const reader = textReaderOf([term]);
        const whole = reader.text(bytes, 0, bytes.length, 'LO');
        const cuts = offsets.filter((offset) => offset <= whole.length).sort((a, b) => a - b);
        const marks = [0, ...cuts.map((cut) => reader.byteAt(bytes, 0, bytes.length, 'LO', cut, false) ?? 0), bytes.length];
        const parts = marks.slice(1).map((mark, at) => reader.text(bytes, marks[at] ?? 0, mark, 'LO'));
        expect(parts.join('')).toBe(whole);
      }),
    );
  });

  it('reads every text that UTF-8 can carry, whatever single-byte Latin set was declared', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('', 'ISO_IR 6', 'ISO_IR 100', 'ISO_IR 148', 'nonsense'),
        fc.string({ unit: 'grapheme' }),
        (term, value) => {
          fc.pre(!value.includes('\x1b'));
          const bytes = utf8(value);
          expect(textReaderOf([term]).text(bytes, 0, bytes.length, 'LO')).toBe(value);
        },
      ),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openSplice, originAfter, originOf, piecesOf } from '../../../src/formats/dicom/splice.ts';
import { splice } from './support.ts';

const SIZE = 60;
const spans = fc
  .uniqueArray(fc.nat(SIZE), { maxLength: 8 })
  .map((edges) => edges.sort((a, b) => a - b))
  .map((edges) =>
    edges.flatMap((start, at) =>
      at % 2 === 0 && edges[at + 1] !== undefined ? [{ start, end: edges[at + 1] ?? 0, reason: 'x' }] : [],
    ),
  );

describe('a body with bytes left out', () => {
  it('knows where each byte was', () => {
    fc.assert(
      fc.property(spans, (elided) => {
        const original = Uint8Array.from({ length: SIZE }, (_, at) => at);
        const body = splice(original, elided);
        const opened = openSplice(body);
        expect(opened.size).toBe(SIZE);
        body.bytes.forEach((byte, kept) => {
          expect([originOf(opened, kept), originAfter(opened, kept + 1)]).toEqual([byte, byte + 1]);
        });
        const there = piecesOf(opened, 0, body.bytes.length).flatMap(({ start, end }) => [...original.subarray(start, end)]);
        expect(there).toEqual([...body.bytes]);
      }),
    );
  });

  it('takes spans that cannot be for what they can mean', () => {
    const { gaps, size, gapAt } = openSplice({
      bytes: new Uint8Array(10),
      elided: [
        { start: 50, end: 60, reason: 'b' },
        { start: 4, end: 6, reason: 'a' },
        { start: 5, end: 8, reason: 'a' },
        { start: 3, end: 3, reason: 'c' },
      ],
    });
    expect(gaps.map(({ start, end }) => [start, end])).toEqual([
      [4, 6],
      [6, 8],
      [14, 24],
    ]);
    expect([size, gapAt]).toEqual([24, [4, 4, 10]]);
  });
});

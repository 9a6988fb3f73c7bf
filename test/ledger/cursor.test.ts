import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cursorOf, readCursor } from '../../src/ledger/cursor.ts';

it('gives back the place that it was made of', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer(), fc.string(), (rank, at, id) => {
      expect(readCursor(cursorOf(rank, at, id), 2)).toEqual([rank, at, id]);
      expect(readCursor(cursorOf(at, id), 1)).toEqual([at, id]);
    }),
  );
});

it('refuses any text that is no cursor', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(() => readCursor(text, 1)).toThrow(expect.objectContaining({ code: 'usage' }));
    }),
  );
});

it.each([
  cursorOf(1, 2, 'x'),
  cursorOf('x'),
  Buffer.from('["1","x"]').toString('base64url'),
  Buffer.from('[1,2]').toString('base64url'),
])('refuses a place of another list: %s', (cursor) => {
  expect(() => readCursor(cursor, 1)).toThrow(expect.objectContaining({ code: 'usage' }));
});

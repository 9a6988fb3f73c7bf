import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lastBefore } from '../../src/formats/last-before.ts';

it('finds the last number that is no greater, as looking at each of them does', () => {
  const numbers = fc.array(fc.integer({ min: -20, max: 20 }), { maxLength: 30 }).map((all) => all.toSorted((a, b) => a - b));
  fc.assert(
    fc.property(numbers, fc.integer({ min: -25, max: 25 }), (rising, value) => {
      expect(lastBefore(rising, rising.length, value)).toBe(rising.findLastIndex((number) => number <= value));
    }),
  );
});

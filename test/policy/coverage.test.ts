import fc from 'fast-check';
import { expect, it } from 'vitest';
import { OUTCOMES } from '../../src/core/evidence.ts';
import { coverageBy, coverageOf } from '../../src/policy/coverage.ts';

const tallies = fc.array(
  fc.record({ outcome: fc.constantFrom(...OUTCOMES), rows: fc.nat(1000), target: fc.constantFrom('a', 'b', 'c') }),
);
const one = (outcome: (typeof OUTCOMES)[number]) => ({ outcome, rows: 1, target: 'a' });

it('is null where nothing was asked that applies', () => {
  expect(coverageOf([]).coverage).toBeNull();
  expect(coverageOf([{ outcome: 'not_applicable', rows: 3 }]).coverage).toBeNull();
  expect(coverageOf([one('proven'), one('failed'), one('unknown'), one('claimed'), one('not_applicable')])).toEqual({
    counts: { proven: 1, failed: 1, unknown: 1, claimed: 1, not_applicable: 1 },
    coverage: 0.25,
  });
});

it('lies between 0 and 1, and is 1 only where all is proven', () => {
  fc.assert(
    fc.property(tallies, (rows) => {
      const { counts, coverage } = coverageOf(rows);
      if (coverage === null) expect(counts.proven + counts.failed + counts.unknown + counts.claimed).toBe(0);
      else {
        expect(coverage).toBeGreaterThanOrEqual(0);
        expect(coverage).toBeLessThanOrEqual(1);
        expect(coverage === 1).toBe(counts.failed + counts.unknown + counts.claimed === 0);
      }
    }),
  );
});

it('never sinks by a proof, never rises by anything else, and does not see what does not apply', () => {
  fc.assert(
    fc.property(tallies, fc.constantFrom('failed' as const, 'unknown' as const, 'claimed' as const), (rows, bad) => {
      const before = coverageOf(rows).coverage ?? 0;
      expect(coverageOf([...rows, one('proven')]).coverage ?? -1).toBeGreaterThanOrEqual(before);
      expect(coverageOf([...rows, one(bad)]).coverage ?? 2).toBeLessThanOrEqual(before);
      expect(coverageOf([...rows, one('not_applicable')]).coverage).toBe(coverageOf(rows).coverage);
    }),
  );
});

it('of groups lies around that of the whole, and leaves out what has no name', () => {
  fc.assert(
    fc.property(tallies, (rows) => {
      const groups = [...coverageBy(rows, ({ target }) => target).values()].flatMap(({ coverage }) => coverage ?? []);
      const { coverage } = coverageOf(rows);
      if (coverage === null) expect(groups).toEqual([]);
      else {
        expect(Math.min(...groups)).toBeLessThanOrEqual(coverage);
        expect(Math.max(...groups)).toBeGreaterThanOrEqual(coverage);
      }
    }),
  );
  expect([...coverageBy([one('proven')], () => null)]).toEqual([]);
});

import { expect, it } from 'vitest';
import { sparingly } from '../../src/core/sparingly.ts';

it('tells of what comes with each message at once, and then every ten seconds at most, with how often it came', () => {
  let now = 1_000;
  const told: [string, number][] = [];
  const failed = sparingly(
    () => now,
    (reason, times) => told.push([reason, times]),
  );
  for (let each = 0; each < 100; each++) failed('away');
  expect(told).toEqual([['away', 1]]);
  now += 9_999;
  failed('away');
  expect(told).toHaveLength(1);
  now += 1;
  failed('still away');
  expect(told).toEqual([
    ['away', 1],
    ['still away', 101],
  ]);
});

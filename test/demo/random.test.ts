import { describe, expect, test } from 'vitest';
import { createRandom } from '../../src/demo/random.ts';

const draw = (seed: number, name: string): number[] => {
  const random = createRandom(seed, name);
  return Array.from({ length: 50 }, () => random.int(0, 999));
};

describe('the same seed and name give the same choices', () => {
  test('and another seed or name others', () => {
    expect(draw(1, 'lab')).toEqual(draw(1, 'lab'));
    expect(draw(1, 'lab')).not.toEqual(draw(2, 'lab'));
    expect(draw(1, 'lab')).not.toEqual(draw(1, 'adt'));
  });

  test('spread over the range, both ends included', () => {
    const random = createRandom(7, 'spread');
    const counts = new Map<number, number>();
    for (let round = 0; round < 6000; round++) {
      const value = random.int(1, 6);
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual([1, 2, 3, 4, 5, 6]);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  test('nothing can be picked from an empty list', () => {
    expect(() => createRandom(1, 'empty').pick([])).toThrow(RangeError);
  });
});

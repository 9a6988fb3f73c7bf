import { expect, it } from 'vitest';
import { isMetSmall, meetSmall, newReading } from '../../../src/detect/names/small-words.ts';

it('tells words of one message, and nothing of the message before', () => {
  const first = newReading();
  meetSmall(first, 77);
  expect([isMetSmall(first, 77), isMetSmall(first, 78)]).toEqual([true, false]);
  const second = newReading();
  expect(isMetSmall(second, 77)).toBe(false);
  meetSmall(second, 78);
  expect([isMetSmall(second, 77), isMetSmall(second, 78)]).toEqual([false, true]);
});

it('takes two words that share a slot for each other, so that a name is looked for too seldom rather than too often', () => {
  const reading = newReading();
  meetSmall(reading, 5);
  expect(isMetSmall(reading, 5 + (1 << 15))).toBe(true);
});

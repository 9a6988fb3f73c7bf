import { describe, expect, it } from 'vitest';
import { count, counted, day, exact, POLICY_WORDS, REMEDY_WORDS, relative } from '../../src/review/words.ts';

const NOW = Date.UTC(2026, 10, 24, 12);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('relative', () => {
  it.each([
    [0, 'just now'],
    [59_999, 'just now'],
    [MINUTE, '1 minute ago'],
    [59 * MINUTE, '59 minutes ago'],
    [HOUR, '1 hour ago'],
    [47 * HOUR, '47 hours ago'],
    [48 * HOUR, '2 days ago'],
    [2000 * 24 * HOUR, '2,000 days ago'],
    [-3 * 24 * HOUR, 'in 3 days'],
  ])('%i ms before → %s', (before, text) => {
    expect(relative(NOW - before, NOW)).toBe(text);
  });
});

it('writes exact times, days and numbers', () => {
  expect(exact(NOW + 1500)).toBe('2026-11-24 12:00:01 UTC');
  expect(day(NOW)).toBe('2026-11-24');
  expect(count(1_234_567)).toBe('1,234,567');
  expect([counted(1, 'policy', 'policies'), counted(0, 'message')]).toEqual(['1 policy', '0 messages']);
});

it('ends every explanation with a full stop', () => {
  for (const text of [...Object.values(POLICY_WORDS), ...Object.values(REMEDY_WORDS)]) expect(text).toMatch(/^[A-Z].*\.$/);
});

import { describe, expect, it } from 'vitest';
import { hourOf } from '../../src/review/badges.ts';
import {
  count,
  counted,
  day,
  exact,
  POLICY_WORDS,
  patientCount,
  patientWords,
  REMEDY_WORDS,
  relative,
} from '../../src/review/words.ts';

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

it('does not take patients that nobody named for none', () => {
  expect([patientCount(1204, true), patientCount(0, true), patientCount(0, false)]).toEqual(['1,204', '?', '0']);
  expect([patientWords(1, true), patientWords(0, true), patientWords(0, false)]).toEqual([
    '1 patient',
    'number of patients not known',
    '0 patients',
  ]);
});

it.each([
  [0, 'this hour'],
  [59 * MINUTE, 'this hour'],
  [HOUR, 'within 2 hours'],
  [2 * HOUR - MINUTE, 'within 2 hours'],
  [2 * HOUR, '2 hours ago'],
  [50 * HOUR, '2 days ago'],
])('says of a time that is known to the hour, %i ms before: %s', (before, text) => {
  const said = hourOf(NOW - before, NOW).toString();
  expect(said).toContain(`>${text}</time>`);
  expect(said).toContain(`title="in the hour from ${exact(NOW - before)}"`);
});

it('ends every explanation with a full stop', () => {
  for (const text of [...Object.values(POLICY_WORDS), ...Object.values(REMEDY_WORDS)]) expect(text).toMatch(/^[A-Z].*\.$/);
});

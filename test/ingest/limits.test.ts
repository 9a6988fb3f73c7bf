import { expect, test } from 'vitest';
import { checkedLimits, createInFlight, createVaultQuota } from '../../src/ingest/limits.ts';

test('in-flight bytes are taken whole or not at all', () => {
  const inFlight = createInFlight(100);
  expect(inFlight.take(60)).toBe(true);
  expect(inFlight.take(41)).toBe(false);
  expect(inFlight.take(40)).toBe(true);
  expect(inFlight.bytes).toBe(100);
  inFlight.give(60);
  expect(inFlight.take(60)).toBe(true);
});

test('the quota counts from the last measurement', () => {
  const quota = createVaultQuota(100);
  expect(quota.exceeded()).toBe(false);
  quota.measured(50);
  quota.add(50);
  expect(quota.exceeded()).toBe(true);
  quota.measured(10);
  expect(quota.exceeded()).toBe(false);
});

test.each([
  [0, 10, /CORDON_LIMIT/],
  [1.5, 10, /CORDON_LIMIT/],
  [10, 9, /CORDON_HARD_LIMIT/],
])('limits %d and %d are refused', (limit, hardLimit, message) => {
  expect(() => checkedLimits({ limit, hardLimit })).toThrow(message);
});

test('limits in order pass', () => {
  expect(checkedLimits({ limit: 10, hardLimit: 10 })).toEqual({ limit: 10, hardLimit: 10 });
});

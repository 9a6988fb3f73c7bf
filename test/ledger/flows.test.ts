import { expect, it } from 'vitest';
import { dayOf, flowName, hourOf } from '../../src/ledger/flows.ts';
import { DAY, FLOW, HOUR, NOON } from './rows.ts';

it('counts by whole UTC hours and days', () => {
  expect(hourOf(NOON)).toBe(NOON);
  expect(hourOf(NOON + HOUR - 1)).toBe(NOON);
  expect(dayOf(NOON)).toBe(NOON - 12 * HOUR);
  expect(dayOf(NOON + DAY)).toBe(NOON + 12 * HOUR);
});

it('names a flow by its policy, or by what was observed', () => {
  expect(flowName(FLOW)).toBe('lab-registry');
  expect(flowName({ ...FLOW, policy: null })).toBe(FLOW.key);
});

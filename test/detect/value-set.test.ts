import { expect, it } from 'vitest';
import { holdsLeaf, holdsText, valueSet } from '../../src/detect/value-set.ts';
import { message } from '../support/rules.ts';

/** Whether the set holds the second field of a segment that says so. */
function holds(values: readonly string[], text: string): boolean {
  const { leaves } = message(`ZZZ|1|${text}`);
  return holdsLeaf(valueSet(values), leaves, leaves.count - 1);
}

it.each([
  [['MR', 'unknown'], 'mr', true],
  [['MR', 'unknown'], ' Unknown ', true],
  [['MR', 'unknown'], 'UNKNOWN.', false],
  [['MR', 'unknown'], 'unknow', false],
  [['N/A'], 'n/a', true],
  [['N/A'], 'NOA', false],
  [['[X]'], '{x}', false],
  [['MR'], '\\X4D\\R', true],
  [['MÜLLER'], 'müller', true],
  [[' X'], ' X', true],
  [[' X'], 'X', false],
  [[''], ' ', true],
  [[], 'MR', false],
])('%j holds %j: %s', (values, text, expected) => {
  expect(holds(values, text)).toBe(expected);
});

it('says the same of a text', () => {
  expect(holdsText(valueSet(['mr']), ' Mr ')).toBe(true);
  expect(holdsText(valueSet(['mr']), 'Mrs')).toBe(false);
});

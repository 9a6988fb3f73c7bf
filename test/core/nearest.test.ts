import { expect, test } from 'vitest';
import { nearest } from '../../src/core/nearest.ts';

const KNOWN = ['port', 'certificate', 'key', 'hardLimit'];

test.each([
  ['prot', 'port'],
  ['Port', 'port'],
  ['certifcate', 'certificate'],
  ['hardlimit', 'hardLimit'],
  ['hard-limit', 'hardLimit'],
  ['kez', 'key'],
  ['kzz', null],
  ['ca', null],
  ['retention', null],
  ['', null],
])('%s is probably %s', (word, meant) => {
  expect(nearest(word, KNOWN)).toBe(meant);
});

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { GENERATED } from '../../scripts/generate-docs.ts';
import { parseConfig } from '../../src/config-read.ts';

test.each(Object.entries(GENERATED))('%s is what the schema says (node scripts/generate-docs.ts writes it)', (path, make) => {
  expect(readFileSync(path, 'utf8')).toBe(make());
});

test('the example holds for a machine as it is, and with every # taken away', () => {
  const text = readFileSync('cordon.example.yaml', 'utf8');
  const bare = text
    .split('\n')
    .slice(3)
    .map((line) => line.replace(/^# /, ''))
    .join('\n');
  const [defaults, example] = [text, bare].map((each) => parseConfig({ file: { name: 'cordon.yaml', text: each }, env: {} }));
  expect(new Set(defaults?.origins.values())).toEqual(new Set(['default']));
  expect(new Set(example?.origins.values())).toEqual(new Set(['file']));
});

import { expect, it } from 'vitest';
import { compilePacks, type Ruleset } from '../../src/detect/compile.ts';
import { loadPacks } from '../../src/detect/load.ts';
import { detect } from '../../src/detect/scan.ts';
import { parseBody } from '../../src/formats/registry.ts';

const pack = (more: string): string => `name: site
version: 1.0.0
title: Names of a site
status: stable
references: [policy 7]
rules:
  - id: site.name
    title: Somebody's name
    category: name
    severity: high
    confidence: 0.9
    scope: {text: true}
    names: unknown
    ${more}
    samples: {match: ['Mrs. Okafor came'], noMatch: ['nobody came']}
`;

function found(text: string, more: string): string[] {
  return foundBy(compilePacks(loadPacks([{ file: 'site.yaml', text: pack(more) }])), text);
}

function foundBy(ruleset: Ruleset, text: string): string[] {
  return parseBody({ bytes: new TextEncoder().encode(text), elided: [] }).flatMap((parsed) =>
    detect(parsed, ruleset).matches.map(({ leaf, from, to }) => parsed.leaves.text(leaf).slice(from, to)),
  );
}

it('finds the names that are whose the rule asks for, and no others', () => {
  expect(found('Mrs. Okafor saw Dr. Lindqvist with her son Tobias Weller.', 'minLength: 6')).toEqual(['Okafor']);
});

it('leaves alone what a site says is none', () => {
  expect(found('Mrs. Okafor met Harry Potter.', "exclude: {values: ['harry potter']}")).toEqual(['Okafor']);
});

it('is refused beside a pattern', () => {
  expect(() => found('x', "pattern: 'x'")).toThrow(/"names" looks for what it knows; remove "pattern"/);
});

it('finds in a text that named nobody whomever another text names', () => {
  const ruleset = compilePacks(loadPacks([{ file: 'site.yaml', text: pack('minLength: 2') }]));
  const notes = (...lines: string[]): string => ['MSH|^~\\&|A', ...lines.map((line) => `NTE|1||${line}`)].join('\r');
  const line = 'the Okafor file';
  for (let times = 0; times < 3; times++) expect(foundBy(ruleset, notes(line))).toEqual([]);
  expect(foundBy(ruleset, notes('Mrs. Ngozi Okafor came', line))).toEqual(['Ngozi Okafor', 'Okafor']);
  expect(foundBy(ruleset, notes(line, 'Mrs. Ngozi Okafor came')).toSorted()).toEqual(['Ngozi Okafor', 'Okafor']);
  expect(foundBy(ruleset, notes(line))).toEqual([]);
});

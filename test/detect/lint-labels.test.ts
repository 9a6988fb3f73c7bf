import { expect, it } from 'vitest';
import { loadPacks } from '../../src/detect/load.ts';

const pack = (name: string, ...ids: string[]): string => `name: ${name}
version: 1.0.0
title: Labels of a site
status: stable
references: [policy 7]
labels:
${ids
  .map(
    (id) => `  - id: ${id}
    title: A label
    sensitivity: hiv
    scope: {paths: [DG1-3.1]}
    values: [B20]
    samples:
      match: [{hl7: 'DG1|1||B20'}]
      noMatch: [{hl7: 'DG1|1||I10'}]
`,
  )
  .join('')}`;

function errorsOf(...texts: string[]): string[] {
  try {
    loadPacks(texts.map((text, index) => ({ file: `p${index + 1}.yaml`, text })));
  } catch (error) {
    return error instanceof Error ? error.message.split('\n') : [];
  }
  return [];
}

it('tells two labels of one id, in a pack and across packs', () => {
  expect(errorsOf(pack('one', 'x.a', 'x.a'), pack('two', 'x.b', 'x.a'))).toEqual([
    'p1.yaml:15: label "x.a": there is one of this id already, at p1.yaml:7; rename one',
    'p2.yaml:15: label "x.a": there is one of this id already, at p1.yaml:7; rename one',
  ]);
  expect(errorsOf(pack('one', 'x.a', 'x.b'), pack('two', 'x.c'))).toEqual([]);
});

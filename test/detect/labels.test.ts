import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { loadPacks } from '../../src/detect/load.ts';
import { detect } from '../../src/detect/scan.ts';
import { message, shippedRules } from '../support/rules.ts';

const text = readFileSync('rules/packs/sensitivity.yaml', 'utf8');

it('says which sample of a label does not behave', () => {
  const broken = text.replace('DG1|1||B20^x^I10', 'DG1|1||B21^x^I10');
  expect(() => loadPacks([{ file: 'x.yaml', text: broken }])).toThrow(
    /x\.yaml:\d+: label "sensitivity\.hiv-diagnosis": does not label a sample that must match/,
  );
});

it.each([
  ['DG1|1||F11.20^Opioid dependence^I10', ['sud-part2']],
  ['DG1|1||F1120^Opioid dependence^I10', ['sud-part2']],
  ['DG1|1||F17.210^Nicotine dependence^I10', []],
  ['OBX|1|ST|7917-8^HIV 1 Ab^LN||Reactive', ['hiv']],
  ['NTE|1||Advised on HIV, methadone and pregnancy, F11.20', []],
  ['ORC|RE|||||||||||||||||||||||||||ETH^Alcohol/Drug treatment patient^HL70177', ['sud-part2']],
])('%s is %j', (segment, labels) => {
  expect(detect(message(segment), shippedRules()).sensitivities).toEqual(labels);
});

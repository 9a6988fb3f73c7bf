import { expect, it } from 'vitest';
import { checkProof } from '../../src/detect/lint-proof.ts';
import { packSchema } from '../../src/detect/pack.ts';
import { shippedPacks } from '../support/rules.ts';

function faults(over: Readonly<Record<string, unknown>>): string[] {
  const [rule] = packSchema.parse({
    name: 'site',
    version: '1.0.0',
    title: 'Rules of a site',
    status: 'stable',
    references: ['policy 7'],
    rules: [
      {
        id: 'x.code',
        title: 'A code',
        category: 'mrn',
        severity: 'high',
        confidence: 0.9,
        scope: { text: true },
        pattern: '\\d{10}',
        validate: ['nhs'],
        samples: { match: ['9434765919'], noMatch: ['9434765918'] },
        ...over,
      },
    ],
  }).rules;
  const said: string[] = [];
  if (rule !== undefined) checkProof(rule, (path, message) => said.push(`${path.join('.')}: ${message}`));
  return said;
}

it('does not let a check digit alone make a rule sure', () => {
  expect(faults({})).toEqual([
    'confidence: 0.9 for a number that only its check digit proves; give "context", "keywords", "when" or places, or a confidence below 0.9',
  ]);
  expect(faults({ confidence: 0.97, scope: { any: true } })).toHaveLength(1);
});

it.each<[string, Readonly<Record<string, unknown>>]>([
  ['that is less sure', { confidence: 0.89 }],
  ['near a word', { context: { words: ['nhs'] } }],
  ['in a text that has a word', { keywords: ['nhs'] }],
  ['where the message says so', { when: [{ at: '.5', in: ['NH'] }] }],
  ['in its field', { scope: { paths: ['PID-3.1'] } }],
  ['in a column', { scope: { columns: ['nhs number'] } }],
  ['in its field, without a pattern', { pattern: undefined, scope: { types: ['CX.1'] } }],
  ['whose validator knows a form and no check digit', { validate: ['ssn'] }],
])('lets be a number %s', (_what, over) => {
  expect(faults(over)).toEqual([]);
});

it('has nothing against the rules on devices and on the fields of HL7', () => {
  const own = shippedPacks().filter(({ name }) => name === 'devices' || name === 'hl7v2-phi-fields');
  expect(own).toHaveLength(2);
  for (const rule of own.flatMap(({ rules }) => rules))
    checkProof(rule, (_path, message) => expect.fail(`${rule.id}: ${message}`));
});

import { beforeAll, describe, expect, it } from 'vitest';
import { compilePacks, type Ruleset } from '../../src/detect/compile.ts';
import { detect } from '../../src/detect/scan.ts';
import { VALIDATORS } from '../../src/detect/validators/registry.ts';
import { parseBody } from '../../src/formats/registry.ts';
import { shippedPacks } from '../support/rules.ts';
import { NATIONAL_NUMBERS } from './national-numbers.ts';

describe('validators of national numbers', () => {
  it.each(NATIONAL_NUMBERS.flatMap(([name, cases]) => cases.map(([text, factor]) => ({ name, text, factor }))))(
    '$name: $text keeps $factor',
    ({ name, text, factor }) => {
      expect(VALIDATORS.get(name)?.(text)).toBe(factor);
    },
  );

  it('reject nearly all random numbers, or are used only near a word', () => {
    // A tenth of random numbers passes these, so no rule may trust them alone.
    for (const name of ['npi', 'nhs']) {
      const passed = Array.from({ length: 20_000 }, (_, i) => String(1_000_000_000 + i * 7919)).filter(
        (text) => VALIDATORS.get(name)?.(text) !== 0,
      ).length;
      expect(passed / 20_000).toBeGreaterThan(0.05);
      expect(passed / 20_000).toBeLessThan(0.12);
    }
  });
});

describe('identifiers in text', () => {
  let ruleset: Ruleset;
  beforeAll(() => {
    ruleset = compilePacks(shippedPacks());
  });

  function found(text: string): string[] {
    const bytes = new TextEncoder().encode(
      `MSH|^~\\&|A|B|C|D|20260102030405||ORU^R01|1|P|2.5.1|||||||UNICODE UTF-8\rOBX|1|TX|1^Note||${text}\r`,
    );
    return parseBody({ bytes, elided: [] }).flatMap((parsed) =>
      detect(parsed, ruleset)
        .matches.filter(({ rule }) => /^(?:us|eu|text|device)\./.test(rule))
        .map(({ rule, leaf, from, to }) => `${rule} ${parsed.leaves.text(leaf).slice(from, to)}`),
    );
  }

  it.each([
    ['SSN 999-22-1234', 'text.ssn 999-22-1234'],
    ['old card 078-05-1120', 'text.ssn 078-05-1120'],
    ['ITIN: 912-70-1234', 'us.itin 912-70-1234'],
    ['Medicare number 3KA7-WX2-GH54', 'us.mbi 3KA7-WX2-GH54'],
    ['NHS No: 943 476 5919 confirmed', 'eu.nhs 943 476 5919'],
    ['Numéro de sécurité sociale 255081416802538', 'eu.fr-nir 255081416802538'],
    ['FØDSELSNUMMER 15108695088', 'eu.no-fodselsnummer 15108695088'],
    ['Henkilötunnus: 131052-308T', 'eu.fi-hetu-context 131052-308T'],
    ['número de utente: 278104553', 'eu.pt-sns 278104553'],
    ['Versicherten-Nr.: a123456780', 'eu.de-kvnr a123456780'],
  ])('%s', (text, expected) => {
    expect(found(text)).toEqual([expected]);
  });

  it.each([
    // Ten digits that pass the NHS or the NPI check.
    'order 9434765919 received',
    'accession 1245319599',
    // Epochs.
    'epoch 1700000000, 1700000001, 1700000011 and 1700000000000',
    'object 2.16.840.1.113883.3.249.44051401359',
    'uid 1.2.826.0.1.3680043.8.498.85073003328',
    'lot BB1388568, lot AB123456C, ref X1234567L',
    'lot 12345678Z exp 2027, EAN 7569217076985',
    'part 6433435F replaced; serial A123456780',
    'potassium 4.1, sodium 139, platelets 210000',
    'run 20240105101500 took 86095742719 cycles',
    'ratio 111222333 to 123456782',
    'platelets 123 456 789',
    'plasmid PUC19 and clone AB12 3456 7890',
    'catalog 756-9217-0769-85',
  ])('leaves alone: %s', (text) => {
    expect(found(text)).toEqual([]);
  });
});

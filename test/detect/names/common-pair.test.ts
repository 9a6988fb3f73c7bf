import { describe, expect, it, test } from 'vitest';
import { compilePacks } from '../../../src/detect/compile.ts';
import { findNames } from '../../../src/detect/names/find.ts';
import { detect } from '../../../src/detect/scan.ts';
import { parseBody } from '../../../src/formats/registry.ts';
import { shippedPacks } from '../../support/rules.ts';

function namesIn(text: string): string[] {
  return findNames(text, new Map()).found.map(({ from, to }) => text.slice(from, to));
}

describe('a common name that is a word as well', () => {
  test.each<[string, string[]]>([
    ['pt Ben Thompson seen today', ['Ben Thompson']],
    ['pt Maria Page seen, pt Will Thompson too', ['Maria Page', 'Will Thompson']],
    ['spoke with Maria Walker about results', ['Maria Walker']],
    ['Maria Walker is a 64 year old woman', ['Maria Walker']],
    ['PATIENT ANA JONES WAS SEEN', ['ANA JONES']],
    ['Grace Okafor was seen in clinic', ['Grace Okafor']],
    ['pt Maria J. Park seen', ['Maria J. Park']],
    ['Mr Walker is comfortable, Mrs. Day too, Dr. Park on call', ['Walker', 'Day', 'Park']],
    ['Dear Ms Park, thank you', ['Park']],
    ['Dear Pat,', ['Pat']],
    ['Walker, Maria was admitted', ['Walker, Maria']],
    ['WALKER, MARIA J  MRN 4471823', ['WALKER, MARIA J']],
    ['her son Will visits, mother Pat at bedside', ['Will', 'Pat']],
    ['pt Mei Wang seen', ['Mei Wang']],
  ])('%s: %j', (text, names) => expect(namesIn(text)).toEqual(names));

  test.each([
    ['a sentence in capitals', 'PATIENT WILL READ THIS'],
    ['a title of a leaflet', 'Patient Will Walk Daily'],
    ['a street', '12 Elm Dr Ward 5'],
    ['a ward after a grade', 'discussed with Dr Ward 5 staff'],
    ['a park', 'Victoria Park was visited'],
    ['a sign', 'Braxton Hicks noted, Austin Moore stem in place'],
    ['what is on a list', 'cane, walker, page'],
  ])('but for %s', (_, text) => expect(namesIn(text)).toEqual([]));
});

describe('a Korean name', () => {
  test.each<[string, string[]]>([
    ['Hye-jin Park called', ['Hye-jin Park']],
    ['pt: Kim Min-jun, and Min-Jun Kim again', ['Kim Min-jun', 'Min-Jun Kim']],
    ['PARK SOO-JIN MRN 4471823', ['PARK SOO-JIN']],
    ['Park, Soo-jin and LEE, MIN-JUN', ['Park, Soo-jin', 'LEE, MIN-JUN']],
    ['Soo-jin, Park view', []],
    ['In-situ Park, ki-67 stain, An-all Ma', []],
  ])('%s: %j', (text, names) => expect(namesIn(text)).toEqual(names));
});

describe('a name that a form tells', () => {
  const ruleset = compilePacks(shippedPacks());
  const found = (text: string): string[] =>
    parseBody({ bytes: Buffer.from(text), elided: [] }).flatMap((parsed) =>
      detect(parsed, ruleset)
        .matches.filter(({ category }) => category === 'name')
        .map(({ leaf, from, to }) => parsed.leaves.text(leaf).slice(from, to)),
    );

  it('is known where it stands again, before the form and behind it, words of everyday among them', () => {
    expect(found('We told Wren today.\nPatient: Wren Laking\nWren says she is well')).toEqual(['Wren', 'Wren Laking', 'Wren']);
    expect(found('Patient name: River Laking')).toEqual(['River Laking']);
  });

  it('is none where the words are of the ward', () => {
    expect(found('Patient: Was Placed Supine\nPatient: Education Given')).toEqual([]);
  });
});

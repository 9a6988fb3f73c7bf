import { describe, expect, it } from 'vitest';
import { findNames } from '../../../src/detect/names/find.ts';

function relativesIn(text: string): string[] {
  return findNames(text, new Map()).found.flatMap(({ from, to, whose }) => (whose === 'relative' ? [text.slice(from, to)] : []));
}

describe('a word right after a relative', () => {
  it.each([
    ['Wife Corazon (home 201-555-0141) doing wound care', 'Corazon'],
    ['Husband Sunday reached on 0803 555 0172', 'Sunday'],
    ['Brother Rutherford told us', 'Rutherford'],
    ['her aunt Candy (54) drove', 'Candy'],
    ['Lives alone, has keysafe. Dtr Folasade informed', 'Folasade'],
    ['Dtr Jane informed', 'Jane'],
  ])('is a name where somebody is told, acts or is reached: %s', (text, name) => expect(relativesIn(text)).toEqual([name]));

  it.each([
    'Mother Breast cancer aged 40',
    "mother Alzheimer's told",
    'father Parkinson has',
    'Mother The says',
    'MOTHER BREAST TOLD',
    'DTR Biceps informed',
    'brother Printer (2 trays)',
    'mother breast told',
  ])('is none: %s', (text) => expect(relativesIn(text)).toEqual([]));
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shapeOf } from '../../src/detect/shape.ts';

const longest = (text: string, run: RegExp): number => Math.max(0, ...[...text.matchAll(run)].map(([found]) => found.length));

it.each<[string, number, number, number]>([
  ['', 0, 0, 0],
  ['CF RSSMRA85T10A562S', 7, 16, 16],
  ['cf rssmra85t10a562s', 7, 3, 16],
  ['ABC', 0, 3, 3],
  ['Abc12', 2, 2, 5],
  ['é12', 2, 2, 2],
  ['1-23-456', 6, 3, 3],
])('%j has %d digits, %d capitals and digits in a row, %d letters and digits', (text, digits, capitals, letters) => {
  expect(shapeOf(text)).toMatchObject({ digits, capitals, letters });
});

it('is what regular expressions say, those of either case with the two letters that fold to ASCII', () => {
  fc.assert(
    fc.property(
      fc.string({
        unit: fc.constantFrom('A', 'Z', 'a', 'z', '0', '9', ' ', '-', 'é', 'ſ', '\u212a', 'Ж', '氏', 'ễ', '–', '“'),
        maxLength: 40,
      }),
      (text) => {
        expect(shapeOf(text)).toEqual({
          digits: text.replace(/[^0-9]/g, '').length,
          capitals: longest(text, /[A-Z\d]+/gu),
          letters: longest(text, /[A-Z\d]+/giu),
          scripts: /[Ж氏]/u.test(text) ? 1 : 0,
        });
      },
    ),
    { numRuns: 2000 },
  );
});

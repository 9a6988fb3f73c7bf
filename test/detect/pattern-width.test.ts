import { describe, expect, it } from 'vitest';
import { CharClass } from '../../src/core/format.ts';
import { leastOf, widthOf } from '../../src/detect/pattern-width.ts';
import { shapeOf } from '../../src/detect/shape.ts';
import { BYTE_CLASSES } from '../../src/formats/classes.ts';
import { shippedPacks } from '../support/rules.ts';

const Infinite = Number.POSITIVE_INFINITY;

describe('the width of a pattern', () => {
  it.each<[string, number, number]>([
    ['abc', 3, 3],
    ['\\d{3}-\\d{2}', 6, 6],
    ['a|bcd', 1, 3],
    ['a?b*c+', 1, Infinite],
    ['(?:ab){2,3}', 4, 6],
    ['(?<value>ab){2,}', 4, Infinite],
    ['(?<!x)a(?=bcd)', 1, 1],
    ['[\\]a-]{2}', 2, 4],
    ['\\p{L}.', 2, 4],
    ['\\u0041\\x42\\.', 3, 5],
    ['(a|b)\\1', 1, Infinite],
    ['a{0}', 0, 0],
    ['\\b{2}', 0, 0],
    ['', 0, 0],
    ['a+?b??', 1, Infinite],
  ])('%s takes %d to %d units', (source, least, most) => {
    expect(widthOf(source, false)).toMatchObject({ least, most });
  });

  it.each<[string, boolean, boolean]>([
    ['^a$', true, true],
    ['^a|b$', false, false],
    ['(?:^a|^b)c$', true, true],
    ['(?:^a)?b$', false, true],
    ['(?=x)^a', false, false],
    ['a', false, false],
  ])('%s is held to the beginning %s and to the end %s', (source, start, end) => {
    expect(widthOf(source, false)).toMatchObject({ start, end });
  });

  it('says what a match may hold', () => {
    expect(widthOf('[A-C]\\d', false)?.classes).toBe(CharClass.upper | CharClass.digit);
    expect(widthOf('[A-C]\\d', true)?.classes).toBe(CharClass.upper | CharClass.lower | CharClass.digit);
    expect(widthOf('[^a-z]', false)?.classes).toBe(~CharClass.lower & classesOf(String.fromCharCode(...Array(128).keys())));
  });

  it.each<[string, number]>([
    ['\\d{3}-\\d{2}', 5],
    ['[0-9]+[13579]?', 1],
    ['\\d{2}|\\d[A-Z]', 1],
    ['(?:\\d{4} ?){3}', 12],
    ['[\\dA-Z]{5}', 0],
    ['[^\\d]7', 1],
    ['\\p{N}', 0],
  ])('%s holds %d digits at least', (source, digits) => {
    expect([widthOf(source, false)?.digits, leastOf(source, false).digits]).toEqual([digits, digits]);
  });

  it.each([
    ['(?=\\d{3})\\d', 3],
    ['(?=\\d{5})\\w+', 5],
    ['\\d\\d(?=[A-Z]\\d{3})[A-Z0-9]{4}\\d', 5],
    ['(?:(?=\\d{3})\\d)\\d\\d', 3],
    ['(?=(?:[A-Z]{0,2}\\d){4})[A-Z0-9]{4,9}', 4],
    ['(?=\\d{4}|x)\\d', 1],
    ['(?:(?=\\d{4})a|\\d{2})', 2],
    ['(?:(?=\\d{4})\\d)?', 0],
    ['(?:(?=\\d{2})\\d){3}', 3],
    ['(?!\\d{4})\\d', 1],
    ['(?<=\\d{4})\\d', 1],
  ])('texts that %s matches in have %d digits at least', (source, digits) => {
    expect(leastOf(source, false).digits).toBe(digits);
  });

  it.each<[string, number, number]>([
    ['[A-Z]{6}\\d{2}', 8, 8],
    ['[A-HJ-NPR-Z0-9]{17}', 17, 17],
    ['(?<!x)[A-Z]\\d(?=-)\\d', 3, 3],
    ['[A-Z]{2}-\\d{4}', 4, 4],
    ['[A-Z]{2} ?\\d{2}', 2, 2],
    ['[A-Z]{2}\\d?[A-Z]', 3, 3],
    ['[A-Z]{3}(?:\\d|-)[A-Z]{2}', 3, 3],
    ['(?:[A-Z]\\d){2}x', 4, 5],
    ['(?:A-1B){2}', 3, 3],
    ['(?:A-1B){0,2}', 0, 0],
    ['(?:[A-Z]{4}|\\d{2})\\d', 3, 3],
    ['(?<value>[A-Z]{2})\\1\\d{2}', 2, 2],
    ['\\d{4}[a-z]{3}', 4, 7],
    ['\\p{Lu}{9}', 0, 0],
    ['[A-z]{9}', 0, 0],
    ['[a-z\\d]{9}', 0, 9],
    ['[A-Z-]{9}', 0, 0],
    ['\\w{9}', 0, 0],
    ['[^A-Z]{9}', 0, 0],
  ])(
    '%s has so many capitals and digits in a row, %d, and letters and digits where case does not count, %d',
    (source, capitals, letters) => {
      expect(leastOf(source, false)).toMatchObject({ capitals, letters: 0 });
      expect(leastOf(source, true)).toMatchObject({ capitals: 0, letters });
    },
  );

  it.each(['(?i:a)', '(?i)a', 'a)'])('of %s is not known', (source) => {
    expect(widthOf(source, false)).toBeNull();
  });
});

function classesOf(text: string): number {
  return [...text].reduce((bits, character) => bits | (BYTE_CLASSES[character.charCodeAt(0)] ?? 0), 0);
}

it('holds for whatever the patterns of shipped packs match in their samples', () => {
  let matches = 0;
  for (const { pattern, ignoreCase, samples } of shippedPacks().flatMap(({ rules }) => rules)) {
    if (pattern === undefined) continue;
    const width = widthOf(pattern, ignoreCase === true);
    for (const sample of samples.match) {
      const text = typeof sample === 'string' ? sample : 'hl7' in sample ? sample.hl7 : '';
      for (const [found] of text.matchAll(new RegExp(pattern, ignoreCase === true ? 'giu' : 'gu'))) {
        matches++;
        const least = leastOf(pattern, ignoreCase === true);
        const shape = shapeOf(text);
        expect(shape.digits).toBeGreaterThanOrEqual(least.digits);
        expect(shape.capitals).toBeGreaterThanOrEqual(least.capitals);
        expect(shape.letters).toBeGreaterThanOrEqual(least.letters);
        expect(found.length).toBeGreaterThanOrEqual(width?.least ?? Infinite);
        expect(found.length).toBeLessThanOrEqual(width?.most ?? 0);
        expect(found.replace(/[^0-9]/g, '').length).toBeGreaterThanOrEqual(width?.digits ?? Infinite);
        const ascii = found.replace(/[^\0-\x7f]/g, '');
        expect(classesOf(ascii) & ~(width?.classes ?? 0)).toBe(0);
      }
    }
  }
  expect(matches).toBeGreaterThan(100);
});

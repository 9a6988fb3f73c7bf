import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSearch } from '../../src/detect/search.ts';

const search = createSearch();

function hits(text: string, words: readonly string[], from = 0, to = text.length): string[] {
  const bytes = Buffer.from(text, 'latin1');
  const found: string[] = [];
  search(bytes, from, to, words, 1e9, (at, word) => found.push(`${words[word]}@${at}`));
  return found;
}

it('finds words of any case, overlapping ones and those at both ends', () => {
  expect(hits('DOE|doe|xDoEx', ['DOE'])).toEqual(['DOE@0', 'DOE@4', 'DOE@9']);
  expect(hits('1962', ['196', '962'])).toEqual(['196@0', '962@1']);
  expect(hits('OKAFOR^CHIDI', ['OKAFOR', 'KAF', 'CHIDI'])).toEqual(['OKAFOR@0', 'KAF@1', 'CHIDI@7']);
  expect(hits('DOEDOE', ['DOE'], 1, 5)).toEqual([]);
  expect(hits('{oe', ['[OE'])).toEqual([]);
  expect(hits('', ['DOE'])).toEqual([]);
});

it('searches as before after a hit that threw', () => {
  const bytes = Buffer.from('DOE', 'latin1');
  const broken = (): never => {
    throw new Error('broken');
  };
  expect(() => search(bytes, 0, 3, ['DOE'], 1e9, broken)).toThrow('broken');
  let times = 0;
  // What stayed of the first search would make a ring of the second.
  search(bytes, 0, 3, ['DOE'], 1e9, () => {
    if (++times > 9) throw new Error('the same word again and again');
  });
  expect(times).toBe(1);
});

it('finds what indexOf finds, for any words and text', () => {
  const unit = fc.constantFrom('A', 'b', 'B', '1', '0', '/', '-', '^', ' ', '\u00e9');
  fc.assert(
    fc.property(
      fc.string({ unit, maxLength: 60 }),
      fc.array(fc.string({ unit: fc.constantFrom('A', 'B', '1', '0', '/', '-'), minLength: 3, maxLength: 6 }), { maxLength: 6 }),
      (text, words) => {
        const upper = text.replace(/[a-z]/g, (letter) => letter.toUpperCase());
        const expected: string[] = [];
        for (const word of words)
          for (let at = upper.indexOf(word); at >= 0; at = upper.indexOf(word, at + 1)) expected.push(`${word}@${at}`);
        expect(hits(text, words).sort()).toEqual(expected.sort());
      },
    ),
    { numRuns: 500 },
  );
});

it('takes its words out of the table again', () => {
  expect(hits('DOE', ['DOE'])).toEqual(['DOE@0']);
  expect(hits('DOE', ['ROE'])).toEqual([]);
});

it('counts what it compares and gives up past the limit', () => {
  const bytes = Buffer.from('ABAB'.repeat(1000));
  const words = Array.from({ length: 100 }, (_, index) => `AB${index}`);
  const hit = (): void => {
    throw new Error('none is there');
  };
  const all = search(bytes, 0, bytes.length, words, 1e9, hit);
  expect(all).toBeGreaterThan(100_000);
  expect(search(bytes, 0, bytes.length, words, 1000, hit)).toBeLessThan(1300);
  expect(() => search(bytes, 0, bytes.length, new Array<string>(40_000).fill('ABC'), 1, hit)).toThrow(RangeError);
});

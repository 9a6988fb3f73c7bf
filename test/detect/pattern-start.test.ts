import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern, type Pattern } from '../../src/detect/pattern.ts';
import { startOf } from '../../src/detect/pattern-start.ts';
import { beginsAt, LONGEST, startsOf } from '../../src/detect/text-starts.ts';
import { shippedPacks } from '../support/rules.ts';

/** Where in a text a pattern may begin, as far as its start tells. */
function placesOf(source: string, text: string, ignoreCase = false): number[] {
  const start = startOf(source, ignoreCase);
  if (start === null) throw new TypeError('nothing is told of it');
  const { at, count } = startsOf(text, start.kind);
  return [...at.subarray(0, count)].filter((place) => beginsAt(place, start.pairs, start.before));
}

/** What a search through the whole text finds. */
function searched(source: string | RegExp, text: string, ignoreCase = false): string[] {
  const whole = typeof source === 'string' ? new RegExp(source, ignoreCase ? 'giu' : 'gu') : source;
  return [...text.matchAll(whole)].filter(([found]) => found !== '').map((found) => `${found.index} ${found[0]}`);
}

function run(pattern: Pattern, text: string): string[] {
  const found: string[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    // Of a character in two halves both: from between them the first is looked at again.
    if (match[0] === '') pattern.lastIndex += (text.codePointAt(pattern.lastIndex) ?? 0) > 0xffff ? 2 : 1;
    else found.push(`${match.index} ${match[0]}`);
  }
  return found;
}

describe('where a pattern may begin', () => {
  it.each<[string, string, number[]]>([
    ['\\d{3}-\\d{4}', 'call 555-0199 or 55-01', [5]],
    ['(?<![\\p{L}\\d])MRN', 'MRN xMRN 1MRN MRN', [0, 14]],
    ['(?:seen|aged) \\d', 'seen 4, aged 9, oped 9', [0, 8]],
    ['^[A-Z]\\d', 'A1 A1', [0]],
    ['(?<=^|\\n)\\d', '1 2\n3', [0, 4]],
    ['(?<=at )\\d', 'x1 at 2', [6]],
    ['(?=9\\d(?!\\d))\\d+', '91 912 81 9', [0]],
    ['9\\d(?!\\p{L})', '91. 92x 93 94', [0, 8, 11]],
    ['a(?=b)[a-z]c', 'abc acc abx', [0]],
    ['(?:a|b)?c', 'ac bc dc cc', [0, 1, 3, 4, 7, 9, 10]],
    ['x{3}', 'xx xxx', [3]],
    ['x', 'a x', [2]],
  ])('%s begins in %j at %j', (source, text, places) => {
    expect(placesOf(source, text)).toEqual(places);
  });

  it('takes what case does not tell apart, and what lies outside ASCII', () => {
    expect(placesOf('kind', 'Kind KIND find \u212aind', true)).toEqual([0, 5, 15]);
    expect(placesOf('\\p{L}ü', 'aü éü 1ü', false)).toEqual([0, 3]);
    expect(searched('\\p{Emoji}b', '\u{1f600}b')).toEqual(run(compilePattern('\\p{Emoji}b', false), '\u{1f600}b'));
  });

  it('says nothing of flags in groups', () => {
    expect(startOf('(?i:a)', false)).toBeNull();
  });

  it('searches a text that is too long to be read so', () => {
    const text = `${' '.repeat(LONGEST)}555-0199 555-0188`;
    expect(run(compilePattern('\\d{3}-\\d{4}', false), text)).toEqual(searched('\\d{3}-\\d{4}', text));
  });
});

/** No quantifier where the syntax has none, and of groups none that would be searched for ever. */
function allowedAfter(one: string, quantifier: string): string {
  if (/^(?:\(\?<?[=!]|\\b|[\^$])/.test(one)) return '';
  return one.startsWith('(') && quantifier !== '?' ? '' : quantifier;
}

/** Regular expressions of what patterns are made of. */
const source = fc.letrec<{ one: string; some: string; many: string }>((tie) => ({
  one: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    fc.constantFrom(
      'a',
      'B',
      '1',
      '9',
      ' ',
      '-',
      '/',
      'é',
      '\\d',
      '\\p{L}',
      '\\p{Lu}',
      '[A-Z]',
      '[^a]',
      '[a1-]',
      '\\s',
      '.',
      '[ks]',
      '\\b',
      '^',
      '$',
    ),
    fc.constantFrom(
      '(?=\\d)',
      '(?!\\d)',
      '(?![\\p{L}\\d])',
      '(?<!\\p{L})',
      '(?<![\\p{L}\\d.])',
      '(?<=a|1)',
      '(?<=^| )',
      '(?<! )',
      '(?!a$)',
      '(?=a|$)',
    ),
    tie('some').map((inner) => `(?:${inner})`),
  ),
  some: fc.array(tie('many'), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('|')),
  many: fc
    .array(fc.tuple(tie('one'), fc.constantFrom('', '', '', '?', '+', '{2}', '{0,2}', '*')), { minLength: 1, maxLength: 5 })
    .map((parts) => parts.map(([one, quantifier]) => `${one}${allowedAfter(one, quantifier)}`).join('')),
})).some;
const text = fc.string({
  unit: fc.constantFrom('a', 'b', 'B', 'K', 's', '1', '9', '0', ' ', '-', '/', '.', 'é', '\n', '\u{1f600}', '\u212a', '\ud800'),
  maxLength: 30,
});

describe('a pattern that is tried where it may begin', () => {
  it('finds what a search finds, whatever the pattern and the text', () => {
    fc.assert(
      fc.property(source, text, fc.boolean(), (pattern, sample, ignoreCase) => {
        expect(run(compilePattern(pattern, ignoreCase), sample)).toEqual(searched(pattern, sample, ignoreCase));
      }),
      { numRuns: 1500 },
    );
  });

  it('finds in the samples of shipped rules what a search finds', () => {
    const rules = shippedPacks().flatMap((pack) => pack.rules);
    const textsOf = ({ samples: { match } }: (typeof rules)[number]): string[] =>
      match.flatMap((sample) =>
        typeof sample === 'string' ? sample : Object.values(sample).filter((value) => typeof value === 'string'),
      );
    const all = rules.flatMap(textsOf);
    let matches = 0;
    for (const [index, rule] of rules.entries()) {
      const { pattern, ignoreCase } = rule;
      if (pattern === undefined) continue;
      const compiled = compilePattern(pattern, ignoreCase === true);
      const whole = new RegExp(pattern, ignoreCase === true ? 'giu' : 'gu');
      // Its own samples, and every fortieth of all.
      for (const sample of [...textsOf(rule), ...all.filter((_, number) => number % 40 === index % 40)]) {
        const found = searched(whole, sample);
        matches += found.length;
        expect(run(compiled, sample)).toEqual(found);
      }
    }
    expect(matches).toBeGreaterThan(500);
  });
});

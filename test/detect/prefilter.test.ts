import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPrefilter, type Prefilter } from '../../src/detect/prefilter.ts';
import { shippedPacks } from '../support/rules.ts';

function prefilterOf(sources: readonly string[], ignoreCase = false): Prefilter {
  return createPrefilter(sources.map((source) => ({ source, ignoreCase })));
}

function canMatch(source: string, text: string, ignoreCase = false): boolean {
  const prefilter = prefilterOf([source], ignoreCase);
  prefilter.begin(text);
  return prefilter.canMatch(0);
}

describe('what a text can match', () => {
  it.each<[string, string, string]>([
    ['\\d{3}-\\d{4}', 'call 555-0199', 'call 55-0199 or 555 0199'],
    ['(?<![\\p{L}\\d])MRN \\d', 'an MRN 7', 'xMRN 7, 1MRN 7'],
    ['(?:seen|aged) \\d', 'aged 9', 'oped 9, aged x'],
    ['^[A-Z]\\d', 'A1 A2', ' A1'],
    ['\\d[A-Z]$', '1A 2B', '1A 2B.'],
    ['(?<=^|\\n)\\d-', 'x\n3-', 'x3-'],
    ['(?<=at )\\d', 'x1 at 2', 'x1 in 2'],
    ['(?=9\\d(?!\\d))[1-9]+', '912 91', '912 81'],
    ['9\\d(?!\\p{L})', '92x 93 ', '92x 93y'],
    ['\\d(?<=(?:born|geb) \\d)', 'born 4', 'torn 4'],
    ['(?<=(?:on|from) )(?:[1-9]|1[0-2])/\\d', 'from 3/4', '34 and 5 / 6'],
    ['1{20}x', `${'1'.repeat(20)}x`, `${'1'.repeat(7)}x`],
    ['(?:a|b)?c9', 'xc9', 'a9'],
    ['9(?=[A-Z]{0,3}-X)', '9AB-X', '9AB-Y'],
  ])('%s: can in %j and not in %j', (source, can, cannot) => {
    expect(canMatch(source, can)).toBe(true);
    expect(canMatch(source, cannot)).toBe(false);
  });

  it('takes what case does not tell apart, and what lies outside ASCII', () => {
    expect(canMatch('9kind', '9Kind', true)).toBe(true);
    expect(canMatch('9kind', '9\u212aind', true)).toBe(true);
    expect(canMatch('9kind', '9Kind')).toBe(false);
    expect(canMatch('9\\p{L}ü', '9éü')).toBe(true);
    expect(canMatch('9\\p{Emoji}b', '9\u{1f600}b')).toBe(true);
  });

  it('tells many patterns apart in one pass, text by text', () => {
    const prefilter = createPrefilter([
      { source: '\\d-\\d', ignoreCase: false },
      null,
      ...Array.from({ length: 40 }, (_, index) => ({
        source: `#${'abcdefgh'[index >> 3]}${'abcdefgh'[index & 7]}!`,
        ignoreCase: false,
      })),
    ]);
    prefilter.begin('1-2 #ah! #eb!');
    const read = (): number[] => Array.from({ length: 42 }, (_, number) => number).filter((number) => prefilter.canMatch(number));
    expect(read()).toEqual([0, 1, 9, 35]);
    prefilter.begin('nothing');
    expect(read()).toEqual([1]);
  });

  it('says nothing of what it does not know, of words that are followed wherever they stand, or of a text that is too long', () => {
    expect(canMatch('(?i:a)9', 'b')).toBe(true);
    expect(canMatch('[a-z]+(?:gata|weg) 9', 'b')).toBe(false);
    expect(canMatch('\\p{Lu}[a-z]{3,20}[a-z ]+9', 'b')).toBe(true);
    expect(canMatch('#9', ' '.repeat(300_000))).toBe(true);
  });

  it('does without on texts that are never alike, and reads again later', () => {
    // Which of the last eight digits were which: nearly each place of a text of digits is a state of its own.
    const prefilter = prefilterOf([...'01239'].map((digit) => `${digit}[0-9]{8}#`));
    const ask = (text: string): boolean => {
      prefilter.begin(text);
      return prefilter.canMatch(0);
    };
    let state = 1;
    const answers = Array.from({ length: 60 }, () => {
      const digits = Array.from({ length: 1000 }, () => {
        state = (state * 48_271) % 2_147_483_647;
        return state % 10;
      });
      return ask(digits.join(''));
    });
    expect(answers.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => false));
    expect(answers.at(-1)).toBe(true);
    const others = Array.from({ length: 11 }, () => ask('-'.repeat(100_000)));
    expect(others[0]).toBe(true);
    expect(others.at(-1)).toBe(false);
    expect(ask('012345678#')).toBe(true);
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
    fc.constantFrom('a', 'B', '1', '9', ' ', '-', '/', 'é', '\\d', '\\p{L}', '\\p{Lu}', '[A-Z]', '[^a]', '[a1-]'),
    fc.constantFrom('\\s', '.', '[ks]', '\\b', '^', '$'),
    fc.constantFrom('(?=\\d)', '(?!\\d)', '(?![\\p{L}\\d])', '(?<!\\p{L})', '(?<![\\p{L}\\d.])', '(?<=a|1)', '(?<=^| )'),
    fc.constantFrom('(?<! )', '(?!a$)', '(?=a|$)', '(?<=1[a ]{0,9})', '(?=[a-z ]{0,9}1)', '(?<=(?<!B)[a-b]+)'),
    tie('some').map((inner) => `(?:${inner})`),
    tie('some').map((inner) => `(?<=${inner})`),
    tie('some').map((inner) => `(?=${inner})`),
  ),
  some: fc.array(tie('many'), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('|')),
  many: fc
    .array(fc.tuple(tie('one'), fc.constantFrom('', '', '', '?', '+', '{2}', '{0,2}', '*', '{3,12}')), {
      minLength: 1,
      maxLength: 5,
    })
    .map((parts) => parts.map(([one, quantifier]) => `${one}${allowedAfter(one, quantifier)}`).join('')),
})).some;
const text = fc.string({
  unit: fc.constantFrom('a', 'b', 'B', 'K', 's', '1', '9', '0', ' ', '-', '/', '.', 'é', '\n', '\u{1f600}', '\u212a', '\ud800'),
  maxLength: 30,
});

describe('a pattern that matches', () => {
  it('is never ruled out, whatever the patterns and the text', () => {
    let ruledOut = 0;
    fc.assert(
      fc.property(fc.array(source, { minLength: 1, maxLength: 3 }), text, fc.boolean(), (sources, sample, ignoreCase) => {
        const prefilter = prefilterOf(sources, ignoreCase);
        prefilter.begin(sample);
        for (const [number, one] of sources.entries()) {
          if (prefilter.canMatch(number)) continue;
          ruledOut++;
          expect({ one, matches: new RegExp(one, ignoreCase ? 'iu' : 'u').test(sample) }).toEqual({ one, matches: false });
        }
      }),
      { numRuns: 800 },
    );
    expect(ruledOut).toBeGreaterThan(100);
  });

  it('is never ruled out in the samples of shipped rules, and most of the others are', () => {
    const rules = shippedPacks()
      .flatMap((pack) => pack.rules)
      .filter(({ pattern, keywords, context }) => pattern !== undefined && keywords === undefined && context === undefined);
    const prefilter = createPrefilter(
      rules.map(({ pattern = '', ignoreCase }) => ({ source: pattern, ignoreCase: ignoreCase === true })),
    );
    const patterns = rules.map(({ pattern = '', ignoreCase }) => new RegExp(pattern, ignoreCase === true ? 'iu' : 'u'));
    const samples = rules.flatMap(({ samples: { match } }) =>
      match.flatMap((sample) =>
        typeof sample === 'string' ? sample : Object.values(sample).filter((value) => typeof value === 'string'),
      ),
    );
    const counts = { can: 0, all: 0 };
    for (const sample of samples.filter((_, index) => index % 2 === 0)) {
      prefilter.begin(sample);
      for (const [number, pattern] of patterns.entries()) {
        counts.all++;
        if (prefilter.canMatch(number)) counts.can++;
        else expect({ sample, pattern, matches: pattern.test(sample) }).toEqual({ sample, pattern, matches: false });
      }
    }
    expect(counts.all).toBeGreaterThan(20_000);
    expect(counts.can / counts.all).toBeLessThan(0.25);
  });
});

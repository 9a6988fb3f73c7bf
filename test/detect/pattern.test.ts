import { describe, expect, it } from 'vitest';
import { compilePattern, compileTester, type Engine, type Pattern } from '../../src/detect/pattern.ts';

function all(pattern: Pattern, text: string): [string, number, readonly number[] | undefined][] {
  const found: [string, number, readonly number[] | undefined][] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text))
    found.push([match[0], match.index, match.indices?.groups?.value]);
  return found;
}

describe.each<Engine>(['javascript', 're2'])('a pattern of %s', (engine) => {
  it.each([
    [
      'RR-\\d{6}',
      false,
      'RR-004417, then RR-004418',
      [
        ['RR-004417', 0, undefined],
        ['RR-004418', 16, undefined],
      ],
    ],
    [
      '\\bmrn (?<value>\\d{4})\\b',
      true,
      'x MRN 1234 xmrn 5678 mrn 9012',
      [
        ['MRN 1234', 2, [6, 10]],
        ['mrn 9012', 21, [25, 29]],
      ],
    ],
    [
      '(?<value>\\d+)|none',
      false,
      'none 12',
      [
        ['none', 0, undefined],
        ['12', 5, [5, 7]],
      ],
    ],
    // Offsets are UTF-16 units, whatever the characters before are made of.
    ['\\p{Lu}\\p{Ll}+', false, '😀é Ödön', [['Ödön', 4, undefined]]],
    ['^a', false, 'aa', [['a', 0, undefined]]],
  ] as const)('finds all of %s', (source, ignoreCase, text, expected) => {
    expect(all(compilePattern(source, ignoreCase, engine), text)).toEqual(expected);
  });

  it('starts anew after it found nothing more', () => {
    const pattern = compilePattern('a', false, engine);
    expect([all(pattern, 'a b a').length, pattern.lastIndex, all(pattern, 'a').length]).toEqual([2, 0, 1]);
  });

  it('says yes or no', () => {
    const tester = compileTester('(?:case no\\.? )$', true, engine);
    expect([tester.test('see Case No. '), tester.test('see case no. 1')]).toEqual([true, false]);
  });
});

describe('RE2', () => {
  it.each([
    ['(?<=a)b', 'no look-ahead or look-behind: name the words beside the match in `context`'],
    ['a(?!b)', 'no look-ahead or look-behind'],
    ['(a)\\1', 'no back-references'],
    ['\\u0041', '\\x{1F600}'],
    ['\\p{Script=Latin}', '\\p{Latin}'],
    ['a{1001}', 'counts repetitions to 1000'],
    ['(', 'missing closing'],
  ])('says what it lacks in %s', (source, way) => {
    expect(() => compilePattern(source, false, 're2')).toThrow(way);
  });

  it('reads a text that takes a backtracking engine ages', () => {
    const pattern = compilePattern('(a+)+$', false, 're2');
    expect(all(pattern, `${'a'.repeat(50_000)}b`)).toEqual([]);
  });
});

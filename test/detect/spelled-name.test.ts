import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Echo } from '../../src/detect/needle.ts';
import { findAlone, findDated, findInitial, findWhole, type Spelling } from '../../src/detect/spelled-name.ts';

const BEFORE = '(?<![\\p{L}\\p{N}])';
const AFTER = '(?![\\p{L}\\p{N}])';
const JOINT = "(?:\\.\\s|[\\s'’.-])?";
const GAP = '[\\s,.^_&~+/-]{1,3}';
const BEHIND = `(?:\\s(?:VAN|VON|DER|DEN|DE|DEL|TER|TEN|DU|LA|ZU)${AFTER}){0,3}`;
const TITLES = 'DR|DRS|DOCTOR|PROF|NP|PA|RN|NURSE';
const FOLLOWERS =
  'MEMORIAL|HOSPITAL|CLINIC|CENTER|MEDICAL|LAB|STREET|ST|AVE|ROAD|RD|UNIT|SIGN|TEST|SYNDROME|DISEASE|CATHETER|MD|DO|RN|NP|PA';

/** The same, as one pattern for each name: what the searches by hand have to agree with. */
function patternsOf({ family, given }: Spelling) {
  const [f, g, i] = [family.join(JOINT), given.join(JOINT), given[0]?.charAt(0)];
  return {
    whole: `${BEFORE}(?:${g}${GAP}(?:\\p{L}{1,20}${GAP})?${f}${AFTER}|${f}${GAP}${g}${AFTER}${BEHIND})`,
    initial: `${BEFORE}(?:${i}(?:\\.\\s?|\\s)${f}|${f},\\s?${i}\\.?)${AFTER}`,
    alone: `(?<!\\b(?:${TITLES})\\.?\\s{1,3})${BEFORE}${f}${AFTER}(?!\\s{1,3}(?:${FOLLOWERS})\\b)`,
  };
}

function byPattern(source: string, text: string): Echo[] {
  return [...text.matchAll(new RegExp(source, 'gu'))].map(({ 0: found, index }) => ({
    from: index,
    to: index + found.length,
    factor: 1,
  }));
}

const NAMES: readonly Spelling[] = [
  { family: ['DOE'], given: ['JANE'] },
  { family: ['GARCIA', 'LOPEZ'], given: ['ANA', 'MARIA'] },
  { family: ['DOEDOE'], given: ['DOE'] },
  { family: ['ANANA'], given: ['ANA'] },
  { family: ['VAN', 'VAN'], given: ['VAN'] },
  { family: ['MÜLLER'], given: ['ÅSA'] },
];

const texts = (words: readonly string[]) =>
  fc
    .array(
      fc.tuple(
        fc.constantFrom(...words, ...words, 'DR', 'DR.', 'MD', 'HOSPITAL', 'Q', 'É', '1'),
        fc.constantFrom(' ', ', ', ',', '.', '. ', '^', '-', '', '   ', '    ', '\t', '’'),
      ),
      { maxLength: 8 },
    )
    .map((pieces) => pieces.flat().join(''));

describe('where a name is spelled', () => {
  it.each(NAMES)('agrees with a pattern made of $given $family', (name) => {
    const patterns = patternsOf(name);
    const words = [...name.family, ...name.given, name.family.join('-'), name.given.join(' '), name.given[0]?.charAt(0) ?? ''];
    let places = 0;
    fc.assert(
      fc.property(texts(words), (text) => {
        for (const [find, source] of [
          [findWhole, patterns.whole],
          [findInitial, patterns.initial],
          [findAlone, patterns.alone],
        ] as const) {
          const found: Echo[] = [];
          find(name, text, 1, found);
          expect(found).toEqual(byPattern(source, text));
          places += found.length;
        }
      }),
      { numRuns: 1000, seed: 7 },
    );
    expect(places).toBeGreaterThan(100);
  });
});

describe('a family name and the day of a birth, and nothing else', () => {
  const found = (text: string): Echo[] => {
    const echoes: Echo[] = [];
    findDated({ family: ['DAS'], given: [] }, text, 0.9, echoes);
    return echoes;
  };

  it.each(['DAS 11/18/1986', 'DAS NOVEMBER 18TH, 1986', 'DAS 18 DE NOVEMBRO DE 1986', 'DAS 3RD OF MAY 1986'])('%s', (text) =>
    expect(found(text)).toEqual([{ from: 0, to: 3, factor: 0.9 }]),
  );

  it.each(['DAS KNIE', 'DAS 18TH KNIE', `DAS ${'1'.repeat(50)}X`, `DAS ${'1 '.repeat(28)}`, 'DASH 11/18/1986'])(
    'not %s',
    (text) => expect(found(text)).toEqual([]),
  );
});

import { createSecretKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createTokenizer } from '../../src/core/token.ts';
import { CATEGORIES, SUBJECTS } from '../../src/core/vocabulary.ts';
import { identifierTokens } from '../../src/lineage/identifier.ts';
import { maskOf, wordsOf } from '../../src/lineage/masks.ts';
import { namesOf } from '../../src/lineage/names.ts';
import { joinPaths } from '../../src/lineage/paths.ts';
import { type Alias, resolveSystems } from '../../src/lineage/systems.ts';

describe('masks', () => {
  it('read back what they were made of', () => {
    expect(wordsOf(CATEGORIES, maskOf(CATEGORIES, ['ssn', 'name', 'unexamined']))).toEqual(['name', 'ssn', 'unexamined']);
    expect(wordsOf(SUBJECTS, 0)).toEqual([]);
  });

  it('mean the same in every ledger there is: the lists grow at their end only', () => {
    expect(CATEGORIES.slice(0, 22).join(' ')).toBe(
      'name street geo date age phone fax email ssn mrn health-plan account license vehicle device-id url ip-address biometric photo unique-id narrative unexamined',
    );
    expect(SUBJECTS.slice(0, 8).join(' ')).toBe('patient relative employer household provider facility equipment unknown');
    expect(CATEGORIES.length).toBeLessThanOrEqual(31);
  });
});

describe('names of systems', () => {
  const flow = { key: 'k', listener: 'mllp', policy: null };

  it.each([
    [
      'CN=lis,O=H; LIS^LAB',
      'EHR^MAIN',
      'app:LIS^LAB',
      'app:EHR^MAIN',
      [{ name: 'cert:CN=lis,O=H', beside: 'app:LIS^LAB', rule: 'carrier' }],
    ],
    ['AE CT1', 'AE ARCHIVE', 'ae:CT1', 'ae:ARCHIVE', []],
    [
      'CN=archive,O=H; AE ARCHIVE',
      'AE VENDOR',
      'ae:ARCHIVE',
      'ae:VENDOR',
      [{ name: 'cert:CN=archive,O=H', beside: 'ae:ARCHIVE', rule: 'carrier' }],
    ],
    [
      'AE CT1; engine (claimed)',
      'share (claimed)',
      'name:engine',
      'name:share',
      [{ name: 'ae:CT1', beside: 'name:engine', rule: 'carrier' }],
    ],
    ['key k1', 'unknown', 'key:k1', 'unknown:', []],
    ['10.0.0.7', 'unknown', 'addr:10.0.0.7', 'unknown:', []],
  ])('of a flow from %s to %s', (source, destination, from, to, pairs) => {
    expect(namesOf({ ...flow, source, destination }, null)).toEqual({ source: from, destination: to, pairs });
  });
});

describe('systems', () => {
  const carrier = (name: string, beside: string): Alias => ({ name, beside, rule: 'carrier' });

  it('are joined by a certificate of their own, and not by one that carries for several', () => {
    const { resolve } = resolveSystems(
      ['app:LIS', 'app:RIS', 'app:PACS'],
      [carrier('cert:lis', 'app:LIS'), carrier('cert:engine', 'app:RIS'), carrier('cert:engine', 'app:PACS')],
    );
    expect(resolve('cert:lis').id).toBe('app:LIS');
    expect(resolve('app:RIS').names).toEqual(['app:RIS']);
  });

  it('are joined through any number of names, in a circle too, and apart again without the pair', () => {
    const pairs: Alias[] = [
      { name: 'app:EHR', beside: 'sys:ehr', rule: 'policy' },
      { name: 'ae:EHR', beside: 'app:EHR', rule: 'hand' },
      { name: 'sys:ehr', beside: 'ae:EHR', rule: 'hand' },
    ];
    expect(resolveSystems([], pairs).systems.map(({ names }) => names)).toEqual([['sys:ehr', 'app:EHR', 'ae:EHR']]);
    expect(resolveSystems(['ae:EHR'], pairs.slice(0, 1)).resolve('ae:EHR').id).toBe('ae:EHR');
  });
});

it('joins messages to paths through any of their fingerprints, in time order', () => {
  const of = (id: string, at: number, ...prints: string[]) => ({ id, at, prints });
  const messages = [of('c', 3, 'p2', 'p3'), of('a', 1, 'p1'), of('x', 2, 'q'), of('b', 2, 'p1', 'p2'), of('y', 9, 'q')];
  expect(joinPaths(messages)).toEqual([
    ['a', 'b', 'c'],
    ['x', 'y'],
  ]);
});

describe('an identifier that somebody types', () => {
  const keys = [
    createTokenizer({ kid: 'k1', key: createSecretKey(Buffer.alloc(32, 1)) }),
    createTokenizer({ kid: 'k2', key: createSecretKey(Buffer.alloc(32, 2)) }),
  ];
  const [k1] = keys;

  it.each([
    ['536-22-8147', 'number', '536228147'],
    ['mr-4001 2345', 'number', 'MR40012345'],
    ['Marisol Quillfeather', 'name', 'Quillfeather Marisol'],
    ['Quillfeather, Marisol 3/3/1962', 'name', 'Quillfeather Marisol 19620303'],
    ['Quillfeather^Marisol 1962-03-03', 'name', 'Quillfeather Marisol 19620303'],
    ['+1 (845) 555-0142', 'number', '8455550142'],
    ['m.q@mail.example', 'other', 'M.Q@MAIL.EXAMPLE'],
  ] as const)('%s is looked for as detection lists it', (typed, kind, listed) => {
    const tokens = identifierTokens(typed, null, keys);
    for (const tokenizer of keys) expect(tokens).toContain(tokenizer(kind, listed));
  });

  it('with a birth date is not looked for by name alone', () => {
    expect(identifierTokens('Marisol Quillfeather 1962-03-03', 'name', keys)).not.toContain(k1?.('name', 'Marisol Quillfeather'));
  });

  it('has no token where nothing fits', () => {
    for (const typed of ['', '  ', '~', '12']) expect(identifierTokens(typed, null, keys)).toEqual([]);
  });
});

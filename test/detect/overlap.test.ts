import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Ranked, resolveOverlaps } from '../../src/detect/overlap.ts';

const NO_GUESSES = new Map<string, 'doubtful' | 'nothing'>();

const match = (over: Partial<Ranked>): Ranked => ({
  rule: 'x.y',
  pack: 'x@1.0.0',
  category: 'mrn',
  subject: 'unknown',
  severity: 'low',
  confidence: 0.5,
  leaf: 0,
  from: 0,
  to: 10,
  rank: 1,
  ...over,
});

it.each<[string, Partial<Ranked>[], string[]]>([
  [
    'keeps the more confident of two guesses',
    [
      { rule: 'a.a', confidence: 0.4 },
      { rule: 'b.b', confidence: 0.9, category: 'phone' },
    ],
    ['b.b'],
  ],
  [
    'keeps an e-mail address whose first part is an echo of a name',
    [
      { rule: 'a.a', category: 'email', confidence: 0.8, from: 0, to: 35 },
      { rule: 'b.b', category: 'name', rank: 2, confidence: 0.9, from: 0, to: 22 },
    ],
    ['b.b', 'a.a'],
  ],
  [
    'keeps a file of a picture that a name begins',
    [
      { rule: 'a.a', category: 'photo', confidence: 0.5, from: 0, to: 20 },
      { rule: 'b.b', category: 'name', confidence: 0.9, from: 0, to: 8 },
    ],
    ['b.b', 'a.a'],
  ],
  [
    'keeps place before pattern',
    [
      { rule: 'a.a', confidence: 0.9 },
      { rule: 'b.b', rank: 3, confidence: 0.1 },
    ],
    ['b.b'],
  ],
  [
    'keeps another thing inside a claimed field',
    [
      { rule: 'a.a', category: 'ssn', from: 20, to: 31 },
      { rule: 'b.b', rank: 3, to: 40 },
    ],
    ['b.b', 'a.a'],
  ],
  ['keeps what does not overlap', [{ rule: 'a.a' }, { rule: 'b.b', from: 10, to: 12 }], ['a.a', 'b.b']],
  ['keeps what is in another leaf', [{ rule: 'a.a', leaf: 1 }, { rule: 'b.b' }], ['b.b', 'a.a']],
  [
    "keeps the patient's value in a provider's field",
    [
      { rule: 'a.a', rank: 2, subject: 'patient' },
      { rule: 'b.b', rank: 3, subject: 'provider' },
    ],
    ['b.b', 'a.a'],
  ],
  [
    'drops an echo of what is claimed',
    [
      { rule: 'a.a', rank: 2, subject: 'patient' },
      { rule: 'b.b', rank: 3, subject: 'patient' },
    ],
    ['b.b'],
  ],
  [
    "drops a town in a facility's address that nobody else claims",
    [
      { rule: 'text.town', category: 'geo', from: 20, to: 30 },
      { rule: 'b.b', rank: 3, category: 'street', subject: 'facility', to: 60 },
    ],
    ['b.b'],
  ],
  [
    "keeps a town in a patient's address, and who is named in a facility's",
    [
      { rule: 'text.town', category: 'geo', from: 20, to: 30 },
      { rule: 'b.b', rank: 3, category: 'street', subject: 'patient', to: 60 },
      { rule: 'names.unknown', leaf: 1, category: 'name', from: 20, to: 30 },
      { rule: 'b.b', rank: 3, leaf: 1, category: 'street', subject: 'facility', to: 60 },
    ],
    ['b.b', 'text.town', 'b.b', 'names.unknown'],
  ],
  [
    'keeps an echo in a longer text',
    [
      { rule: 'a.a', rank: 2, from: 20, to: 30 },
      { rule: 'b.b', category: 'url', to: 60 },
    ],
    ['b.b', 'a.a'],
  ],
  [
    'keeps a whole name in place of a part of it that the identity explains',
    [
      { rule: 'names.relative', category: 'name', subject: 'relative', to: 13 },
      { rule: 'echo.name', category: 'name', subject: 'patient', rank: 2, from: 7, to: 13, confidence: 0.9 },
    ],
    ['names.relative'],
  ],
  [
    "keeps the patient's family name in what looks like a clinician's",
    [
      { rule: 'names.provider', category: 'name', subject: 'provider', to: 13 },
      { rule: 'echo.name', category: 'name', subject: 'patient', rank: 2, from: 7, to: 13, confidence: 0.9 },
    ],
    ['echo.name'],
  ],
  [
    'keeps the identity where it explains the whole name',
    [
      { rule: 'names.unknown', category: 'name', to: 13, confidence: 0.9 },
      { rule: 'echo.name', category: 'name', subject: 'patient', rank: 2, to: 13 },
      { rule: 'echo.name', category: 'name', subject: 'patient', rank: 2, from: 7, to: 13, confidence: 0.4 },
    ],
    ['echo.name'],
  ],
])('%s', (_, matches, expected) => {
  expect(resolveOverlaps(matches.map(match), NO_GUESSES).map(({ rule }) => rule)).toEqual(expected);
});

it('never keeps two of one category and subject that overlap, and does not grow with the square', () => {
  const any = fc.record({
    from: fc.nat(300),
    size: fc.integer({ min: 1, max: 40 }),
    rank: fc.constantFrom(1, 2, 3),
    confidence: fc.constantFrom(0.5, 0.9),
    category: fc.constantFrom('mrn' as const, 'ssn' as const),
  });
  fc.assert(
    fc.property(fc.array(any, { maxLength: 60 }), (list) => {
      const kept = resolveOverlaps(
        list.map(({ from, size, ...rest }) => match({ from, to: from + size, ...rest })),
        NO_GUESSES,
      );
      for (const one of kept)
        expect(
          kept.filter((other) => other !== one && other.category === one.category && other.from < one.to && one.from < other.to),
        ).toEqual([]);
    }),
    { numRuns: 200 },
  );
  const many = Array.from({ length: 100_000 }, (_, index) => match({ from: index * 3, to: index * 3 + 2 }));
  many.push(match({ from: 0, to: 300_000, rank: 3, category: 'name' }));
  expect(resolveOverlaps(many, NO_GUESSES)).toHaveLength(100_001);
});

it('lets a guess give way within a number that is known, by what its rule says of itself', () => {
  const phone = match({ rule: 'x.phone', category: 'phone', rank: 3, to: 12 });
  const code = match({ rule: 'site.code', category: 'unique-id', from: 5, to: 12 });
  const kept = (alone: ReadonlyMap<string, 'doubtful' | 'nothing'>) =>
    resolveOverlaps([phone, code], alone).map(({ rule }) => rule);
  expect(kept(NO_GUESSES)).toEqual(['x.phone', 'site.code']);
  expect(kept(new Map([['site.code', 'nothing']]))).toEqual(['x.phone']);
});

import { describe, expect, it } from 'vitest';
import { CharClass } from '../../src/core/format.ts';
import { createHits, hasWord } from '../../src/detect/automaton.ts';
import { factorOf } from '../../src/detect/claims.ts';
import { compilePacks } from '../../src/detect/compile.ts';
import { compileRule, nearby, wordsOf } from '../../src/detect/compile-rule.ts';
import { findEchoes } from '../../src/detect/echo.ts';
import { CLASSES, candidates, eligibleEntries, selected } from '../../src/detect/eligible.ts';
import type { Entry } from '../../src/detect/entry.ts';
import { explainMatch } from '../../src/detect/explain.ts';
import { foldWithOrigin } from '../../src/detect/fold-map.ts';
import type { Detection } from '../../src/detect/match.ts';
import { newNames } from '../../src/detect/names/names-read.ts';
import type { Rule } from '../../src/detect/pack.ts';
import { compilePattern } from '../../src/detect/pattern.ts';
import { MATCH_COST, runPatterns } from '../../src/detect/patterns.ts';
import { detect } from '../../src/detect/scan.ts';
import { isNear, type Scan } from '../../src/detect/scan-state.ts';
import { shapeOf } from '../../src/detect/shape.ts';
import { message, shippedPacks, shippedRules } from '../support/rules.ts';

function shippedRule(id: string): Rule {
  const rule = shippedPacks()
    .flatMap(({ rules }) => rules)
    .find((candidate) => candidate.id === id);
  if (rule === undefined) throw new Error(`no rule ${id}`);
  return rule;
}

const compiled = (id: string) =>
  compileRule(shippedRule(id), 'x@1.0.0', new Map(wordsOf(shippedRule(id)).map((word, index) => [word, index])));

function scanOf(text: string, budget: number): Scan {
  const parsed = message('PID|1||||OKAFOR^CHIDI', `NTE|1||${text}`);
  const ruleset = shippedRules();
  return {
    parsed,
    ruleset,
    matches: [],
    unexamined: [],
    claimed: new Int32Array(parsed.leaves.count),
    hits: createHits(ruleset.automaton.words),
    deidentified: false,
    elements: new Map(),
    sibling: { leaf: -1, at: '', found: -1 },
    relatives: { leaf: -1, at: '', values: [] },
    names: newNames(),
    walks: { budget: 1e6 },
    creators: null,
    labels: 0,
    day: null,
    decoded: 0,
    budget,
  };
}

describe('a compiled rule', () => {
  it('asks for classes, letters where it has keywords, and lengths', () => {
    expect(compiled('text.ssn').gate).toMatchObject({
      classes: CharClass.digit | CharClass.hyphen,
      oneOf: 0,
      minLength: 11,
      keywords: null,
      context: null,
    });
    expect(compiled('text.mrn').gate.oneOf).not.toBe(0);
    expect(compiled('hipaa.age').gate).toMatchObject({ minLength: 2, maxLength: 3 });
  });

  it('ranks place over pattern', () => {
    expect([compiled('hipaa.name'), compiled('hipaa.email'), compiled('text.ssn')].map(({ rank }) => rank)).toEqual([3, 2, 1]);
  });

  it('keeps what neither an exclusion nor a validator takes away', () => {
    expect(factorOf(compiled('hipaa.name'), ' unknown ')).toBe(0);
    expect(factorOf(compiled('hipaa.name'), 'OKAFOR')).toBe(1);
    expect(factorOf(compiled('text.ssn'), '999-22-1234')).toBe(0.6);
    expect(factorOf(compiled('text.ssn'), '000-22-1234')).toBe(0);
  });

  it('reports where a named group stands', () => {
    expect(compilePattern('x(?<value>y)', false).exec('xy')?.indices?.groups?.value).toEqual([1, 2]);
    expect(compilePattern('xy', true).exec('-XY')?.index).toBe(1);
  });
});

describe('a ruleset', () => {
  it('makes the plan of an address once', () => {
    const ruleset = compilePacks(shippedPacks());
    const parsed = message('PID|1||||OKAFOR');
    const address = parsed.leaves.addressOf(parsed.leaves.count - 1);
    const plan = ruleset.forAddress(address);
    expect(plan.claims.map(({ rule }) => rule.id)).toEqual(['hipaa.name']);
    expect(plan.claims[0]?.subjects.map(({ subject }) => subject)).toEqual(['patient']);
    expect(ruleset.forAddress(address)).toBe(plan);
    const list = message('PID|1||7^^^H^SS');
    const id = ruleset.forAddress(list.leaves.addressOf(list.leaves.count - 3));
    // What a condition decides comes first, then what names the field, then what names the type.
    expect(id.claims.map(({ rule }) => rule.id).filter((name) => /ssn|mrn|unique-id$/.test(name))).toEqual([
      'hipaa.ssn-identifier',
      'hipaa.mrn',
      'hipaa.unique-id',
    ]);
    expect(ruleset.plans[address.id]).toBe(plan);
  });

  it('runs no pattern on classes that cannot match, and every one on what is escaped', () => {
    const entries = ['text.ssn', 'text.email'].map(
      (id): Entry => ({ rule: compiled(id), applies: 'always', specificity: 0, subjects: [], owner: null }),
    );
    const eligible = eligibleEntries()(entries);
    const ids = (classes: number): string[] => {
      const { sets, possible } = candidates(eligible, classes);
      return sets.entries
        .filter((_, place) => ((possible[place >> 5] ?? 0) & (1 << (place & 31))) !== 0)
        .map(({ rule }) => rule.id);
    };
    expect(ids(CharClass.upper)).toEqual([]);
    expect(ids(CharClass.digit | CharClass.hyphen)).toEqual(['text.ssn']);
    expect(ids(CharClass.at | CharClass.dot | CharClass.lower)).toEqual(['text.email']);
    expect(ids(CharClass.escape)).toEqual(['text.ssn', 'text.email']);
    expect(candidates(eligible, CharClass.digit | CharClass.hyphen).minLength).toBe(11);
  });

  it('selects of hundreds of patterns those whose shape and keywords a text has, and no other', () => {
    const texts = [
      'MRN 40012345',
      'CF RSSMRA85T10A562S',
      'cf rssmra85t10a562s',
      'call 217-555-7788',
      'no digits here',
      'born 3/3/1962, SSN 536-22-8147, DOB',
      '',
    ];
    const ruleset = shippedRules();
    const { patterns } = ruleset.forAddress(message('NTE|1||x').leaves.addressOf(1));
    const found = candidates(patterns, CLASSES);
    for (const text of texts) {
      ruleset.automaton.mark(text, ruleset.hits);
      const shape = shapeOf(text);
      const bits = selected(found, shape, ruleset.hits);
      const chosen = found.sets.entries.filter((_, place) => ((bits[place >> 5] ?? 0) & (1 << (place & 31))) !== 0);
      const expected = found.sets.entries.filter(({ rule: { gate } }) => {
        const words = gate.keywords ?? gate.context?.words;
        if (gate.digits > shape.digits || gate.capitals > shape.capitals || gate.letters > shape.letters) return false;
        return words === undefined || words.some((word) => hasWord(ruleset.hits, word));
      });
      expect(chosen).toEqual(expected);
    }
  });
});

describe('the steps of a scan', () => {
  it('are paid for by patterns and matches', () => {
    const scan = scanOf('SSN 536-22-8147', 1e6);
    const leaf = scan.parsed.leaves.count - 1;
    runPatterns(scan, scan.ruleset.forAddress(scan.parsed.leaves.addressOf(leaf)), leaf);
    expect(scan.matches.map(({ rule }) => rule)).toContain('text.ssn');
    expect(1e6 - scan.budget).toBeGreaterThan(MATCH_COST);
  });

  it('are paid for by echoes', () => {
    const scan = scanOf('Chidi Okafor', 1e6);
    findEchoes(scan);
    expect(scan.matches.map(({ rule }) => rule)).toContain('echo.name');
    expect(1e6 - scan.budget).toBeGreaterThanOrEqual(scan.parsed.end - scan.parsed.start);
  });
});

describe('context', () => {
  const near = { near: /(?<![\p{L}\p{N}])(?:ss|ssn)(?![\p{L}\p{N}])/iu, window: 6, side: 'before' as const };

  it.each([
    ['ssn 5', 4, true],
    ['a ssn: 5', 7, true],
    ['ssn is not 5', 11, false],
    ['the class 5', 10, false],
    ['5 ssn', 0, false],
  ])('%j', (text, from, expected) => {
    expect(isNear(near, text, from, from + 1)).toBe(expected);
  });

  it('looks behind a match where it should', () => {
    expect(isNear({ ...near, side: 'after' }, '5 ssn', 0, 1)).toBe(true);
    expect(isNear({ ...near, side: 'both' }, 'ssn 5', 4, 5)).toBe(true);
  });
});

it('explains each kind of match in words', () => {
  const parsed = message(
    'PID|1||78412233^^^H^MR||OKAFOR^CHIDI',
    'NTE|1||MRN 78412233, SSN 536-22-8147',
    'PID|1||||||||||||^NET^Internet^a.b@mail.example',
    'NTE|2||Spoke with Mrs. Lindqvist',
  );
  const { matches }: Detection = detect(parsed, shippedRules());
  expect(matches.map((match) => explainMatch(parsed, shippedRules(), match))).toEqual([
    'by its place, PID-3.1',
    'by its place, XPN.1',
    'by its place, XPN.2',
    "repeats a number of the message's identity fields",
    'by a pattern in any leaf; checked by ssn',
    'by a pattern at XTN.4',
    "a person's name by the words around it, in free text",
  ]);
});

it.each([
  ['Doe', 'DOE', [0, 1, 2, 3]],
  ['Ærø', 'AERO', [0, 0, 1, 2, 3]],
  ['e\u0301x', 'EX', [0, 2, 3]],
  ['ﬁn', 'FIN', [0, 0, 1, 2]],
  ['𝐀b', 'AB', [0, 2, 3]],
])('folds %j to %j and knows where each character was', (text, folded, origins) => {
  const result = foldWithOrigin(text);
  expect(result.text).toBe(folded);
  expect(origins.map((_, index) => result.origin(index))).toEqual(origins);
});

it.each([
  ['kv-nr', 'KV-Nr. 7', true],
  ['kv-nr', 'KV.Nr. 7', false],
  ['d.o.b', 'd.o.b 7', true],
  ['numero', 'Numéro 7', true],
  ['numero', 'Numérote 7', false],
])('knows the context word %s in %s: %s', (word, text, near) => {
  expect(isNear(nearby({ words: [word], window: 20, side: 'before' }), text, text.length - 1, text.length)).toBe(near);
});

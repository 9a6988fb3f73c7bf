import { CharClass } from '../core/format.ts';
import type { Category, Severity } from '../core/vocabulary.ts';
import type { Likely } from './names/candidate.ts';
import type { Whose } from './names/evidence.ts';
import type { Rule, When } from './pack.ts';
import { compilePattern, compileTester, type Engine, type Pattern, RE2_COST, type Tester } from './pattern.ts';
import { leastOf } from './pattern-width.ts';
import { parseSibling, type Sibling } from './siblings.ts';
import { VALIDATORS } from './validators/registry.ts';
import type { Validator } from './validators/validator.ts';
import { type ValueSet, valueSet } from './value-set.ts';

/** In place of a sibling: the private creator that reserved the leaf's block of elements (PS3.5 §7.8.1). */
export const CREATOR = 'creator';

/** A condition on a sibling leaf, its values folded to upper case. */
export interface Condition {
  readonly at: Sibling | typeof CREATOR;
  readonly allow: ValueSet | null;
  /** Ends of addresses that are allowed as well. */
  readonly endings: readonly string[];
  readonly deny: ValueSet | null;
  readonly absent: boolean;
}

/** What a leaf's decoded text must pass before a pattern is run. Keywords are numbers of the ruleset's automaton; one of them is needed. */
export interface Gate {
  /** Bits of CharClass, all needed. */
  readonly classes: number;
  /** One of these bits is needed, any of them where it is 0. */
  readonly oneOf: number;
  readonly minLength: number;
  readonly maxLength: number;
  /** What a match holds at least, of ASCII: digits; capitals and digits one after the other; letters and digits likewise. */
  readonly digits: number;
  readonly capitals: number;
  readonly letters: number;
  /** 1 where it asks for a character of another script than Latin. */
  readonly scripts: number;
  readonly keywords: Int32Array | null;
  readonly context: (Nearby & { words: Int32Array }) | null;
}

/** Words near a match. */
export interface Nearby {
  readonly near: RegExp;
  readonly window: number;
  readonly side: 'before' | 'after' | 'both';
}

export interface CompiledRule {
  readonly id: string;
  /** Its place among the rules of the ruleset. */
  readonly number: number;
  /** `name@version` */
  readonly pack: string;
  readonly rule: Rule;
  /** Only to objects that have to be free of identifiers. */
  readonly deidentified: boolean;
  readonly category: Category;
  readonly severity: Severity;
  readonly confidence: number;
  /** `aside`: it has no place and no pattern of its own. */
  readonly kind: 'claim' | 'pattern' | 'aside';
  /** What overlaps are settled by (overlap.ts): 3 by place, 2 by a pattern at a named place, 1 by a pattern anywhere. */
  readonly rank: number;
  /** Whose names it finds in a text, in place of a pattern. */
  readonly names: Whose | Likely | null;
  readonly pattern: Pattern | null;
  /** What a character of a text costs of a scan's budget. */
  readonly cost: number;
  readonly gate: Gate;
  readonly validators: readonly Validator[];
  /** Null where no value is. */
  readonly excludedValues: ValueSet | null;
  readonly excludedPatterns: readonly Tester[];
  readonly excludedBefore: Tester | null;
  readonly conditions: readonly Condition[];
}

/** Whether a rule looks into texts: by a pattern, or for names. */
export function readsText({ pattern, names }: Rule): boolean {
  return pattern !== undefined || names !== undefined;
}

/** Keywords of a rule, lower case: what the ruleset's automaton is built of. */
export function wordsOf(rule: Rule): string[] {
  return [...(rule.keywords ?? []), ...(rule.context?.words ?? [])].map((word) => word.toLowerCase());
}

/** A rule made ready to run; `words` numbers the keywords of all rules. */
export function compileRule(
  rule: Rule,
  pack: string,
  words: ReadonlyMap<string, number>,
  {
    deidentified = false,
    engine = 'javascript',
    number = 0,
  }: { readonly deidentified?: boolean; readonly engine?: Engine; readonly number?: number } = {},
): CompiledRule {
  const values = rule.exclude?.values;
  return {
    id: rule.id,
    number,
    pack,
    rule,
    deidentified,
    category: rule.category,
    severity: rule.severity,
    confidence: rule.confidence,
    kind: rule.echo !== undefined || rule.beside !== undefined ? 'aside' : readsText(rule) ? 'pattern' : 'claim',
    rank: !readsText(rule) ? 3 : namesPlaces(rule) ? 2 : 1,
    names: rule.names ?? null,
    pattern: rule.pattern === undefined ? null : compilePattern(rule.pattern, rule.ignoreCase === true, engine),
    cost: engine === 're2' ? RE2_COST : 1,
    gate: compileGate(rule, words, engine),
    validators: (rule.validate ?? []).flatMap((name) => VALIDATORS.get(name) ?? []),
    excludedValues: values === undefined ? null : valueSet(values),
    excludedPatterns: (rule.exclude?.patterns ?? []).map((source) =>
      compileTester(source, rule.exclude?.ignoreCase === true, engine),
    ),
    excludedBefore: rule.exclude?.before === undefined ? null : compileTester(`(?:${rule.exclude.before})$`, true, engine),
    conditions: [...ownersOf(rule), ...(rule.when ?? []).map(compileCondition)],
  };
}

function namesPlaces({ scope }: Rule): boolean {
  return [scope?.paths, scope?.tags, scope?.fhir, scope?.cda, scope?.columns].some((places) => places !== undefined);
}

/** The bit of a class as rules call it. Of a byte only that it is not ASCII is known: of what script, its text tells (shape.ts). */
export function classBit(name: NonNullable<Rule['needs']>[number]): number {
  return CharClass[name === 'script' ? 'high' : name];
}

function bitsOfClasses(names: Rule['needs']): number {
  return (names ?? []).reduce((bits, name) => bits | classBit(name), 0);
}

/** A letter of any script: what lies outside ASCII may be one. */
const LETTER = CharClass.upper | CharClass.lower | CharClass.high;

function compileGate(rule: Rule, words: ReadonlyMap<string, number>, engine: Engine): Gate {
  const { context } = rule;
  return {
    classes: bitsOfClasses(rule.needs),
    // Keywords are words: without a letter there are none.
    oneOf:
      rule.needsOneOf !== undefined
        ? bitsOfClasses(rule.needsOneOf)
        : rule.keywords !== undefined || context !== undefined
          ? LETTER
          : 0,
    minLength: rule.minLength ?? 1,
    maxLength: rule.maxLength ?? Number.POSITIVE_INFINITY,
    ...(rule.pattern === undefined || engine === 're2'
      ? { digits: 0, capitals: 0, letters: 0 }
      : leastOf(rule.pattern, rule.ignoreCase === true)),
    scripts: rule.needs?.includes('script') === true ? 1 : 0,
    keywords: rule.keywords === undefined ? null : numbersOf(rule.keywords, words),
    context: context === undefined ? null : { words: numbersOf(context.words, words), ...nearby(context) },
  };
}

export function nearby({ words, window, side }: NonNullable<Rule['context']>): Nearby {
  return {
    near: new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.map(escapeRegExp).join('|')})(?![\\p{L}\\p{N}])`, 'iu'),
    window,
    side,
  };
}

function numbersOf(list: readonly string[], words: ReadonlyMap<string, number>): Int32Array {
  return Int32Array.from(list, (word) => words.get(word.toLowerCase()) ?? 0);
}

function ownersOf({ scope }: Rule): Condition[] {
  if (scope?.creators === undefined) return [];
  return [{ at: CREATOR, allow: valueSet(scope.creators), endings: [], deny: null, absent: false }];
}

// An asterisk and a slash before what an address ends in.
const ENDING = '*/';

export function compileCondition(condition: When): Condition {
  return {
    at: parseSibling(condition.at),
    allow: condition.in === undefined ? null : valueSet(condition.in.filter((value) => !value.startsWith(ENDING))),
    endings: (condition.in ?? [])
      .filter((value) => value.startsWith(ENDING))
      .map((value) => value.slice(ENDING.length).toUpperCase()),
    deny: condition.notIn === undefined ? null : valueSet(condition.notIn),
    absent: condition.absent === true,
  };
}

/** Under flag `u` an escaped hyphen is an error outside of brackets, where it needs none. */
function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, (character) => `\\${character}`);
}

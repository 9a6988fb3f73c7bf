import { createHash } from 'node:crypto';
import { type Address, CharClass } from '../core/format.ts';
import type { Category, Severity, Subject } from '../core/vocabulary.ts';
import { type Automaton, buildAutomaton } from './automaton.ts';
import { type Pack, packId, type Rule, type When } from './pack.ts';
import { type Place, type Position, parsePlace, positionOf, within } from './places.ts';
import { parseSibling, type Sibling } from './siblings.ts';
import { type Scope, textScope } from './text-scope.ts';
import { VALIDATORS } from './validators/registry.ts';
import type { Validator } from './validators/validator.ts';

/** A condition on a sibling leaf, its values folded to upper case. */
export interface Condition {
  readonly at: Sibling;
  readonly allow: ReadonlySet<string> | null;
  readonly deny: ReadonlySet<string> | null;
  readonly absent: boolean;
}

/** What a leaf's decoded text must pass before a pattern is run. Keyword numbers are bits of the ruleset's automaton. */
export interface Gate {
  /** Bits of CharClass, all needed. */
  readonly classes: number;
  readonly minLength: number;
  readonly keywords: Uint32Array | null;
  readonly context: (Nearby & { words: Uint32Array }) | null;
}

/** Words near a match. */
export interface Nearby {
  readonly near: RegExp;
  readonly window: number;
  readonly side: 'before' | 'after' | 'both';
}

export interface CompiledRule {
  readonly id: string;
  /** `name@version` */
  readonly pack: string;
  readonly rule: Rule;
  readonly category: Category;
  readonly severity: Severity;
  readonly confidence: number;
  readonly kind: 'claim' | 'pattern' | 'echo';
  /** Among claims of one leaf the higher is tried first: with a condition before without, by path before by type. */
  readonly specificity: number;
  readonly pattern: RegExp | null;
  readonly gate: Gate;
  readonly validators: readonly Validator[];
  /** Upper case. */
  readonly excludedValues: ReadonlySet<string>;
  /** Bit n: a value of n characters may be excluded; bit 31 for 31 and longer. Spares decoding what can't be. */
  readonly excludedLengths: number;
  readonly excludedPatterns: readonly RegExp[];
  readonly excludedBefore: RegExp | null;
  readonly conditions: readonly Condition[];
}

/** One rule at one address. */
export interface Entry {
  readonly rule: CompiledRule;
  /** The first whose condition holds decides; the last has none. */
  readonly subjects: readonly Owner[];
}

/** Whose it is, if the condition and the cue hold; null holds always. */
export interface Owner {
  readonly condition: Condition | null;
  readonly cue: Nearby | null;
  readonly subject: Subject;
  readonly severity: Severity;
}

/** What is to be done with the leaves of one address. */
export interface Plan {
  readonly claims: readonly Entry[];
  readonly patterns: readonly Entry[];
  /** Free text, or a leaf that no standard types. */
  readonly scope: Scope;
  readonly position: Position;
}

export interface Ruleset {
  /** SHA-256 (hex) of the packs' contents, whatever their order, comments and spelling in YAML. */
  readonly digest: string;
  /** `name@version` of each. */
  readonly packs: readonly string[];
  readonly rules: readonly CompiledRule[];
  /** Rules on the message's own identity, by the kind of value. */
  readonly echo: ReadonlyMap<string, CompiledRule>;
  readonly automaton: Automaton;
  /** Made when an address is met for the first time, remembered by its id. */
  forAddress(address: Address): Plan;
}

/** Compiles loaded packs. Errors are `load.ts`'s: what it returned compiles. */
export function compilePacks(packs: readonly Pack[]): Ruleset {
  const words = new Map<string, number>();
  for (const { rules } of packs) for (const rule of rules) for (const word of wordsOf(rule)) if (!words.has(word)) words.set(word, words.size);
  const rules = packs.flatMap((pack) => pack.rules.map((rule) => compileRule(rule, packId(pack), words)));
  const placed = rules.map((rule) => ({ rule, scope: compileScope(rule.rule) }));
  const plans: (Plan | undefined)[] = [];
  return {
    digest: digestOf(packs),
    packs: packs.map(packId),
    rules,
    echo: new Map(rules.flatMap((rule) => (rule.rule.echo === undefined ? [] : [[rule.rule.echo, rule] as const]))),
    automaton: buildAutomaton([...words.keys()]),
    forAddress(address) {
      const known = plans[address.id];
      if (known !== undefined) return known;
      const made = planOf(address, placed);
      plans[address.id] = made;
      return made;
    },
  };
}

/** SHA-256 (hex) of what the packs say, in an order that does not depend on files or on the order of keys. */
export function digestOf(packs: readonly Pack[]): string {
  const sorted = [...packs].sort((a, b) => (a.name < b.name ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted, sortKeys)).digest('hex');
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function wordsOf(rule: Rule): string[] {
  return [...(rule.keywords ?? []), ...(rule.context?.words ?? [])].map((word) => word.toLowerCase());
}

function compileRule(rule: Rule, pack: string, words: ReadonlyMap<string, number>): CompiledRule {
  const values = rule.exclude?.values ?? [];
  return {
    id: rule.id,
    pack,
    rule,
    category: rule.category,
    severity: rule.severity,
    confidence: rule.confidence,
    kind: rule.echo !== undefined ? 'echo' : rule.pattern !== undefined ? 'pattern' : 'claim',
    specificity: (rule.when === undefined ? 0 : 2) + (rule.scope?.paths === undefined ? 0 : 1),
    pattern: rule.pattern === undefined ? null : compilePattern(rule.pattern, rule.ignoreCase === true),
    gate: compileGate(rule, words),
    validators: (rule.validate ?? []).flatMap((name) => VALIDATORS.get(name) ?? []),
    excludedValues: new Set(values.map((value) => value.toUpperCase())),
    excludedLengths: values.reduce((bits, value) => bits | (1 << Math.min(value.length, 31)), 0),
    excludedPatterns: (rule.exclude?.patterns ?? []).map((source) => new RegExp(source, 'u')),
    excludedBefore: rule.exclude?.before === undefined ? null : new RegExp(`(?:${rule.exclude.before})$`, 'iu'),
    conditions: (rule.when ?? []).map(compileCondition),
  };
}

/** Flags: `g` to find all, `u` for letters of any script, `d` only where a group's place is asked for. */
export function compilePattern(source: string, ignoreCase: boolean): RegExp {
  return new RegExp(source, `gu${ignoreCase ? 'i' : ''}${source.includes('(?<value>') ? 'd' : ''}`);
}

function compileGate(rule: Rule, words: ReadonlyMap<string, number>): Gate {
  const { context } = rule;
  return {
    classes: (rule.needs ?? []).reduce((bits, name) => bits | CharClass[name], 0),
    minLength: rule.minLength ?? 1,
    keywords: rule.keywords === undefined ? null : bitsOf(rule.keywords, words),
    context: context === undefined ? null : { words: bitsOf(context.words, words), ...nearby(context) },
  };
}

function nearby({ words, window, side }: NonNullable<Rule['context']>): Nearby {
  return { near: new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.map(escapeRegExp).join('|')})(?![\\p{L}\\p{N}])`, 'iu'), window, side };
}

function bitsOf(list: readonly string[], words: ReadonlyMap<string, number>): Uint32Array {
  const bits = new Uint32Array((words.size >> 5) + 1);
  for (const word of list) {
    const number = words.get(word.toLowerCase()) ?? 0;
    bits[number >> 5] = (bits[number >> 5] ?? 0) | (1 << (number & 31));
  }
  return bits;
}

function compileCondition(condition: When): Condition {
  const fold = (values: readonly string[] | undefined): ReadonlySet<string> | null =>
    values === undefined ? null : new Set(values.map((value) => value.toUpperCase()));
  return { at: parseSibling(condition.at), allow: fold(condition.in), deny: fold(condition.notIn), absent: condition.absent === true };
}

interface CompiledScope {
  readonly paths: readonly Place[];
  readonly types: readonly Place[];
  readonly segments: ReadonlySet<string> | null;
  readonly text: boolean;
  readonly any: boolean;
  readonly except: readonly Place[];
  readonly subjects: readonly (Owner & { paths: readonly Place[]; types: readonly Place[] })[];
}

function compileScope(rule: Rule): CompiledScope {
  const { scope } = rule;
  return {
    paths: (scope?.paths ?? []).map(parsePlace),
    types: (scope?.types ?? []).map(parsePlace),
    segments: scope?.segments === undefined ? null : new Set(scope.segments),
    text: scope?.text === true,
    any: scope?.any === true,
    except: (scope?.except ?? []).map(parsePlace),
    subjects: (rule.subjectBy ?? []).map((by) => ({
      paths: (by.paths ?? []).map(parsePlace),
      types: (by.types ?? []).map(parsePlace),
      condition: by.when === undefined ? null : compileCondition(by.when),
      cue: by.cue === undefined ? null : nearby(by.cue),
      subject: by.subject,
      severity: by.severity ?? rule.severity,
    })),
  };
}

function planOf(address: Address, placed: readonly { rule: CompiledRule; scope: CompiledScope }[]): Plan {
  const position = positionOf(address);
  const free = textScope(position);
  const entries = placed.filter(({ scope }) => inScope(scope, position, free)).map(({ rule, scope }) => ({ rule, subjects: subjectsAt(rule, scope, position) }));
  return {
    // Array.prototype.sort is stable: among equals the pack's order decides.
    claims: entries.filter(({ rule }) => rule.kind === 'claim').sort((a, b) => b.rule.specificity - a.rule.specificity),
    patterns: entries.filter(({ rule }) => rule.kind === 'pattern'),
    scope: free,
    position,
  };
}

function inScope(scope: CompiledScope, position: Position, free: Scope): boolean {
  if (scope.except.some((place) => within(place, position))) return false;
  if (scope.paths.some((place) => within(place, position))) return true;
  if (scope.segments !== null && !scope.segments.has(position.segment)) return false;
  return scope.any || (scope.text && free === 'text') || scope.types.some((place) => within(place, position));
}

function subjectsAt(rule: CompiledRule, scope: CompiledScope, position: Position): Entry['subjects'] {
  const found: Owner[] = [];
  for (const { paths, types, condition, cue, subject, severity } of scope.subjects) {
    const anywhere = paths.length === 0 && types.length === 0;
    if (!anywhere && !paths.some((place) => within(place, position)) && !types.some((place) => within(place, position))) continue;
    found.push({ condition, cue, subject, severity });
    if (condition === null && cue === null) return found;
  }
  found.push({ condition: null, cue: null, subject: rule.rule.subject, severity: rule.severity });
  return found;
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, (character) => `\\${character}`);
}

import { createHash } from 'node:crypto';
import type { Address } from '../core/format.ts';
import { type Automaton, buildAutomaton } from './automaton.ts';
import { type CompiledRule, compileCondition, compileRule, nearby, wordsOf } from './compile-rule.ts';
import { type Eligible, eligibleEntries } from './eligible.ts';
import type { Entry, Owner } from './entry.ts';
import { type Pack, packId, type Rule } from './pack.ts';
import { type Place, type Position, parsePlace, positionOf, within } from './places.ts';
import { type Scope, textScope } from './text-scope.ts';

/** What is to be done with the leaves of one address. */
export interface Plan {
  readonly claims: readonly Entry[];
  /** Patterns worth running on a leaf, by its character classes. */
  readonly patterns: Eligible;
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
  /** Scratch of a scan: keyword bits of the leaf being read. */
  readonly hits: Uint32Array;
  /** Plans made so far, by address id. */
  readonly plans: readonly (Plan | undefined)[];
  /** Made when an address is met for the first time, remembered by its id. */
  forAddress(address: Address): Plan;
}

/** Compiles loaded packs. Errors are `load.ts`'s: what it returned compiles. */
export function compilePacks(packs: readonly Pack[]): Ruleset {
  const words = new Map<string, number>();
  for (const { rules } of packs)
    for (const rule of rules) for (const word of wordsOf(rule)) if (!words.has(word)) words.set(word, words.size);
  const rules = packs.flatMap((pack) => pack.rules.map((rule) => compileRule(rule, packId(pack), words)));
  const placed = rules.map((rule) => ({ rule, scope: compileScope(rule.rule) }));
  const plans: (Plan | undefined)[] = [];
  const eligible = eligibleEntries();
  return {
    plans,
    digest: digestOf(packs),
    packs: packs.map(packId),
    rules,
    echo: new Map(rules.flatMap((rule) => (rule.rule.echo === undefined ? [] : [[rule.rule.echo, rule] as const]))),
    automaton: buildAutomaton([...words.keys()]),
    hits: new Uint32Array((words.size >> 5) + 1),
    forAddress(address) {
      const known = plans[address.id];
      if (known !== undefined) return known;
      const made = planOf(address, placed, eligible);
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

function planOf(
  address: Address,
  placed: readonly { rule: CompiledRule; scope: CompiledScope }[],
  eligible: (patterns: readonly Entry[]) => Eligible,
): Plan {
  const position = positionOf(address);
  const free = textScope(position);
  const entries = placed.flatMap(({ rule, scope }) => {
    const how = howInScope(scope, position, free);
    return how === null ? [] : [entryOf(rule, how === 'path', subjectsAt(rule, scope, position))];
  });
  return {
    // Array.prototype.sort is stable: among equals the pack's order decides.
    claims: entries.filter(({ rule }) => rule.kind === 'claim').sort((a, b) => b.specificity - a.specificity),
    patterns: eligible(entries.filter(({ rule }) => rule.kind === 'pattern')),
    scope: free,
    position,
  };
}

function entryOf(rule: CompiledRule, byPath: boolean, subjects: readonly Owner[]): Entry {
  const specificity = (rule.conditions.length > 0 ? 2 : 0) + (byPath ? 1 : 0);
  return { rule, specificity, subjects, owner: subjects.length === 1 ? (subjects[0] ?? null) : null };
}

function howInScope(scope: CompiledScope, position: Position, free: Scope): 'path' | 'elsewhere' | null {
  if (scope.except.some((place) => within(place, position))) return null;
  if (scope.paths.some((place) => within(place, position))) return 'path';
  if (scope.segments !== null && !scope.segments.has(position.segment)) return null;
  const covered = scope.any || (scope.text && free === 'text') || scope.types.some((place) => within(place, position));
  return covered ? 'elsewhere' : null;
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

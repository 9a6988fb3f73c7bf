import { createHash } from 'node:crypto';
import type { Address } from '../core/format.ts';
import { attributeRuleId } from './attribute-rule.ts';
import { type Automaton, buildAutomaton, createHits, type Hits } from './automaton.ts';
import { type CompiledRule, compileRule, wordsOf } from './compile-rule.ts';
import { type Candidates, type Eligible, eligibleEntries, type Quiet } from './eligible.ts';
import type { Entry } from './entry.ts';
import { isOfSystems } from './fhir-text.ts';
import { type CompiledLabel, compileLabel, type PlacedLabels } from './label.ts';
import { createLeafMemory, type LeafMemory } from './leaf-memory.ts';
import type { Nameless } from './names/names-read.ts';
import { type Pack, packId, type Rule } from './pack.ts';
import { type Position, positionOf, type Scope } from './places.ts';
import { createPrefilter, type Prefilter, type Source } from './prefilter.ts';
import { compileListing, compileScope, covers, entryAt, type Listing, type PlacedRule } from './rule-scope.ts';
import { textScope } from './text-scope.ts';

/** What is to be done with the leaves of one address. */
export interface Plan {
  readonly claims: readonly Entry[];
  /** What may make the message sensitive. */
  readonly labels: PlacedLabels | null;
  /** Whether there are claims or labels. */
  readonly claimed: boolean;
  /** Patterns worth running on a leaf, by its character classes. */
  readonly patterns: Eligible;
  /** Made for a code, a number, a time or a name of a system: what looks like a sentence there is read as one. */
  readonly mayBeProse: boolean;
  /** Free text, or a leaf that no standard types. */
  readonly scope: Scope;
  readonly position: Position;
}

/** What was made of values that came before: codes, constants of devices and canned remarks come again all day. */
interface Remembered {
  readonly labels: LeafMemory<PlacedLabels, readonly CompiledLabel[]>;
  readonly quiet: LeafMemory<Candidates, Quiet>;
  /** The same of messages that have to be free of identifiers, to which other rules apply. */
  readonly strictlyQuiet: LeafMemory<Candidates, Quiet>;
  readonly nameless: LeafMemory<'names', Nameless>;
  /** What reading a sentence costs that tells of nobody, in a field for codes: by the plan of its place. */
  readonly untold: LeafMemory<Plan, number>;
  readonly strictlyUntold: LeafMemory<Plan, number>;
}

export interface Ruleset {
  /** SHA-256 (hex) of the packs' contents, whatever their order, comments and spelling in YAML. */
  readonly digest: string;
  /** `name@version` of each. */
  readonly packs: readonly string[];
  readonly rules: readonly CompiledRule[];
  /** `name@version` of the packs that apply only to messages that have to be free of identifiers. */
  readonly strict: ReadonlySet<string>;
  /** What rules find where a text says nothing else of anybody, by their ids: those for which that is less (lone.ts). */
  readonly alone: ReadonlyMap<string, NonNullable<Rule['alone']>>;
  /** Rules on the message's own identity, by the kind of value. */
  readonly echo: ReadonlyMap<string, CompiledRule>;
  /** The rule on what stands beside the parts of an address; null where no pack has it. */
  readonly beside: CompiledRule | null;
  readonly automaton: Automaton;
  /** Scratch of a scan: keywords of the leaf being read. */
  readonly hits: Hits;
  /** Of the rules' patterns by their numbers; its text is the one that was read last. */
  readonly prefilter: Prefilter;
  readonly remembered: Remembered;
  /** Plans made so far, by address id. */
  readonly plans: readonly (Plan | undefined)[];
  /** Made when an address is met for the first time, remembered by its id. */
  forAddress(address: Address): Plan;
  /** The same as if the place held free text: for what people write into fields that are made for codes. */
  forProse(address: Address): Plan;
}

/** Compiles loaded packs. Errors are `load.ts`'s: what it returned compiles. */
export function compilePacks(packs: readonly Pack[]): Ruleset {
  const words = new Map<string, number>();
  for (const { rules } of packs)
    for (const rule of rules) for (const word of wordsOf(rule)) if (!words.has(word)) words.set(word, words.size);
  const counter = { rules: 0 };
  const placed = packs.flatMap((pack) => placeRules(pack, words, counter));
  const rules = placed.map(({ rule }) => rule);
  const labels = packs.flatMap(({ labels: own = [] }) => own.map(compileLabel));
  const listing = compileListing(
    packs.flatMap(({ attributes = [] }) => attributes),
    placed,
  );
  const plans: (Plan | undefined)[] = [];
  const prose: (Plan | undefined)[] = [];
  const eligible = eligibleEntries();
  return {
    plans,
    digest: digestOf(packs),
    packs: packs.map(packId),
    rules,
    strict: new Set(packs.filter(({ applies }) => applies === 'deidentified').map(packId)),
    alone: new Map(rules.flatMap(({ id, rule: { alone } }) => (alone === undefined ? [] : [[id, alone] as const]))),
    echo: new Map(rules.flatMap((rule) => (rule.rule.echo === undefined ? [] : [[rule.rule.echo, rule] as const]))),
    beside: rules.find(({ rule }) => rule.beside === 'address') ?? null,
    automaton: buildAutomaton([...words.keys()]),
    hits: createHits(words.size),
    prefilter: createPrefilter(rules.map(sourceOf)),
    remembered: {
      labels: createLeafMemory(),
      quiet: createLeafMemory(),
      strictlyQuiet: createLeafMemory(),
      nameless: createLeafMemory(),
      untold: createLeafMemory(),
      strictlyUntold: createLeafMemory(),
    },
    forAddress(address) {
      const known = plans[address.id];
      if (known !== undefined) return known;
      const made = planOf(address, { placed, labels, listing, eligible });
      plans[address.id] = made;
      return made;
    },
    forProse(address) {
      const known = prose[address.id];
      if (known !== undefined) return known;
      const made = planOf(address, { placed, labels, listing, eligible }, 'text');
      prose[address.id] = made;
      return made;
    },
  };
}

/** Patterns that most texts would be searched for, since they ask for no word, no place and no script. */
function sourceOf({ rule, pattern, gate, rank }: CompiledRule): Source | null {
  if (rule.pattern === undefined || !(pattern instanceof RegExp)) return null;
  const waits = gate.keywords !== null || gate.context !== null || gate.scripts !== 0 || rank !== 1;
  return waits ? null : { source: rule.pattern, ignoreCase: rule.ignoreCase === true };
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

function placeRules(pack: Pack, words: ReadonlyMap<string, number>, counter: { rules: number }): PlacedRule[] {
  const table = new Set((pack.attributes ?? []).map((row) => attributeRuleId(pack.name, row)));
  return pack.rules.map((rule) => ({
    rule: compileRule(rule, packId(pack), words, {
      deidentified: pack.applies === 'deidentified',
      engine: pack.engine ?? 'javascript',
      number: counter.rules++,
    }),
    scope: compileScope(rule),
    tabled: table.has(rule.id),
    plain: { path: null, elsewhere: null },
  }));
}

function planOf(
  address: Address,
  {
    placed,
    labels,
    listing,
    eligible,
  }: {
    placed: readonly PlacedRule[];
    labels: readonly CompiledLabel[];
    listing: Listing;
    eligible: (patterns: readonly Entry[]) => Eligible;
  },
  as?: Scope,
): Plan {
  const position = positionOf(address);
  const free = as ?? textScope(position);
  const here = labels.filter(({ scope }) => covers(scope, position, free));
  const entries = placed.flatMap((each) => entryAt(each, position, free, listing) ?? []);
  // Array.prototype.sort is stable: among equals the pack's order decides.
  const claims = entries.filter(({ rule }) => rule.kind === 'claim').sort((a, b) => b.specificity - a.specificity);
  return {
    claims,
    labels: here.length === 0 ? null : here,
    claimed: claims.length > 0 || here.length > 0,
    patterns: eligible(entries.filter(({ rule }) => rule.kind === 'pattern')),
    mayBeProse: free === 'typed' && (position.dotted === null || !isOfSystems(position.dotted)),
    scope: free,
    position,
  };
}

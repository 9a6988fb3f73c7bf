import { type CompiledFlow, compileFlow } from './content.ts';
import type { FlowPolicy } from './flow.ts';
import { compareRanks, compileItem, type FlowFacts, holds, type Item, listenerNames, type Seen, see } from './match-item.ts';
import { firstComponent } from './names.ts';

/** All policies, compiled for look-up: what a message is compared with does not grow with their number. */
export interface Register {
  readonly policies: readonly FlowPolicy[];
  /** Every match item, in the order of the policies. */
  readonly items: readonly Item[];
  readonly flows: ReadonlyMap<string, CompiledFlow>;
  /** Names that policies match by: known systems, whatever a message says beside. */
  readonly names: ReadonlySet<string>;
  /** Kind of fact → value → items that can hold only where the fact has that value. */
  readonly index: ReadonlyMap<string, ReadonlyMap<string, readonly Item[]>>;
}

const ANY = 'any';

/** Compiles policies, whose ids differ (`loadFlows` makes sure). Never throws: ties are found by `checkRegister`. */
export function compileRegister(policies: readonly FlowPolicy[]): Register {
  const items = policies.flatMap((policy) => policy.match.map((item, index) => compileItem(policy.id, index, item)));
  return {
    policies,
    items,
    flows: new Map(policies.map((policy) => [policy.id, compileFlow(policy)])),
    names: new Set(items.flatMap((item) => [...item.names.values()])),
    index: indexItems(items),
  };
}

/** The facts that an item fixes to one value each. */
function handlesOf(item: Item): [kind: string, value: string][] {
  const handles: [string, string][] = [...item.names];
  for (const attribute of item.certificate) handles.push(['certificate', attribute]);
  if (item.listener !== null) handles.push(['listener', item.listener]);
  return handles.length > 0 ? handles : [[ANY, '']];
}

/** Each item goes under the handle that it shares with the fewest others. */
function indexItems(items: readonly Item[]): Map<string, Map<string, Item[]>> {
  const shared = new Map<string, number>();
  const count = ([kind, value]: readonly [string, string]): number => shared.get(`${kind}\0${value}`) ?? 0;
  for (const item of items) for (const handle of handlesOf(item)) shared.set(handle.join('\0'), count(handle) + 1);
  const index = new Map<string, Map<string, Item[]>>();
  for (const item of items) {
    const [kind, value] = handlesOf(item).reduce((best, handle) => (count(handle) < count(best) ? handle : best));
    const values = index.get(kind) ?? new Map<string, Item[]>();
    index.set(kind, values.set(value, [...(values.get(value) ?? []), item]));
  }
  return index;
}

function valuesOf(kind: string, seen: Seen): readonly string[] {
  if (kind === ANY) return [''];
  if (kind === 'listener') return listenerNames(seen.facts.provenance);
  if (kind === 'certificate') return seen.subject() ?? [];
  const value = seen.nameOf(kind);
  if (value === null) return [];
  const first = kind.startsWith('MSH-') ? firstComponent(value) : value;
  return first === value ? [value] : [value, first];
}

/**
 * The policy that a message's flow is registered under: of the items that hold, the most specific (`Rank`); null where none
 * holds. Of two alike, which `flows check` refuses, the policy whose id sorts first. What the sender claims in headers
 * counts only where the item names it.
 */
export function matchFlow(register: Register, facts: FlowFacts): FlowPolicy | null {
  const seen = see(facts);
  let best: Item | null = null;
  for (const [kind, values] of register.index) {
    for (const value of valuesOf(kind, seen)) {
      for (const item of values.get(value) ?? []) {
        if (best !== null && !outranks(item, best)) continue;
        if (holds(item, seen)) best = item;
      }
    }
  }
  return best === null ? null : (register.flows.get(best.policy)?.policy ?? null);
}

function outranks(item: Item, best: Item): boolean {
  const order = compareRanks(item.rank, best.rank);
  return order > 0 || (order === 0 && item.policy < best.policy);
}

import { kindOfName, NAME_KINDS, titleOfName } from './names.ts';
import type { AliasRule } from './row.ts';

/** A pair of names that the ledger saw beside each other, or that somebody said are one. */
export interface Alias {
  readonly name: string;
  readonly beside: string;
  readonly rule: AliasRule | 'hand';
}

/** One system with every name that it goes by. */
export interface System {
  /** The best of its names. */
  readonly id: string;
  readonly title: string;
  readonly names: readonly string[];
  /** Why those names are one. */
  readonly aliases: readonly Alias[];
}

/** Finds the system of a name. */
export type Resolve = (name: string) => System;

/**
 * Makes systems of names. A policy names its receiver; a certificate or an AE title that only one name was seen with is that name's own,
 * while one with several is an engine that carries for others, and joins nothing; what somebody said by hand holds. Nothing is rewritten:
 * taking a pair away takes the join back.
 */
export function resolveSystems(names: Iterable<string>, pairs: readonly Alias[]): { systems: System[]; resolve: Resolve } {
  const parent = new Map<string, string>();
  const rootOf = (name: string): string => {
    let root = name;
    for (let up = parent.get(root); up !== undefined && up !== root; up = parent.get(root)) root = up;
    parent.set(name, root);
    return root;
  };
  const joined = joining(pairs);
  for (const name of names) rootOf(name);
  for (const { name, beside } of joined) parent.set(rootOf(name), rootOf(beside));
  const members = Map.groupBy(parent.keys(), rootOf);
  const aliases = Map.groupBy(joined, ({ name }) => rootOf(name));
  const systems = new Map([...members].map(([root, own]) => [root, systemOf(own, aliases.get(root) ?? [])]));
  return {
    systems: [...systems.values()].sort((one, other) => (one.id < other.id ? -1 : 1)),
    resolve: (name) => systems.get(parent.has(name) ? rootOf(name) : name) ?? systemOf([name], []),
  };
}

/** The pairs that join: of carriers, those that carry one name. */
function joining(pairs: readonly Alias[]): Alias[] {
  const carried = Map.groupBy(
    pairs.filter(({ rule }) => rule === 'carrier'),
    ({ name }) => name,
  );
  return pairs.filter(({ rule, name }) => rule !== 'carrier' || carried.get(name)?.length === 1);
}

function systemOf(names: readonly string[], aliases: readonly Alias[]): System {
  const sorted = [...names].sort((one, other) => rankOf(one) - rankOf(other) || (one < other ? -1 : 1));
  const id = sorted[0] ?? 'unknown:';
  return { id, title: titleOfName(id), names: sorted, aliases };
}

function rankOf(name: string): number {
  return NAME_KINDS.indexOf(kindOfName(name));
}

import type { EdgeChange, LineageEdge } from '../../lineage/edges.ts';
import type { System } from '../../lineage/systems.ts';
import type { Trace, TracePath } from '../../lineage/trace.ts';

/** Two names that somebody says are one system. */
export interface NewMerge {
  readonly id: string;
  readonly name: string;
  /** The name that it is another name of. */
  readonly into: string;
  readonly actor: string;
  readonly note: string;
  /** Milliseconds. */
  readonly at: number;
}

export interface Merge extends NewMerge {
  /** Who took it back, and when; null while it holds. */
  readonly undoneBy: string | null;
  readonly undoneAt: number | null;
}

export interface TraceQuery {
  /** Tokens of the identifier, under every token key that there is, and in every form that fits. */
  readonly tokens: readonly string[];
  /** What was known by then, milliseconds; all of it where it is left out. */
  readonly at?: number;
  readonly limit: number;
  readonly cursor?: string;
}

export interface Persons {
  readonly tokens: readonly string[];
  /** Those who share a strong token count as one. */
  readonly persons: number;
}

/** Where data went: between which systems, by which hops, and whose. */
export interface LineageStore {
  /** Every edge that was seen until the day of `at` (milliseconds, UTC), the heaviest first. */
  edges(at: number): Promise<readonly LineageEdge[]>;
  /** What changed between two days; an edge stands where a message went over it in the thirty days before. */
  between(from: number, to: number): Promise<readonly EdgeChange[]>;
  /** Systems with the names that each goes by, and why. */
  systems(): Promise<readonly System[]>;
  /** What people joined by hand, the latest first, those that were taken back included. */
  merges(limit: number): Promise<readonly Merge[]>;
  /** Joins two names. The same id again changes nothing. */
  merge(merge: NewMerge): Promise<void>;
  /** Throws `ledger.conflict` where there is no such merge, or somebody took it back already. */
  undo(id: string, actor: string, at: number): Promise<void>;
  /** Every hop and message that carried the identifier, with the sum of it. Throws `usage` for a cursor that no page gave out. */
  trace(query: TraceQuery): Promise<Trace>;
  /** The way of one message's content, from hop to hop in time order. */
  path(message: string): Promise<TracePath>;
  /** Every token that the identifier's persons go by, those given included, and how many persons they are: 0 where nobody is known by them. */
  personsOf(tokens: readonly string[]): Promise<Persons>;
  /** Removes a person from the registry and the trail: what `trace` of these tokens finds. Messages, findings and incidents stay. `messages` counts entries: a message is listed under each key. */
  forget(tokens: readonly string[]): Promise<{ tokens: number; messages: number }>;
}

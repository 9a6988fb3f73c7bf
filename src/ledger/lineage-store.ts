import type { EdgeChange, LineageEdge } from '../lineage/edges.ts';
import type { System } from '../lineage/systems.ts';
import type { Trace, TracePath } from '../lineage/trace.ts';
import { lineageEdgeReads } from './lineage-edges.ts';
import { type Merge, mergeReads, type NewMerge } from './lineage-merges.ts';
import { lineageTraceReads, type TraceQuery } from './lineage-trace.ts';
import type { Answer, Argument, OperationName } from './operations.ts';
import type { Builder, Executor } from './statement.ts';

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
  /** Removes a person from the registry and the trail: what `trace` of these tokens finds. Messages, findings and incidents stay. `messages` counts entries: a message is listed under each key. */
  forget(tokens: readonly string[]): Promise<{ tokens: number; messages: number }>;
}

interface Parts {
  readonly db: Builder;
  readonly reader: Executor;
  call<Name extends OperationName>(name: Name, argument: Argument<Name>): Promise<Answer<Name>>;
  snapshot<T>(read: (x: Executor) => Promise<T>): Promise<T>;
}

export function lineageStore({ db, reader, call, snapshot }: Parts): LineageStore {
  const edges = lineageEdgeReads(db);
  const traces = lineageTraceReads(db);
  const merges = mergeReads(db);
  return {
    edges: (at) => snapshot((x) => edges.edges(x, at)),
    between: (from, to) => snapshot((x) => edges.between(x, from, to)),
    systems: () => snapshot((x) => edges.systems(x)),
    merges: (limit) => merges.merges(reader, limit),
    merge: (merge) => call('mergeNames', merge),
    undo: (id, actor, at) => call('undoMerge', { id, actor, at }),
    trace: (query) => snapshot((x) => traces.trace(x, query)),
    path: (message) => snapshot((x) => traces.path(x, message)),
    async forget(tokens) {
      const { keys, months } = await snapshot((x) => traces.keysOf(x, tokens));
      if (keys.length === 0) return { tokens: 0, messages: 0 };
      let messages = 0;
      for (const month of months) {
        for (let more = true; more; ) {
          const slice = await call('forgetPerson', { keys, month });
          messages += slice.messages;
          more = slice.more;
        }
      }
      // Last, so that a forget that was cut off finds the rest when it is asked again.
      const { tokens: removed } = await call('forgetPerson', { keys, month: null });
      return { tokens: removed, messages };
    },
  };
}

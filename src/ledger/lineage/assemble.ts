import type { Engine } from '../engine.ts';
import { lineageEdgeReads } from './edges.ts';
import { mergeReads } from './merges.ts';
import type { LineageStore } from './store.ts';
import { lineageTraceReads } from './trace.ts';

/** What a ledger tells of lineage. */
export function lineageStore({ db, reader, call, snapshot }: Pick<Engine, 'db' | 'reader' | 'call' | 'snapshot'>): LineageStore {
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
    personsOf: (tokens) => snapshot((x) => traces.personsOf(x, tokens)),
    async forget(tokens) {
      const { keys, months } = await snapshot((x) => traces.keysOf(x, tokens));
      if (keys.length === 0) return { tokens: 0, messages: 0 };
      let messages = 0;
      for (const month of months) {
        for (let more = true; more; ) {
          const slice = await call('forgetPerson', { keys, month, at: Date.now() });
          messages += slice.messages;
          more = slice.more;
        }
      }
      // Last, so that a forget that was cut off finds the rest when it is asked again.
      const { tokens: removed } = await call('forgetPerson', { keys, month: null, at: Date.now() });
      return { tokens: removed, messages };
    },
  };
}

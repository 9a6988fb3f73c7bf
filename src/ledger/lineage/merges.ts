import { CordonError } from '../../core/errors.ts';
import { type Builder, type Executor, once } from '../statement.ts';
import type { Merge, NewMerge } from './store.ts';

/** Names that people join, and take apart again: rows stay, so who said what when is there for good. */
export function mergeWrites(db: Builder) {
  return {
    async mergeNames(x: Executor, { into, ...merge }: NewMerge): Promise<void> {
      const row = { ...merge, into_name: into, undone_by: null, undone_at: null };
      await x.run(
        once(
          db
            .insertInto('lineage_merges')
            .values(row)
            .onConflict((conflict) => conflict.column('id').doNothing()),
        ),
      );
    },
    /** Throws `ledger.conflict` where there is no such merge, or somebody else took it back. */
    async undoMerge(x: Executor, { id, actor, at }: { id: string; actor: string; at: number }): Promise<void> {
      const changed = await x.run(
        once(
          db
            .updateTable('lineage_merges')
            .set({ undone_by: actor, undone_at: at })
            .where('id', '=', id)
            .where('undone_at', 'is', null),
        ),
      );
      if (changed > 0) return;
      const row = await x.get(once(db.selectFrom('lineage_merges').select(['undone_by', 'undone_at']).where('id', '=', id)));
      if (row?.undone_by === actor && row.undone_at === at) return;
      const what = row === undefined ? 'there is no such merge' : 'it was taken back already';
      throw new CordonError('ledger.conflict', `merge ${id}: ${what}; GET /v1/lineage/systems lists those that hold`);
    },
  };
}

export function mergeReads(db: Builder) {
  return {
    /** The latest first, those that were taken back included. */
    async merges(x: Executor, limit: number): Promise<Merge[]> {
      const rows = await x.all(
        once(db.selectFrom('lineage_merges').selectAll().orderBy('at', 'desc').orderBy('id').limit(limit)),
      );
      return rows.map(({ into_name: into, undone_by: undoneBy, undone_at: undoneAt, ...row }) => ({
        ...row,
        into,
        undoneBy,
        undoneAt,
      }));
    },
  };
}

import type { AuditRecord } from '../../core/audit.ts';
import { storable } from '../many.ts';
import { type Builder, type Executor, once } from '../statement.ts';
import { toRecord } from './entries.ts';
import type { AuditFilter } from './store.ts';

/** A page of the audit log: of every action, or of exactly one. */
type Page = Omit<AuditFilter, 'action'> & { readonly exactly?: string };

export function auditListReads(db: Builder) {
  function pageQuery({ actor, object, exactly, before, limit }: Page) {
    let query = db.selectFrom('audit_entries').selectAll().orderBy('seq', 'desc').limit(limit);
    if (actor !== undefined) query = query.where('actor', '=', actor);
    if (object !== undefined) query = query.where('object', '=', object);
    if (exactly !== undefined) query = query.where('action', '=', exactly);
    if (before !== undefined) query = query.where('seq', '<', before);
    return once(query);
  }

  /** The first action that is not before `from`, or that is behind `after`: one step in its index. */
  function actionQuery(at: { readonly from: string } | { readonly after: string }) {
    const first = db.selectFrom('audit_entries').select('action').orderBy('action').limit(1);
    return once('from' in at ? first.where('action', '>=', at.from) : first.where('action', '>', at.after));
  }

  /** Actions that begin so. There are some dozens of them, however long the log is. */
  async function actionsOf(x: Executor, prefix: string): Promise<string[]> {
    const found: string[] = [];
    let next = await x.get(actionQuery({ from: prefix }));
    while (next?.action.startsWith(prefix) === true) {
      found.push(next.action);
      next = await x.get(actionQuery({ after: next.action }));
    }
    return found;
  }

  return {
    pageQuery,
    actionQuery,
    /** The latest first. Of a beginning of actions, a page of each is read in the order of an index, and the latest of all are taken. */
    async list(x: Executor, { action, ...filter }: AuditFilter): Promise<readonly AuditRecord[]> {
      if (action === undefined) return (await x.all(pageQuery(filter))).map(toRecord);
      const rows = [];
      for (const exactly of await actionsOf(x, storable(action))) rows.push(...(await x.all(pageQuery({ ...filter, exactly }))));
      return rows
        .toSorted((a, b) => b.seq - a.seq)
        .slice(0, filter.limit)
        .map(toRecord);
    },
  };
}

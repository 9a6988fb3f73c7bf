import { leafOf } from '../../audit/leaf.ts';
import { completedBy, type Node, nodeHash } from '../../audit/merkle.ts';
import type { AuditCheckpoint, AuditRecord, SaltedEntry } from '../../core/audit.ts';
import { CordonError } from '../../core/errors.ts';
import { fromJson } from '../json.ts';
import type { AuditEntriesTable } from '../schema.ts';
import { type Builder, type Executor, once } from '../statement.ts';

/** Entries that one transaction drops once their time is over. */
const SLICE = 1000;

/** What says that entries went with their time; `through` is the place of the last of them. */
export const RETAINED = { action: 'audit.retain', object: 'audit-log' } as const;

/** The audit log: it is appended to, and nothing changes it. One writer at a time makes the order total (docs/adr/0034-audit-log.md). */
export function auditWrites(db: Builder) {
  return {
    /** Returns the entry's place. An entry that is there already keeps its own. */
    appendAudit: (x: Executor, entry: SaltedEntry): Promise<number> => appendAuditTo(x, db, entry),
    /** A checkpoint that is there already stays as it is. */
    async saveCheckpoint(x: Executor, checkpoint: AuditCheckpoint): Promise<void> {
      const insert = db.insertInto('audit_checkpoints').values({ ...checkpoint });
      await x.run(once(insert.onConflict((conflict) => conflict.doNothing())));
    },
    /**
     * Drops what entries of before `at` say; their leaves stay, so proofs do too. The log says so itself, in the same transaction, by `note`. More
     * where it is a full slice.
     */
    async dropAuditEntries(x: Executor, { at, note }: { at: number; note: SaltedEntry }): Promise<boolean> {
      const old = db.selectFrom('audit_entries').select('seq').where('at', '<', at).orderBy('at').limit(SLICE);
      const seqs = (await x.all(once(old))).map(({ seq }) => seq);
      if (seqs.length === 0) return false;
      await x.run(once(db.deleteFrom('audit_entries').where('seq', 'in', seqs)));
      await appendAuditTo(x, db, { ...note, detail: { before: at, entries: seqs.length, through: Math.max(...seqs) } });
      return seqs.length === SLICE;
    },
  };
}

/** For operations that write their own entry, in the transaction of what it is about. Returns the entry's place. */
export async function appendAuditTo(x: Executor, db: Builder, entry: SaltedEntry): Promise<number> {
  const known = await x.get(once(db.selectFrom('audit_entries').select('seq').where('id', '=', entry.id)));
  if (known !== undefined) return known.seq;
  const seq = await auditSize(x, db);
  const { made, siblings } = completedBy(seq);
  let hash = leafOf(entry);
  const rows = [{ level: 0, number: seq, hash: hash.toString('base64') }];
  for (const [index, sibling] of siblings.entries()) {
    const left = await x.get(once(nodesQuery(db, [sibling])));
    const parent = made[index + 1];
    if (left === undefined || parent === undefined) throw lacking(sibling);
    hash = nodeHash(Buffer.from(left.hash, 'base64'), hash);
    rows.push({ ...parent, hash: hash.toString('base64') });
  }
  await x.run(once(db.insertInto('audit_nodes').values(rows)));
  await x.run(once(db.insertInto('audit_entries').values(toRow(seq, entry))));
  return seq;
}

/** How many entries there ever were. */
export async function auditSize(x: Executor, db: Builder): Promise<number> {
  const last = db.selectFrom('audit_nodes').select('number').where('level', '=', 0).orderBy('number', 'desc').limit(1);
  return ((await x.get(once(last)))?.number ?? -1) + 1;
}

export function nodesQuery(db: Builder, nodes: readonly Node[]) {
  const of = db.selectFrom('audit_nodes').select(['level', 'number', 'hash']);
  return of.where((eb) => eb.or(nodes.map(({ level, number }) => eb.and([eb('level', '=', level), eb('number', '=', number)]))));
}

/** Throws of a tree with a hole in it: somebody changed it behind the ledger's back. */
export function lacking({ level, number }: Node): CordonError {
  return new CordonError(
    'audit.corrupt',
    `the audit log lacks node ${number} of level ${level}: its tables were changed. Restore the ledger from a backup, and keep this one as evidence`,
  );
}

function toRow(seq: number, { id, salt, at, actor, role, action, object, detail }: SaltedEntry): AuditEntriesTable {
  return { seq, id, salt, at, actor, role, action, object, detail: JSON.stringify(detail) };
}

export function toRecord({ detail, ...row }: AuditEntriesTable): AuditRecord {
  return { ...row, detail: fromJson<AuditRecord['detail']>(detail) };
}

import { randomBytes, randomUUIDv7 } from 'node:crypto';
import { fold, type Node, nodesOf } from '../../audit/merkle.ts';
import type { AuditDetail, AuditEntry, SaltedEntry } from '../../core/audit.ts';
import { storable } from '../many.ts';
import type { Answer, Argument, OperationName } from '../operations.ts';
import { type Builder, type Executor, once } from '../statement.ts';
import { auditSize, lacking, nodesQuery, toRecord } from './entries.ts';
import { auditListReads } from './list.ts';
import type { AuditStore } from './store.ts';

interface Parts {
  readonly db: Builder;
  readonly reader: Executor;
  call<Name extends OperationName>(name: Name, argument: Argument<Name>): Promise<Answer<Name>>;
}

/** Nodes that one statement asks for. */
const AT_ONCE = 200;

export function auditStore({ db, reader, call }: Parts): AuditStore {
  const reads = auditListReads(db);
  const checkpointRows = db.selectFrom('audit_checkpoints').select(['size', 'at', 'note']);

  async function hashesOf(nodes: readonly Node[]): Promise<Map<string, Buffer>> {
    const found = new Map<string, Buffer>();
    for (let start = 0; start < nodes.length; start += AT_ONCE) {
      for (const row of await reader.all(once(nodesQuery(db, nodes.slice(start, start + AT_ONCE))))) {
        found.set(keyOf(row), Buffer.from(row.hash, 'base64'));
      }
    }
    return found;
  }

  return {
    append: (entry) => call('appendAudit', salted(entry)),
    list: (filter) => reads.list(reader, filter),
    size: async () => auditSize(reader, db),
    async placesOf(from, to) {
      // Clocks of several processes differ: what stands between two entries of the period belongs to it.
      const query = db
        .selectFrom('audit_entries')
        .select((eb) => [eb.fn.min<number | null>('seq').as('first'), eb.fn.max<number | null>('seq').as('last')])
        .where('at', '>=', from)
        .where('at', '<', to);
      const { first = null, last = null } = (await reader.get(once(query))) ?? {};
      return first === null || last === null ? null : { start: first, end: last + 1 };
    },
    async entries({ start, end }, limit) {
      const query = db.selectFrom('audit_entries').selectAll().where('seq', '>=', start).where('seq', '<', end);
      return (await reader.all(once(query.orderBy('seq').limit(limit)))).map(toRecord);
    },
    async leaves({ start, end }) {
      const query = db.selectFrom('audit_nodes').select(['number', 'hash']).where('level', '=', 0);
      const rows = await reader.all(
        once(
          query
            .where('number', '>=', start)
            .where('number', '<', end)
            .orderBy('number')
            .limit(end - start),
        ),
      );
      return rows.map((row, index) => {
        if (row.number !== start + index) throw lacking({ level: 0, number: start + index });
        return Buffer.from(row.hash, 'base64');
      });
    },
    async hashes(spans) {
      const parts = spans.map(nodesOf);
      const found = await hashesOf(parts.flat());
      return parts.map((nodes) => {
        const hashes = nodes.map((node) => {
          const hash = found.get(keyOf(node));
          if (hash === undefined) throw lacking(node);
          return hash;
        });
        return Buffer.from(fold(hashes));
      });
    },
    saveCheckpoint: (checkpoint) => call('saveCheckpoint', checkpoint),
    async lastCheckpoint() {
      return (await reader.get(once(checkpointRows.orderBy('size', 'desc').limit(1)))) ?? null;
    },
    async checkpoints(from, to) {
      const during = await reader.all(once(checkpointRows.where('at', '>=', from).where('at', '<', to).orderBy('size')));
      const earlier = checkpointRows.where('at', '<', from).orderBy('size', 'desc').limit(1);
      return [...(await reader.all(once(earlier))), ...during];
    },
  };
}

/** With an id and a salt. Texts as both engines give them back: the leaf is the hash of what can be read again. */
export function salted({ at, actor, role, action, object, detail }: AuditEntry): SaltedEntry {
  return {
    id: randomUUIDv7(),
    salt: randomBytes(16).toString('base64'),
    at,
    actor: storable(actor),
    role: storable(role),
    action: storable(action),
    object: storable(object),
    detail: storableDetail(detail),
  };
}

function storableDetail(detail: AuditDetail): AuditDetail {
  return Object.fromEntries(
    Object.entries(detail).map(([name, value]) => [storable(name), typeof value === 'string' ? storable(value) : value]),
  );
}

function keyOf({ level, number }: Node): string {
  return `${level}/${number}`;
}

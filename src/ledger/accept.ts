import type { AcceptResult, AcceptRow } from '../core/accept-row.ts';
import { CordonError } from '../core/errors.ts';
import type { MessagesTable } from './schema.ts';
import { type Builder, type Executor, prepare } from './statement.ts';

type NewMessage = Pick<
  MessagesTable,
  | 'id'
  | 'received_at'
  | 'listener'
  | 'peer'
  | 'provenance'
  | 'bytes'
  | 'elided'
  | 'inflated'
  | 'digest'
  | 'duplicate_key'
  | 'duplicate_content'
  | 'quarantined'
  | 'problems'
  | 'data_key'
  | 'sealed'
>;

/**
 * Stores what a listener received, unless it is there already. The unique indices decide, not a look-up before: the common case is
 * one insert, and two deliveries at once cannot both be new.
 */
export function acceptWrites(db: Builder) {
  const insert = prepare<NewMessage>()((p) =>
    db
      .insertInto('messages')
      .values({
        id: p.id,
        received_at: p.received_at,
        listener: p.listener,
        peer: p.peer,
        provenance: p.provenance,
        bytes: p.bytes,
        elided: p.elided,
        inflated: p.inflated,
        digest: p.digest,
        duplicate_key: p.duplicate_key,
        duplicate_content: p.duplicate_content,
        quarantined: p.quarantined,
        problems: p.problems,
        data_key: p.data_key,
        sealed: p.sealed,
        state: 'pending',
        attempts: 0,
      })
      .onConflict((conflict) => conflict.doNothing()),
  );
  const sameId = prepare<{ id: string }>()((p) => db.selectFrom('messages').select('id').where('id', '=', p.id));
  const sameContent = prepare<{ content: string }>()((p) =>
    db.selectFrom('messages').select('id').where('duplicate_content', '=', p.content),
  );
  const sameKey = prepare<{ key: string }>()((p) =>
    db.selectFrom('messages').select(['id', 'digest']).where('duplicate_key', '=', p.key),
  );
  const chunk = prepare<{ message: string; number: number; last: number; data: Uint8Array }>()((p) =>
    db.insertInto('chunks').values({ message: p.message, number: p.number, last: p.last, data: p.data }),
  );
  const outbox = prepare<{ receivedAt: number; message: string }>()((p) =>
    db.insertInto('outbox').values({ received_at: p.receivedAt, message: p.message }),
  );
  const sealMore = prepare<{ id: string; bytes: number }>()((p) =>
    db
      .updateTable('data_keys')
      .set((eb) => ({ bodies: eb('bodies', '+', 1), bytes: eb('bytes', '+', p.bytes) }))
      .where('id', '=', p.id),
  );
  const countNew = prepare<{ quarantined: number }>()((p) =>
    db.updateTable('tally').set((eb) => ({ total: eb('total', '+', 1), quarantined: eb('quarantined', '+', p.quarantined) })),
  );
  const countDuplicate = prepare<Record<string, never>>()(() =>
    db.updateTable('tally').set((eb) => ({ duplicates: eb('duplicates', '+', 1) })),
  );

  async function store(x: Executor, row: AcceptRow, key: string | null, keyReused: boolean): Promise<boolean> {
    const { provenance } = row;
    const sealed = row.chunks.reduce((sum, part) => sum + part.data.length, 0);
    const problems = keyReused
      ? [...row.problems, { code: 'key.reused', detail: 'this Idempotency-Key came before with another body' }]
      : row.problems;
    const values: NewMessage = {
      id: row.id,
      received_at: provenance.receivedAt,
      listener: provenance.listener,
      peer: provenance.peer.certificate ?? provenance.peer.address,
      provenance: JSON.stringify(provenance),
      bytes: row.bytes,
      elided: JSON.stringify(row.elided),
      inflated: row.inflated === undefined ? null : JSON.stringify(row.inflated),
      digest: row.digest,
      duplicate_key: key,
      duplicate_content: row.duplicateContent,
      quarantined: row.quarantined ? 1 : 0,
      problems: JSON.stringify(problems),
      data_key: row.dataKey,
      sealed,
    };
    if ((await x.run(insert(values))) === 0) return false;
    if ((await x.run(sealMore({ id: row.dataKey, bytes: sealed }))) === 0) {
      throw new CordonError(
        'vault.missing',
        `data key ${row.dataKey} is not in the ledger: keep it there before sealing with it`,
      );
    }
    for (const part of row.chunks) {
      await x.run(chunk({ message: row.id, number: part.number, last: part.last ? 1 : 0, data: part.data }));
    }
    await x.run(outbox({ receivedAt: provenance.receivedAt, message: row.id }));
    await x.run(countNew({ quarantined: values.quarantined }));
    return true;
  }

  async function duplicateOf(x: Executor, row: AcceptRow, id: string): Promise<AcceptResult> {
    // The same call again, after its answer was lost, is no second delivery.
    if (id === row.id) return { id, duplicate: false, keyReused: false };
    await x.run(countDuplicate({}));
    return { id, duplicate: true, keyReused: false };
  }

  return {
    async accept(x: Executor, row: AcceptRow): Promise<AcceptResult> {
      if (await store(x, row, row.duplicateKey, false)) return { id: row.id, duplicate: false, keyReused: false };
      const again = await x.get(sameId({ id: row.id }));
      if (again !== undefined) return duplicateOf(x, row, again.id);
      const content = row.duplicateContent === null ? undefined : await x.get(sameContent({ content: row.duplicateContent }));
      if (content !== undefined) return duplicateOf(x, row, content.id);
      const key = row.duplicateKey === null ? undefined : await x.get(sameKey({ key: row.duplicateKey }));
      if (key === undefined || row.duplicateKey === null) {
        throw new CordonError('ledger.unavailable', `message ${row.id}: the ledger neither stored it nor has it: send it again`);
      }
      if (key.digest === row.digest) return duplicateOf(x, row, key.id);
      // Same key, another body: a new message. Its slot is the key with its digest, so that its own retry finds it.
      const slot = `${row.duplicateKey}~${row.digest}`;
      if (await store(x, row, slot, true)) return { id: row.id, duplicate: false, keyReused: true };
      const retried = await x.get(sameKey({ key: slot }));
      if (retried === undefined)
        throw new CordonError('ledger.unavailable', `message ${row.id}: the ledger neither stored it nor has it`);
      return duplicateOf(x, row, retried.id);
    },
  };
}

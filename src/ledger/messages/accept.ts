import type { AcceptResult, AcceptRow } from '../../core/accept-row.ts';
import { CordonError } from '../../core/errors.ts';
import { insertMany, runMany } from '../many.ts';
import type { MessagesTable, Schema } from '../schema.ts';
import { type Builder, type Executor, prepare, together } from '../statement.ts';

/** The row of a message as accept makes it, in the types of PostgreSQL. */
const NEW_MESSAGE = {
  id: 'text',
  received_at: 'bigint',
  listener: 'text',
  peer: 'text',
  provenance: 'text',
  bytes: 'bigint',
  elided: 'text',
  inflated: 'text',
  digest: 'text',
  duplicate_key: 'text',
  duplicate_content: 'text',
  quarantined: 'integer',
  problems: 'text',
  data_key: 'text',
  sealed: 'bigint',
  state: 'text',
  attempts: 'integer',
} as const;

type NewMessage = Pick<MessagesTable, keyof typeof NEW_MESSAGE>;

/** Bytes of sealed chunks that one statement carries, but for a single larger one. */
const SLICE_BYTES = 4 * 1024 * 1024;

/** A message to store, and the Idempotency-Key's slot that it takes. */
interface Entry {
  readonly row: AcceptRow;
  readonly key: string | null;
  readonly keyReused: boolean;
}

/**
 * Stores what listeners received, unless it is there already. The unique indices decide, not a look-up before: the common case is
 * one insert, and two deliveries at once cannot both be new. Counters are written once for all.
 */
export function acceptWrites(db: Builder) {
  const insert = insertMany<NewMessage, { id: string }>(db, 'messages', NEW_MESSAGE, { returning: ['id'] });
  const sameId = prepare<{ id: string }>()((p) => db.selectFrom('messages').select('id').where('id', '=', p.id));
  const sameContent = prepare<{ content: string }>()((p) =>
    db.selectFrom('messages').select('id').where('duplicate_content', '=', p.content),
  );
  const sameKey = prepare<{ key: string }>()((p) =>
    db.selectFrom('messages').select(['id', 'digest']).where('duplicate_key', '=', p.key),
  );
  const chunk = insertMany<Schema['chunks']>(db, 'chunks', {
    message: 'text',
    number: 'integer',
    last: 'integer',
    data: 'bytea',
  });
  const outbox = insertMany<Schema['outbox']>(db, 'outbox', { received_at: 'bigint', message: 'text' });
  const sealMore = prepare<{ id: string; bodies: number; bytes: number }>()((p) =>
    db
      .updateTable('data_keys')
      .set((eb) => ({ bodies: eb('bodies', '+', p.bodies), bytes: eb('bytes', '+', p.bytes) }))
      .where('id', '=', p.id),
  );
  const count = prepare<{ total: number; quarantined: number; duplicates: number }>()((p) =>
    db
      .updateTable('tally')
      .set((eb) => ({
        total: eb('total', '+', p.total),
        quarantined: eb('quarantined', '+', p.quarantined),
        duplicates: eb('duplicates', '+', p.duplicates),
      }))
      .where('id', '=', 1),
  );

  /** Stores those that are new and returns their ids. */
  async function store(x: Executor, entries: readonly Entry[]): Promise<ReadonlySet<string>> {
    const added = new Set((await runMany(x, insert, entries.map(newMessage))).map(({ id }) => id));
    // The same call twice in a batch is one message.
    const fresh = new Set(added);
    const stored = entries.filter(({ row }) => fresh.delete(row.id));
    if (stored.length === 0) return added;
    const waiting = stored.map(({ row }) => ({ received_at: row.provenance.receivedAt, message: row.id }));
    const quarantined = stored.filter(({ row }) => row.quarantined).length;
    await together(x, [
      () => addSealed(x, stored),
      () => addChunks(x, stored),
      () => runMany(x, outbox, waiting),
      () => tally(x, { total: stored.length, quarantined, duplicates: 0 }),
    ]);
    return added;
  }

  async function addSealed(x: Executor, stored: readonly Entry[]): Promise<void> {
    for (const [id, sealed] of sealedBy(stored)) {
      if ((await x.run(sealMore({ id, ...sealed }))) > 0) continue;
      throw new CordonError('vault.missing', `data key ${id} is not in the ledger: keep it there before sealing with it`);
    }
  }

  async function addChunks(x: Executor, stored: readonly Entry[]): Promise<void> {
    for (const slice of slices(stored.flatMap(({ row }) => chunksOf(row)))) await runMany(x, chunk, slice);
  }

  async function tally(x: Executor, more: Parameters<typeof count>[0]): Promise<void> {
    await x.run(count(more));
  }

  /** What was not stored: where it is already, or that its key came before with another body, which makes it a new message after all. */
  async function find(x: Executor, row: AcceptRow): Promise<AcceptResult> {
    const again = await x.get(sameId({ id: row.id }));
    if (again !== undefined) return duplicateOf(row, again.id);
    const content = row.duplicateContent === null ? undefined : await x.get(sameContent({ content: row.duplicateContent }));
    if (content !== undefined) return duplicateOf(row, content.id);
    const key = row.duplicateKey === null ? undefined : await x.get(sameKey({ key: row.duplicateKey }));
    if (key === undefined || row.duplicateKey === null) {
      throw new CordonError('ledger.unavailable', `message ${row.id}: the ledger neither stored it nor has it: send it again`);
    }
    if (key.digest === row.digest) return duplicateOf(row, key.id);
    // Same key, another body: a new message. Its slot is the key with its digest, so that its own retry finds it.
    const slot = `${row.duplicateKey}~${row.digest}`;
    if ((await store(x, [{ row, key: slot, keyReused: true }])).has(row.id)) {
      return { id: row.id, duplicate: false, keyReused: true };
    }
    const retried = await x.get(sameKey({ key: slot }));
    if (retried === undefined)
      throw new CordonError('ledger.unavailable', `message ${row.id}: the ledger neither stored it nor has it`);
    return duplicateOf(row, retried.id);
  }

  return {
    /** The results are in the order of the rows. */
    async accept(x: Executor, rows: readonly AcceptRow[]): Promise<readonly AcceptResult[]> {
      const stored = await store(
        x,
        rows.map((row) => ({ row, key: row.duplicateKey, keyReused: false })),
      );
      const results: AcceptResult[] = [];
      for (const row of rows) {
        results.push(stored.has(row.id) ? { id: row.id, duplicate: false, keyReused: false } : await find(x, row));
      }
      const duplicates = results.filter(({ duplicate }) => duplicate).length;
      if (duplicates > 0) await tally(x, { total: 0, quarantined: 0, duplicates });
      return results;
    },
  };
}

/** The same call again, after its answer was lost, is no second delivery. */
function duplicateOf(row: AcceptRow, id: string): AcceptResult {
  return { id, duplicate: id !== row.id, keyReused: false };
}

function newMessage({ row, key, keyReused }: Entry): NewMessage {
  const { provenance } = row;
  const problems = keyReused
    ? [...row.problems, { code: 'key.reused', detail: 'this Idempotency-Key came before with another body' }]
    : row.problems;
  return {
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
    sealed: sealedBytes(row),
    state: 'pending',
    attempts: 0,
  };
}

function sealedBytes({ chunks }: AcceptRow): number {
  return chunks.reduce((sum, part) => sum + part.data.length, 0);
}

function chunksOf({ id, chunks }: AcceptRow): Schema['chunks'][] {
  return chunks.map(({ number, last, data }) => ({ message: id, number, last: last ? 1 : 0, data }));
}

/** How much each data key seals of what is new. */
function sealedBy(entries: readonly Entry[]): Map<string, { bodies: number; bytes: number }> {
  const keys = new Map<string, { bodies: number; bytes: number }>();
  for (const { row } of entries) {
    const { bodies, bytes } = keys.get(row.dataKey) ?? { bodies: 0, bytes: 0 };
    keys.set(row.dataKey, { bodies: bodies + 1, bytes: bytes + sealedBytes(row) });
  }
  return keys;
}

/** Chunks that go together, so that a statement stays small however many large bodies a batch holds. */
function* slices(chunks: readonly Schema['chunks'][]): Generator<readonly Schema['chunks'][]> {
  let from = 0;
  let bytes = 0;
  for (const [index, { data }] of chunks.entries()) {
    if (index > from && bytes + data.length > SLICE_BYTES) {
      yield chunks.slice(from, index);
      from = index;
      bytes = 0;
    }
    bytes += data.length;
  }
  yield chunks.slice(from);
}

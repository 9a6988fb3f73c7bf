import type { SealedChunk } from '../../core/accept-row.ts';
import type { Inflated } from '../../core/format.ts';
import type { Provenance } from '../../core/provenance.ts';
import type { Finding, MessageId, Problem, Reason, Unexamined, Verdict } from '../../core/vocabulary.ts';
import { cursorOf, readCursor } from '../cursor.ts';
import { factWrites } from '../incidents/facts.ts';
import type { Fact } from '../incidents/rows.ts';
import { fromJson } from '../json.ts';
import type { MessageRow, PendingMessage } from '../ledger.ts';
import type { Page } from '../page.ts';
import type { FindingsTable, MessagesTable } from '../schema.ts';
import { type Builder, type Executor, once, prepare } from '../statement.ts';

/** A message whose scan failed so often is given up: quarantined and kept. */
const ATTEMPTS = 3;

/** How long the body of a message that could not be scanned stays for whoever looks into it. */
const FAILED_BODY_MS = 30 * 86_400_000;

export function messageWrites(db: Builder) {
  const { addFacts } = factWrites(db);
  const find = prepare<{ id: string }>()((p) =>
    db
      .selectFrom('messages')
      .select(['state', 'attempts', 'received_at', 'listener', 'peer', 'problems', 'quarantined'])
      .where('id', '=', p.id),
  );
  const update = prepare<Pick<MessagesTable, 'id' | 'state' | 'attempts' | 'problems' | 'quarantined' | 'body_until'>>()((p) =>
    db
      .updateTable('messages')
      .set({
        state: p.state,
        attempts: p.attempts,
        problems: p.problems,
        quarantined: p.quarantined,
        body_until: p.body_until,
      })
      .where('id', '=', p.id),
  );
  const settle = prepare<{ receivedAt: number; id: string }>()((p) =>
    db.deleteFrom('outbox').where('received_at', '=', p.receivedAt).where('message', '=', p.id),
  );
  const countFailed = prepare<{ quarantined: number }>()((p) =>
    db.updateTable('tally').set((eb) => ({ failed: eb('failed', '+', 1), quarantined: eb('quarantined', '+', p.quarantined) })),
  );

  return {
    async fail(x: Executor, failure: { id: MessageId; problem: Problem; at: number }): Promise<number> {
      const { id, problem, at } = failure;
      const row = await x.get(find({ id }));
      if (row === undefined || row.state === 'done') return 0;
      if (row.state === 'failed') return row.attempts;
      const attempts = row.attempts + 1;
      const given = attempts >= ATTEMPTS;
      await x.run(
        update({
          id,
          attempts,
          state: given ? 'failed' : 'pending',
          problems: JSON.stringify([...fromJson<Problem[]>(row.problems), problem]),
          quarantined: given ? 1 : row.quarantined,
          body_until: given ? at + FAILED_BODY_MS : null,
        }),
      );
      if (given) {
        await x.run(settle({ receivedAt: row.received_at, id }));
        await x.run(countFailed({ quarantined: 1 - row.quarantined }));
        await addFacts(x, [givenUp(row, at)]);
      }
      return attempts;
    },
  };
}

/** One incident for each listener, raised in the transaction that gives the message up: nothing else would ever tell of it. */
function givenUp({ listener, peer }: Pick<MessagesTable, 'listener' | 'peer'>, at: number): Fact {
  const key = `quarantined|unscannable|${listener}`;
  return {
    cause: { key, reason: 'quarantined', flow: listener, category: null, group: null, severity: 'high', matches: [] },
    at,
    now: at,
    source: peer,
    destination: 'cordon',
    message: null,
  };
}

/** What `load` reads; its two statements are shared with the scan threads' own connection (open.ts). */
export function loadQueries(db: Builder) {
  const message = prepare<{ id: string }>()((p) =>
    db
      .selectFrom('messages')
      .select(['id', 'provenance', 'bytes', 'elided', 'inflated', 'quarantined', 'data_key'])
      .where('id', '=', p.id),
  );
  const chunks = prepare<{ id: string }>()((p) =>
    db.selectFrom('chunks').select(['number', 'last', 'data']).where('message', '=', p.id).orderBy('number'),
  );
  return { message, chunks };
}

export type LoadedMessage = Pick<
  MessagesTable,
  'id' | 'provenance' | 'bytes' | 'elided' | 'inflated' | 'quarantined' | 'data_key'
>;

/** Null where the message is unknown or its body was dropped. */
export function toPending(
  row: LoadedMessage | undefined,
  chunks: () => readonly { number: number; last: number; data: Uint8Array }[],
): PendingMessage | null {
  if (row === undefined || row.data_key === null) return null;
  return {
    id: row.id,
    provenance: fromJson<Provenance>(row.provenance),
    bytes: row.bytes,
    elided: fromJson<Unexamined[]>(row.elided),
    ...(row.inflated === null ? {} : { inflated: fromJson<Inflated>(row.inflated) }),
    quarantined: row.quarantined === 1,
    dataKey: row.data_key,
    chunks: chunks().map((chunk): SealedChunk => ({ number: chunk.number, last: chunk.last === 1, data: chunk.data })),
  };
}

export interface MessageFilter {
  readonly verdict?: Verdict;
  readonly flow?: string;
  readonly limit: number;
  readonly cursor?: string;
}

export function messageReads(db: Builder) {
  const queries = loadQueries(db);

  /** The production SQL of a page, for `list` and for the test that explains it. */
  function listQuery(filter: MessageFilter) {
    let query = db
      .selectFrom('messages')
      .selectAll()
      .orderBy('received_at', 'desc')
      .orderBy('id', 'desc')
      .limit(filter.limit + 1);
    const { verdict, flow, cursor } = filter;
    if (verdict !== undefined) query = query.where('verdict', '=', verdict);
    if (flow !== undefined) query = query.where('flow', '=', flow);
    if (cursor !== undefined) {
      const [at, id] = readCursor(cursor, 1);
      query = query.where((eb) => eb(eb.refTuple('received_at', 'id'), '<', eb.tuple(at, id)));
    }
    return once(query);
  }

  function pendingQuery(before: number, limit: number) {
    return once(
      db
        .selectFrom('outbox')
        .select('message')
        .where('received_at', '<', before)
        .orderBy('received_at')
        .orderBy('message')
        .limit(limit),
    );
  }

  return {
    listQuery,
    pendingQuery,
    async pending(x: Executor, before: number, limit: number): Promise<MessageId[]> {
      return (await x.all(pendingQuery(before, limit))).map((row) => row.message);
    },
    async load(x: Executor, id: MessageId): Promise<PendingMessage | null> {
      const row = await x.get(queries.message({ id }));
      if (row === undefined || row.data_key === null) return null;
      const chunks = await x.all(queries.chunks({ id }));
      return toPending(row, () => chunks);
    },
    async get(x: Executor, id: MessageId): Promise<MessageRow | null> {
      const row = await x.get(once(db.selectFrom('messages').selectAll().where('id', '=', id)));
      return row === undefined ? null : toMessage(row);
    },
    async findings(x: Executor, id: MessageId): Promise<readonly Finding[]> {
      const rows = await x.all(once(db.selectFrom('findings').selectAll().where('message', '=', id).orderBy('number')));
      return rows.map(toFinding);
    },
    async list(x: Executor, filter: MessageFilter): Promise<Page<MessageRow>> {
      const rows = await x.all(listQuery(filter));
      const shown = rows.slice(0, filter.limit);
      const last = shown.at(-1);
      return {
        rows: shown.map(toMessage),
        next: rows.length > filter.limit && last !== undefined ? cursorOf(last.received_at, last.id) : null,
      };
    },
    async counts(x: Executor) {
      const tally = await x.get(once(db.selectFrom('tally').selectAll()));
      const { total = 0, done = 0, failed = 0, flagged = 0, quarantined = 0, duplicates = 0, unexamined = 0 } = tally ?? {};
      return {
        total,
        pending: total - done - failed,
        done,
        failed,
        flagged,
        quarantined,
        duplicates,
        unexaminedMessages: unexamined,
      };
    },
  };
}

function toMessage(row: MessagesTable): MessageRow {
  return {
    id: row.id,
    receivedAt: row.received_at,
    scannedAt: row.scanned_at,
    state: row.state,
    listener: row.listener,
    peer: row.peer,
    bytes: row.bytes,
    examined: row.examined,
    unexamined: fromJson<Unexamined[]>(row.unexamined ?? row.elided),
    format: row.format,
    type: row.type,
    verdict: row.verdict,
    reasons: fromJson<Reason[]>(row.reasons ?? '[]'),
    flow: row.flow,
    quarantined: row.quarantined === 1,
    problems: fromJson<Problem[]>(row.problems),
    bodyKept: row.data_key !== null,
  };
}

/** A row of `findings` as the vocabulary's Finding. */
export function toFinding(row: FindingsTable): Finding {
  const { message: _message, number: _number, start_byte: start, end_byte: end, registry, ...rest } = row;
  return { ...rest, start, end, ...(registry === null ? {} : { registry }) };
}

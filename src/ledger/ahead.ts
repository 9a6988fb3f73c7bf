import type { MessageId } from '../core/vocabulary.ts';
import type { PendingMessage } from './ledger.ts';
import { type LoadedMessage, toPending } from './messages/messages.ts';
import type { Builder } from './statement.ts';

/** Bytes of a sealed body that is read ahead: a scan thread holds a batch of them. */
const SMALL = 64 * 1024;

interface Row extends LoadedMessage {
  /** Null where the message is there and its body is not. */
  readonly number: number | null;
  readonly last: number | null;
  readonly data: Uint8Array | null;
}

/**
 * Small messages with their chunks, for `aheadOf`; the engine adds which of them, in its own way. One statement sees one moment, so no body
 * goes between its row and its chunks.
 */
export function aheadQuery(db: Builder) {
  return db
    .selectFrom('messages')
    .leftJoin('chunks', 'chunks.message', 'messages.id')
    .select(['messages.id', 'provenance', 'bytes', 'elided', 'inflated', 'quarantined', 'data_key', 'number', 'last', 'data'])
    .where('sealed', '<=', SMALL)
    .orderBy('messages.id')
    .orderBy('number');
}

/** The messages of these rows whose body was not dropped. */
export function aheadOf(rows: readonly Row[]): ReadonlyMap<MessageId, PendingMessage> {
  const messages = new Map<MessageId, PendingMessage>();
  for (const [id, own] of Map.groupBy(rows, (row) => row.id)) {
    const message = toPending(own[0], () =>
      own.flatMap(({ number, last, data }) =>
        number === null || last === null || data === null ? [] : [{ number, last, data }],
      ),
    );
    if (message !== null) messages.set(id, message);
  }
  return messages;
}

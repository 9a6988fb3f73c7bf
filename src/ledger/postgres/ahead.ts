import type { MessageId } from '../../core/vocabulary.ts';
import type { PendingMessage } from '../ledger.ts';
import { type LoadedMessage, toPending } from '../messages.ts';
import { type Builder, prepare } from '../statement.ts';
import { BY_INDEX } from './batch.ts';
import type { Sessions } from './pool.ts';

/** Bytes of a sealed body that is read ahead: a scan thread holds a batch of them. */
const SMALL = 64 * 1024;

interface Row extends LoadedMessage {
  /** Null where the message is there and its body is not. */
  readonly number: number | null;
  readonly last: number | null;
  readonly data: Uint8Array | null;
}

/**
 * Reads the small ones of these messages at once: one by one, waiting for the server took most of a scan's time. One statement sees one
 * moment, so no body goes between its row and its chunks.
 */
export function createReadAhead(db: Builder, sessions: Sessions) {
  const query = prepare<{ ids: readonly MessageId[] }>()((p) =>
    db
      .selectFrom('messages')
      .leftJoin('chunks', 'chunks.message', 'messages.id')
      .select(['messages.id', 'provenance', 'bytes', 'elided', 'inflated', 'quarantined', 'data_key', 'number', 'last', 'data'])
      .where((eb) => eb('messages.id', '=', eb.fn<string>('any', [p.ids])))
      .where('sealed', '<=', SMALL)
      .orderBy('messages.id')
      .orderBy('number'),
  );
  return async (ids: readonly MessageId[]): Promise<ReadonlyMap<MessageId, PendingMessage>> => {
    const rows = await sessions.use(async (session) => {
      await session.exec(`BEGIN READ ONLY; ${BY_INDEX}`);
      const found: readonly Row[] = await session.all(query({ ids }));
      await session.exec('COMMIT');
      return found;
    });
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
  };
}

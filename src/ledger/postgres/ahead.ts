import type { MessageId } from '../../core/vocabulary.ts';
import { aheadOf, aheadQuery } from '../ahead.ts';
import type { PendingMessage } from '../ledger.ts';
import { type Builder, prepare } from '../statement.ts';
import { BY_INDEX } from './batch.ts';
import type { Sessions } from './pool.ts';

/** Small messages of these ids with their chunks. */
export function aheadStatement(db: Builder) {
  return prepare<{ ids: readonly MessageId[] }>()((p) =>
    aheadQuery(db).where((eb) => eb('messages.id', '=', eb.fn<string>('any', [p.ids]))),
  );
}

/** Reads the small ones of these messages at once: one by one, waiting for the server took most of a scan's time. */
export function createReadAhead(db: Builder, sessions: Sessions) {
  const query = aheadStatement(db);
  return async (ids: readonly MessageId[]): Promise<ReadonlyMap<MessageId, PendingMessage>> => {
    const rows = await sessions.use(async (session) => {
      await session.exec(`BEGIN READ ONLY; ${BY_INDEX}`);
      const found = await session.all(query({ ids }));
      await session.exec('COMMIT');
      return found;
    });
    return aheadOf(rows);
  };
}

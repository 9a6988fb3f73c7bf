import { CordonError } from '../../core/errors.ts';
import { dayOf } from '../flows.ts';
import { deleteMany, runMany } from '../many.ts';
import { type Builder, type Executor, once, prepare } from '../statement.ts';

const DAY_MS = 86_400_000;

/** Bodies that one transaction drops: retention must not make accepts wait. */
const SLICE = 200;

/** Rows that say who was seen on which day are kept for as long as the widest limit that counts them. */
const PATIENT_DAYS = 35;

/** What dropping a body needs to know of it. */
export interface SealedBody {
  readonly id: string;
  readonly dataKey: string;
  readonly sealed: number;
}

/** A data key seals so many bodies and bytes less. */
export function sealsLess(db: Builder) {
  return prepare<{ id: string; bodies: number; bytes: number }>()((p) =>
    db
      .updateTable('data_keys')
      .set((eb) => ({ bodies: eb('bodies', '-', p.bodies), bytes: eb('bytes', '-', p.bytes) }))
      .where('id', '=', p.id),
  );
}

export function vaultWrites(db: Builder) {
  const deleteChunks = deleteMany<{ message: string }>(db, 'chunks', { message: 'text' });
  const forget = prepare<{ id: string }>()((p) =>
    db.updateTable('messages').set({ data_key: null, sealed: 0, body_until: null }).where('id', '=', p.id),
  );
  const sealLess = sealsLess(db);
  const addKey = prepare<{ id: string; wrapped: string; at: number }>()((p) =>
    db
      .insertInto('data_keys')
      .values({ id: p.id, wrapped: p.wrapped, created_at: p.at, bodies: 0, bytes: 0 })
      .onConflict((conflict) => conflict.doNothing()),
  );
  const overdue = prepare<{ now: number }>()((p) =>
    db
      .selectFrom('messages')
      .select(['id', 'data_key', 'sealed'])
      .where('body_until', '<=', p.now)
      .orderBy('body_until')
      .limit(SLICE),
  );
  const idleKeys = prepare<{ before: number }>()((p) =>
    db.selectFrom('data_keys').select(['id', 'wrapped']).where('bodies', '=', 0).where('created_at', '<', p.before),
  );
  const blank = prepare<{ id: string; zeros: string }>()((p) =>
    db.updateTable('data_keys').set({ wrapped: p.zeros }).where('id', '=', p.id),
  );
  const removeKey = prepare<{ id: string }>()((p) => db.deleteFrom('data_keys').where('id', '=', p.id));
  const bound = prepare<Record<string, never>>()(() => db.selectFrom('meta').select('value').where('name', '=', 'keyring'));
  const bind = prepare<{ id: string }>()((p) => db.insertInto('meta').values({ name: 'keyring', value: p.id }));
  // From one flow to the next by the primary key, and in each by day: an index on days would be written by every scan.
  const dropPatients = prepare<{ before: number }>()((p) =>
    db
      .withRecursive('seen', (cte) =>
        cte
          .selectFrom('flow_patients')
          .select((eb) => eb.fn.min<string | null>('flow').as('flow'))
          .unionAll(
            cte
              .selectFrom('seen')
              .where('seen.flow', 'is not', null)
              .select((eb) =>
                eb
                  .selectFrom('flow_patients')
                  .whereRef('flow_patients.flow', '>', 'seen.flow')
                  .select((inner) => inner.fn.min<string | null>('flow_patients.flow').as('next'))
                  .as('flow'),
              ),
          ),
      )
      .deleteFrom('flow_patients')
      .where('flow', 'in', (eb) => eb.selectFrom('seen').select('seen.flow').where('seen.flow', 'is not', null))
      .where('day', '<', p.before),
  );

  /** Removes the chunks and gives their bytes back. The caller clears data_key, sealed and body_until of the messages. */
  async function dropChunks(x: Executor, bodies: readonly SealedBody[]): Promise<void> {
    await runMany(
      x,
      deleteChunks,
      bodies.map(({ id }) => ({ message: id })),
    );
    for (const [id, own] of Map.groupBy(bodies, ({ dataKey }) => dataKey)) {
      await x.run(sealLess({ id, bodies: own.length, bytes: own.reduce((sum, { sealed }) => sum + sealed, 0) }));
    }
  }

  return {
    dropChunks,
    async saveDataKey(x: Executor, key: { id: string; wrapped: string; at: number }): Promise<void> {
      await x.run(addKey(key));
    },
    async bindKeyring(x: Executor, id: string): Promise<void> {
      const known = await x.get(bound({}));
      if (known === undefined) await x.run(bind({ id }));
      else if (known.value !== id) {
        throw new CordonError(
          'keyring.unknown-key',
          `the ledger belongs to keyring ${known.value}, and keyring.json is ${id}. Put back the keyring.json that was made with this ledger`,
        );
      }
    },
    /** Drops up to SLICE bodies whose time is over; fewer than that: all are done. */
    async dropExpired(x: Executor, now: number): Promise<{ bodies: number; more: boolean }> {
      const rows = await x.all(overdue({ now }));
      for (const { id, data_key: dataKey, sealed } of rows) {
        if (dataKey !== null) await dropChunks(x, [{ id, dataKey, sealed }]);
        await x.run(forget({ id }));
      }
      return { bodies: rows.length, more: rows.length === SLICE };
    },
    /**
     * Shreds the keys that seal nothing: overwritten in place, then removed (secure_delete blanks what is left of the row). Keys of
     * today and yesterday stay: an accept that began before midnight may still be on its way.
     */
    async shredKeys(x: Executor, now: number): Promise<number> {
      const rows = await x.all(idleKeys({ before: dayOf(now) - DAY_MS }));
      for (const { id, wrapped } of rows) {
        await x.run(blank({ id, zeros: '0'.repeat(wrapped.length) }));
        await x.run(removeKey({ id }));
      }
      await x.run(dropPatients({ before: dayOf(now) - PATIENT_DAYS * DAY_MS }));
      return rows.length;
    },
  };
}

export function vaultReads(db: Builder) {
  const dataKey = prepare<{ id: string }>()((p) => db.selectFrom('data_keys').select('wrapped').where('id', '=', p.id));
  return {
    /** The statement of a key's look-up, shared with the scan threads' own connection (open.ts). */
    dataKeyQuery: dataKey,
    async size(x: Executor): Promise<number> {
      const row = await x.get(once(db.selectFrom('data_keys').select((eb) => eb.fn.sum<number | null>('bytes').as('bytes'))));
      return row?.bytes ?? 0;
    },
    async dataKey(x: Executor, id: string): Promise<{ wrapped: string } | null> {
      return (await x.get(dataKey({ id }))) ?? null;
    },
  };
}

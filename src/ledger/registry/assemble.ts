import type { Engine } from '../engine.ts';
import { once } from '../statement.ts';
import type { RegistryStore } from './store.ts';

/** A process that did not look for so long is not the same any more. */
const TOLD = 7 * 86_400_000;

/** What a ledger tells of the registry. */
export function registryStore({ db, reader, call }: Pick<Engine, 'db' | 'reader' | 'call'>): RegistryStore {
  const known = () => db.selectFrom('lineage_people').where('learnt', 'is not', null);
  return {
    async size() {
      const row = await reader.get(once(known().select((eb) => eb.fn.countAll<number>().as('count'))));
      return row?.count ?? 0;
    },
    async learnt(after, limit) {
      return await reader.all(
        once(
          known()
            .select((eb) => ['token', eb.fn.min('kind').as('kind')])
            .where('token', '>', after)
            .groupBy('token')
            .orderBy('token')
            .limit(limit),
        ),
      );
    },
    async since({ at, token }, limit) {
      const rows = await reader.all(
        once(
          known()
            .select(['token', 'kind', 'learnt'])
            .where((eb) => eb(eb.refTuple('learnt', 'token'), '>', eb.tuple(at, token)))
            .orderBy('learnt')
            .orderBy('token')
            .limit(limit),
        ),
      );
      return rows.map(({ learnt, ...row }) => ({ ...row, at: learnt ?? at }));
    },
    async gone(since) {
      return await reader.all(
        once(db.selectFrom('registry_gone').selectAll().where('at', '>=', since).orderBy('at').orderBy('print')),
      );
    },
    async drop(before, now) {
      let dropped = 0;
      for (;;) {
        const slice = await call('dropKnown', { before, at: now });
        if (slice === 0) break;
        dropped += slice;
      }
      await call('dropGone', now - TOLD);
      return dropped;
    },
    async members({ cohort, token }, limit, since) {
      // By an index: mostly there is nothing new, and what is read below is all of every cohort.
      if (since !== undefined) {
        const fresh = await reader.get(once(db.selectFrom('cohorts').select('added').where('added', '>=', since).limit(1)));
        if (fresh === undefined) return [];
      }
      const rows = await reader.all(
        once(
          db
            .selectFrom('cohorts')
            .select(['name', 'token', 'kind'])
            .where((eb) => eb(eb.refTuple('name', 'token'), '>', eb.tuple(cohort, token)))
            .$if(since !== undefined, (query) => query.where('added', '>=', since ?? 0))
            .orderBy('name')
            .orderBy('token')
            .limit(limit),
        ),
      );
      return rows.map(({ name, ...member }) => ({ cohort: name, ...member }));
    },
    async cohorts() {
      const rows = await reader.all(
        once(
          db
            .selectFrom('cohorts')
            .select((eb) => ['name', eb.fn.countAll<number>().as('count')])
            .groupBy('name')
            .orderBy('name'),
        ),
      );
      return new Map(rows.map(({ name, count }) => [name, count]));
    },
    enter: (cohort, members, at) => call('enterCohort', { cohort, members, at }),
    leave: (cohort, tokens, at) => call('leaveCohort', { cohort, tokens, at }),
  };
}

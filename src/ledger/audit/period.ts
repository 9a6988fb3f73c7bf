import { sql } from 'kysely';
import type { IncidentAct, MessageCount } from '../../core/period.ts';
import { idFrom } from '../months.ts';
import { type Builder, type Executor, once } from '../statement.ts';
import type { ActPlace } from './period-store.ts';

const DAY_MS = 86_400_000;

/** A period as a whole, for reports. Each reads the rows of the period once. */
export function periodReads(db: Builder) {
  return {
    /** Messages received from `from` until before `to`, counted by day, flow and what became of them. */
    async counts(x: Executor, from: number, to: number): Promise<readonly MessageCount[]> {
      const days = sql<number>`received_at / ${sql.lit(DAY_MS)}`;
      const partly = sql<number>`case when state = 'done' and unexamined is not null and unexamined <> '[]' then 1 else 0 end`;
      const total = (column: string) => sql<number>`cast(coalesce(sum(${sql.ref(column)}), 0) as bigint)`;
      const query = db
        .selectFrom('messages')
        .select(['flow', 'state', 'verdict', 'quarantined', days.as('days'), partly.as('partly')])
        .select([sql<number>`count(*)`.as('messages'), total('bytes').as('bytes'), total('examined').as('examined')])
        .where('id', '>=', idFrom(from))
        .where('id', '<', idFrom(to))
        .groupBy(['days', 'flow', 'state', 'verdict', 'quarantined', 'partly']);
      const counts = (await x.all(once(query))).map(
        ({ days: day, quarantined, partly: some, ...count }): MessageCount => ({
          day: new Date(day * DAY_MS).toISOString().slice(0, 10),
          ...count,
          quarantined: quarantined === 1,
          partly: some === 1,
        }),
      );
      // In memory: engines order nulls differently.
      return counts.toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
    },
    /** What happened to incidents after that place (null for the first), in the order of time and id. */
    async acts(
      x: Executor,
      period: { from: number; to: number },
      after: ActPlace | null,
      limit: number,
    ): Promise<(IncidentAct & ActPlace)[]> {
      return (await x.all(actsQuery(db, period, after, limit))).map(({ id, ...act }) => ({ id: id ?? 0, ...act }));
    },
  };
}

/** The production SQL of a page of acts, for the store and for the test that explains it. */
export function actsQuery(db: Builder, { from, to }: { from: number; to: number }, after: ActPlace | null, limit: number) {
  const query = db
    .selectFrom('incident_events')
    .select(['id', 'incident', 'at', 'actor', 'action', 'from_state as from', 'to_state as to', 'note'])
    .where('at', '>=', from)
    .where('at', '<', to)
    .orderBy('at')
    .orderBy('id')
    .limit(limit);
  return once(after === null ? query : query.where(sql<boolean>`(at, id) > (${after.at}, ${after.id})`));
}

function orderOf({ day, flow, state, verdict, quarantined, partly }: MessageCount): string {
  return JSON.stringify([day, flow, state, verdict, quarantined, partly]);
}

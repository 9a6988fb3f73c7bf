import { sql } from 'kysely';
import { SEVERITIES, type Severity } from '../core/vocabulary.ts';
import { UNSETTLED } from '../policy/due.ts';
import { readDigest } from './desk-round.ts';
import type { DeskQueue } from './desk-store.ts';
import { toIncident } from './incidents.ts';
import { type Builder, type Executor, once } from './statement.ts';

/** What needs somebody, and what is counted below it. */
export function queueReads(db: Builder) {
  // Written out and not bound: the indices of open incidents are partial.
  const needing = () => db.selectFrom('incidents').where('admitted_at', 'is not', null).where('state', '=', sql.lit('open'));
  const needingQuery = (limit: number) =>
    needing().selectAll().orderBy('rank', 'desc').orderBy('opened_at').orderBy('id').limit(limit);
  const totalQuery = () => needing().select((eb) => eb.fn.countAll<number>().as('count'));
  const late = (now: number) =>
    db
      .selectFrom('incidents')
      .where('due', 'is not', null)
      .where('due', '<=', now)
      .where('state', 'in', [...UNSETTLED]);
  const overdueQuery = (now: number, limit: number) => late(now).selectAll().orderBy('due').limit(limit);
  const overdueTotalQuery = (now: number) => late(now).select((eb) => eb.fn.countAll<number>().as('count'));
  const waitingQuery = (now: number) =>
    db
      .selectFrom('incidents')
      .select((eb) => ['rank', eb.fn.countAll<number>().as('count')])
      .where('admitted_at', 'is', null)
      .where('state', '=', sql.lit('open'))
      .where((eb) =>
        eb.or([eb('shadow_until', 'is', null), eb('shadow_until', '<=', now), eb('rank', '=', SEVERITIES.length - 1)]),
      )
      .groupBy('rank');

  return {
    needingQuery,
    totalQuery,
    overdueQuery,
    overdueTotalQuery,
    waitingQuery,
    async queue(x: Executor, now: number, limit: number): Promise<DeskQueue> {
      const rows = await x.all(once(needingQuery(limit)));
      const overdue = await x.all(once(overdueQuery(now, limit)));
      const counts = await x.all(once(waitingQuery(now)));
      const of = (severity: Severity): number => counts.find(({ rank }) => SEVERITIES[rank] === severity)?.count ?? 0;
      return {
        needing: rows.map(toIncident),
        total: (await x.get(once(totalQuery())))?.count ?? 0,
        overdue: overdue.map(toIncident),
        overdueTotal: (await x.get(once(overdueTotalQuery(now))))?.count ?? 0,
        waiting: { critical: of('critical'), high: of('high'), medium: of('medium'), low: of('low') },
        digest: await readDigest(x, db, now),
      };
    },
  };
}

import { sql } from 'kysely';
import { SEVERITIES, type Severity } from '../../core/vocabulary.ts';
import { toIncident } from '../incidents/incidents.ts';
import { type Builder, type Executor, once } from '../statement.ts';
import { CRITICAL, readDigest, readUnconfirmed } from './round.ts';
import type { DeskQueue } from './store.ts';

/** What needs somebody, and what is counted below it. */
export function queueReads(db: Builder) {
  const needing = () => db.selectFrom('incidents').where('admitted_at', 'is not', null).where('state', '=', 'open');
  const needingQuery = (limit: number) =>
    needing().selectAll().orderBy('rank', 'desc').orderBy('opened_at').orderBy('id').limit(limit);
  const totalQuery = () => needing().select((eb) => eb.fn.countAll<number>().as('count'));
  // What is settled is not due.
  const late = (now: number) => db.selectFrom('incidents').where('due', 'is not', null).where('due', '<=', now);
  const overdueQuery = (now: number, limit: number) => late(now).selectAll().orderBy('due').limit(limit);
  const overdueTotalQuery = (now: number) => late(now).select((eb) => eb.fn.countAll<number>().as('count'));
  /** Of one rank; that it was opened at all makes SQLite read by the index of what waits, and nothing else of the rows. */
  const waitingQuery = (now: number, rank: number) =>
    db
      .selectFrom('incidents')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('admitted_at', 'is', null)
      .where('state', '=', 'open')
      .where('rank', '=', rank)
      .where('opened_at', '>=', 0)
      .where((eb) =>
        eb.or([
          eb.and([eb.or([eb('shadow_until', 'is', null), eb('shadow_until', '<=', now)]), eb('unconfirmed', '=', sql.lit(0))]),
          eb('rank', '=', CRITICAL),
        ]),
      );

  return {
    needingQuery,
    totalQuery,
    overdueQuery,
    overdueTotalQuery,
    waitingQuery,
    async queue(x: Executor, now: number, limit: number): Promise<DeskQueue> {
      const rows = await x.all(once(needingQuery(limit)));
      const overdue = await x.all(once(overdueQuery(now, limit)));
      const of = async (severity: Severity): Promise<number> =>
        (await x.get(once(waitingQuery(now, SEVERITIES.indexOf(severity)))))?.count ?? 0;
      return {
        needing: rows.map(toIncident),
        total: (await x.get(once(totalQuery())))?.count ?? 0,
        overdue: overdue.map(toIncident),
        overdueTotal: (await x.get(once(overdueTotalQuery(now))))?.count ?? 0,
        waiting: { critical: await of('critical'), high: await of('high'), medium: await of('medium'), low: await of('low') },
        digest: await readDigest(x, db, now),
        unconfirmed: await readUnconfirmed(x, db),
      };
    },
  };
}

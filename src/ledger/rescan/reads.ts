import { fromJson } from '../json.ts';
import { idFrom } from '../months.ts';
import { type Builder, type Executor, once } from '../statement.ts';
import type { Rescan, RescanCount, RescanFilter, RescanPlace } from './store.ts';

/** Its row of `meta`. */
export const RESCAN = 'rescan';

export function rescanReads(db: Builder) {
  /** Messages with a body that were judged, or given up. All of them have an end of their body, which an index lists. */
  function kept({ since, until, flow }: RescanFilter) {
    const query = db
      .selectFrom('messages')
      .where('body_until', 'is not', null)
      .where('data_key', 'is not', null)
      .where('state', 'in', ['done', 'failed'])
      .where('id', '>=', idFrom(since))
      .where('id', '<', idFrom(until));
    return flow === null ? query : query.where('flow', '=', flow);
  }

  /** The production SQL of a batch, for `next` and for the test that explains it. */
  function nextQuery({ place, ...filter }: RescanFilter & Pick<Rescan, 'place'>, limit: number) {
    let query = kept(filter).select(['id', 'body_until']);
    if (place !== null)
      query = query.where((eb) => eb(eb.refTuple('body_until', 'id'), '>', eb.tuple(place.bodyUntil, place.message)));
    return once(query.orderBy('body_until').orderBy('id').limit(limit));
  }

  return {
    nextQuery,
    async current(x: Executor): Promise<Rescan | null> {
      const row = await x.get(once(db.selectFrom('meta').select('value').where('name', '=', RESCAN)));
      return row === undefined ? null : fromJson<Rescan>(row.value);
    },
    async next(x: Executor, rescan: RescanFilter & Pick<Rescan, 'place'>, limit: number): Promise<readonly RescanPlace[]> {
      const rows = await x.all(nextQuery(rescan, limit));
      return rows.map(({ id, body_until }) => ({ message: id, bodyUntil: body_until ?? 0 }));
    },
    async count(x: Executor, filter: RescanFilter): Promise<readonly RescanCount[]> {
      const rows = await x.all(
        once(
          kept(filter)
            .select((eb) => ['flow', 'ruleset', eb.fn.countAll<number>().as('messages')])
            .groupBy(['flow', 'ruleset'])
            .orderBy('flow')
            .orderBy('ruleset'),
        ),
      );
      return rows.map(({ flow, ...rest }) => ({ ...rest, flow: flow ?? '' }));
    },
  };
}

import { sql } from 'kysely';
import { changesOf, type EdgeChange, edgesOf, type HopUse, type LineageEdge } from '../../lineage/edges.ts';
import type { Hop } from '../../lineage/row.ts';
import { type Alias, type Resolve, resolveSystems, type System } from '../../lineage/systems.ts';
import { dayOf } from '../flows.ts';
import { type Builder, type Executor, once } from '../statement.ts';

const DAY_MS = 86_400_000;

/** Days without a message after which an edge does not stand any more. */
export const STANDING_DAYS = 30;

/** Days of a stretch of time, both included, as their first milliseconds. */
interface Days {
  readonly from: number;
  readonly to: number;
}

/** What went between which systems, out of what was counted by the day. */
export function lineageEdgeReads(db: Builder) {
  function usesQuery({ from, to }: Days) {
    const all = (mask: 'categories' | 'others' | 'unpermitted' | 'subjects') => sql<number>`bit_or(${sql.ref(mask)})`.as(mask);
    return once(
      db
        .selectFrom('lineage_days')
        .select((eb) => [
          'hop',
          'transit',
          all('categories'),
          all('others'),
          all('unpermitted'),
          all('subjects'),
          eb.fn.sum<number>('messages').as('messages'),
          eb.fn.sum<number>('bytes').as('bytes'),
          eb.fn.sum<number>('patients').as('patients'),
          eb.fn.min<number>('first_seen').as('firstSeen'),
          eb.fn.max<number>('last_seen').as('lastSeen'),
        ])
        .where('day', '>=', from)
        .where('day', '<=', to)
        .groupBy(['hop', 'transit']),
    );
  }

  async function hops(x: Executor): Promise<Map<number, Hop>> {
    const rows = await x.all(once(db.selectFrom('lineage_hops').selectAll()));
    return new Map(
      rows.map(({ flow_key: flowKey, first_seen: _first, last_seen: _last, ...hop }) => [hop.id, { ...hop, flowKey }]),
    );
  }

  async function aliases(x: Executor): Promise<Alias[]> {
    const seen = await x.all(once(db.selectFrom('lineage_names').select(['name', 'beside', 'rule'])));
    const byHand = await x.all(
      once(db.selectFrom('lineage_merges').select(['name', 'into_name as beside']).where('undone_at', 'is', null)),
    );
    return [...seen, ...byHand.map((merge): Alias => ({ ...merge, rule: 'hand' }))];
  }

  async function uses(x: Executor, days: Days): Promise<readonly HopUse[]> {
    return await x.all(usesQuery(days));
  }

  async function systemsOf(x: Executor, known: ReadonlyMap<number, Hop>): Promise<{ systems: System[]; resolve: Resolve }> {
    const names = [...known.values()].flatMap(({ source, destination }) => [source, destination]);
    return resolveSystems(new Set(names), await aliases(x));
  }

  return {
    usesQuery,
    hops,
    systemsOf,
    /** Every edge that was seen until the day of `at`, that day included. */
    async edges(x: Executor, at: number): Promise<LineageEdge[]> {
      const known = await hops(x);
      const { resolve } = await systemsOf(x, known);
      return edgesOf(known, await uses(x, { from: 0, to: dayOf(at) }), resolve);
    },
    /** What changed between two days: an edge stands on a day where a message went over it in the thirty days before. */
    async between(x: Executor, from: number, to: number): Promise<EdgeChange[]> {
      const known = await hops(x);
      const { resolve } = await systemsOf(x, known);
      const until = async (at: number): Promise<LineageEdge[]> =>
        edgesOf(known, await uses(x, { from: dayOf(at) - (STANDING_DAYS - 1) * DAY_MS, to: dayOf(at) }), resolve);
      const ever = edgesOf(known, await uses(x, { from: 0, to: dayOf(from) }), resolve);
      return changesOf(await until(from), await until(to), new Set(ever.map(({ key }) => key)));
    },
    async systems(x: Executor): Promise<System[]> {
      return (await systemsOf(x, await hops(x))).systems;
    },
  };
}

import { sql } from 'kysely';
import { changesOf, type EdgeChange, edgeKey, edgesOf, type HopUse, type LineageEdge } from '../../lineage/edges.ts';
import type { Hop } from '../../lineage/row.ts';
import { type Alias, type Resolve, resolveSystems, type System } from '../../lineage/systems.ts';
import { dayOf } from '../flows.ts';
import { monthNumber, monthOf } from '../months.ts';
import { type Builder, type Executor, once } from '../statement.ts';

const DAY_MS = 86_400_000;

/** Days without a message after which an edge does not stand any more. */
export const STANDING_DAYS = 30;

/** Days of a stretch of time, both included, as their first milliseconds. */
interface Days {
  readonly from: number;
  readonly to: number;
}

/** A hop, and when it was first and last gone, milliseconds. */
interface SeenHop extends Hop {
  readonly firstSeen: number;
  readonly lastSeen: number;
}

/** What went between which systems, out of what was counted by the day and by the month. */
export function lineageEdgeReads(db: Builder) {
  const all = (mask: 'categories' | 'others' | 'unpermitted' | 'subjects') => sql<number>`bit_or(${sql.ref(mask)})`.as(mask);
  const uses = (table: 'lineage_days' | 'lineage_months') =>
    db
      .selectFrom(table)
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
      .groupBy(['hop', 'transit']);
  const daysQuery = ({ from, to }: Days) => once(uses('lineage_days').where('day', '>=', from).where('day', '<=', to));
  /** Every month until this one, as `monthNumber` has it, included. */
  const monthsQuery = (last: number) => once(uses('lineage_months').where('month', '<=', last));

  async function hops(x: Executor): Promise<Map<number, SeenHop>> {
    const rows = await x.all(once(db.selectFrom('lineage_hops').selectAll()));
    return new Map(
      rows.map(({ flow_key: flowKey, first_seen: firstSeen, last_seen: lastSeen, ...hop }) => [
        hop.id,
        { ...hop, flowKey, firstSeen, lastSeen },
      ]),
    );
  }

  async function aliases(x: Executor): Promise<Alias[]> {
    const seen = await x.all(once(db.selectFrom('lineage_names').select(['name', 'beside', 'rule'])));
    const byHand = await x.all(
      once(db.selectFrom('lineage_merges').select(['name', 'into_name as beside']).where('undone_at', 'is', null)),
    );
    return [...seen, ...byHand.map((merge): Alias => ({ ...merge, rule: 'hand' }))];
  }

  /** All until a day, that one included: by the month, but for the days of its own month where more came after it. */
  async function usesUntil(x: Executor, known: ReadonlyMap<number, SeenHop>, day: number): Promise<readonly HopUse[]> {
    const last = monthNumber(day);
    const latest = [...known.values()].every(({ lastSeen }) => dayOf(lastSeen) <= day);
    if (latest) return await x.all(monthsQuery(last));
    const months = await x.all(monthsQuery(last - 1));
    return [...months, ...(await x.all(daysQuery({ from: monthOf(day), to: day })))];
  }

  async function systemsOf(x: Executor, known: ReadonlyMap<number, Hop>): Promise<{ systems: System[]; resolve: Resolve }> {
    const names = [...known.values()].flatMap(({ source, destination }) => [source, destination]);
    return resolveSystems(new Set(names), await aliases(x));
  }

  return {
    daysQuery,
    monthsQuery,
    hops,
    systemsOf,
    /** Every edge that was seen until the day of `at`, that day included. */
    async edges(x: Executor, at: number): Promise<LineageEdge[]> {
      const known = await hops(x);
      const { resolve } = await systemsOf(x, known);
      return edgesOf(known, await usesUntil(x, known, dayOf(at)), resolve);
    },
    /** What changed between two days: an edge stands on a day where a message went over it in the thirty days before. */
    async between(x: Executor, from: number, to: number): Promise<EdgeChange[]> {
      const known = await hops(x);
      const { resolve } = await systemsOf(x, known);
      const standing = async (day: number): Promise<LineageEdge[]> =>
        edgesOf(known, await x.all(daysQuery({ from: day - (STANDING_DAYS - 1) * DAY_MS, to: day })), resolve);
      const seen = [...known.values()].filter(({ firstSeen }) => dayOf(firstSeen) <= dayOf(from));
      const ever = new Set(seen.map((hop) => edgeKey(hop, resolve)));
      return changesOf(await standing(dayOf(from)), await standing(dayOf(to)), ever);
    },
    async systems(x: Executor): Promise<System[]> {
      return (await systemsOf(x, await hops(x))).systems;
    },
  };
}

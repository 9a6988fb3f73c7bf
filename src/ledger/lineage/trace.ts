import { joinPaths } from '../../lineage/paths.ts';
import type { Trace, TraceEvent, TracePath } from '../../lineage/trace.ts';
import { cursorOf, readCursor } from '../cursor.ts';
import { deviceNameReads } from '../devices/names.ts';
import { monthNumber } from '../months.ts';
import { type Builder, type Executor, once } from '../statement.ts';
import { type DeviceSet, traceDeviceReads, tracedDevices } from './devices.ts';
import { lineageEdgeReads } from './edges.ts';
import type { LineageExposureTable } from './schema.ts';
import { type Carried, deviceIdsIn, eventOf, exposedHops, exposureOf, printsOf, type Show, transitOf } from './shown.ts';
import type { Persons, TraceQuery } from './store.ts';

/** Persons that one identifier is taken to be of, at most: a name may be many people's. */
const PERSONS = 64;
/** Messages that one page looks for in the contents. */
const SAME = 1000;

interface Events {
  readonly rows: readonly TraceEvent[];
  readonly paths: readonly TracePath[];
}

/** Where a person's data has been. Every statement goes by an index, and reads as much as a page shows or a person has hops. */
export function lineageTraceReads(db: Builder) {
  const edges = lineageEdgeReads(db);
  const { deviceSetsQuery } = traceDeviceReads(db);
  const { namesOf } = deviceNameReads(db);

  /**
   * Whom tokens are of: those that the registry knows them of, what else those go by, and whoever goes by that too (the record numbers that two
   * systems gave one person). Persons who share a strong token count as one.
   */
  async function personsOf(x: Executor, tokens: readonly string[]): Promise<{ keys: string[]; persons: number }> {
    if (tokens.length === 0) return { keys: [], persons: 0 };
    const people = db.selectFrom('lineage_people').select(['token', 'person']);
    const named = await x.all(once(people.where('token', 'in', tokens).limit(PERSONS)));
    const persons = [...new Set(named.map(({ person }) => person))];
    if (persons.length === 0) return { keys: [...tokens], persons: 0 };
    const strong = people.where('strong', '=', 1).limit(PERSONS);
    const own = await x.all(once(strong.where('person', 'in', persons)));
    const others = await x.all(once(strong.where('token', 'in', [...persons, ...own.map(({ token }) => token)])));
    const known = [...own, ...others];
    const keys = new Set([...tokens, ...persons, ...known.flatMap(({ token, person }) => [token, person])]);
    return { keys: [...keys], persons: countPersons(persons, known) };
  }

  const exposureQuery = (keys: readonly string[]) =>
    once(db.selectFrom('lineage_exposure').selectAll().where('person', 'in', keys).orderBy('first_seen'));

  /** The same out of the trail: what was there by an instant, or under several keys, was never counted by itself. */
  function exposureAtQuery(keys: readonly string[], months: readonly number[], at: number) {
    return once(
      db
        .selectFrom('lineage_trail')
        .innerJoin('messages', 'messages.id', 'lineage_trail.message')
        .select((eb) => [
          'messages.hop',
          'messages.transit',
          eb.fn.count<number>('lineage_trail.message').distinct().as('messages'),
          eb.fn.min<number>('lineage_trail.at').as('first'),
          eb.fn.max<number>('lineage_trail.at').as('last'),
        ])
        .where('lineage_trail.month', 'in', months)
        .where('lineage_trail.person', 'in', keys)
        .where('lineage_trail.at', '<=', at)
        .groupBy(['messages.hop', 'messages.transit']),
    );
  }

  /** One person's stretch of one month, in order: a page is made of these. */
  function trailQuery(key: string, month: number, after: { at: number; message: string }, until: number, limit: number) {
    return once(
      db
        .selectFrom('lineage_trail')
        .select(['at', 'message'])
        .where('month', '=', month)
        .where('person', '=', key)
        .where('at', '<=', until)
        .where((eb) => eb(eb.refTuple('at', 'message'), '>', eb.tuple(after.at, after.message)))
        .orderBy('at')
        .orderBy('message')
        .limit(limit),
    );
  }

  const carriedQuery = (ids: readonly string[]) =>
    once(
      db
        .selectFrom('messages')
        .select(['id', 'received_at as at', 'type', 'bytes', 'verdict', 'hop', 'transit', 'prints', 'devices'])
        .where('id', 'in', ids),
    );

  const sameQuery = (months: readonly number[], prints: readonly string[]) =>
    once(
      db
        .selectFrom('lineage_content')
        .select(['print', 'message'])
        .where('month', 'in', months)
        .where('print', 'in', prints)
        .limit(SAME),
    );

  /** The months in which the keys were seen: from the first to the last of the exposure. */
  function monthsOf(exposed: readonly LineageExposureTable[], until: number): number[] {
    if (exposed.length === 0) return [];
    const first = monthNumber(Math.min(...exposed.map((row) => row.first_seen)));
    const last = monthNumber(Math.min(until, Math.max(...exposed.map((row) => row.last_seen))));
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  }

  /** Messages of any of the keys after a place, in time order. */
  async function trail(
    x: Executor,
    keys: readonly string[],
    months: readonly number[],
    { until, after, limit }: { until: number; after: { at: number; message: string }; limit: number },
  ): Promise<{ at: number; message: string }[]> {
    const rows: { at: number; message: string }[] = [];
    for (const month of months.filter((each) => each >= monthNumber(Math.max(0, after.at)))) {
      const own = new Map<string, { at: number; message: string }>();
      for (const key of keys) {
        for (const row of await x.all(trailQuery(key, month, after, until, limit))) own.set(row.message, row);
      }
      rows.push(...[...own.values()].sort((one, other) => one.at - other.at || (one.message < other.message ? -1 : 1)));
      if (rows.length >= limit) break;
    }
    return rows.slice(0, limit);
  }

  /** The messages and all others of the same content within the months around them. */
  async function withSame(x: Executor, rows: readonly Carried[]): Promise<Map<string, Carried>> {
    const carried = new Map(rows.map((row) => [row.id, row]));
    const prints = [...new Set(rows.flatMap(printsOf))];
    if (prints.length === 0) return carried;
    const months = [...new Set(rows.flatMap(({ at }) => [-1, 0, 1].map((beside) => monthNumber(at) + beside)))];
    const same = await x.all(sameQuery(months, prints));
    const missing = [...new Set(same.map(({ message }) => message))].filter((id) => !carried.has(id));
    if (missing.length > 0) for (const row of await x.all(carriedQuery(missing))) carried.set(row.id, row);
    return carried;
  }

  /** Messages, and all others of the same content, by their ids. */
  async function carriedOf(x: Executor, ids: readonly string[]): Promise<ReadonlyMap<string, Carried>> {
    return ids.length === 0 ? new Map() : await withSame(x, await x.all(carriedQuery(ids)));
  }

  function eventsOf(ids: readonly string[], carried: ReadonlyMap<string, Carried>, show: Show): Events {
    const groups = joinPaths([...carried.values()].map((row) => ({ id: row.id, at: row.at, prints: printsOf(row) })));
    const paths = groups.map((group) => group.flatMap((id) => eventOf(carried.get(id), show)));
    const numbers = new Map(groups.flatMap((group, path) => group.map((id) => [id, path] as const)));
    const rows = ids.flatMap((id) =>
      eventOf(carried.get(id), show).map((event) => ({ ...event, path: numbers.get(id) ?? null })),
    );
    return { rows, paths };
  }

  return {
    async personsOf(x: Executor, tokens: readonly string[]): Promise<Persons> {
      const { keys, persons } = await personsOf(x, tokens);
      return { tokens: keys, persons };
    },
    exposureQuery,
    exposureAtQuery,
    trailQuery,
    carriedQuery,
    deviceSetsQuery,
    sameQuery,
    /** Where the identifier's persons have been. Throws `usage` for a cursor that no page gave out. */
    async trace(x: Executor, { tokens, at, limit, cursor }: TraceQuery): Promise<Trace> {
      const until = at ?? Number.MAX_SAFE_INTEGER;
      const { keys, persons } = await personsOf(x, tokens);
      const all = keys.length === 0 ? [] : await x.all(exposureQuery(keys));
      const exposed = all.filter((row) => row.first_seen <= until);
      const months = monthsOf(exposed, until);
      // Under several keys one message may be listed twice: it is counted once.
      const listed = [...new Set(exposed.map(({ person }) => person))];
      const counted =
        (at === undefined && listed.length <= 1) || months.length === 0
          ? exposed
          : await exposedBy(x, keys, months, until, exposed);
      const [afterAt, message] = cursor === undefined ? [-1, ''] : readCursor(cursor, 1);
      const page = await trail(x, keys, months, { until, after: { at: afterAt, message }, limit: limit + 1 });
      const last = page.length > limit ? page[limit - 1] : undefined;
      const ids = page.slice(0, limit).map((row) => row.message);
      const carried = await carriedOf(x, ids);
      const sets = months.length === 0 ? [] : await x.all(deviceSetsQuery({ keys: listed, months, until }));
      const show = await shown(x, [...carried.values(), ...sets]);
      const hops = exposedHops(counted, show);
      return {
        persons: persons === 0 && hops.length > 0 ? 1 : persons,
        exposure: exposureOf(hops),
        hops,
        devices: tracedDevices(sets, show.names),
        timeline: { ...eventsOf(ids, carried, show), next: last === undefined ? null : cursorOf(last.at, last.message) },
      };
    },
    /** What a person is listed under, and the months in which: for `forget`. A name that is several persons' is none's. */
    async keysOf(x: Executor, tokens: readonly string[]): Promise<{ keys: string[]; months: number[] }> {
      const { keys } = await personsOf(x, tokens);
      const exposed = keys.length === 0 ? [] : await x.all(exposureQuery(keys));
      return { keys, months: monthsOf(exposed, Number.MAX_SAFE_INTEGER) };
    },
    /** The way of one message's content, from hop to hop in time order; only itself where nothing else has that content. */
    async path(x: Executor, message: string): Promise<TracePath> {
      const carried = [...(await carriedOf(x, [message])).values()].sort(
        (one, other) => one.at - other.at || (one.id < other.id ? -1 : 1),
      );
      const show = await shown(x, carried);
      return carried.flatMap((row) => eventOf(row, show));
    },
  };

  async function shown(x: Executor, rows: readonly (Carried | DeviceSet)[]): Promise<Show> {
    const hops = await edges.hops(x);
    const { resolve } = await edges.systemsOf(x, hops);
    return { hops, resolve, names: await namesOf(x, new Set(rows.flatMap(deviceIdsIn))) };
  }

  async function exposedBy(
    x: Executor,
    keys: readonly string[],
    months: readonly number[],
    at: number,
    exposed: readonly LineageExposureTable[],
  ): Promise<LineageExposureTable[]> {
    const rows = await x.all(exposureAtQuery(keys, months, at));
    const categories = new Map<number, number>();
    for (const row of exposed) categories.set(row.hop, (categories.get(row.hop) ?? 0) | row.categories);
    return rows.flatMap(({ hop, transit, messages, first, last }) => {
      if (hop === null) return [];
      const none = { proven: 0, claimed: 0, unknown: 0, failed: 0 };
      const seen = { categories: categories.get(hop) ?? 0, first_seen: first, last_seen: last };
      return [{ person: '', hop, ...none, [transitOf(transit)]: messages, ...seen }];
    });
  }
}

/** How many there are when those who share a strong token are one. */
function countPersons(persons: readonly string[], known: readonly { token: string; person: string }[]): number {
  const groups = new Map<string, string>();
  const rootOf = (key: string): string => {
    const up = groups.get(key);
    return up === undefined || up === key ? key : rootOf(up);
  };
  for (const { token, person } of known) groups.set(rootOf(person), rootOf(token));
  return new Set(persons.map(rootOf)).size;
}

import type { Device, DeviceConflict, DeviceFlow } from '../../lineage/devices/device.ts';
import { cursorOf, readCursor } from '../cursor.ts';
import type { Page } from '../page.ts';
import { type Builder, type Executor, once } from '../statement.ts';
import type { DeviceConflictsTable, DeviceFlowsTable, DevicesTable } from './schema.ts';
import type { DeviceFilter } from './store.ts';
import { toAttribute } from './writes.ts';

/** After every text that begins with another: where a range over a prefix ends. */
const LAST = '\u{10ffff}';

export function deviceReads(db: Builder) {
  /** The production SQL of a page, for `list` and for the test that explains it. */
  function listQuery({ kind, search, flow, conflicting, limit, cursor }: DeviceFilter & { limit: number; cursor?: string }) {
    let query = db
      .selectFrom('devices')
      .selectAll()
      .where('standing', '=', 1)
      .orderBy('last_seen', 'desc')
      .orderBy('id', 'desc')
      .limit(limit + 1);
    if (kind !== undefined) query = query.where('kind', '=', kind);
    if (search !== undefined && search.trim() !== '') {
      const from = search.trim().toLowerCase();
      const roots = db
        .selectFrom('device_values')
        .innerJoin('devices as part', 'part.id', 'device_values.device')
        .select('part.root')
        .where('folded', '>=', from)
        .where('folded', '<', `${from}${LAST}`);
      query = query.where('id', 'in', roots);
    }
    if (flow !== undefined) {
      const roots = db
        .selectFrom('device_flows')
        .innerJoin('devices as part', 'part.id', 'device_flows.device')
        .select('part.root')
        .where('flow', '=', flow);
      query = query.where('id', 'in', roots);
    }
    if (conflicting !== undefined) {
      const roots = db.selectFrom('device_conflicts').innerJoin('devices as part', 'part.id', 'device_conflicts.device');
      query = query.where('id', 'in', roots.select('part.root'));
    }
    if (cursor !== undefined) {
      const [seen, id] = readCursor(cursor, 1);
      query = query.where((eb) => eb(eb.refTuple('last_seen', 'id'), '<', eb.tuple(seen, id)));
    }
    return once(query);
  }

  /** The devices that rows stand for, with all that is held to be part of them. */
  async function whole(x: Executor, roots: readonly DevicesTable[]): Promise<readonly Device[]> {
    if (roots.length === 0) return [];
    const ids = roots.map(({ id }) => id);
    const parts = await x.all(once(db.selectFrom('devices').selectAll().where('root', 'in', ids).orderBy('id')));
    const members = parts.map(({ id }) => id);
    const values = await x.all(
      once(
        db
          .selectFrom('device_values')
          .selectAll()
          .where('device', 'in', members)
          .orderBy('name')
          .orderBy('last_seen', 'desc')
          .orderBy('value'),
      ),
    );
    const flows = await x.all(
      once(
        db
          .selectFrom('device_flows')
          .selectAll()
          .where('device', 'in', members)
          .orderBy('last_seen', 'desc')
          .orderBy('flow')
          .orderBy('type'),
      ),
    );
    const conflicts = await x.all(
      once(db.selectFrom('device_conflicts').selectAll().where('device', 'in', members).orderBy('device').orderBy('kind')),
    );
    const rootOf = new Map(parts.map(({ id, root }) => [id, root]));
    const byRoot = <Row extends { device: string }>(rows: readonly Row[]) =>
      Map.groupBy(rows, ({ device }) => rootOf.get(device));
    const [ownParts, ownValues] = [Map.groupBy(parts, ({ root }) => root), byRoot(values)];
    const [ownFlows, ownConflicts] = [byRoot(flows), byRoot(conflicts)];
    return roots.map(({ id, kind, first_seen: firstSeen, last_seen: lastSeen }) => {
      const own = ownParts.get(id) ?? [];
      return {
        id,
        kind,
        firstSeen: Math.min(firstSeen, ...own.map((part) => part.first_seen)),
        lastSeen,
        attributes: joined((ownValues.get(id) ?? []).map(toAttribute), ({ name, value, source }) => [name, value, source]),
        flows: joined((ownFlows.get(id) ?? []).map(toFlow), ({ flow, type }) => [flow, type]),
        conflicts: (ownConflicts.get(id) ?? []).map(toConflict),
        parts: own.filter((part) => part.id !== id).map((part) => ({ id: part.id, key: part.known_by })),
      };
    });
  }

  return {
    listQuery,
    async list(x: Executor, filter: DeviceFilter & { limit: number; cursor?: string }): Promise<Page<Device>> {
      const rows = await x.all(listQuery(filter));
      const shown = rows.slice(0, filter.limit);
      const last = shown.at(-1);
      const next = rows.length > filter.limit && last !== undefined ? cursorOf(last.last_seen, last.id) : null;
      return { rows: await whole(x, shown), next };
    },
    async get(x: Executor, id: string): Promise<Device | null> {
      const row = await x.get(once(db.selectFrom('devices').selectAll().where('id', '=', id)));
      if (row === undefined) return null;
      const root = row.root === id ? row : await x.get(once(db.selectFrom('devices').selectAll().where('id', '=', row.root)));
      return root === undefined ? null : ((await whole(x, [root]))[0] ?? null);
    },
    async count(x: Executor, { kind }: Pick<DeviceFilter, 'kind'> = {}): Promise<number> {
      const all = db
        .selectFrom('devices')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('standing', '=', 1);
      return (await x.get(once(kind === undefined ? all : all.where('kind', '=', kind))))?.count ?? 0;
    },
  };
}

/** What several parts of a device say is one statement, from the first to the last that said it. Rows come with the latest first. */
function joined<Row extends { readonly firstSeen: number; readonly lastSeen: number }>(
  rows: readonly Row[],
  keyOf: (row: Row) => readonly string[],
): readonly Row[] {
  const all = new Map<string, Row>();
  for (const row of rows) {
    const key = JSON.stringify(keyOf(row));
    const known = all.get(key);
    all.set(key, known === undefined ? row : { ...known, firstSeen: Math.min(known.firstSeen, row.firstSeen) });
  }
  return [...all.values()];
}

function toFlow({ flow, type, first_seen, last_seen }: DeviceFlowsTable): DeviceFlow {
  return { flow, type, firstSeen: first_seen, lastSeen: last_seen };
}

function toConflict({ kind, one, other, at }: DeviceConflictsTable): DeviceConflict {
  return { kind, values: [one, other], at };
}

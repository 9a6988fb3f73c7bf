import { type RawBuilder, sql } from 'kysely';
import { CordonError } from '../../core/errors.ts';
import { conflictsIn } from '../../lineage/devices/conflicts.ts';
import type { DeviceAttribute, DeviceConflict } from '../../lineage/devices/device.ts';
import { type Columns, insertMany, runMany, selectMany, updateMany } from '../many.ts';
import { type Builder, type Executor, once } from '../statement.ts';
import { type DeviceFact, gather, type Period, type Seen, valueKey } from './gather.ts';
import type { DeviceConflictsTable, DeviceFlowsTable, DevicesTable, DeviceValuesTable } from './schema.ts';

/** Values that are kept of one device: a sender may make up as many as it likes. */
const MOST_VALUES = 200;
const MOST_FLOWS = 200;
/** Devices that are kept of one flow; those that are new beyond are an incident. */
const MOST_DEVICES = 20_000;

const DEVICE: Columns<DevicesTable> = {
  id: 'text',
  known_by: 'text',
  kind: 'text',
  root: 'text',
  apart: 'integer',
  standing: 'integer',
  first_seen: 'bigint',
  last_seen: 'bigint',
};
const VALUE: Columns<DeviceValuesTable> = {
  device: 'text',
  name: 'text',
  value: 'text',
  source: 'text',
  folded: 'text',
  first_seen: 'bigint',
  last_seen: 'bigint',
};
const FLOW: Columns<DeviceFlowsTable> = {
  device: 'text',
  flow: 'text',
  type: 'text',
  first_seen: 'bigint',
  last_seen: 'bigint',
};

/** Flows on which more devices were named than are kept of one, and when. */
export interface Crowded {
  readonly flow: string;
  /** Milliseconds: when the latest message came. */
  readonly at: number;
}

/** A contradiction that was not known: of what, and on which flow it was heard. */
export interface NewConflict extends DeviceConflict {
  readonly device: string;
  readonly knownBy: string;
  readonly flow: string;
}

export function deviceWrites(db: Builder) {
  const keys = { id: 'text' } as const;
  const known = selectMany<{ id: string }, DevicesTable>(db, 'devices', keys, DEVICE);
  const valuesOf = selectMany<{ device: string }, DeviceValuesTable>(db, 'device_values', { device: 'text' }, VALUE);
  const flowsOf = selectMany<{ device: string }, DeviceFlowsTable>(db, 'device_flows', { device: 'text' }, FLOW);
  const put = insertMany<DevicesTable>(db, 'devices', DEVICE, { conflict: seenAgain('devices', '(id)', ['root', 'standing']) });
  const putValues = insertMany<DeviceValuesTable>(db, 'device_values', VALUE, {
    conflict: seenAgain('device_values', '(device, name, value, source)'),
  });
  const putFlows = insertMany<DeviceFlowsTable>(db, 'device_flows', FLOW, {
    conflict: seenAgain('device_flows', '(device, flow, type)'),
  });
  const putConflicts = insertMany<DeviceConflictsTable, { device: string; kind: DeviceConflictsTable['kind'] }>(
    db,
    'device_conflicts',
    { device: 'text', kind: 'text', one: 'text', other: 'text', at: 'bigint' },
    { returning: ['device', 'kind'] },
  );
  const move = updateMany<Pick<DevicesTable, 'id' | 'root' | 'apart' | 'standing'>>(db, 'devices', ['id'], {
    id: 'text',
    root: 'text',
    apart: 'integer',
    standing: 'integer',
  });

  /** Every row that is held to be part of a device goes over to another. */
  async function adopt(x: Executor, from: string, into: string): Promise<void> {
    await x.run(once(db.updateTable('devices').set({ root: into, standing: 0 }).where('root', '=', from)));
  }

  async function find(x: Executor, id: string): Promise<DevicesTable> {
    const row = await x.get(once(db.selectFrom('devices').selectAll().where('id', '=', id)));
    if (row === undefined) throw new CordonError('ledger.conflict', `there is no device ${id}: cordon devices lists them`);
    return row;
  }

  /** How many more devices may become known on a flow. */
  async function roomOn(x: Executor, flow: string): Promise<number> {
    const own = db.selectFrom('device_flows').where('flow', '=', flow);
    const row = await x.get(once(own.select((eb) => eb.fn.count<number>('device').distinct().as('count'))));
    return MOST_DEVICES - (row?.count ?? 0);
  }

  /** Takes devices that are new out of `seen` where a flow of theirs has no room: a sender may make up as many as it likes. */
  async function makeRoom(
    x: Executor,
    seen: Map<string, Seen>,
    rows: ReadonlyMap<string, DevicesTable>,
  ): Promise<readonly Crowded[]> {
    const room = new Map<string, number>();
    const crowded = new Map<string, Crowded>();
    for (const [id, { flows, at }] of seen) {
      if (rows.has(id)) continue;
      const own = [...new Set([...flows.values()].map(({ flow }) => flow))];
      for (const flow of own) if (!room.has(flow)) room.set(flow, await roomOn(x, flow));
      const full = own.filter((flow) => (room.get(flow) ?? 0) <= 0);
      if (full.length > 0) seen.delete(id);
      else for (const flow of own) room.set(flow, (room.get(flow) ?? 0) - 1);
      for (const flow of full) crowded.set(flow, { flow, at: Math.max(at, crowded.get(flow)?.at ?? 0) });
    }
    return [...crowded.values()];
  }

  /** Brings the rows of devices up to date, and joins those that are shown to be one. */
  async function addRows(x: Executor, seen: ReadonlyMap<string, Seen>, rows: Map<string, DevicesTable>): Promise<void> {
    const roots = [...rows.values()].filter(({ id, root }) => id !== root).map(({ root }) => ({ id: root }));
    for (const row of await runMany(x, known, roots)) rows.set(row.id, row);
    const changed = new Set<string>();
    const joins: { from: string; into: string }[] = [];
    const touch = (id: string, { first, last }: Period): void => {
      const row = rows.get(id);
      if (row === undefined || (row.first_seen <= first && row.last_seen >= last)) return;
      rows.set(id, { ...row, first_seen: Math.min(row.first_seen, first), last_seen: Math.max(row.last_seen, last) });
      changed.add(id);
    };
    for (const [id, one] of seen) {
      if (!rows.has(id)) {
        rows.set(id, newDevice(id, one));
        changed.add(id);
      }
      touch(id, one.period);
      touch(rows.get(id)?.root ?? id, one.period);
    }
    for (const [id, { also }] of seen) {
      for (const other of also) {
        const [row, part] = [rows.get(id), rows.get(other)];
        if (row === undefined || part === undefined || part.apart === 1 || row.apart === 1 || part.root === row.root) continue;
        joins.push({ from: part.root, into: row.root });
        for (const each of rows.values()) {
          if (each.root === part.root) rows.set(each.id, { ...each, root: row.root, standing: 0 });
        }
      }
    }
    const written = [...changed].flatMap((id) => rows.get(id) ?? []).sort((a, b) => (a.id < b.id ? -1 : 1));
    await runMany(x, put, written);
    for (const { from, into } of joins) await adopt(x, from, into);
  }

  /** Adds what was said of each, and returns all that is known now of those of which something new was. */
  async function addValues(x: Executor, seen: ReadonlyMap<string, Seen>): Promise<Map<string, DeviceValuesTable[]>> {
    const rows = await runMany(
      x,
      valuesOf,
      [...seen.keys()].map((device) => ({ device })),
    );
    const all = new Map([...seen.keys()].map((id) => [id, new Map<string, DeviceValuesTable>()]));
    for (const row of rows) all.get(row.device)?.set(valueKey(row), row);
    const changed = new Map<string, DeviceValuesTable[]>();
    for (const [device, { values }] of seen) {
      const had = all.get(device) ?? new Map<string, DeviceValuesTable>();
      const written = [...values.values()].flatMap(({ said, period }) => {
        const row = { device, ...said, folded: said.value.toLowerCase(), first_seen: period.first, last_seen: period.last };
        const before = had.get(valueKey(row));
        if (before === undefined && had.size >= MOST_VALUES) return [];
        if (before !== undefined && before.first_seen <= row.first_seen && before.last_seen >= row.last_seen) return [];
        const after = before === undefined ? row : bothSeen(before, row);
        had.set(valueKey(row), after);
        return [after];
      });
      if (written.length === 0) continue;
      await runMany(x, putValues, written);
      changed.set(device, [...had.values()]);
    }
    return changed;
  }

  async function addFlows(x: Executor, seen: ReadonlyMap<string, Seen>): Promise<void> {
    const rows = await runMany(
      x,
      flowsOf,
      [...seen.keys()].map((device) => ({ device })),
    );
    const had = new Map(rows.map((row) => [flowKeyOf(row), row]));
    const counts = Map.groupBy(rows, ({ device }) => device);
    const written = [...seen].flatMap(([device, { flows }]) => {
      let room = MOST_FLOWS - (counts.get(device)?.length ?? 0);
      return [...flows.values()].flatMap(({ flow, type, period }) => {
        const row = { device, flow, type, first_seen: period.first, last_seen: period.last };
        const before = had.get(flowKeyOf(row));
        if (before === undefined) return room-- > 0 ? [row] : [];
        return before.first_seen <= row.first_seen && before.last_seen >= row.last_seen ? [] : [row];
      });
    });
    await runMany(x, putFlows, written);
  }

  return {
    /**
     * Adds what messages say of devices; what is known already changes nothing. Times count to the hour, so that a device that goes on sending
     * costs a write an hour. Returns the contradictions that were not known, and the flows that name more devices than are kept.
     */
    async addDevices(
      x: Executor,
      facts: readonly DeviceFact[],
    ): Promise<{ conflicts: readonly NewConflict[]; crowded: readonly Crowded[] }> {
      const seen = gather(facts);
      if (seen.size === 0) return { conflicts: [], crowded: [] };
      const rows = new Map((await runMany(x, known, idsOf(seen))).map((row) => [row.id, row]));
      const crowded = await makeRoom(x, seen, rows);
      await addRows(x, seen, rows);
      const changed = await addValues(x, seen);
      await addFlows(x, seen);
      const found = [...changed].flatMap(([device, values]) => {
        const one = seen.get(device);
        if (one === undefined) return [];
        const [flow = ''] = [...one.flows.values()].map((each) => each.flow);
        return conflictsIn(values.map(toAttribute), one.at).map((each) => ({ ...each, device, knownBy: one.key, flow }));
      });
      const fresh = await runMany(
        x,
        putConflicts,
        found.map(({ device, kind, values: [one, other], at }) => ({ device, kind, one, other, at })),
      );
      const conflicts = found.filter(({ device, kind }) => fresh.some((each) => each.device === device && each.kind === kind));
      return { conflicts, crowded };
    },
    async mergeDevices(x: Executor, { part, into }: { part: string; into: string }): Promise<void> {
      const [from, to] = [await find(x, part), await find(x, into)];
      if (from.root === to.root) return;
      if (from.id === from.root) await adopt(x, from.id, to.root);
      await runMany(x, move, [{ id: from.id, root: to.root, apart: 0, standing: 0 }]);
      await x.run(
        once(
          db
            .updateTable('devices')
            .set({ last_seen: from.last_seen })
            .where('id', '=', to.root)
            .where('last_seen', '<', from.last_seen),
        ),
      );
    },
    /** A device that others are part of leaves them: the first of them stands for the rest. */
    async splitDevice(x: Executor, id: string): Promise<boolean> {
      const row = await find(x, id);
      const others = await x.all(
        once(db.selectFrom('devices').selectAll().where('root', '=', row.root).where('id', '!=', id).orderBy('id')),
      );
      const [heir] = others;
      if (heir === undefined) return false;
      if (row.root === id) {
        await adopt(x, id, heir.id);
        await runMany(x, move, [{ id: heir.id, root: heir.id, apart: heir.apart, standing: 1 }]);
      }
      await runMany(x, move, [{ id, root: id, apart: 1, standing: 1 }]);
      return true;
    },
  };
}

/** `ON CONFLICT`: the period grows; of the other columns those that are named are taken over. */
function seenAgain(table: string, key: string, taken: readonly string[] = []): RawBuilder<unknown> {
  const [first, last] = [sql.ref(`${table}.first_seen`), sql.ref(`${table}.last_seen`)];
  const others = taken.map((column) => sql`, ${sql.ref(column)} = ${sql.ref(`excluded.${column}`)}`);
  return sql`${sql.raw(key)} do update set
    first_seen = case when ${first} < excluded.first_seen then ${first} else excluded.first_seen end,
    last_seen = case when ${last} > excluded.last_seen then ${last} else excluded.last_seen end${sql.join(others, sql``)}`;
}

function bothSeen(one: DeviceValuesTable, other: DeviceValuesTable): DeviceValuesTable {
  const period = { first_seen: Math.min(one.first_seen, other.first_seen), last_seen: Math.max(one.last_seen, other.last_seen) };
  return { ...one, ...period };
}

function idsOf(seen: ReadonlyMap<string, unknown>): { id: string }[] {
  return [...seen.keys()].map((id) => ({ id }));
}

function flowKeyOf({ device, flow, type }: Pick<DeviceFlowsTable, 'device' | 'flow' | 'type'>): string {
  return `${device}\0${flow}\0${type}`;
}

function newDevice(id: string, { key, kind, period }: Seen): DevicesTable {
  const seen = { first_seen: period.first, last_seen: period.last };
  return { id, known_by: key, kind, root: id, apart: 0, standing: 1, ...seen };
}

export function toAttribute({ name, value, source, first_seen, last_seen }: Omit<DeviceValuesTable, 'folded'>): DeviceAttribute {
  return { name, value, source, firstSeen: first_seen, lastSeen: last_seen };
}

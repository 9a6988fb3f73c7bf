import { labelOf } from '../../lineage/devices/device.ts';
import type { NamedDevice } from '../../lineage/trace.ts';
import { type Builder, type Executor, once } from '../statement.ts';
import type { DeviceValuesTable } from './schema.ts';
import { toAttribute } from './writes.ts';

type Value = Omit<DeviceValuesTable, 'folded'>;

/** Keys that one statement looks up: a reader answers each statement on its own, and no statement takes any number of values. */
const SLICE = 1000;

/** What devices are called that other rows know by an id. */
export function deviceNameReads(db: Builder) {
  const parts = db.selectFrom('devices').select(['id', 'root']);
  const values = db.selectFrom('device_values').select(['device', 'name', 'value', 'source', 'first_seen', 'last_seen']);

  return {
    /**
     * The device that each of the ids is held to be part of, under the title that the inventory gives it. Ids that nothing is known of any more, or that a
     * flow had no room for, are left out.
     */
    async namesOf(x: Executor, ids: ReadonlySet<string>): Promise<ReadonlyMap<string, NamedDevice>> {
      const own = await inSlices([...ids], (some) => x.all(once(parts.where('id', 'in', some))));
      const roots = [...new Set(own.map(({ root }) => root))];
      const all = await inSlices(roots, (some) => x.all(once(parts.where('root', 'in', some))));
      const members = all.map(({ id }) => id);
      const found = await inSlices(members, (some) => x.all(once(values.where('device', 'in', some))));
      const rootOf = new Map(all.map(({ id, root }) => [id, root]));
      const said = Map.groupBy(found.toSorted(latestFirst), ({ device }) => rootOf.get(device));
      const named = new Map(
        roots.map((id) => {
          const attributes = (said.get(id) ?? []).map(toAttribute);
          return [id, { id, title: labelOf({ id, attributes }) }];
        }),
      );
      return new Map(
        own.flatMap(({ id, root }) => {
          const name = named.get(root);
          return name === undefined ? [] : [[id, name]];
        }),
      );
    },
  };
}

/** As the inventory reads them: of two that were said last, the same one gives the title. */
function latestFirst(one: Value, other: Value): number {
  return other.last_seen - one.last_seen || (one.value < other.value ? -1 : one.value > other.value ? 1 : 0);
}

async function inSlices<Row>(
  keys: readonly string[],
  read: (some: readonly string[]) => readonly Row[] | Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (let at = 0; at < keys.length; at += SLICE) rows.push(...(await read(keys.slice(at, at + SLICE))));
  return rows;
}

import { labelOf } from '../../lineage/devices/device.ts';
import type { NamedDevice } from '../../lineage/trace.ts';
import { type Columns, runMany, selectMany } from '../many.ts';
import type { Builder, Executor } from '../statement.ts';
import type { DevicesTable, DeviceValuesTable } from './schema.ts';
import { toAttribute } from './writes.ts';

type Part = Pick<DevicesTable, 'id' | 'root'>;
type Value = Omit<DeviceValuesTable, 'folded'>;

const PART: Columns<Part> = { id: 'text', root: 'text' };
const VALUE: Columns<Value> = {
  device: 'text',
  name: 'text',
  value: 'text',
  source: 'text',
  first_seen: 'bigint',
  last_seen: 'bigint',
};

/** What devices are called that other rows know by an id. */
export function deviceNameReads(db: Builder) {
  const known = selectMany<{ id: string }, Part>(db, 'devices', { id: 'text' }, PART);
  const partsOf = selectMany<{ root: string }, Part>(db, 'devices', { root: 'text' }, PART);
  const valuesOf = selectMany<{ device: string }, Value>(db, 'device_values', { device: 'text' }, VALUE);

  return {
    /**
     * The device that each of the ids is held to be part of, under the title that the inventory gives it. Ids that nothing is known of any more, or that a
     * flow had no room for, are left out.
     */
    async namesOf(x: Executor, ids: ReadonlySet<string>): Promise<ReadonlyMap<string, NamedDevice>> {
      const own = await runMany(
        x,
        known,
        [...ids].map((id) => ({ id })),
      );
      const roots = [...new Set(own.map(({ root }) => root))].map((root) => ({ root }));
      const parts = await runMany(x, partsOf, roots);
      const values = await runMany(
        x,
        valuesOf,
        parts.map(({ id }) => ({ device: id })),
      );
      const rootOf = new Map(parts.map(({ id, root }) => [id, root]));
      const said = Map.groupBy(values.toSorted(latestFirst), ({ device }) => rootOf.get(device));
      const named = new Map(
        roots.map(({ root: id }) => {
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

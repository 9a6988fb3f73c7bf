import { hash } from 'node:crypto';
import type { DeviceSighting } from '../../lineage/devices/device.ts';
import { hourOf } from '../flows.ts';
import { storable } from '../many.ts';

/** What a scanned message says of devices: what it saw, when it came, on which flow, of which type. */
export interface DeviceFact {
  readonly devices: readonly DeviceSighting[];
  readonly receivedAt: number;
  readonly flow: string;
  readonly type: string;
}

/** The id of what is known by a key: the same everywhere, no text of a sender, and no option of a command (base64 may begin with a hyphen). */
function deviceId(key: string): string {
  return hash('sha256', storable(key), 'hex').slice(0, 16);
}

/** Devices that the row of one message names, at most: a batch of a day's messages has hundreds. */
const MOST_NAMED = 8;

/** Ids of the devices that a message and its connection identified, the first of them where they are many: what connected, then as the message names them. */
export function deviceIdsOf(devices: readonly DeviceSighting[]): readonly string[] {
  return devices.slice(0, MOST_NAMED).map(({ key }) => deviceId(key));
}

/** Milliseconds, to the hour. */
export interface Period {
  readonly first: number;
  readonly last: number;
}

/** All that some messages say of one device. */
export interface Seen {
  readonly key: string;
  readonly kind: DeviceSighting['kind'];
  /** Ids that are shown to be the same device's. */
  readonly also: Set<string>;
  readonly values: Map<string, { said: DeviceSighting['values'][number]; period: Period }>;
  readonly flows: Map<string, { flow: string; type: string; period: Period }>;
  period: Period;
  /** When the latest of them came. */
  at: number;
}

/** What messages say, by the id of the device that it is of. What they show to be the same device's is a device of the same flow. */
export function gather(facts: readonly DeviceFact[]): Map<string, Seen> {
  const seen = new Map<string, Seen>();
  for (const { devices, receivedAt: at, flow: named, type: typed } of facts) {
    const period = { first: hourOf(at), last: hourOf(at) };
    const [flow, type] = [storable(named), storable(typed)];
    for (const { key, kind, also, values } of devices) {
      const own = entry(seen, key, kind, period, at);
      const parts = also.map((other) => {
        own.also.add(deviceId(other));
        return entry(seen, other, kind, period, at);
      });
      for (const said of values.map(storableValue)) {
        const name = valueKey(said);
        own.values.set(name, { said, period: joined(own.values.get(name)?.period, period) });
      }
      const name = `${flow}\0${type}`;
      for (const { flows } of [own, ...parts]) flows.set(name, { flow, type, period: joined(flows.get(name)?.period, period) });
    }
  }
  return seen;
}

function entry(seen: Map<string, Seen>, key: string, kind: Seen['kind'], period: Period, at: number): Seen {
  const id = deviceId(key);
  const known = seen.get(id);
  if (known !== undefined) {
    known.period = joined(known.period, period);
    known.at = Math.max(known.at, at);
    return known;
  }
  const made: Seen = { key: storable(key), kind, also: new Set(), values: new Map(), flows: new Map(), period, at };
  seen.set(id, made);
  return made;
}

function storableValue({ name, value, source }: DeviceSighting['values'][number]): DeviceSighting['values'][number] {
  return { name, value: storable(value), source };
}

function joined(one: Period | undefined, other: Period): Period {
  if (one === undefined) return other;
  return { first: Math.min(one.first, other.first), last: Math.max(one.last, other.last) };
}

export function valueKey({ name, value, source }: DeviceSighting['values'][number]): string {
  return `${name}\0${value}\0${source}`;
}

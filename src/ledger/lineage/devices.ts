import type { NamedDevice, TracedDevice, TracedDevices } from '../../lineage/trace.ts';
import { type Builder, once } from '../statement.ts';
import { devicesOf } from './shown.ts';

/** Messages of a person of which the devices are summed: a number that every message has in it must not read them all. */
const MOST = 2000;

/** What the messages of a person with one set of devices come to. */
export interface DeviceSet {
  readonly devices: string | null;
  readonly messages: number;
  readonly first: number;
  readonly last: number;
}

/** Which of a person's messages, under which keys and in which months they are listed. */
export interface Listed {
  readonly keys: readonly string[];
  readonly months: readonly number[];
  /** Milliseconds: those that came by then. */
  readonly until: number;
}

export function traceDeviceReads(db: Builder) {
  return {
    /** The first messages of a person by the devices that they name. One that is listed under several keys counts once. */
    deviceSetsQuery({ keys, months, until }: Listed, most = MOST) {
      const listed = db
        .selectFrom('lineage_trail')
        .select(['at', 'message'])
        .distinct()
        .where('month', 'in', months)
        .where('person', 'in', keys)
        .where('at', '<=', until)
        .orderBy('at')
        .orderBy('message')
        .limit(most)
        .as('listed');
      // Looked up one by one: PostgreSQL would read every message of every month to join thousands of them.
      const named = db
        .selectFrom(listed)
        .select((eb) => [
          'listed.at',
          eb.selectFrom('messages').select('messages.devices').whereRef('messages.id', '=', 'listed.message').as('devices'),
        ])
        .as('named');
      return once(
        db
          .selectFrom(named)
          .select((eb) => [
            'devices',
            eb.fn.countAll<number>().as('messages'),
            eb.fn.min<number>('at').as('first'),
            eb.fn.max<number>('at').as('last'),
          ])
          .groupBy('devices'),
      );
    },
  };
}

/** The devices of all sets, each once, by first seen. */
export function tracedDevices(sets: readonly DeviceSet[], names: ReadonlyMap<string, NamedDevice>): TracedDevices {
  const found = new Map<string, TracedDevice>();
  for (const set of sets) {
    for (const device of devicesOf(set, names)) {
      const had = found.get(device.id);
      found.set(device.id, {
        ...device,
        messages: set.messages + (had?.messages ?? 0),
        firstSeen: Math.min(set.first, had?.firstSeen ?? set.first),
        lastSeen: Math.max(set.last, had?.lastSeen ?? set.last),
      });
    }
  }
  const known = sets.filter(({ devices }) => devices !== null);
  return {
    rows: [...found.values()].sort((one, other) => one.firstSeen - other.firstSeen || (one.id < other.id ? -1 : 1)),
    messages: known.reduce((sum, { messages }) => sum + messages, 0),
  };
}

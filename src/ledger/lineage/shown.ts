import { CATEGORIES, type Verdict } from '../../core/vocabulary.ts';
import type { NamedHop } from '../../lineage/edges.ts';
import { wordsOf } from '../../lineage/masks.ts';
import { type Hop, TRANSITS, type Transit } from '../../lineage/row.ts';
import type { Resolve } from '../../lineage/systems.ts';
import type { ExposedHop, Exposure, NamedDevice, TraceEvent } from '../../lineage/trace.ts';
import type { LineageExposureTable } from './schema.ts';

/** A message as the timeline and the paths show it. */
export interface Carried {
  readonly id: string;
  readonly at: number;
  readonly type: string | null;
  readonly bytes: number;
  readonly verdict: Verdict | null;
  readonly hop: number | null;
  readonly transit: string | null;
  readonly prints: string | null;
  readonly devices: string | null;
}

/** What rows of hops are shown by: the hops themselves, and what their systems are called. */
export interface ShowHops {
  readonly hops: ReadonlyMap<number, Hop>;
  readonly resolve: Resolve;
}

/** What messages are shown by: what their devices are called too, by the ids in their rows. */
export interface Show extends ShowHops {
  readonly names: ReadonlyMap<string, NamedDevice>;
}

/** The fingerprints of a message's content. */
export function printsOf({ prints }: Pick<Carried, 'prints'>): string[] {
  return wordsIn(prints);
}

/** Ids of the devices of a message. */
export function deviceIdsIn({ devices }: Pick<Carried, 'devices'>): string[] {
  return wordsIn(devices);
}

function wordsIn(text: string | null): string[] {
  return text === null || text === '' ? [] : text.split(' ');
}

/** The devices of a message, each once: several ids may be held to be one by now. */
export function devicesOf(row: Pick<Carried, 'devices'>, names: ReadonlyMap<string, NamedDevice>): NamedDevice[] {
  return [
    ...new Map(
      deviceIdsIn(row)
        .flatMap((id) => names.get(id) ?? [])
        .map((device) => [device.id, device]),
    ).values(),
  ];
}

/** A transit outcome as the ledger keeps it; what is none counts as unknown. */
export function transitOf(text: string | null): Transit {
  return TRANSITS.find((transit) => transit === text) ?? 'unknown';
}

function traceHop(hop: Hop, resolve: Resolve): NamedHop {
  const [source, destination] = [resolve(hop.source), resolve(hop.destination)];
  return {
    source: { id: source.id, title: source.title },
    destination: { id: destination.id, title: destination.title },
    flow: hop.flow,
    policy: hop.policy,
    protocol: hop.protocol,
    entity: hop.entity,
    location: hop.location,
  };
}

/** None for a message that lineage knows nothing of: it was scanned before there was any. */
export function eventOf(row: Carried | undefined, { hops, resolve, names }: Show): Omit<TraceEvent, 'path'>[] {
  const hop = row === undefined || row.hop === null ? undefined : hops.get(row.hop);
  if (row === undefined || hop === undefined) return [];
  const { id: message, at, bytes, verdict } = row;
  const carried = { message, at, type: row.type ?? '', bytes, verdict, transit: transitOf(row.transit) };
  return [{ ...traceHop(hop, resolve), ...carried, devices: devicesOf(row, names) }];
}

/** One for each hop, whichever of the person's keys it was seen under. */
export function exposedHops(rows: readonly LineageExposureTable[], { hops, resolve }: ShowHops): ExposedHop[] {
  return [...Map.groupBy(rows, ({ hop }) => hop)]
    .flatMap(([id, own]): ExposedHop[] => {
      const hop = hops.get(id);
      if (hop === undefined) return [];
      const sum = (transit: Transit): number => own.reduce((total, row) => total + row[transit], 0);
      const outcomes = { proven: sum('proven'), claimed: sum('claimed'), unknown: sum('unknown'), failed: sum('failed') };
      return [
        {
          ...traceHop(hop, resolve),
          messages: TRANSITS.reduce((total, transit) => total + outcomes[transit], 0),
          outcomes,
          categories: wordsOf(
            CATEGORIES,
            own.reduce((mask, row) => mask | row.categories, 0),
          ),
          firstSeen: Math.min(...own.map((row) => row.first_seen)),
          lastSeen: Math.max(...own.map((row) => row.last_seen)),
        },
      ];
    })
    .sort((one, other) => one.firstSeen - other.firstSeen);
}

/** What all hops of a person come to. */
export function exposureOf(hops: readonly ExposedHop[]): Exposure {
  const sum = (of: (hop: ExposedHop) => number): number => hops.reduce((total, hop) => total + of(hop), 0);
  const entities: Record<string, number> = {};
  for (const { entity, messages } of hops) {
    const name = entity ?? 'unregistered';
    entities[name] = (entities[name] ?? 0) + messages;
  }
  const of = (transit: Transit): number => sum((hop) => hop.outcomes[transit]);
  return {
    messages: sum((hop) => hop.messages),
    recipients: new Set(hops.map(({ destination }) => destination.id)).size,
    entities,
    outcomes: { proven: of('proven'), claimed: of('claimed'), unknown: of('unknown'), failed: of('failed') },
    categories: CATEGORIES.filter((category) => hops.some(({ categories }) => categories.includes(category))),
    locations: [...new Set(hops.flatMap(({ location }) => (location === null ? [] : [location])))].sort(),
    firstSeen: hops.length === 0 ? null : Math.min(...hops.map(({ firstSeen }) => firstSeen)),
    lastSeen: hops.length === 0 ? null : Math.max(...hops.map(({ lastSeen }) => lastSeen)),
  };
}

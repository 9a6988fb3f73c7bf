import type { FlowPolicy } from '../../policy/flow.ts';
import type { Location, Locations } from '../../policy/location.ts';

/** A place that somebody described over the API. */
interface Made {
  readonly location: Location;
  readonly by: string;
  readonly at: number;
}

/** A flow that was observed, as the ledger lists it. */
interface Observed {
  readonly key: string;
  readonly source: string;
  readonly destination: string;
  readonly policy: string | null;
  readonly messages: number;
  readonly lastSeen: number;
}

/** A flow that delivers to a place. */
export interface Delivery {
  /** Policy id where registered, observed key otherwise. */
  readonly flow: string;
  readonly source: string;
  readonly destination: string;
  /** 0 where a policy names the place and nothing was heard. */
  readonly messages: number;
  /** Milliseconds; null where nothing was heard. */
  readonly lastSeen: number | null;
}

/** A place where data rests or is delivered: as it is described, and what goes there. */
export interface PlaceView {
  /** As policies name it; of a destination that none names, the destination as it was observed. */
  readonly id: string;
  /** A file of rules/locations, the API, or nobody: then it is a place that a policy names, or a destination that was observed. */
  readonly origin: 'file' | 'api' | 'policy' | 'observed';
  /** Null where nobody described it. */
  readonly location: Location | null;
  /** Who described it over the API, and when (milliseconds). */
  readonly made: { readonly by: string; readonly at: number } | null;
  readonly deliveries: readonly Delivery[];
}

/** The described places with those of the API; where both describe one, the file counts. */
export function allLocations(described: Locations, made: readonly Pick<Made, 'location'>[]): Locations {
  return new Map([...made.map(({ location }) => [location.id, location] as const), ...described]);
}

export interface PlacesInput {
  readonly described: Locations;
  readonly made: readonly Made[];
  readonly policies: readonly FlowPolicy[];
  readonly flows: readonly Observed[];
}

/**
 * Every place there is: what was described, what policies name, and the destinations of flows that name none. Described ones come first, each group
 * by id.
 */
export function placesOf({ described, made, policies, flows }: PlacesInput): readonly PlaceView[] {
  const byId = new Map(policies.map((policy) => [policy.id, policy]));
  const deliveries = new Map<string, Delivery[]>();
  const observed = new Map<string, Delivery[]>();
  const heard = new Set<string>();
  for (const { key, source, destination, policy: id, messages, lastSeen } of flows) {
    const name = id === null ? undefined : byId.get(id)?.destination.location;
    if (id !== null) heard.add(id);
    const delivery = { flow: id ?? key, source, destination, messages, lastSeen };
    if (name === undefined) push(observed, destination, delivery);
    else push(deliveries, name, delivery);
  }
  for (const { id, destination } of policies) {
    if (heard.has(id) || destination.location === undefined) continue;
    push(deliveries, destination.location, {
      flow: id,
      source: '',
      destination: destination.system,
      messages: 0,
      lastSeen: null,
    });
  }
  const by = new Map(made.map((one) => [one.location.id, one]));
  const known = [...allLocations(described, made).values()].map((location): PlaceView => {
    const one = described.has(location.id) ? undefined : by.get(location.id);
    return {
      id: location.id,
      origin: one === undefined ? 'file' : 'api',
      location,
      made: one === undefined ? null : { by: one.by, at: one.at },
      deliveries: deliveries.get(location.id) ?? [],
    };
  });
  const ids = new Set(known.map(({ id }) => id));
  const unknown = (origin: 'policy' | 'observed', found: ReadonlyMap<string, readonly Delivery[]>): PlaceView[] =>
    [...found].flatMap(([id, own]) => (ids.has(id) ? [] : [{ id, origin, location: null, made: null, deliveries: own }]));
  return [...known.sort(byName), ...unknown('policy', deliveries).sort(byName), ...unknown('observed', observed).sort(byName)];
}

function byName(one: PlaceView, other: PlaceView): number {
  return one.id < other.id ? -1 : 1;
}

function push(into: Map<string, Delivery[]>, name: string, delivery: Delivery): void {
  const known = into.get(name);
  if (known === undefined) into.set(name, [delivery]);
  else known.push(delivery);
}

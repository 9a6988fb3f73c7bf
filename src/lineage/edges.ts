import { CATEGORIES, type Category, SUBJECTS, type Subject } from '../core/vocabulary.ts';
import { wordsOf } from './masks.ts';
import { type Hop, TRANSITS, type Transit } from './row.ts';
import type { Resolve, System } from './systems.ts';

/** What went over one hop in some days with one outcome, as the ledger counts it. */
export interface HopUse {
  readonly hop: number;
  readonly transit: Transit;
  readonly messages: number;
  readonly bytes: number;
  /** Patients who were never seen on the hop before these days. */
  readonly patients: number;
  /** Masks. */
  readonly categories: number;
  readonly others: number;
  readonly unpermitted: number;
  readonly subjects: number;
  /** Milliseconds; the last of them is the time of the latest message. */
  readonly firstSeen: number;
  readonly lastSeen: number;
}

export type SystemName = Pick<System, 'id' | 'title'>;

/** A hop as people read it: whom from and to, over what, to which place. */
export interface NamedHop {
  readonly source: SystemName;
  readonly destination: SystemName;
  /** As incidents and messages name the flow. */
  readonly flow: string;
  readonly policy: string | null;
  readonly protocol: Hop['protocol'];
  readonly entity: string | null;
  readonly location: string | null;
}

/** One edge of the map: from a system to a system, of one flow, over one protocol. */
export interface LineageEdge extends NamedHop {
  /** Tells it from others, now and later, as long as no alias changes. */
  readonly key: string;
  /** Of persons; of staff, facilities and equipment; of persons and not permitted. */
  readonly categories: readonly Category[];
  readonly others: readonly Category[];
  readonly unpermitted: readonly Category[];
  readonly subjects: readonly Subject[];
  /** Of the hop's latest day: the gravest that day. */
  readonly transit: Transit;
  /** Messages by outcome of the real leg when they went over it. */
  readonly outcomes: Readonly<Record<Transit, number>>;
  readonly messages: number;
  readonly bytes: number;
  /** Distinct patients, as far back as rows of messages are kept. */
  readonly patients: number;
  readonly firstSeen: number;
  readonly lastSeen: number;
}

/** What changed of an edge between two instants. */
export interface EdgeChange {
  readonly change: 'new' | 'gone' | 'changed';
  /** As it stands at the later instant; where it is gone, at the earlier. */
  readonly edge: LineageEdge;
  readonly added: readonly Category[];
  readonly removed: readonly Category[];
  /** Where the outcome is another now; null where it is not. */
  readonly transit: { readonly from: Transit; readonly to: Transit } | null;
}

/** From the best to the gravest: what is not known weighs less than what is known to be bad, and more than what is stated. */
function gravest(one: Transit, other: Transit): Transit {
  return TRANSITS.indexOf(one) >= TRANSITS.indexOf(other) ? one : other;
}

interface Sum {
  readonly first: Hop;
  readonly ends: { readonly source: System; readonly destination: System };
  readonly uses: HopUse[];
}

/** Edges of systems out of uses of hops: the heaviest first. Uses of unknown hops are left out. */
export function edgesOf(hops: ReadonlyMap<number, Hop>, uses: readonly HopUse[], resolve: Resolve): LineageEdge[] {
  const sums = new Map<string, Sum>();
  for (const use of uses) {
    const hop = hops.get(use.hop);
    if (hop === undefined) continue;
    const ends = { source: resolve(hop.source), destination: resolve(hop.destination) };
    const key = keyOf(hop, ends);
    const sum = sums.get(key) ?? { first: hop, ends, uses: [] };
    sum.uses.push(use);
    sums.set(key, sum);
  }
  return [...sums]
    .map(([key, sum]) => edgeOf(key, sum))
    .sort((one, other) => other.messages - one.messages || (one.key < other.key ? -1 : 1));
}

function keyOf({ flow, protocol }: Hop, { source, destination }: Sum['ends']): string {
  return [source.id, destination.id, flow, protocol].join('|');
}

/** Key of the edge that a hop is part of. */
export function edgeKey(hop: Hop, resolve: Resolve): string {
  return keyOf(hop, { source: resolve(hop.source), destination: resolve(hop.destination) });
}

function edgeOf(key: string, { first, ends, uses }: Sum): LineageEdge {
  const sum = (of: (use: HopUse) => number): number => uses.reduce((total, use) => total + of(use), 0);
  const all = (of: (use: HopUse) => number): number => uses.reduce((mask, use) => mask | of(use), 0);
  const lastSeen = Math.max(...uses.map((use) => use.lastSeen));
  const of = (transit: Transit): number => sum((use) => (use.transit === transit ? use.messages : 0));
  return {
    key,
    source: { id: ends.source.id, title: ends.source.title },
    destination: { id: ends.destination.id, title: ends.destination.title },
    flow: first.flow,
    policy: first.policy,
    protocol: first.protocol,
    entity: first.entity,
    location: first.location,
    categories: wordsOf(
      CATEGORIES,
      all((use) => use.categories),
    ),
    others: wordsOf(
      CATEGORIES,
      all((use) => use.others),
    ),
    unpermitted: wordsOf(
      CATEGORIES,
      all((use) => use.unpermitted),
    ),
    subjects: wordsOf(
      SUBJECTS,
      all((use) => use.subjects),
    ),
    transit: latestTransit(uses, lastSeen),
    outcomes: { proven: of('proven'), claimed: of('claimed'), unknown: of('unknown'), failed: of('failed') },
    messages: sum((use) => use.messages),
    bytes: sum((use) => use.bytes),
    patients: sum((use) => use.patients),
    firstSeen: Math.min(...uses.map((use) => use.firstSeen)),
    lastSeen,
  };
}

const DAY_MS = 86_400_000;

function latestTransit(uses: readonly HopUse[], lastSeen: number): Transit {
  const day = Math.floor(lastSeen / DAY_MS);
  return uses
    .filter((use) => Math.floor(use.lastSeen / DAY_MS) === day)
    .map((use) => use.transit)
    .reduce(gravest);
}

/**
 * What changed: edges that stood at the later instant and had never been seen at the earlier one, edges that stood and stand no more, and edges that carry
 * other categories or have another outcome. `known`: keys of all edges that had been seen at the earlier instant.
 */
export function changesOf(
  before: readonly LineageEdge[],
  after: readonly LineageEdge[],
  known: ReadonlySet<string>,
): EdgeChange[] {
  const earlier = new Map(before.map((edge) => [edge.key, edge]));
  const later = new Set(after.map(({ key }) => key));
  const changes = after.flatMap((edge): EdgeChange[] => {
    const former = earlier.get(edge.key);
    if (former === undefined) return known.has(edge.key) ? [] : [{ ...none(edge), change: 'new', added: edge.categories }];
    const added = edge.categories.filter((category) => !former.categories.includes(category));
    const removed = former.categories.filter((category) => !edge.categories.includes(category));
    const transit = edge.transit === former.transit ? null : { from: former.transit, to: edge.transit };
    if (added.length === 0 && removed.length === 0 && transit === null) return [];
    return [{ change: 'changed', edge, added, removed, transit }];
  });
  const gone = before.filter(({ key }) => !later.has(key)).map((edge): EdgeChange => ({ ...none(edge), change: 'gone' }));
  return [...changes, ...gone];
}

function none(edge: LineageEdge): Omit<EdgeChange, 'change'> {
  return { edge, added: [], removed: [], transit: null };
}

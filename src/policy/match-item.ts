import type { Routing } from '../core/format.ts';
import { PROTOCOLS, type Provenance } from '../core/provenance.ts';
import { type Address, parseAddress, parseRange, type Range } from './address.ts';
import type { MatchItem } from './flow.ts';
import { firstComponent, parseSubject, type Subject } from './names.ts';

/** What is known of one message's way before its content is looked at. */
export interface FlowFacts {
  readonly provenance: Provenance;
  readonly routing: Routing;
}

/** Facts as items compare them: what must be parsed is parsed at most once a message. */
export interface Seen {
  readonly facts: FlowFacts;
  /** Names by kind: `listener protocol flow source destination calling called MSH-3`; absent where not said. */
  nameOf(kind: string): string | null;
  subject(): Subject | null;
  address(): Address | null;
}

export function see(facts: FlowFacts): Seen {
  const { provenance, routing } = facts;
  let subject: Subject | null | undefined;
  let address: Address | null | undefined;
  return {
    facts,
    nameOf: (kind) => {
      switch (kind) {
        case 'flow':
          return provenance.claims.flow;
        case 'source':
          return provenance.claims.source;
        case 'destination':
          return provenance.claims.destination;
        case 'calling':
          return provenance.association?.calling ?? null;
        case 'called':
          return provenance.association?.called ?? null;
        default:
          return routing.fields[kind] ?? null;
      }
    },
    subject: () => {
      if (subject === undefined)
        subject = provenance.peer.certificate === null ? null : parseSubject(provenance.peer.certificate);
      return subject;
    },
    address: () => {
      if (address === undefined) address = parseAddress(provenance.peer.address);
      return address;
    },
  };
}

/**
 * How specific an item is, compared number by number. What a sender cannot forge outranks what it merely states:
 * 1. attributes of the certificate's subject;
 * 2. names that the item fixes: fields of MSH, AE titles, headers;
 * 3. how much of the peer's address it fixes;
 * 4. the listener: 3 by name, 2 by a protocol over TLS, 1 by protocol.
 * An item with one more key than another is always the more specific of the two (docs/adr/0007).
 */
export type Rank = readonly [certificate: number, names: number, address: number, listener: number];

export function compareRanks(a: Rank, b: Rank): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || a[3] - b[3];
}

/** A match item, compiled. */
export interface Item {
  readonly policy: string;
  /** `match.0` of the policy. */
  readonly index: number;
  readonly listener: string | null;
  readonly certificate: Subject;
  readonly address: Range | null;
  /** Kind (`MSH-3`, `source`, `called`, …) → the name it must be. */
  readonly names: ReadonlyMap<string, string>;
  readonly rank: Rank;
  /** `source` and header Cordon-Source say two things: nothing can match. */
  readonly contradictory: boolean;
}

const isProtocol = (listener: string): boolean => PROTOCOLS.some((protocol) => protocol === listener);

/** `mllp` speaks of MLLP however it is carried: it holds for `mllp-tls` too, as `dimse` does for `dimse-tls`. */
const familyOf = (protocol: string): string => (isProtocol(protocol) ? protocol.replace(/-tls$/, '') : protocol);

/**
 * What a policy may call the listener: its name, its protocol, the protocol whatever carries it. A listener that is named like
 * another protocol does not thereby become it.
 */
export function listenerNames({ listener, protocol }: Pick<Provenance, 'listener' | 'protocol'>): readonly string[] {
  const family = familyOf(protocol);
  const names = family === protocol ? [protocol] : [protocol, family];
  return isProtocol(listener) ? names : [listener, ...names];
}

function listenerRank(listener: string | null): number {
  if (listener === null) return 0;
  return !isProtocol(listener) ? 3 : familyOf(listener) === listener ? 1 : 2;
}

export function compileItem(policy: string, index: number, item: MatchItem): Item {
  const names = new Map<string, string>();
  for (const [field, value] of Object.entries(item.msh ?? {})) names.set(`MSH-${field}`, value);
  if (item.calledAE !== undefined) names.set('called', item.calledAE);
  if (item.callingAE !== undefined) names.set('calling', item.callingAE);
  const header = item.header ?? {};
  if (header['Cordon-Flow'] !== undefined) names.set('flow', header['Cordon-Flow']);
  if (header['Cordon-Destination'] !== undefined) names.set('destination', header['Cordon-Destination']);
  const source = item.source ?? header['Cordon-Source'];
  if (source !== undefined) names.set('source', source);
  const certificate = (item.certificate === undefined ? null : parseSubject(item.certificate)) ?? [];
  const address = item.address === undefined ? null : parseRange(item.address);
  const listener = item.listener ?? null;
  return {
    policy,
    index,
    listener,
    certificate,
    address,
    names,
    rank: [certificate.length, names.size, address?.narrow ?? 0, listenerRank(listener)],
    contradictory: item.source !== undefined && header['Cordon-Source'] !== undefined && item.source !== header['Cordon-Source'],
  };
}

const nameFits = (kind: string, wanted: string, value: string): boolean =>
  value === wanted || (kind.startsWith('MSH-') && firstComponent(value) === wanted);

/** Whether all keys of the item hold. */
export function holds(item: Item, seen: Seen): boolean {
  const { provenance } = seen.facts;
  if (item.contradictory) return false;
  if (item.listener !== null && !listenerNames(provenance).includes(item.listener)) return false;
  for (const [kind, wanted] of item.names) {
    const value = seen.nameOf(kind);
    if (value === null || !nameFits(kind, wanted, value)) return false;
  }
  if (item.certificate.length > 0) {
    const subject = seen.subject();
    if (subject === null || !item.certificate.every((attribute) => subject.includes(attribute))) return false;
  }
  if (item.address !== null) {
    const address = seen.address();
    if (address === null || !item.address.contains(address)) return false;
  }
  return true;
}

/** Attributes of which a subject has one only; of the others (OU, DC) it may have several. */
const SINGLE = new Set(['CN', 'C', 'O', 'L', 'ST', 'SERIALNUMBER', 'EMAILADDRESS']);
const typeOf = (attribute: string): string => attribute.slice(0, attribute.indexOf('='));

function listenersOverlap(a: string, b: string): boolean {
  if (isProtocol(a) !== isProtocol(b)) return true;
  return a === b || familyOf(a) === b || familyOf(b) === a;
}

/** Whether one message can match both items. Errs on the side of yes: two listeners, one by name and one by protocol, may be one. */
export function canOverlap(a: Item, b: Item): boolean {
  if (a.contradictory || b.contradictory) return false;
  if (a.listener !== null && b.listener !== null && !listenersOverlap(a.listener, b.listener)) return false;
  if (a.address !== null && b.address !== null && !a.address.covers(b.address) && !b.address.covers(a.address)) return false;
  for (const [kind, wanted] of a.names) {
    const other = b.names.get(kind);
    if (other !== undefined && !nameFits(kind, wanted, other) && !nameFits(kind, other, wanted)) return false;
  }
  return !a.certificate.some((mine) =>
    b.certificate.some((other) => SINGLE.has(typeOf(mine)) && typeOf(mine) === typeOf(other) && mine !== other),
  );
}

/** Whether `item` holds for every message for which both `a` and `b` do. */
export function isImplied(item: Item, a: Item, b: Item): boolean {
  if (item.contradictory) return false;
  const { listener } = item;
  if (listener !== null && ![a, b].some((each) => each.listener === listener || familyOf(each.listener ?? '') === listener))
    return false;
  const range = item.address;
  if (range !== null && ![a, b].some((each) => each.address !== null && range.covers(each.address))) return false;
  if (!item.certificate.every((attribute) => a.certificate.includes(attribute) || b.certificate.includes(attribute)))
    return false;
  return [...item.names].every(([kind, wanted]) =>
    [a, b].some((each) => {
      const value = each.names.get(kind);
      return value !== undefined && nameFits(kind, wanted, value);
    }),
  );
}

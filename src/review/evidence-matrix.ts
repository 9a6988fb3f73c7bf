import { type Fact, type KnownEvidence, type Outcome, standingOutcome } from '../core/evidence.ts';
import { restTargetName } from '../core/rest-target.ts';
import { attestationTarget, GENERAL_PROFILE, legTarget, restRows } from '../policy/evidence.ts';
import type { FlowPolicy } from '../policy/flow.ts';
import { claimTarget } from '../policy/leg-claim.ts';
import type { Location } from '../policy/location.ts';
import type { Places } from './evidence-section.ts';

/** How one check of one row stands; `expiring`: proven, and not for long. */
export type Standing = Outcome | 'expiring';

export interface Cell {
  readonly check: string;
  readonly standing: Standing;
  /** What it rests on: of several things at one place, the gravest first. */
  readonly rows: readonly KnownEvidence[];
}

/** A hop or a place. */
export interface MatrixRow {
  /** Names it in the address: `hop:lab-registry`, `place:registry-db`, `place:vault`. */
  readonly id: string;
  readonly title: string;
  /** What a described place is; null for hops, and for a place that nobody described. */
  readonly type: Location['type'] | null;
  /** What is asked: an endpoint, keys and buckets. Empty where nothing can be. */
  readonly targets: readonly string[];
  /** What it is judged by, where that is a profile. */
  readonly profile: string | null;
  readonly overall: Standing;
  readonly cells: ReadonlyMap<string, Cell>;
  /** What to do where nothing is known of it; null where something is. */
  readonly gap: string | null;
}

export interface Matrix {
  readonly hops: readonly MatrixRow[];
  readonly places: readonly MatrixRow[];
}

/** From this part of its life on, a proof counts as about to end. */
const EXPIRING = 0.25;

const GRAVITY: readonly Standing[] = ['not_applicable', 'proven', 'claimed', 'expiring', 'unknown', 'failed'];

/** Cordon's own store, which is always asked. */
const OWN_STORE = 'vault';

/** Flows' hops and the places they deliver to, each with its checks. `evidence` is all that is known; `now` in milliseconds. */
export function matrixOf(
  policies: readonly FlowPolicy[],
  places: Places,
  evidence: readonly KnownEvidence[],
  now: number,
): Matrix {
  const byTarget = Map.groupBy(evidence, ({ target }) => target);
  const rowsOf = (target: string): readonly KnownEvidence[] => byTarget.get(target) ?? [];
  const named = new Set([...places.keys(), ...policies.flatMap(({ destination }) => destination.location ?? [])]);
  return {
    hops: policies.map((policy) => hopOf(policy, rowsOf, now)),
    places: [
      ...[...named].map((id) => placeOf(id, places, rowsOf, now)).sort((a, b) => a.title.localeCompare(b.title)),
      rowFrom(
        { id: `place:${OWN_STORE}`, title: "Cordon's own vault", type: null, targets: [OWN_STORE], profile: null },
        restRows(rowsOf(OWN_STORE)),
        now,
        'It is asked within half an hour of the start.',
      ),
    ],
  };
}

type Lookup = (target: string) => readonly KnownEvidence[];

function hopOf(policy: FlowPolicy, rowsOf: Lookup, now: number): MatrixRow {
  const { endpoint } = policy.destination;
  const profile = policy.require.transit ?? GENERAL_PROFILE;
  const asked = endpoint === undefined ? [] : rowsOf(legTarget(endpoint)).filter((row) => row.profile === profile);
  const said = rowsOf(claimTarget(policy.id)).map((row) => ({ ...row, check: 'what the engine says' }));
  const about = {
    id: `hop:${policy.id}`,
    title: policy.title,
    type: null,
    targets: endpoint === undefined ? [] : [endpoint],
    profile,
  };
  const gap =
    endpoint === undefined
      ? 'The policy names no endpoint, so nobody can be asked: put endpoint: HOST:PORT under its destination.'
      : 'It was not asked yet: endpoints are asked twice a day.';
  return rowFrom(about, [...asked, ...said], now, gap);
}

function placeOf(id: string, places: Places, rowsOf: Lookup, now: number): MatrixRow {
  const { verify = [], title = id, type = null } = places.get(id) ?? {};
  const rows = verify.flatMap((target) => restRows(rowsOf(restTargetName(target))));
  const stated = rowsOf(attestationTarget(id)).map((row) => ({ ...row, check: 'what somebody states' }));
  const gap = !places.has(id)
    ? 'Nobody described this place: describe it under Locations, or in a file of rules/locations.'
    : verify.length === 0
      ? 'Nothing of it can be asked: name its keys, buckets, volumes and databases where it is described.'
      : 'It was not asked yet: places are asked twice an hour.';
  return rowFrom(
    { id: `place:${id}`, title, type, targets: verify.map(restTargetName), profile: null },
    [...rows, ...stated],
    now,
    gap,
  );
}

function rowFrom(
  about: Pick<MatrixRow, 'id' | 'title' | 'type' | 'targets' | 'profile'>,
  rows: readonly KnownEvidence[],
  now: number,
  gap: string,
): MatrixRow {
  const cells = new Map([...Map.groupBy(rows, ({ check }) => check)].map(([check, own]) => [check, cellOf(check, own, now)]));
  const judged = [...cells.values()].filter(({ standing }) => standing !== 'not_applicable');
  return {
    ...about,
    cells,
    overall: judged.length === 0 ? 'unknown' : gravest(judged.map(({ standing }) => standing)),
    gap: rows.length === 0 ? gap : null,
  };
}

function cellOf(check: string, rows: readonly KnownEvidence[], now: number): Cell {
  const sorted = rows.toSorted((a, b) => GRAVITY.indexOf(standingOf(b, now)) - GRAVITY.indexOf(standingOf(a, now)));
  return { check, rows: sorted, standing: gravest(rows.map((row) => standingOf(row, now))) };
}

/** How a statement stands now. What has expired is unknown; what is proven and about to end says so. */
export function standingOf(row: KnownEvidence, now: number): Standing {
  const outcome = standingOutcome(row, now);
  return outcome === 'proven' && row.expires - now < (row.expires - row.at) * EXPIRING ? 'expiring' : outcome;
}

function gravest(standings: readonly Standing[]): Standing {
  return standings.reduce((worst, each) => (GRAVITY.indexOf(each) > GRAVITY.indexOf(worst) ? each : worst), 'not_applicable');
}

/** The checks of some rows, in the order in which most of them come. */
export function checksOf(rows: readonly MatrixRow[]): readonly string[] {
  return [...new Set(rows.flatMap(({ cells }) => [...cells.keys()]))].sort();
}

/** `TLS 1.2, TLS 1.3`; what a fact of evidence says. */
export function factText(fact: Fact): string {
  if (fact === null) return 'none';
  if (typeof fact === 'boolean') return fact ? 'yes' : 'no';
  return typeof fact === 'object' ? (fact.length === 0 ? 'none' : fact.join(', ')) : String(fact);
}

import type { Evidence } from '../src/core/evidence.ts';
import { restTargetName } from '../src/core/rest-target.ts';
import type { EvidenceStore } from '../src/ledger/evidence/store.ts';
import type { CompiledFlow } from '../src/policy/content.ts';
import {
  demandsClientCertificate,
  GENERAL_PROFILE,
  legOutcome,
  legTarget,
  nameOf,
  placeOutcome,
  restRows,
} from '../src/policy/evidence.ts';
import { claimTarget } from '../src/policy/leg-claim.ts';
import type { Location, Locations } from '../src/policy/location.ts';
import type { Register } from '../src/policy/register.ts';
import type { EvidenceOutcome } from '../src/policy/standing.ts';
import type { WatchedEvidence } from '../src/policy/watch.ts';

/** How long a target may go without any evidence before that is an incident: the first round of checks has to come first. */
const FIRST_ROUND = 15 * 60 * 1000;
/** Periods that are read of one target to see until when it was proven. */
const PERIODS = 1000;

export interface FlowEvidenceDeps {
  readonly evidence: Pick<EvidenceStore, 'list' | 'history'>;
  readonly locations: Locations;
  /** Since when somebody asks, milliseconds since the epoch. */
  readonly since: number;
}

/** What is known of every flow of the register. */
export async function readEvidence(
  register: Register,
  deps: FlowEvidenceDeps,
  now: number,
): Promise<Map<string, WatchedEvidence>> {
  const known = new Map<string, WatchedEvidence>();
  for (const flow of register.flows.values()) known.set(flow.policy.id, await flowEvidence(flow, deps, now));
  return known;
}

/** What is known of a flow's real leg and of the place that its policy names, read from the ledger target by target. */
async function flowEvidence(flow: CompiledFlow, deps: FlowEvidenceDeps, now: number): Promise<WatchedEvidence> {
  const [leg, place] = [await legOf(flow, deps, now), await placeOf(flow, deps, now)];
  const { location } = flow.policy.destination;
  const isUnknown = location !== undefined && !deps.locations.has(location);
  return {
    ...{ transit: leg.outcome, transitUntil: leg.until, rest: place.outcome, restUntil: place.until },
    ...(isUnknown ? { undescribed: location } : {}),
  };
}

interface Known {
  readonly outcome: EvidenceOutcome | null;
  readonly until: number | null;
}

const NOTHING: Known = { outcome: null, until: null };

/** Without an endpoint the real leg is unknown, which is not pass, or what its engine says of it. */
async function legOf({ policy }: CompiledFlow, deps: FlowEvidenceDeps, now: number): Promise<Known> {
  const { transit, mtls } = policy.require;
  const { endpoint } = policy.destination;
  const demanded = transit !== undefined || mtls;
  if (!demanded && endpoint === undefined) return NOTHING;
  const claim = demanded ? await claimOf(policy.id, deps, now) : null;
  if (claim === 'failed') return { outcome: 'failed', until: null };
  const rows = endpoint === undefined ? [] : await deps.evidence.list(legTarget(endpoint));
  if (endpoint !== undefined && rows.length === 0 && now - deps.since < FIRST_ROUND) return NOTHING;
  const profile = demanded ? transit : GENERAL_PROFILE;
  const judged = [
    ...(profile === undefined ? [] : [legOutcome(rows, profile, now)]),
    ...(mtls ? [demandsClientCertificate(rows, now)] : []),
  ];
  const worst = judged.includes('failed') ? 'failed' : (judged.find((outcome) => outcome !== 'proven') ?? 'proven');
  const outcome = worst === 'unknown' && claim !== null ? claim : worst;
  const counting = rows.filter((row) => row.profile === profile);
  return { outcome, until: outcome === 'proven' ? null : await provenUntil(counting, deps, now) };
}

async function claimOf(flow: string, { evidence }: FlowEvidenceDeps, now: number): Promise<'claimed' | 'failed' | null> {
  const live = (await evidence.list(claimTarget(flow))).filter(({ expires }) => expires > now);
  if (live.length === 0) return null;
  return live.some(({ outcome }) => outcome === 'failed') ? 'failed' : 'claimed';
}

/** A place that nobody described is unknown. */
async function placeOf({ policy }: CompiledFlow, deps: FlowEvidenceDeps, now: number): Promise<Known> {
  const { location: name } = policy.destination;
  const location = name === undefined ? undefined : deps.locations.get(name);
  const demanded = policy.require.rest !== undefined;
  if (location === undefined) return demanded ? { outcome: 'unknown', until: null } : NOTHING;
  if (!demanded && location.verify.length === 0) return NOTHING;
  const rows = await rowsOf(location, deps);
  const asked = [...rows.values()].every((some) => some.length > 0);
  if (!asked && now - deps.since < FIRST_ROUND) return NOTHING;
  const outcome = placeOutcome(location, (target) => rows.get(target) ?? [], now);
  const counting = [...rows.values()].flatMap(restRows);
  return { outcome, until: outcome === 'proven' || !asked ? null : await provenUntil(counting, deps, now) };
}

async function rowsOf({ verify }: Location, { evidence }: FlowEvidenceDeps): Promise<Map<string, readonly Evidence[]>> {
  const rows = new Map<string, readonly Evidence[]>();
  for (const target of verify.map(restTargetName)) rows.set(target, await evidence.list(target));
  return rows;
}

/** Until when all of them were proven, of those that are not now; null where one of these never was, and where none is open. */
async function provenUntil(rows: readonly Evidence[], { evidence }: FlowEvidenceDeps, now: number): Promise<number | null> {
  const open = rows.filter(({ outcome, expires }) => outcome !== 'not_applicable' && (outcome !== 'proven' || expires <= now));
  const ends = new Map<string, number>();
  for (const target of new Set(open.map((row) => row.target))) {
    const periods = await evidence.history({ target, from: 0, to: now, limit: PERIODS });
    for (const period of periods.rows) {
      if (period.outcome !== 'proven') continue;
      const end = Math.min(period.expires, period.ended ?? Number.POSITIVE_INFINITY);
      ends.set(nameOf(period), Math.max(end, ends.get(nameOf(period)) ?? 0));
    }
  }
  const until = Math.min(...open.map((row) => ends.get(nameOf(row)) ?? 0));
  return Number.isFinite(until) && until > 0 ? until : null;
}

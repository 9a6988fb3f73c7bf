import type { Evidence } from '../core/evidence.ts';
import { restTargetName } from '../core/rest-target.ts';
import { attestedUntil, type Location } from './location.ts';
import type { EvidenceOutcome } from './standing.ts';

/** What evidence calls the endpoint that a policy names (`pacs.example:2762`). */
export function legTarget(endpoint: string): string {
  return `tls:${endpoint}`;
}

/** What an endpoint is judged by where its policy requires nothing of it. */
export const GENERAL_PROFILE = 'rfc9325';

/** What evidence calls the things that are attested of a location. */
export function attestationTarget(location: string): string {
  return `location:${location}`;
}

/**
 * What the evidence of one endpoint says under one profile. One check that failed fails it; every one has to be proven, now: what has expired, was
 * not seen, or was never asked is unknown.
 */
export function legOutcome(rows: readonly Evidence[], profile: string, now: number): EvidenceOutcome {
  return outcomeOf(
    rows.filter((row) => row.profile === profile),
    now,
  );
}

/** Whether the endpoint was seen to demand a client certificate, by evidence that holds now. One that is only requested proves nothing of the client. */
export function demandsClientCertificate(rows: readonly Evidence[], now: number): EvidenceOutcome {
  const seen = rows.filter((row) => row.expires > now).map((row) => row.facts.clientCertificate);
  if (seen.some((fact) => fact === 'demanded')) return 'proven';
  return seen.some((fact) => fact === 'not-demanded' || fact === 'requested') ? 'failed' : 'unknown';
}

/** Good practice, and the way to a service: they say nothing of whether what rests is encrypted. */
const BESIDE: ReadonlySet<string> = new Set(['rotation', 'connection', 'server', 'clear', 'protected']);
/** Checks that can only disprove: that they found nothing, or could not look, takes nothing from what others prove. */
const DISPROVING: ReadonlySet<string> = new Set(['policy', 'grants', 'aliases', 'sample', 'client-side']);

/** What counts of the evidence of a target at rest for `require.rest` (docs/adr/0031). */
export function restRows<Row extends Evidence>(rows: readonly Row[]): readonly Row[] {
  return rows.filter(({ check, outcome }) => !BESIDE.has(check) && (outcome === 'failed' || !DISPROVING.has(check)));
}

/** What the evidence of one target at rest says: as of a leg, by the checks that count. */
export function restOutcome(rows: readonly Evidence[], now: number): EvidenceOutcome {
  return outcomeOf(restRows(rows), now);
}

/**
 * What is known of a location: each of its targets has to be proven; one that failed fails it. Where they leave it unknown, an attestation
 * that counts makes it claimed. `rowsOf` has the evidence of each target by the name that it goes by there.
 */
export function placeOutcome(location: Location, rowsOf: (target: string) => readonly Evidence[], now: number): EvidenceOutcome {
  const outcomes = location.verify.map((target) => restOutcome(rowsOf(restTargetName(target)), now));
  if (outcomes.includes('failed')) return 'failed';
  if (outcomes.length > 0 && outcomes.every((outcome) => outcome === 'proven')) return 'proven';
  return location.attested.some((one) => attestedUntil(one) > now) ? 'claimed' : 'unknown';
}

function outcomeOf(rows: readonly Evidence[], now: number): EvidenceOutcome {
  const asked = rows.filter(({ outcome }) => outcome !== 'not_applicable');
  const live = asked.filter(({ expires }) => expires > now);
  if (live.some(({ outcome }) => outcome === 'failed')) return 'failed';
  if (asked.length === 0 || live.length < asked.length) return 'unknown';
  if (live.every(({ outcome }) => outcome === 'proven')) return 'proven';
  return live.every(({ outcome }) => outcome === 'proven' || outcome === 'claimed') ? 'claimed' : 'unknown';
}

/** The attestations of a location as evidence: claimed, and until the day they end. */
export function attestationRows(location: Location, now: number): Evidence[] {
  const live = location.attested.filter((one) => attestedUntil(one) > now);
  return live.map((one, index) => ({
    target: attestationTarget(location.id),
    check: index === 0 ? 'attestation' : `attestation-${index + 1}`,
    profile: null,
    section: '',
    outcome: 'claimed',
    how: 'attested',
    facts: { by: one.by, what: one.what, reference: one.reference, stated: one.at },
    reason: 'it is stated, and not proven',
    at: now,
    expires: attestedUntil(one),
  }));
}

const GRAVITY = ['not_applicable', 'proven', 'claimed', 'unknown', 'failed'] as const;

/**
 * What to keep of what was just had. A check that could not be made takes nothing from a statement that still holds: that one stays until it
 * ends or another is made. Of two statements on one check the graver stays (objects of a bucket under several keys). A check that was not made
 * any more, and whose statement has ended, does not apply: else what is not there now would be unknown for ever.
 */
export function worthKeeping(kept: readonly Evidence[], had: readonly Evidence[], now: number): Evidence[] {
  const holds = new Map(kept.filter((row) => row.expires > now && row.outcome !== 'unknown').map((row) => [nameOf(row), row]));
  const gravest = new Map<string, Evidence>();
  for (const row of had) {
    const other = gravest.get(nameOf(row));
    if (other === undefined || GRAVITY.indexOf(row.outcome) > GRAVITY.indexOf(other.outcome)) gravest.set(nameOf(row), row);
  }
  return [
    ...[...gravest.values()].filter((row) => row.outcome !== 'unknown' || !holds.has(nameOf(row))),
    ...kept
      .filter((row) => row.expires <= now && row.outcome !== 'not_applicable' && had.length > 0 && !gravest.has(nameOf(row)))
      .map((row): Evidence => ({ ...row, ...GONE, at: now, expires: Math.max(...had.map(({ expires }) => expires)) })),
  ];
}

const GONE = { outcome: 'not_applicable', facts: {}, reason: 'nothing was found any more that this check is about' } as const;

/** What tells statements on different things apart. */
export function nameOf({ target, check, profile }: Pick<Evidence, 'target' | 'check' | 'profile'>): string {
  return `${target}\0${check}\0${profile ?? ''}`;
}

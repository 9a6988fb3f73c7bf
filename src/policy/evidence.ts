import type { Evidence } from '../core/evidence.ts';
import type { EvidenceOutcome } from './standing.ts';

/** What evidence calls the endpoint that a policy names (`pacs.example:2762`). */
export function legTarget(endpoint: string): string {
  return `tls:${endpoint}`;
}

/**
 * What the evidence of one endpoint says under one profile. One check that failed fails it; every one has to be proven, now: what has expired, was
 * not seen, or was never asked is unknown.
 */
export function legOutcome(rows: readonly Evidence[], profile: string, now: number): EvidenceOutcome {
  const live = rows.filter((row) => row.profile === profile && row.expires > now && row.outcome !== 'not_applicable');
  if (live.some(({ outcome }) => outcome === 'failed')) return 'failed';
  const asked = rows.filter((row) => row.profile === profile && row.outcome !== 'not_applicable');
  if (asked.length === 0 || live.length < asked.length) return 'unknown';
  if (live.every(({ outcome }) => outcome === 'proven')) return 'proven';
  return live.every(({ outcome }) => outcome === 'proven' || outcome === 'claimed') ? 'claimed' : 'unknown';
}

/** Whether the endpoint was seen to demand a client certificate, by evidence that holds now. One that is only requested proves nothing of the client. */
export function demandsClientCertificate(rows: readonly Evidence[], now: number): EvidenceOutcome {
  const seen = rows.filter((row) => row.expires > now).map((row) => row.facts.clientCertificate);
  if (seen.some((fact) => fact === 'demanded')) return 'proven';
  return seen.some((fact) => fact === 'not-demanded' || fact === 'requested') ? 'failed' : 'unknown';
}

import type { Evidence, Fact, Outcome } from '../../core/evidence.ts';

/** What a check came to, before it is dated. */
export interface Finding {
  readonly check: string;
  readonly outcome: Outcome;
  readonly facts: Readonly<Record<string, Fact>>;
  readonly reason: string | null;
}

/** How long a proof at rest stands: an administrator can change a key at any time, so much less than the daily inventories of others. */
export const REST_TTL_MS = 3_600_000;

export function unknown(check: string, reason: string, facts: Finding['facts'] = {}): Finding {
  return { check, outcome: 'unknown', facts, reason };
}

export function failed(check: string, reason: string, facts: Finding['facts'] = {}): Finding {
  return { check, outcome: 'failed', facts, reason };
}

export function proven(check: string, facts: Finding['facts'] = {}): Finding {
  return { check, outcome: 'proven', facts, reason: null };
}

export function notApplicable(check: string, reason: string, facts: Finding['facts'] = {}): Finding {
  return { check, outcome: 'not_applicable', facts, reason };
}

/** Evidence of findings that were asked of `target` just now. No profile of transport judges what rests. */
export function evidenceOf(target: string, findings: readonly Finding[], at: number): Evidence[] {
  return findings.map((finding) => ({
    target,
    profile: null,
    section: '',
    how: 'probed',
    ...finding,
    at,
    expires: at + REST_TTL_MS,
  }));
}

import type { EvidencePeriod } from '../core/evidence.ts';
import { restTargetName } from '../core/rest-target.ts';
import { legOutcome, legTarget, restOutcome } from '../policy/evidence.ts';
import type { FlowPolicy } from '../policy/flow.ts';
import { claimTarget } from '../policy/leg-claim.ts';
import type { EvidenceOutcome } from '../policy/standing.ts';

/**
 * Whether evidence bears the safe harbour: encryption as the Secretary's guidance says (74 FR 19006: NIST SP 800-52 in transit, SP 800-111
 * at rest), proven on the hop and at the place for all of a time. That ciphertext alone was exposed, no evidence says: an officer does.
 */
export interface Secured {
  readonly hop: boolean;
  readonly rest: boolean;
}

/** What the guidance names of encryption on the way, whatever profile the flow's policy asks for. */
const GUIDANCE_PROFILE = 'sp800-52r2';

/** What of the flow's evidence has to be read for `securedThroughout`; empty lists where nobody can be asked. */
export function securedTargets(
  policy: FlowPolicy | null,
  verify: readonly string[],
): { readonly hop: readonly string[]; readonly rest: readonly string[] } {
  const endpoint = policy?.destination.endpoint;
  return {
    hop: policy === null || endpoint === undefined ? [] : [legTarget(endpoint), claimTarget(policy.id)],
    rest: verify.map(restTargetName),
  };
}

/**
 * `periods` are those that overlap `from` to `to` (milliseconds, both included), of the targets of `securedTargets`. What the engine
 * claims of its own leg proves nothing, and disproves.
 */
export function securedThroughout(
  policy: FlowPolicy | null,
  verify: readonly string[],
  periods: readonly EvidencePeriod[],
  { from, to }: { readonly from: number; readonly to: number },
): Secured {
  const { hop, rest } = securedTargets(policy, verify);
  const [endpoint, claim] = hop;
  const of = (target: string | undefined) => periods.filter((period) => period.target === target);
  const claimedClear = of(claim).some(({ outcome }) => outcome === 'failed');
  return {
    hop:
      endpoint !== undefined &&
      !claimedClear &&
      provenThroughout(of(endpoint), from, to, (rows, at) => legOutcome(rows, GUIDANCE_PROFILE, at)),
    rest: rest.length > 0 && rest.every((target) => provenThroughout(of(target), from, to, restOutcome)),
  };
}

/** Outcomes change only where a period begins, ends or expires: it is enough to look there. */
function provenThroughout(
  periods: readonly EvidencePeriod[],
  from: number,
  to: number,
  outcomeAt: (rows: readonly EvidencePeriod[], at: number) => EvidenceOutcome,
): boolean {
  const changes = periods.flatMap(({ since, ended, expires }) => [since, expires, ended ?? to]);
  return [from, ...changes.filter((at) => at > from && at <= to)].every((at) => {
    const standing = periods.filter(({ since, ended }) => since <= at && (ended === null || at < ended));
    return outcomeAt(standing, at) === 'proven';
  });
}

import type { Evidence, Fact, Outcome } from '../../core/evidence.ts';
import type { ChainFacts } from './certificate.ts';
import type { TransitFacts } from './probe.ts';
import type { Profile } from './profiles.ts';

/** What is looked at, each a line of evidence for each profile. */
export const CHECKS = ['version', 'suites', 'key-exchange', 'certificate', 'extensions'] as const;
export type Check = (typeof CHECKS)[number];

/** All that is judged of one endpoint. */
export interface Seen {
  readonly facts: TransitFacts;
  /** The chains that it shows, which begin with different certificates; empty where none could be read. */
  readonly chains: readonly ChainFacts[];
  /** Milliseconds since the epoch: certificates are judged at this time. */
  readonly at: number;
}

/** Something that the profile forbids and the endpoint does. */
export interface Violation {
  readonly section: string;
  /** `accepts TLSv1`: what comes after the endpoint's name in a sentence. */
  readonly what: string;
}

/** What one check found, before it is evidence. */
export interface Finding {
  readonly violations: readonly Violation[];
  /** What could not be seen, each as a clause. Without violations, any of them makes the outcome `unknown`. */
  readonly unseen: readonly string[];
  readonly facts: Readonly<Record<string, Fact>>;
  /** Set where the check has nothing to look at. */
  readonly notApplicable?: string;
}

export type Judge = (seen: Seen, profile: Profile) => Finding;

/** Named in a reason; more are counted. */
const NAMED = 4;

/** Failed where anything forbidden was seen, else unknown where anything was not seen, else proven. */
export function outcomeOf({ violations, unseen, notApplicable }: Finding): Outcome {
  if (violations.length > 0) return 'failed';
  if (notApplicable !== undefined) return 'not_applicable';
  return unseen.length > 0 ? 'unknown' : 'proven';
}

/** `accepts TLSv1 (3.1.1); accepts TLSv1.1 (3.1.1). Switch them off.` */
export function reasonFor(finding: Finding, remedy: string): Evidence['reason'] {
  if (finding.violations.length > 0) {
    const named = finding.violations.slice(0, NAMED).map(({ what, section }) => `${what} (${section})`);
    const more = finding.violations.length - named.length;
    return `${named.join('; ')}${more > 0 ? `; and ${more} more` : ''}. ${remedy}`;
  }
  return finding.notApplicable ?? (finding.unseen.length > 0 ? `${finding.unseen.join('; ')}.` : null);
}

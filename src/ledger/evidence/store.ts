import type { Evidence, EvidenceKind, EvidencePeriod, EvidenceTally, KnownEvidence, Outcome } from '../../core/evidence.ts';
import type { Page } from '../page.ts';

/** Which evidence; what is left out takes all of it. */
export interface EvidenceFilter {
  readonly target?: string;
  readonly check?: string;
  readonly profile?: string;
  readonly kind?: EvidenceKind;
}

/** What is known of the encryption of hops and places, and what was. */
export interface EvidenceStore {
  /**
   * A row with the outcome that is known, before that expired, confirms it; any other opens a new period and ends the former. A row that is
   * older than what is known changes nothing.
   */
  save(rows: readonly Evidence[]): Promise<void>;
  /** Of each check the newest; of one target, or of all. */
  list(target?: string): Promise<readonly KnownEvidence[]>;
  /** The periods that overlap `from` to `to`, both included; by target, check, profile and time. */
  history(filter: { target?: string; from: number; to: number; limit: number; cursor?: string }): Promise<Page<EvidencePeriod>>;
  /** What was known at an instant, the newest of each check then; `outcome`: as it stood then, so that what had expired is `unknown`. */
  asOf(filter: EvidenceFilter & { at: number; outcome?: Outcome; limit: number; cursor?: string }): Promise<Page<EvidencePeriod>>;
  /** How many there are of each outcome, as they stood at an instant. */
  tally(filter: EvidenceFilter & { at: number }): Promise<readonly EvidenceTally[]>;
  /** Those of the targets that nobody has; they are then the caller's until `until`, so that nobody else asks them meanwhile. */
  claim(targets: readonly string[], now: number, until: number): Promise<readonly string[]>;
}

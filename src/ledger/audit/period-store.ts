import type { Coverage, IncidentAct, MessageCount } from '../../core/period.ts';
import type { Review } from '../../core/review.ts';

/** Where an act stands in the order of its period. */
export interface ActPlace {
  readonly at: number;
  readonly id: number;
}

/** Periods as a whole, and what reviewers said of them. Times are milliseconds; a period is half-open. */
export interface PeriodStore {
  counts(from: number, to: number): Promise<readonly MessageCount[]>;
  /** What happened to incidents, in the order of time and id, in pages: after the last one that was read; null at first. */
  acts(period: { from: number; to: number }, after: ActPlace | null, limit: number): Promise<readonly (IncidentAct & ActPlace)[]>;
  coverage(from: number, to: number): Promise<Coverage>;
}

/** What a reviewer signs; the coverage at that time is put beside it. */
export type SignedReview = Omit<Review, 'id' | 'coverage'>;

export interface ReviewStore {
  /** Signs it: kept for good, with an entry on the audit log. */
  sign(review: SignedReview): Promise<Review>;
  /** Those that are about some of a period, in the order they were signed; at most `limit`. */
  list(from: number, to: number, limit: number): Promise<readonly Review[]>;
}

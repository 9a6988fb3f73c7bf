import type { Coverage, IncidentAct, MessageCount } from '../../core/period.ts';
import type { Review } from '../../core/review.ts';

/** Periods as a whole, and what reviewers said of them. Times are milliseconds; a period is half-open. */
export interface PeriodStore {
  counts(from: number, to: number): Promise<readonly MessageCount[]>;
  /** What happened to incidents, in pages: after the place of the last one read, 0 at first. */
  acts(period: { from: number; to: number }, after: number, limit: number): Promise<readonly (IncidentAct & { id: number })[]>;
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

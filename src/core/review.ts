import type { Coverage } from './period.ts';

/** What a reviewer says of a period. */
export const REVIEW_OUTCOMES = ['nothing-further', 'findings'] as const;
export type ReviewOutcome = (typeof REVIEW_OUTCOMES)[number];

/** Somebody looked at a period and says so with their name. */
export interface Review {
  readonly id: string;
  /** Milliseconds: when it was signed. */
  readonly at: number;
  readonly actor: string;
  readonly role: string;
  /** The period looked at: half-open, milliseconds. */
  readonly from: number;
  readonly to: number;
  readonly outcome: ReviewOutcome;
  /** What was looked at and what was found. Holds no identifier of a patient. */
  readonly note: string;
  /** How much of the period had been examined when it was signed. */
  readonly coverage: Coverage;
}

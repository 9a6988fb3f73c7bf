/** What a reviewer says of a period. */
export const REVIEW_OUTCOMES = ['nothing-further', 'findings'] as const;
export type ReviewOutcome = (typeof REVIEW_OUTCOMES)[number];

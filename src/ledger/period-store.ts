import { randomBytes, randomUUIDv7 } from 'node:crypto';
import { type Coverage, coverageOf, type IncidentAct, type MessageCount } from '../core/period.ts';
import type { Review } from '../core/review.ts';
import { storable } from './many.ts';
import type { Answer, Argument, OperationName } from './operations.ts';
import { periodReads } from './period.ts';
import { reviewReads } from './reviews.ts';
import type { Builder, Executor } from './statement.ts';

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

interface Parts {
  readonly db: Builder;
  readonly reader: Executor;
  call<Name extends OperationName>(name: Name, argument: Argument<Name>): Promise<Answer<Name>>;
}

export function periodStore({ db, reader }: Parts): PeriodStore {
  const period = periodReads(db);
  return {
    counts: (from, to) => period.counts(reader, from, to),
    acts: (within, after, limit) => period.acts(reader, within, after, limit),
    coverage: async (from, to) => coverageOf(await period.counts(reader, from, to)),
  };
}

export function reviewStore({ db, reader, call }: Parts): ReviewStore {
  const reviews = reviewReads(db);
  const period = periodReads(db);
  return {
    async sign({ note, actor, ...signed }) {
      const coverage = coverageOf(await period.counts(reader, signed.from, signed.to));
      const review = { ...signed, id: randomUUIDv7(), actor: storable(actor), note: storable(note), coverage };
      await call('addReview', { review, salt: randomBytes(16).toString('base64') });
      return review;
    },
    list: (from, to, limit) => reviews.list(reader, from, to, limit),
  };
}

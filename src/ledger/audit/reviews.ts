import type { Review } from '../../core/review.ts';
import { fromJson } from '../json.ts';
import type { ReviewsTable } from '../schema.ts';
import { type Builder, type Executor, once } from '../statement.ts';
import { appendAuditTo } from './entries.ts';

/** Signed reviews of periods. None is changed or taken back: who thinks again signs another one. */
export function reviewWrites(db: Builder) {
  return {
    /** With its entry on the audit log, in one transaction: neither is there without the other. */
    async addReview(x: Executor, { review, salt }: { review: Review; salt: string }): Promise<void> {
      const { from, to, coverage, ...rest } = review;
      const row: ReviewsTable = { ...rest, period_from: from, period_to: to, coverage: JSON.stringify(coverage) };
      const known = await x.get(once(db.selectFrom('reviews').select('id').where('id', '=', review.id)));
      if (known !== undefined) return;
      await x.run(once(db.insertInto('reviews').values(row)));
      const { id, at, actor, role, outcome, note } = review;
      const { messages, scanned } = coverage;
      const detail = { from, to, outcome, note, messages, scanned };
      await appendAuditTo(x, db, { id, salt, at, actor, role, action: 'review.sign', object: `review:${id}`, detail });
    },
  };
}

export function reviewReads(db: Builder) {
  return {
    /** Those of which the period overlaps this one, in the order they were signed. */
    async list(x: Executor, from: number, to: number, limit: number): Promise<readonly Review[]> {
      const query = db.selectFrom('reviews').selectAll().where('period_from', '<', to).where('period_to', '>', from);
      return (await x.all(once(query.orderBy('at').orderBy('id').limit(limit)))).map(toReview);
    },
  };
}

function toReview({ period_from: from, period_to: to, coverage, ...row }: ReviewsTable): Review {
  return { ...row, from, to, coverage: fromJson<Review['coverage']>(coverage) };
}

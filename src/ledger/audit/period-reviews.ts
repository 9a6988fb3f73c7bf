import { randomBytes, randomUUIDv7 } from 'node:crypto';
import { coverageOf } from '../../core/period.ts';
import { storable } from '../many.ts';
import type { Answer, Argument, OperationName } from '../operations.ts';
import type { Builder, Executor } from '../statement.ts';
import { periodReads } from './period.ts';
import type { PeriodStore, ReviewStore } from './period-store.ts';
import { reviewReads } from './reviews.ts';

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

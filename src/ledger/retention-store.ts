import { SYSTEM } from '../core/audit.ts';
import { RETAINED } from './audit.ts';
import { salted } from './audit-log.ts';
import type { RetentionStore } from './ledger.ts';
import { monthNumber } from './lineage.ts';
import { idFrom, monthOf } from './months.ts';
import type { Answer, Argument, OperationName } from './operations.ts';
import { heldBefore } from './retention.ts';
import type { Builder, Executor } from './statement.ts';

export interface MonthsDropped {
  readonly messages: number;
  /** Another process drops, or was in the way: rows that are left wait for the next round. */
  readonly busy: boolean;
}

/** What an engine knows of months. */
export interface Months {
  /** Makes the tables of the months to come. */
  ahead(now: number): Promise<void>;
  /** The months before `before`, a first millisecond of one, that can go as a whole. */
  old(before: number): Promise<readonly number[]>;
  /** Drops months whose facts and bodies went. */
  drop(months: readonly number[]): Promise<MonthsDropped>;
}

interface Parts {
  readonly db: Builder;
  readonly reader: Executor;
  readonly months: Months;
  call<Name extends OperationName>(name: Name, argument: Argument<Name>): Promise<Answer<Name>>;
}

/** Rows of messages, and periods of evidence, by the month, on either engine: the same are gone after the same clock. */
export function retentionStore({ db, reader, months, call }: Parts): RetentionStore {
  async function dropMonths(before: string, start: number): Promise<MonthsDropped> {
    const old = await months.old(start);
    if (old.length === 0) return { messages: 0, busy: false };
    while (await call('dropOldBodies', before));
    return await months.drop(old);
  }

  return {
    ahead: (now) => months.ahead(now),
    async dropBefore(at) {
      const start = monthOf(at);
      const before = idFrom(start);
      while (await call('dropEvidence', start));
      while (await call('dropTrail', { month: monthNumber(start), at: start }));
      while (await call('dropTransfers', start));
      while (
        await call('dropAuditEntries', {
          at: start,
          note: salted({ at: Date.now(), actor: SYSTEM, role: SYSTEM, ...RETAINED, detail: {} }),
        })
      );
      while (await call('dropFacts', before));
      const whole = await dropMonths(before, start);
      let { messages } = whole;
      let incidents = 0;
      if (!whole.busy) {
        for (let more = true; more; ) {
          const slice = await call('dropMessages', before);
          messages += slice.messages;
          more = slice.more;
        }
        for (let more = true; more; ) {
          const slice = await call('dropIncidents', start);
          incidents += slice.incidents;
          more = slice.more;
        }
      }
      return { messages, incidents, ...(whole.busy ? { pending: 0, failed: 0 } : await heldBefore(reader, db, start)) };
    },
  };
}

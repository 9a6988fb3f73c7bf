import { SYSTEM } from '../../core/audit.ts';
import { salted } from '../audit/assemble.ts';
import { RETAINED } from '../audit/entries.ts';
import type { Engine, MonthsDropped } from '../engine.ts';
import type { RetentionStore } from '../ledger.ts';
import { idFrom, monthNumber, monthOf } from '../months.ts';
import { heldBefore } from './retention.ts';

/** Rows of messages, and periods of evidence, by the month, on either engine: the same are gone after the same clock. */
export function retentionStore({ db, reader, months, call }: Pick<Engine, 'db' | 'reader' | 'months' | 'call'>): RetentionStore {
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
      while (await call('dropReveals', start));
      while (await call('dropTrail', { month: monthNumber(start), at: start }));
      while (await call('dropTransfers', start));
      while (await call('dropDevices', start));
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

import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openLedger } from '../../src/ledger/open.ts';

/** The ledger of an agent's data folder, opened beside the agent: for short reads. */
export function openTestLedger(data: string): Promise<Ledger> {
  return openLedger({ path: join(data, 'ledger.db'), migrate: false });
}

type Counts = Awaited<ReturnType<Ledger['messages']['counts']>>;

/** Waits until nothing is pending, then says what is there. Throws when the backlog has not gone after `patience` milliseconds. */
export async function settled(data: string, patience = 60_000): Promise<Counts> {
  const ledger = await openTestLedger(data);
  try {
    for (let waited = 0; ; waited += 100) {
      const counts = await ledger.messages.counts();
      if (counts.pending === 0) return counts;
      if (waited > patience) throw new Error(`${counts.pending} of ${counts.total} messages are still pending`);
      await sleep(100);
    }
  } finally {
    await ledger.close();
  }
}

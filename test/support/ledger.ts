import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { assembleLedger } from '../../src/ledger/assemble.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { type LedgerPlace, openLedger } from '../../src/ledger/open.ts';
import { sqliteBuilder } from '../../src/ledger/sqlite/builder.ts';
import { openReading } from '../../src/ledger/sqlite/connection.ts';

/** Where a ledger is: of an agent's data folder, or anywhere. */
export type LedgerOf = string | LedgerPlace;

/**
 * An agent's ledger, opened beside the agent: for short reads. A file is read in this thread: the three threads of a ledger that writes take
 * half a second of a core to start, and tests open dozens.
 */
export async function openTestLedger(of: LedgerOf): Promise<Ledger> {
  const place = typeof of === 'string' ? { path: join(of, 'ledger.db') } : of;
  if ('url' in place) return openLedger({ ...place, migrate: false });
  const reader = openReading(place.path);
  const refuse = (): never => {
    throw new TypeError('this ledger is open for reading only');
  };
  return assembleLedger({
    db: sqliteBuilder(),
    reader,
    call: async () => refuse(),
    snapshot: async (read) => read(reader),
    months: { ahead: async () => refuse(), old: async () => refuse(), drop: async () => refuse() },
    shredded: async () => refuse(),
    close: async () => reader.close(),
  });
}

export type Counts = Awaited<ReturnType<Ledger['messages']['counts']>>;

/** Waits until nothing is pending, then says what is there. Throws when the backlog has not gone after `patience` milliseconds. */
export async function settled(of: LedgerOf, patience = 60_000): Promise<Counts> {
  const ledger = await openTestLedger(of);
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

import { openLedger } from '../../../src/ledger/open.ts';
import { acceptRow, flaggedRow, scanRow } from '../rows.ts';

/**
 * Accepts and saves scans as fast as it can and prints each id once it was answered (`a ID`, `s ID`), until it is killed. Lines
 * are written in one piece each, synchronously: what the parent reads was answered before the kill.
 */
const [path = ''] = process.argv.slice(2);
const ledger = await openLedger({ path, migrate: true });
await ledger.vault.saveDataKey('dk-test', 'keyring.wrapped', 0);

async function deliver(): Promise<void> {
  for (let number = 0; ; number++) {
    const row = acceptRow({ body: Buffer.alloc(2000, 65), duplicateContent: `content-${Math.random()}` });
    await ledger.messages.accept(row);
    process.stdout.write(`a ${row.id}\n`);
    if (number % 2 === 0) continue;
    await ledger.messages.saveScan(number % 3 === 0 ? flaggedRow(row.id) : scanRow(row.id));
    process.stdout.write(`s ${row.id}\n`);
  }
}
await Promise.all(Array.from({ length: 64 }, deliver));

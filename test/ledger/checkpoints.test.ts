import { afterAll, expect, it, vi } from 'vitest';
import { openLedger } from '../../src/ledger/open.ts';
import { openCopying } from '../../src/ledger/sqlite/connection.ts';
import { freshFolder, removeFolders } from './folder.ts';
import { acceptRow, NOON } from './rows.ts';

afterAll(removeFolders);

it('copies the log into the file beside the writer, long before the writer would', async () => {
  const path = `${freshFolder()}/cordon.db`;
  const ledger = await openLedger({ path, migrate: true });
  await ledger.vault.saveDataKey('dk-test', 'keyring.wrapped', NOON);
  const data = new Uint8Array(128 * 1024);
  for (let count = 0; count < 140; count++) {
    await ledger.messages.accept(acceptRow({ chunks: [{ number: 0, last: true, data }] }));
  }
  const looking = openCopying(path);
  await vi.waitFor(() => expect(looking.checkpoint('NOOP').checkpointed).toBeGreaterThan(4000), { timeout: 20_000 });
  looking.close();
  await ledger.close();
});

it('a copy in full says so when a reader is in its way', async () => {
  const path = `${freshFolder()}/cordon.db`;
  const ledger = await openLedger({ path, migrate: true });
  await ledger.ping();
  const looking = openCopying(path);
  expect(looking.checkpoint('TRUNCATE')).toEqual({ busy: false, log: 0, checkpointed: 0 });
  const reader = openCopying(path);
  reader.exec('BEGIN');
  reader.all({ sql: 'SELECT * FROM tally', parameters: [] });
  await ledger.vault.saveDataKey('dk-test', 'keyring.wrapped', NOON);
  expect(looking.checkpoint('TRUNCATE').busy).toBe(true);
  reader.exec('COMMIT');
  expect(looking.checkpoint('TRUNCATE').busy).toBe(false);
  for (const connection of [looking, reader]) connection.close();
  await ledger.close();
});

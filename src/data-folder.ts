import { mkdirSync } from 'node:fs';
import { type Config, keyringPath, ledgerPath } from './config.ts';
import { openFileKeyring } from './keyring/file.ts';
import type { Keyring } from './keyring/keyring.ts';
import type { Ledger } from './ledger/ledger.ts';
import { boundKeyring, openLedger } from './ledger/open.ts';

/**
 * Opens the keyring and the ledger of a configuration, making what is not there yet. A ledger that was made with a keyring
 * is opened with that one only: a new one would open nothing of it. Throws what `openFileKeyring` and `openLedger` throw.
 */
export async function openDataFolder(config: Config): Promise<{ keyring: Keyring; ledger: Ledger }> {
  mkdirSync(config.data, { recursive: true, mode: 0o700 });
  const keyring = openFileKeyring(keyringPath(config), boundKeyring(ledgerPath(config)) === null);
  const ledger = await openLedger({ path: ledgerPath(config), migrate: true, maxBatch: config.ledger.groupCommit });
  return { keyring, ledger };
}

import { mkdirSync } from 'node:fs';
import { type Config, keyringPlace, ledgerPath } from './config.ts';
import type { Keyring } from './keyring/keyring.ts';
import { openKeyring } from './keyring/open.ts';
import type { Ledger } from './ledger/ledger.ts';
import { boundKeyring, type LedgerPlace, openLedger } from './ledger/open.ts';
import { databaseUrl } from './service-urls.ts';

/** Where the configuration keeps the ledger. Throws `config.invalid` where it names a file with a URL that is none. */
export function ledgerPlace(config: Config): LedgerPlace {
  const url = databaseUrl(config);
  return url === null ? { path: ledgerPath(config) } : { url };
}

/**
 * Opens the keyring and the ledger of a configuration, making what is not there yet. A ledger that was made with a keyring
 * is opened with that one only: a new one would open nothing of it. Throws what `openKeyring` and `openLedger` throw.
 */
export async function openDataFolder(config: Config): Promise<{ keyring: Keyring; ledger: Ledger }> {
  mkdirSync(config.data, { recursive: true, mode: 0o700 });
  const place = ledgerPlace(config);
  if ('url' in place) {
    // The tables first: they say whether a keyring may be made.
    const ledger = await openLedger({ ...place, migrate: true });
    try {
      return { keyring: await openKeyring(keyringPlace(config), (await boundKeyring(place)) === null), ledger };
    } catch (error) {
      await ledger.close();
      throw error;
    }
  }
  const keyring = await openKeyring(keyringPlace(config), (await boundKeyring(place)) === null);
  const ledger = await openLedger({ ...place, migrate: true, maxBatch: config.ledger.groupCommit });
  return { keyring, ledger };
}

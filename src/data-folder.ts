import { mkdirSync } from 'node:fs';
import { type Config, keyringPlace, ledgerPath } from './config.ts';
import type { Keyring } from './keyring/keyring.ts';
import { openKeyring } from './keyring/open.ts';
import type { Ledger } from './ledger/ledger.ts';
import { boundKeyring, type LedgerPlace, openLedger } from './ledger/open.ts';
import { databaseUrl } from './service-urls.ts';
import { type Waiting, withoutWaiting } from './waiting.ts';

/** Where the configuration keeps the ledger. Throws `config.invalid` where it names a file with a URL that is none. */
export function ledgerPlace(config: Config): LedgerPlace {
  const url = databaseUrl(config);
  return url === null ? { path: ledgerPath(config) } : { url };
}

/**
 * Opens the keyring and the ledger of a configuration, making what is not there yet. A ledger that was made with a keyring
 * is opened with that one only: a new one would open nothing of it. `waiting` says whether a key service or a database that is away is
 * waited for. Rejects with what `openKeyring` and `openLedger` throw.
 */
export async function openDataFolder(
  config: Config,
  waiting: Waiting = withoutWaiting,
): Promise<{ keyring: Keyring; ledger: Ledger }> {
  mkdirSync(config.data, { recursive: true, mode: 0o700 });
  const place = ledgerPlace(config);
  const opened = () => openLedger({ ...place, migrate: true, maxBatch: config.ledger.groupCommit });
  const keyringOf = (): Promise<Keyring> =>
    waiting('the keyring', async () => openKeyring(keyringPlace(config), (await boundKeyring(place)) === null));
  if ('url' in place) {
    // The tables first: they say whether a keyring may be made.
    const ledger = await waiting('the database', opened);
    try {
      return { keyring: await keyringOf(), ledger };
    } catch (error) {
      await ledger.close();
      throw error;
    }
  }
  const keyring = await keyringOf();
  // A file is there or not: what is wrong with a disk does not mend itself.
  const ledger = await opened();
  return { keyring, ledger };
}

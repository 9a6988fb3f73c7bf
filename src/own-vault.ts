import { dirname } from 'node:path';
import { type Config, keyringPath, ledgerPath } from './config.ts';
import { CordonError } from './core/errors.ts';
import { ledgerPlace } from './data-folder.ts';
import type { RestingBody, Vault } from './encryption/rest/vault.ts';
import type { Keyring } from './keyring/keyring.ts';
import { keyringKind } from './keyring/open.ts';
import type { Ledger } from './ledger/ledger.ts';
import { createDataKeyReader } from './ledger/vault/data-keys.ts';
import { open } from './ledger/vault/seal.ts';
import { databaseUrl, redisCa, redisUrl } from './service-urls.ts';

/** Messages among which bodies that rest are looked for, newest first. */
const LOOKED_AT = 200;

/** Cordon's own store, as the check of target `vault` looks at it. `bodies` may throw what opening the keyring and the ledger throw. */
export function ownVault(config: Config, bodies: Vault['bodies']): Vault {
  const kmsKey = kmsKeyOf(keyringPath(config));
  return {
    folder: 'path' in ledgerPlace(config) ? dirname(ledgerPath(config)) : null,
    database: databaseUrl(config),
    queue: redisUrl(config),
    queueCa: redisCa(config),
    keyring: kmsKey === null ? { file: keyringPath(config) } : { kmsKey },
    bodies,
  };
}

/** A keyring that cannot be read is judged by where it lies; that it cannot be read is said of the bodies that it should open. */
function kmsKeyOf(path: string): string | null {
  try {
    return keyringKind(path)?.kmsKey ?? null;
  } catch (error) {
    if (error instanceof CordonError) return null;
    throw error;
  }
}

/** Bodies that the vault keeps, newest first. What one was opened to is wiped. */
export async function* restingBodies(ledger: Ledger, keyring: Keyring): AsyncGenerator<RestingBody> {
  const keyOf = createDataKeyReader((id) => ledger.vault.dataKey(id), keyring);
  for (const { id, bodyKept } of (await ledger.messages.list({ limit: LOOKED_AT })).rows) {
    const body = bodyKept ? await ledger.messages.load(id) : null;
    if (body === null) continue;
    yield {
      chunks: body.chunks.map((chunk) => chunk.data),
      open: async () => {
        open(body.chunks, await keyOf(body.dataKey), id).fill(0);
      },
    };
  }
}

import type { KMSClient } from '@aws-sdk/client-kms';
import { z } from 'zod';
import { CordonError } from '../core/errors.ts';
import { openFileKeyring } from './file.ts';
import type { Keyring } from './keyring.ts';
import type { Rewrapped } from './kms.ts';
import { exists, readPrivateJson } from './private-file.ts';

/** As much of a keyring of KMS as tells that it is one; kms.ts reads the rest. */
const KMS_FILE = z.object({ kind: z.literal('kms'), keys: z.array(z.string()).min(1) });

export interface KeyringPlace {
  readonly path: string;
  /** The KMS key for a keyring that is made: id, ARN or alias; null makes a key file. A keyring that is there says itself what it is. */
  readonly kmsKey: string | null;
}

/**
 * What wraps the keys of the keyring: `{ kmsKey: ARN }`, or `{ kmsKey: null }` for a key file; null where there is no keyring. Throws as
 * `openFileKeyring` does.
 */
export function keyringKind(path: string): { readonly kmsKey: string | null } | null {
  if (!exists(path)) return null;
  const content = KMS_FILE.safeParse(readPrivateJson(path));
  return { kmsKey: content.data?.keys[0] ?? null };
}

/**
 * Opens the keyring, whichever it is. With `create`, a missing one is made. Rejects as `openFileKeyring` and `openKmsKeyring` do, and with
 * `config.invalid` where a KMS key is configured and the keyring that is there is a key file: its keys do not move by themselves.
 */
export async function openKeyring({ path, kmsKey }: KeyringPlace, create: boolean, client?: KMSClient): Promise<Keyring> {
  const kind = keyringKind(path);
  if (kind?.kmsKey === null && kmsKey !== null) {
    throw new CordonError(
      'config.invalid',
      `${path} is a key file, and a KMS key is configured: move it with \`cordon keys rewrap\``,
    );
  }
  const key = kind?.kmsKey ?? kmsKey;
  if (key === null) return openFileKeyring(path, create);
  const { openKmsKeyring } = await import('./kms.ts');
  return openKmsKeyring({ path, key, create, client: client ?? (await defaultClient(key)) });
}

/** Moves a keyring, a key file too, under another KMS key (id, ARN or alias). Rejects as `rewrapKmsKeyring` and `moveFileUnderKms` do. */
export async function rewrapKeyring(path: string, kmsKey: string, client?: KMSClient): Promise<Rewrapped> {
  const kind = keyringKind(path);
  if (kind === null) throw new CordonError('keyring.missing', `${path}: no such keyring`);
  const { moveFileUnderKms, rewrapKmsKeyring } = await import('./kms.ts');
  if (kind.kmsKey === null) return moveFileUnderKms(path, kmsKey, client ?? (await defaultClient(kmsKey)));
  return rewrapKmsKeyring(path, kmsKey, client ?? (await defaultClient(kind.kmsKey)));
}

async function defaultClient(key: string): Promise<KMSClient> {
  const { kmsClients, regionOf } = await import('../encryption/rest/aws.ts');
  return kmsClients()(regionOf(key));
}

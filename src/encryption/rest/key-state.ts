import type { KeyMetadata } from '@aws-sdk/client-kms';
import { type Finding, failed, proven, unknown } from './evidence-row.ts';

/** Why a state is none that protects data in use (AWS KMS Developer Guide, "Key states of AWS KMS keys"). */
const BAD_STATES: Readonly<Record<string, string>> = {
  Disabled:
    'the key is disabled: what it encrypted cannot be read, and nothing new is encrypted. Enable it, or move to another key',
  PendingDeletion:
    'the key waits for its deletion: all that it encrypted is then lost. Cancel the deletion (kms:CancelKeyDeletion)',
  PendingReplicaDeletion: 'the key waits for the deletion of its replicas, then its own. Cancel the deletion',
  PendingImport: 'the key has no key material. Import it',
  Unavailable: 'the key store that holds the key is not connected. Connect it',
};

/** These pass by themselves: neither a proof nor a failure. */
const PASSING_STATES = new Set(['Creating', 'Updating']);

/** Check `key`: whether this key can protect what is encrypted under it now. */
export function judgeKey(key: KeyMetadata): Finding {
  const state = key.KeyState ?? 'none';
  const facts = {
    key: key.Arn ?? key.KeyId ?? null,
    state,
    manager: key.KeyManager ?? null,
    spec: key.KeySpec ?? null,
    usage: key.KeyUsage ?? null,
    origin: key.Origin ?? null,
    multiRegion: key.MultiRegion ?? null,
    ...(key.DeletionDate === undefined ? {} : { deletion: key.DeletionDate.toISOString() }),
  };
  const bad = BAD_STATES[state];
  if (bad !== undefined) return failed('key', bad, facts);
  if (PASSING_STATES.has(state)) return unknown('key', `the key's state is ${state}: ask again in a minute`, facts);
  if (state !== 'Enabled') return unknown('key', `the key's state "${state}" is not one that Cordon knows`, facts);
  if (key.Enabled === false)
    return failed('key', 'contradiction: the state is Enabled, yet the key is said not to be. Look at it in KMS', facts);
  if (key.KeyUsage !== 'ENCRYPT_DECRYPT')
    return failed(
      'key',
      `the key is for ${key.KeyUsage ?? 'an unknown use'} and encrypts nothing. Name the key that does`,
      facts,
    );
  return proven('key', facts);
}

/** Why automatic rotation does not exist for this key; null where it does ("Rotate AWS KMS keys"). */
export function noRotationReason(key: KeyMetadata): string | null {
  if (key.KeySpec !== 'SYMMETRIC_DEFAULT') return `a key of spec ${key.KeySpec ?? 'unknown'} is not rotated automatically`;
  if (key.CustomKeyStoreId !== undefined) return 'a key in a custom key store is not rotated automatically';
  if (key.Origin !== 'AWS_KMS') return `key material of origin ${key.Origin ?? 'unknown'} is not rotated automatically`;
  return null;
}

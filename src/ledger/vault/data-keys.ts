import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { isoTime } from '../../core/clock.ts';
import { CordonError } from '../../core/errors.ts';
import type { Keyring } from '../../keyring/keyring.ts';
import { dayOf } from '../flows.ts';
import type { VaultStore } from '../ledger.ts';

const KEY_BYTES = 32;
const REMEMBERED = 64;
const DAY_MS = 86_400_000;
const LAST_MS = 3_600_000;

/** While a key service is away, it is asked again this often: not by every message, each of which would wait for it. */
const RETRY_MS = 30_000;

/** A key that seals bodies. A day's bodies share one, so that dropping a day's last body ends the key with it. */
export interface DataKey {
  /** `dk-2026-11-24-9f2c41d07ab3` */
  readonly id: string;
  readonly key: KeyObject;
}

export interface DataKeys {
  /**
   * The key of the UTC day of `now`, made and kept in the ledger on its first use. Where the keyring is away, yesterday's key goes on
   * for this day. Rejects with `keyring.unavailable` where there is none, with `ledger.unavailable` where the key can't be kept.
   */
  current(now: number): Promise<DataKey>;
}

/**
 * The writing side: makes the data keys. Each process makes its own key for a day, so no two have to agree. Throws
 * `keyring.unknown-key` where the ledger was made with another keyring: every token and digest in it would silently stop to match.
 */
export async function createDataKeys(
  vault: Pick<VaultStore, 'bindKeyring' | 'saveDataKey'>,
  keyring: Keyring,
): Promise<DataKeys> {
  await vault.bindKeyring(keyring.id);
  let made: { day: number; key: Promise<DataKey> } | null = null;
  let last: { day: number; key: DataKey } | null = null;
  let retryAt = 0;
  return {
    async current(now) {
      const day = dayOf(now);
      const standIn = last !== null && mayStandIn(last.day, now) ? last.key : null;
      if (standIn !== null && now < retryAt) return standIn;
      if (made?.day !== day) made = { day, key: makeDataKey(vault, keyring, now) };
      const mine = made;
      try {
        const key = await mine.key;
        last = { day: mine.day, key };
        return key;
      } catch (error) {
        if (made === mine) made = null;
        if (standIn === null || !(error instanceof CordonError) || error.code !== 'keyring.unavailable') throw error;
        retryAt = now + RETRY_MS;
        return standIn;
      }
    },
  };
}

/**
 * Only yesterday's key: those of earlier days are shredded as soon as they seal nothing. And not in the last hour of today, since an accept
 * that began in it may be committed tomorrow.
 */
function mayStandIn(day: number, now: number): boolean {
  return day === dayOf(now) - DAY_MS && dayOf(now + LAST_MS) === dayOf(now);
}

async function makeDataKey(vault: Pick<VaultStore, 'saveDataKey'>, keyring: Keyring, now: number): Promise<DataKey> {
  const secret = randomBytes(KEY_BYTES);
  const id = `dk-${isoTime(now).slice(0, 10)}-${randomBytes(6).toString('hex')}`;
  await vault.saveDataKey(id, await keyring.wrap(secret), now);
  const key = createSecretKey(secret);
  secret.fill(0);
  return { id, key };
}

/**
 * The reading side: a data key by id, unwrapped once and remembered (the 64 used last). `find` looks it up in the ledger. The
 * function throws `vault.missing` where the key was shredded.
 */
export function createDataKeyReader(
  find: (id: string) => { wrapped: string } | null | Promise<{ wrapped: string } | null>,
  keyring: Keyring,
): (id: string) => Promise<KeyObject> {
  const known = new Map<string, KeyObject>();
  return async (id) => {
    const remembered = known.get(id);
    if (remembered !== undefined) {
      known.delete(id);
      known.set(id, remembered);
      return remembered;
    }
    const found = await find(id);
    if (found === null) throw new CordonError('vault.missing', `data key ${id} is gone: what it sealed was dropped`);
    const secret = await keyring.unwrap(found.wrapped);
    const key = createSecretKey(secret);
    secret.fill(0);
    known.set(id, key);
    if (known.size > REMEMBERED) {
      const oldest = known.keys().next();
      if (oldest.done !== true) known.delete(oldest.value);
    }
    return key;
  };
}

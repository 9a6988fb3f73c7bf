import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../core/clock.ts';

/** A key as it is printed once; only `hash` is stored. */
export interface FreshKey {
  readonly id: string;
  /** `cdn_<id>_<secret>` */
  readonly key: string;
  readonly hash: string;
}

const KEY = /^cdn_([0-9a-f]{12})_[0-9a-f]{64}$/;

/** A key of 256 random bits. */
export function makeKey(): FreshKey {
  const id = randomBytes(6).toString('hex');
  const key = `cdn_${id}_${randomBytes(32).toString('hex')}`;
  return { id, key, hash: hashKey(key) };
}

/** SHA-256 (hex) of the whole key: its secret is random, so that a slow hash would add nothing. */
export function hashKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** Compares two texts in a time that depends on their lengths only. */
export function sameText(left: string, right: string): boolean {
  const a = Buffer.from(left);
  const b = Buffer.from(right);
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The key of an Authorization header: `Bearer KEY`, or `Basic` with the key as password, since some engines offer only that. */
export function presentedKey(authorization: string | undefined): string | null {
  const match = /^(Bearer|Basic) +(\S+)$/i.exec(authorization ?? '');
  const credentials = match?.[2];
  if (credentials === undefined) return null;
  if (match?.[1]?.toLowerCase() === 'bearer') return credentials;
  const decoded = Buffer.from(credentials, 'base64').toString('utf8');
  return decoded.slice(decoded.indexOf(':') + 1);
}

const MAX_CACHED = 1024;

/**
 * Looks keys up with a cache, so that a message costs no read. A revoked key works on for at most `ttl` milliseconds; a key that is
 * none is remembered for as long, so that a misconfigured engine does not read the ledger at every attempt. What `lookUp` throws
 * passes through and is not remembered.
 */
export function createKeyCheck<Key extends { readonly id: string }>(
  lookUp: (hash: string) => Promise<Key | null>,
  clock: Clock,
  ttl = 30_000,
): (presented: string) => Promise<Key | null> {
  const cache = new Map<string, { readonly key: Key | null; readonly until: number }>();
  return async (presented) => {
    const id = KEY.exec(presented)?.[1];
    if (id === undefined) return null;
    const hash = hashKey(presented);
    const cached = cache.get(hash);
    if (cached !== undefined && clock() < cached.until) return cached.key;
    const found = await lookUp(hash);
    const key = found !== null && sameText(found.id, id) ? found : null;
    cache.delete(hash);
    const oldest = cache.keys().next();
    if (cache.size >= MAX_CACHED && !oldest.done) cache.delete(oldest.value);
    cache.set(hash, { key, until: clock() + ttl });
    return key;
  };
}

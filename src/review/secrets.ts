import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 bits that nobody can guess, as base64url (43 characters): links, sessions and CSRF tokens. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * What rests of a secret: SHA-256 in hex. No salt and no slow hash: the secret is random and as long as the digest, so there is
 * nothing to guess that the digest would make easier.
 */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret, 'utf8').digest('hex');
}

/** Whether two secrets are equal, in a time that says nothing of where they differ. */
export function sameSecret(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(hashSecret(a), 'hex'), Buffer.from(hashSecret(b), 'hex'));
}

/** Whether a text has the form of `newSecret`. */
export function isSecret(text: string): boolean {
  return /^[A-Za-z0-9_-]{43}$/.test(text);
}

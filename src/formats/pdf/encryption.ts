import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { type Dict, isKind, nameOf, numberOf, type Value } from './values.ts';

/** Decrypts what belongs to an object, by its number. */
export type Decrypt = (bytes: Buffer, id: number) => Buffer;

/** The padding of passwords (ISO 32000-1 §7.6.3.3): by itself it is the empty one. */
const PADDING = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');
const NOTHING = Buffer.alloc(0);

const md5 = (...parts: readonly Buffer[]): Buffer => createHash('md5').update(Buffer.concat(parts)).digest();
const sha = (bits: 256 | 384 | 512, bytes: Buffer): Buffer => createHash(`sha${bits}`).update(bytes).digest();

/**
 * How a file is decrypted that opens without a password, as files do that are only protected against change; null where one is needed, or the
 * scheme is none of the standard's (§7.6.3; ISO 32000-2 §7.6.4). `id` is the first of the trailer's identifiers.
 */
export function decryptionOf(encrypt: Dict, id: Buffer): Decrypt | null {
  const { entries } = encrypt;
  const revision = numberOf(entries.get('R'));
  const version = numberOf(entries.get('V'));
  if (nameOf(entries.get('Filter')) !== 'Standard' || revision < 2 || revision > 6) return null;
  const method = methodOf(encrypt, version);
  if (method === null) return null;
  const key = revision >= 5 ? longKey(encrypt, revision) : shortKey(encrypt, revision, version, id);
  if (key === null) return null;
  if (method === 'AESV3') return (bytes) => aes(key, bytes);
  return (bytes, object) => {
    const number = Buffer.from([object & 0xff, (object >> 8) & 0xff, (object >> 16) & 0xff, 0, 0]);
    const own = md5(key, number, method === 'AESV2' ? Buffer.from('sAlT') : NOTHING).subarray(0, Math.min(key.length + 5, 16));
    return method === 'AESV2' ? aes(own, bytes) : rc4(own, bytes);
  };
}

function methodOf({ entries }: Dict, version: number): 'V2' | 'AESV2' | 'AESV3' | null {
  if (version === 1 || version === 2) return 'V2';
  const filters = entries.get('CF');
  const filter = isKind(filters, 'dict') ? filters.entries.get(nameOf(entries.get('StmF'))) : undefined;
  const name = isKind(filter, 'dict') ? nameOf(filter.entries.get('CFM')) : '';
  return name === 'V2' || name === 'AESV2' || name === 'AESV3' ? name : null;
}

function bytesOf(value: Value | undefined): Buffer {
  return isKind(value, 'text') ? value.bytes : NOTHING;
}

/** Revisions 2 to 4 (§7.6.3.3, algorithms 2, 4 and 5): null where the empty password is not the user's. */
function shortKey({ entries }: Dict, revision: number, version: number, id: Buffer): Buffer | null {
  const size = version === 1 ? 5 : Math.min(Math.max(numberOf(entries.get('Length'), version === 4 ? 128 : 40) >> 3, 5), 16);
  const permissions = Buffer.alloc(4);
  permissions.writeInt32LE(numberOf(entries.get('P')) | 0);
  const plain = revision >= 4 && entries.get('EncryptMetadata') === false ? Buffer.alloc(4, 0xff) : NOTHING;
  let key = md5(PADDING, bytesOf(entries.get('O')).subarray(0, 32), permissions, id, plain);
  if (revision >= 3) for (let round = 0; round < 50; round++) key = md5(key.subarray(0, size));
  key = key.subarray(0, size);
  const user = bytesOf(entries.get('U'));
  if (revision === 2) return rc4(key, PADDING).equals(user.subarray(0, 32)) ? key : null;
  let check = md5(PADDING, id);
  for (let round = 0; round < 20; round++) check = rc4(Buffer.from(key.map((byte) => byte ^ round)), check);
  return check.equals(user.subarray(0, 16)) ? key : null;
}

/** Revisions 5 and 6 (ISO 32000-2 §7.6.4.3.3, algorithm 2.A). */
function longKey({ entries }: Dict, revision: number): Buffer | null {
  const user = bytesOf(entries.get('U'));
  const wrapped = bytesOf(entries.get('UE')).subarray(0, 32);
  if (user.length < 48 || wrapped.length < 32) return null;
  const hash = (salt: Buffer): Buffer => (revision === 5 ? sha(256, salt) : hardened(salt));
  if (!hash(user.subarray(32, 40)).equals(user.subarray(0, 32))) return null;
  const cipher = createDecipheriv('aes-256-cbc', hash(user.subarray(40, 48)), Buffer.alloc(16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(wrapped), cipher.final()]);
}

/** Algorithm 2.B for the empty password. It ends: the last byte is at most 255. */
function hardened(salt: Buffer): Buffer {
  let key = sha(256, salt);
  for (let round = 0; ; round++) {
    const cipher = createCipheriv('aes-128-cbc', key.subarray(0, 16), key.subarray(16, 32)).setAutoPadding(false);
    const made = cipher.update(Buffer.concat(Array.from({ length: 64 }, () => key)));
    const remainder = made.subarray(0, 16).reduce((sum, byte) => sum + byte, 0) % 3;
    key = sha(remainder === 0 ? 256 : remainder === 1 ? 384 : 512, made);
    if (round >= 63 && (made.at(-1) ?? 0) <= round - 31) return key.subarray(0, 32);
  }
}

/** CBC with the initial vector before it; what is damaged gives what can be had. */
function aes(key: Buffer, bytes: Buffer): Buffer {
  const whole = bytes.length - (bytes.length % 16);
  if (whole < 32) return NOTHING;
  const cipher = createDecipheriv(key.length === 32 ? 'aes-256-cbc' : 'aes-128-cbc', key, bytes.subarray(0, 16)).setAutoPadding(
    false,
  );
  const plain = cipher.update(bytes.subarray(16, whole));
  const padding = plain.at(-1) ?? 0;
  return padding >= 1 && padding <= 16 ? plain.subarray(0, plain.length - padding) : plain;
}

/** RC4: OpenSSL has retired it, and old files are not read without. */
function rc4(key: Buffer, bytes: Buffer): Buffer {
  const state = Uint8Array.from({ length: 256 }, (_, index) => index);
  const swap = (a: number, b: number): void => {
    const kept = state[a] ?? 0;
    state[a] = state[b] ?? 0;
    state[b] = kept;
  };
  for (let at = 0, other = 0; at < 256; at++) {
    other = (other + (state[at] ?? 0) + (key[at % key.length] ?? 0)) & 0xff;
    swap(at, other);
  }
  const out = Buffer.alloc(bytes.length);
  for (let index = 0, at = 0, other = 0; index < bytes.length; index++) {
    at = (at + 1) & 0xff;
    other = (other + (state[at] ?? 0)) & 0xff;
    swap(at, other);
    out[index] = (bytes[index] ?? 0) ^ (state[((state[at] ?? 0) + (state[other] ?? 0)) & 0xff] ?? 0);
  }
  return out;
}

/** A value with its strings decrypted; streams remember the number by which they are. */
export function decrypted(value: Value, id: number, decrypt: Decrypt): Value {
  if (isKind(value, 'text')) return { kind: 'text', bytes: decrypt(value.bytes, id) };
  if (isKind(value, 'list')) return { kind: 'list', items: value.items.map((item) => decrypted(item, id, decrypt)) };
  if (isKind(value, 'dict')) return decryptedDict(value, id, decrypt);
  if (!isKind(value, 'stream')) return value;
  const isPlain = nameOf(value.dict.entries.get('Type')) === 'XRef';
  return isPlain ? value : { ...value, dict: decryptedDict(value.dict, id, decrypt), decrypt: (bytes) => decrypt(bytes, id) };
}

function decryptedDict({ entries }: Dict, id: number, decrypt: Decrypt): Dict {
  return { kind: 'dict', entries: new Map([...entries].map(([key, value]) => [key, decrypted(value, id, decrypt)])) };
}

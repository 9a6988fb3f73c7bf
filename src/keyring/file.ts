import { createCipheriv, createDecipheriv, createHash, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { CordonError } from '../core/errors.ts';
import type { TokenKey } from '../core/token.ts';
import type { Keyring } from './keyring.ts';
import { createFile, exists, readPrivateJson, replaceFile } from './private-file.ts';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const keyText = z.base64url().refine((text) => Buffer.from(text, 'base64url').length === KEY_BYTES, 'a key has 32 bytes');
const kid = z.string().regex(/^[a-z0-9]{1,32}$/);

/** keyring.json. `check` is a digest of the rest: a file that was cut or edited must not pass for another keyring. */
const FILE = z.strictObject({
  version: z.literal(1),
  id: kid,
  wrapping: keyText,
  digest: keyText,
  token: kid,
  tokens: z.array(z.strictObject({ kid, key: keyText, createdAt: z.iso.datetime() })).min(1),
  check: z.string(),
});
type KeyFile = z.infer<typeof FILE>;

/**
 * Opens the keyring file at `path`. With `create`, a missing one is made: 0600 in a 0700 folder, complete or not at all. Pass
 * `create` only where the ledger does not exist yet: a new keyring beside an old ledger opens none of its bodies.
 * Throws `keyring.missing`, `keyring.permissions` (wider than 0600, or another's file) or `keyring.invalid`.
 */
export function openFileKeyring(path: string, create: boolean): Keyring {
  if (!exists(path)) {
    if (!create) {
      throw new CordonError(
        'keyring.missing',
        `${path}: no keyring, but a ledger that needs it. Put back the keyring.json that was made with this ledger; ` +
          'without it the bodies and tokens in it stay unreadable',
      );
    }
    createFile(path, newKeyFile());
  }
  return keyringOf(readKeyFile(path));
}

/** Adds a token key and makes it the one in use; earlier ones stay. Returns the new kid. Running processes use it after a restart. */
export function rotateTokenKey(path: string): string {
  const file = readKeyFile(path);
  const made = `k${file.tokens.length + 1}`;
  const rotated = {
    ...file,
    token: made,
    tokens: [...file.tokens, { kid: made, key: newKey(), createdAt: new Date().toISOString() }],
  };
  replaceFile(path, withCheck(rotated));
  return made;
}

function newKey(): string {
  return randomBytes(KEY_BYTES).toString('base64url');
}

function newKeyFile(): KeyFile {
  return withCheck({
    version: 1,
    id: randomBytes(8).toString('hex'),
    wrapping: newKey(),
    digest: newKey(),
    token: 'k1',
    tokens: [{ kid: 'k1', key: newKey(), createdAt: new Date().toISOString() }],
  });
}

function withCheck(file: Omit<KeyFile, 'check'>): KeyFile {
  return { ...file, check: checkOf(file) };
}

function checkOf(file: Omit<KeyFile, 'check'>): string {
  const tokens = file.tokens.flatMap((entry) => [entry.kid, entry.key, entry.createdAt]);
  return createHash('sha256')
    .update(JSON.stringify([file.version, file.id, file.wrapping, file.digest, file.token, ...tokens]))
    .digest('base64url');
}

/** The keys of a key file as they are in it (base64url), for the move under KMS. Throws as `openFileKeyring` does. */
export function readKeyFile(path: string): KeyFile {
  const result = FILE.safeParse(readPrivateJson(path));
  if (!result.success) {
    const places = result.error.issues.map((issue) => issue.path.join('.') || 'the file').join(', ');
    throw new CordonError('keyring.invalid', `${path}: wrong or missing: ${places}. Restore it from its backup`);
  }
  const file = result.data;
  if (checkOf(file) !== file.check) {
    throw new CordonError(
      'keyring.invalid',
      `${path}: its check does not fit its keys: it was changed or damaged. Restore it from its backup`,
    );
  }
  if (!file.tokens.some((entry) => entry.kid === file.token)) {
    throw new CordonError('keyring.invalid', `${path}: there is no token key "${file.token}". Restore it from its backup`);
  }
  return file;
}

function keyObject(text: string): KeyObject {
  return createSecretKey(Buffer.from(text, 'base64url'));
}

function keyringOf(file: KeyFile): Keyring {
  const tokenKeys = new Map<string, TokenKey>(
    file.tokens.map((entry) => [entry.kid, { kid: entry.kid, key: keyObject(entry.key) }]),
  );
  const tokenKey = tokenKeys.get(file.token);
  if (tokenKey === undefined) throw new CordonError('keyring.invalid', `no token key "${file.token}"`);
  const wrapping = keyObject(file.wrapping);
  return {
    id: file.id,
    tokenKey,
    tokenKeys,
    digestKey: keyObject(file.digest),
    wrap: async (dataKey) => wrapKey(wrapping, file.id, dataKey),
    unwrap: async (wrapped) => unwrapKey(wrapping, file.id, wrapped),
  };
}

/** `id.base64url(nonce ‖ ciphertext ‖ tag)`, AES-256-GCM; the keyring's id and the purpose are additional data. */
function wrapKey(key: KeyObject, id: string, dataKey: Uint8Array): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(aadOf(id));
  const sealed = Buffer.concat([nonce, cipher.update(dataKey), cipher.final(), cipher.getAuthTag()]);
  return `${id}.${sealed.toString('base64url')}`;
}

/** Whether a data key was wrapped by a key file. What KMS wraps is longer: it holds which key it is under. */
export function isWrappedByFile(wrapped: string): boolean {
  return Buffer.from(wrapped.slice(wrapped.indexOf('.') + 1), 'base64url').length === NONCE_BYTES + KEY_BYTES + TAG_BYTES;
}

/** The data key. Throws `keyring.unknown-key` or `keyring.invalid`. */
export function unwrapKey(key: KeyObject, id: string, wrapped: string): Uint8Array {
  const dot = wrapped.indexOf('.');
  if (wrapped.slice(0, dot) !== id) {
    throw new CordonError(
      'keyring.unknown-key',
      `the ledger's data keys were wrapped by another keyring (this one is ${id}). Put back the keyring.json of this ledger`,
    );
  }
  const sealed = Buffer.from(wrapped.slice(dot + 1), 'base64url');
  if (sealed.length !== NONCE_BYTES + KEY_BYTES + TAG_BYTES) {
    throw new CordonError('keyring.invalid', 'a wrapped data key in the ledger has the wrong length: run `cordon ledger check`');
  }
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES))
    .setAAD(aadOf(id))
    .setAuthTag(sealed.subarray(NONCE_BYTES + KEY_BYTES));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, NONCE_BYTES + KEY_BYTES)), decipher.final()]);
  } catch (error) {
    throw new CordonError(
      'keyring.invalid',
      'a wrapped data key in the ledger does not open: the ledger or keyring.json was changed',
      {
        cause: error,
      },
    );
  }
}

function aadOf(id: string): Buffer {
  return Buffer.from(`cordon data key\0${id}`, 'utf8');
}

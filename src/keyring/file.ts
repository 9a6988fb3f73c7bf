import { createCipheriv, createDecipheriv, createHash, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { CordonError, reasonOf } from '../core/errors.ts';
import type { TokenKey } from '../core/token.ts';
import type { Keyring } from './keyring.ts';

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
  const draft = writeDraft(path, withCheck(rotated));
  renameSync(draft, path);
  syncFolder(path);
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

function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** A link and not a rename: of two processes that start at once, one makes the keyring and the other reads it. */
function createFile(path: string, file: KeyFile): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = writeDraft(path, file);
  try {
    linkSync(draft, path);
  } catch (error) {
    if (!exists(path)) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  syncFolder(path);
}

function writeDraft(path: string, file: KeyFile): string {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const handle = openSync(draft, 'wx', 0o600);
  try {
    writeSync(handle, `${JSON.stringify(file, null, 2)}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  return draft;
}

/** The name of a new file is durable only after its folder is. */
function syncFolder(path: string): void {
  const handle = openSync(dirname(path), 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function readKeyFile(path: string): KeyFile {
  checkPermissions(path);
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    // A JSON error quotes the text it could not read: key material must not reach a log.
    const reason = error instanceof SyntaxError ? 'it is no JSON' : reasonOf(error);
    throw new CordonError('keyring.invalid', `${path}: cannot be read (${reason}). Restore it from its backup`);
  }
  const result = FILE.safeParse(parsed);
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

function checkPermissions(path: string): void {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw new CordonError('keyring.missing', `${path}: no such keyring`);
  if (!stat.isFile()) throw new CordonError('keyring.permissions', `${path}: must be a plain file, and is not (a link?)`);
  const own = process.getuid?.() ?? stat.uid;
  if (stat.uid !== own && own !== 0) {
    throw new CordonError('keyring.permissions', `${path}: belongs to another user. Run: chown ${own} ${path}`);
  }
  if ((stat.mode & 0o077) !== 0) {
    const mode = (stat.mode & 0o777).toString(8).padStart(4, '0');
    throw new CordonError('keyring.permissions', `${path}: others may use it (mode ${mode}). Run: chmod 600 ${path}`);
  }
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

function unwrapKey(key: KeyObject, id: string, wrapped: string): Uint8Array {
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

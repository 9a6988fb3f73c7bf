import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { DecryptCommand, EncryptCommand, GenerateDataKeyCommand, type KMSClient, ReEncryptCommand } from '@aws-sdk/client-kms';
import { z } from 'zod';
import { CordonError } from '../core/errors.ts';
import type { TokenKey } from '../core/token.ts';
import { type Answer, ask } from '../encryption/rest/aws.ts';
import { isWrappedByFile, readKeyFile, unwrapKey } from './file.ts';
import type { Keyring } from './keyring.ts';
import { createFile, exists, readPrivateJson, replaceFile } from './private-file.ts';

const KEY_BYTES = 32;
/** For one call, the SDK's own attempts included: an accept may wait for it, and has four seconds to answer. */
const CALL_MS = 3_000;

const kid = z.string().regex(/^[a-z0-9]{1,32}$/);
const blob = z.base64url().min(1);

/** keyring.json of a key service: no key in it is readable without the service. `keys`: the KMS key in use first, then earlier ones. */
const FILE = z.strictObject({
  version: z.literal(1),
  kind: z.literal('kms'),
  id: kid,
  keys: z.array(z.string().min(1)).min(1),
  digest: blob,
  /** Of a key file that was moved under KMS: opens the data keys that came before. */
  wrapping: blob.optional(),
  token: kid,
  tokens: z.array(z.strictObject({ kid, wrapped: blob, createdAt: z.iso.datetime() })).min(1),
});
type KmsFile = z.infer<typeof FILE>;

export interface KmsKeyringOptions {
  readonly path: string;
  /** Id, ARN or alias of a symmetric KMS key; used when the file is made. Later the file says which key it is. */
  readonly key: string;
  readonly client: KMSClient;
  /** As `openFileKeyring` has it. */
  readonly create: boolean;
}

/**
 * A keyring whose keys are wrapped by AWS KMS: token and digest keys in a file (0600), which are unwrapped once, here; data keys as the ledger
 * asks. Every blob is bound to this keyring and to its purpose by its encryption context, which CloudTrail logs. Rejects with
 * `keyring.unavailable` (transient: KMS is away, refuses or has the key disabled), `keyring.missing`, `keyring.invalid` or
 * `keyring.permissions`.
 */
export async function openKmsKeyring({ path, key, client, create }: KmsKeyringOptions): Promise<Keyring> {
  if (!exists(path)) {
    if (!create) {
      throw new CordonError(
        'keyring.missing',
        `${path}: no keyring, but a ledger that needs it. Put back the one that was made with this ledger`,
      );
    }
    createFile(path, await newFile(client, key));
  }
  return keyringOf(client, readFile(path));
}

/** What a re-wrap did: ARNs of the KMS keys before (null: it was a key file) and after, and how many keys of the file moved. */
export interface Rewrapped {
  readonly from: string | null;
  readonly to: string;
  readonly keys: number;
}

/**
 * Moves the file's keys under another KMS key, inside KMS: no key is seen here. Data keys in the ledger stay under the earlier one, which
 * goes on to open them. The file is replaced, at once, only after the new key was used as an agent uses it. Rejects as `openKmsKeyring` does,
 * and with `usage` where the file is under this key already.
 */
export async function rewrapKmsKeyring(path: string, key: string, client: KMSClient): Promise<Rewrapped> {
  const file = readFile(path);
  const moved = async (wrapped: string, purpose: string): Promise<{ wrapped: string; key: string }> => {
    const context = contextOf(file.id, purpose);
    const command = new ReEncryptCommand({
      CiphertextBlob: Buffer.from(wrapped, 'base64url'),
      SourceEncryptionContext: context,
      DestinationKeyId: key,
      DestinationEncryptionContext: context,
    });
    const answer = orThrow(await call('kms:ReEncrypt', (abortSignal) => client.send(command, { abortSignal })));
    checkSource(file, answer.SourceKeyId);
    return { wrapped: textOf(answer.CiphertextBlob), key: answer.KeyId ?? key };
  };
  const digest = await moved(file.digest, 'digest');
  if (digest.key === file.keys[0]) throw new CordonError('usage', `${path} is under ${digest.key} already: nothing was changed`);
  const tokens = await Promise.all(
    file.tokens.map(async (token) => ({ ...token, wrapped: (await moved(token.wrapped, `token ${token.kid}`)).wrapped })),
  );
  const wrapping = file.wrapping === undefined ? {} : { wrapping: (await moved(file.wrapping, 'wrapping')).wrapped };
  const next = { ...file, keys: [...new Set([digest.key, ...file.keys])], digest: digest.wrapped, tokens, ...wrapping };
  await tryOut(client, next);
  replaceFile(path, next);
  return { from: file.keys[0] ?? null, to: digest.key, keys: 1 + tokens.length + Object.keys(wrapping).length };
}

/**
 * Moves a key file under a KMS key: the same keyring, whose keys are no longer readable without KMS. What the file wrapped opens as before. The
 * file is replaced, at once, only after the key was used as an agent uses it; its backups still open what came before. Rejects as
 * `openFileKeyring` throws and as `openKmsKeyring` rejects.
 */
export async function moveFileUnderKms(path: string, key: string, client: KMSClient): Promise<Rewrapped> {
  const file = readKeyFile(path);
  const under = async (secret: string, purpose: string): Promise<{ wrapped: string; key: string }> => {
    const Plaintext = Buffer.from(secret, 'base64url');
    const command = new EncryptCommand({ KeyId: key, Plaintext, EncryptionContext: contextOf(file.id, purpose) });
    const answer = orThrow(await call('kms:Encrypt', (abortSignal) => client.send(command, { abortSignal })));
    Plaintext.fill(0);
    return { wrapped: textOf(answer.CiphertextBlob), key: answer.KeyId ?? key };
  };
  const [digest, wrapping] = await Promise.all([under(file.digest, 'digest'), under(file.wrapping, 'wrapping')]);
  const tokens = await Promise.all(
    file.tokens.map(async ({ kid, key: secret, createdAt }) => {
      const { wrapped } = await under(secret, `token ${kid}`);
      return { kid, wrapped, createdAt };
    }),
  );
  const { id, token } = file;
  const next: KmsFile = {
    ...{ version: 1, kind: 'kms', id, keys: [digest.key] },
    ...{ digest: digest.wrapped, wrapping: wrapping.wrapped, token, tokens },
  };
  await tryOut(client, next);
  replaceFile(path, next);
  return { from: null, to: digest.key, keys: 2 + tokens.length };
}

/** Opens the file and wraps a key, as an agent will: a permission that is missing must not be found out at its next start. */
async function tryOut(client: KMSClient, file: KmsFile): Promise<void> {
  const { wrap, unwrap } = await keyringOf(client, file);
  const secret = randomBytes(KEY_BYTES);
  if (!secret.equals(await unwrap(await wrap(secret))))
    throw new CordonError('keyring.invalid', 'KMS does not give back what it wrapped: nothing was changed');
}

async function newFile(client: KMSClient, key: string): Promise<KmsFile> {
  const id = randomBytes(8).toString('hex');
  const make = async (purpose: string): Promise<{ wrapped: string; key: string }> => {
    const command = new GenerateDataKeyCommand({
      KeyId: key,
      NumberOfBytes: KEY_BYTES,
      EncryptionContext: contextOf(id, purpose),
    });
    const answer = orThrow(await call('kms:GenerateDataKey', (abortSignal) => client.send(command, { abortSignal })));
    answer.Plaintext?.fill(0);
    return { wrapped: textOf(answer.CiphertextBlob), key: answer.KeyId ?? key };
  };
  const [digest, token] = [await make('digest'), await make('token k1')];
  const tokens = [{ kid: 'k1', wrapped: token.wrapped, createdAt: new Date().toISOString() }];
  return { version: 1, kind: 'kms', id, keys: [digest.key], digest: digest.wrapped, token: 'k1', tokens };
}

function readFile(path: string): KmsFile {
  const result = FILE.safeParse(readPrivateJson(path));
  if (result.success) return result.data;
  const places = result.error.issues.map((issue) => issue.path.join('.') || 'the file').join(', ');
  throw new CordonError('keyring.invalid', `${path}: wrong or missing: ${places}. Restore it from its backup`);
}

async function keyringOf(client: KMSClient, file: KmsFile): Promise<Keyring> {
  const secretKey = async (wrapped: string, purpose: string): Promise<KeyObject> => {
    const secret = await decrypt(client, file, Buffer.from(wrapped, 'base64url'), purpose);
    const key = createSecretKey(secret);
    secret.fill(0);
    return key;
  };
  const [digestKey, ...tokens] = await Promise.all([
    secretKey(file.digest, 'digest'),
    ...file.tokens.map((token) => secretKey(token.wrapped, `token ${token.kid}`)),
  ]);
  const wrapping = file.wrapping === undefined ? null : await secretKey(file.wrapping, 'wrapping');
  const tokenKeys = new Map<string, TokenKey>();
  file.tokens.forEach((token, i) => {
    const key = tokens[i];
    if (key !== undefined) tokenKeys.set(token.kid, { kid: token.kid, key });
  });
  const tokenKey = tokenKeys.get(file.token);
  if (tokenKey === undefined)
    throw new CordonError('keyring.invalid', `there is no token key "${file.token}". Restore keyring.json from its backup`);
  return {
    id: file.id,
    tokenKey,
    tokenKeys,
    digestKey,
    wrap: (dataKey) => wrap(client, file, dataKey),
    unwrap: async (wrapped) =>
      wrapping !== null && isWrappedByFile(wrapped) ? unwrapKey(wrapping, file.id, wrapped) : unwrap(client, file, wrapped),
  };
}

/** `id.base64url(CiphertextBlob)`: the id tells whose it is without asking KMS. */
async function wrap(client: KMSClient, file: KmsFile, dataKey: Uint8Array): Promise<string> {
  const command = new EncryptCommand({
    KeyId: file.keys[0],
    Plaintext: dataKey,
    EncryptionContext: contextOf(file.id, 'data key'),
  });
  const answer = orThrow(await call('kms:Encrypt', (abortSignal) => client.send(command, { abortSignal })));
  return `${file.id}.${textOf(answer.CiphertextBlob)}`;
}

async function unwrap(client: KMSClient, file: KmsFile, wrapped: string): Promise<Uint8Array> {
  const dot = wrapped.indexOf('.');
  if (wrapped.slice(0, dot) !== file.id) {
    throw new CordonError(
      'keyring.unknown-key',
      `the ledger's data keys were wrapped by another keyring (this one is ${file.id}). Put back the keyring.json of this ledger`,
    );
  }
  return decrypt(client, file, Buffer.from(wrapped.slice(dot + 1), 'base64url'), 'data key');
}

async function decrypt(client: KMSClient, file: KmsFile, wrapped: Uint8Array, purpose: string): Promise<Uint8Array> {
  const command = new DecryptCommand({ CiphertextBlob: wrapped, EncryptionContext: contextOf(file.id, purpose) });
  const answer = orThrow(await call('kms:Decrypt', (abortSignal) => client.send(command, { abortSignal })));
  checkSource(file, answer.KeyId);
  if (answer.Plaintext?.length === KEY_BYTES) return answer.Plaintext;
  throw new CordonError(
    'keyring.invalid',
    `KMS opened a wrapped key (${purpose}) that has not ${KEY_BYTES} bytes: run \`cordon ledger check\``,
  );
}

/** A blob that somebody put in, encrypted under a key of their own, would open too: it must be one of ours. */
function checkSource(file: KmsFile, key: string | undefined): void {
  if (key !== undefined && file.keys.includes(key)) return;
  throw new CordonError(
    'keyring.invalid',
    'a wrapped key is under a KMS key that is not of this keyring: the ledger or keyring.json was changed',
  );
}

function contextOf(id: string, purpose: string): Record<string, string> {
  return { 'cordon:keyring': id, 'cordon:purpose': purpose };
}

function call<T>(permission: string, run: (signal: AbortSignal) => Promise<T>): Promise<Answer<T>> {
  return ask(permission, new AbortController().signal, run, CALL_MS);
}

const CHANGED = new Set(['InvalidCiphertextException', 'IncorrectKeyException', 'ValidationException']);
const OFF = new Set(['DisabledException', 'KMSInvalidStateException']);

function orThrow<T>(answer: Answer<T>): T {
  if (answer.ok) return answer.value;
  if (CHANGED.has(answer.code))
    throw new CordonError(
      'keyring.invalid',
      'KMS does not open a wrapped key: the ledger or keyring.json was changed. Restore it from its backup',
    );
  // Nothing to wait for: the process that has no region gets none by itself.
  if (answer.code === 'RegionMissing') throw new CordonError('config.invalid', `the KMS key of the keyring: ${answer.reason}`);
  if (answer.code === 'NotFoundException')
    throw new CordonError('keyring.missing', `the KMS key of the keyring is ${answer.reason}`);
  if (OFF.has(answer.code))
    throw new CordonError('keyring.unavailable', `the KMS key of the keyring cannot be used (${answer.code}): enable it`);
  throw new CordonError('keyring.unavailable', `the KMS key of the keyring: ${answer.reason}`);
}

function textOf(bytes: Uint8Array | undefined): string {
  if (bytes === undefined) throw new CordonError('keyring.unavailable', 'KMS answered without a wrapped key');
  return Buffer.from(bytes).toString('base64url');
}

import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KMSClient } from '@aws-sdk/client-kms';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { openFileKeyring } from '../../src/keyring/file.ts';
import type { Keyring } from '../../src/keyring/keyring.ts';
import { openKmsKeyring, rewrapKmsKeyring } from '../../src/keyring/kms.ts';
import { keyringKind, openKeyring, rewrapKeyring } from '../../src/keyring/open.ts';
import { createDataKeyReader } from '../../src/ledger/vault/data-keys.ts';
import { keyringConformance } from '../conformance/keyring.ts';
import { type KmsDouble, startKms } from '../doubles/kms.ts';
import { encryptUnder, type KmsKey, REGION } from '../doubles/kms-keys.ts';

let kms: KmsDouble;
let client: KMSClient;
let key: KmsKey;
beforeAll(async () => {
  kms = await startKms();
  client = new KMSClient({
    region: REGION,
    endpoint: kms.endpoint,
    maxAttempts: 1,
    credentials: { accessKeyId: 'AKIDSYNTHETIC', secretAccessKey: 'synthetic' },
  });
  key = kms.addKey({ aliases: ['vault'] });
});
afterAll(async () => {
  client.destroy();
  await kms.close();
});

const folders: string[] = [];
afterEach(() => {
  for (const operation of ['*', 'Encrypt', 'Decrypt', 'GenerateDataKey']) kms.set(operation, null);
  key.state = 'Enabled';
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function freshPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cordon-kms-keyring-'));
  folders.push(folder);
  return join(folder, 'data', 'keyring.json');
}

function open(path: string, create = false, name = 'alias/vault'): Promise<Keyring> {
  return openKmsKeyring({ path, key: name, client, create });
}

function changeFile(path: string, change: (file: Record<string, unknown>) => unknown): void {
  writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(path, 'utf8')))));
}

keyringConformance('kms', async () => {
  const path = freshPath();
  return { keyring: await open(path, true), reopen: () => open(path) };
});

describe('keyring.json of KMS', () => {
  it('is 0600 and holds no key that can be used without KMS', async () => {
    const path = freshPath();
    const keyring = await open(path, true);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const text = readFileSync(path, 'utf8');
    for (const secret of [keyring.digestKey, keyring.tokenKey.key]) {
      for (const form of ['base64url', 'base64', 'hex'] as const) expect(text).not.toContain(secret.export().toString(form));
    }
    expect(JSON.parse(text).keys).toEqual([key.arn]);
  });

  it('is never made anew beside a ledger that needs the old one, nor where KMS is away', async () => {
    const path = freshPath();
    await expect(open(path)).rejects.toMatchObject({ code: 'keyring.missing' });
    kms.set('GenerateDataKey', 'fail');
    await expect(open(path, true)).rejects.toMatchObject({ code: 'keyring.unavailable' });
    expect(statSync(path, { throwIfNoEntry: false })).toBeUndefined();
  });

  it('is not waited for where no region is configured', async () => {
    for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION']) vi.stubEnv(name, undefined);
    vi.stubEnv('AWS_CONFIG_FILE', '/nowhere');
    const nowhere = new KMSClient({ endpoint: kms.endpoint, credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
    const opened = openKmsKeyring({ path: freshPath(), key: 'alias/vault', client: nowhere, create: true });
    await expect(opened).rejects.toMatchObject({ code: 'config.invalid', retry: 'permanent' });
    nowhere.destroy();
    vi.unstubAllEnvs();
  });

  it('is refused where others may use it', async () => {
    const path = freshPath();
    await open(path, true);
    chmodSync(path, 0o640);
    await expect(open(path)).rejects.toMatchObject({ code: 'keyring.permissions' });
  });

  it.each<[string, (file: Record<string, unknown>) => unknown]>([
    ['another id', (file) => ({ ...file, id: '0123456789abcdef' })],
    ['another key', (file) => ({ ...file, keys: ['arn:aws:kms:us-east-1:111122223333:key/other'] })],
    ['a token key for the digest key', (file) => ({ ...file, digest: Reflect.get(Object(Object(file.tokens)[0]), 'wrapped') })],
    ['a token key that is not there', (file) => ({ ...file, token: 'k9' })],
    ['a missing part', ({ digest: _, ...file }) => file],
    ['an unknown part', (file) => ({ ...file, more: 1 })],
    ['cut key material', (file) => ({ ...file, digest: String(file.digest).slice(0, -8) })],
  ])('is refused with %s', async (_name, change) => {
    const path = freshPath();
    await open(path, true);
    changeFile(path, change);
    await expect(open(path)).rejects.toMatchObject({ code: 'keyring.invalid' });
  });
});

describe('the encryption context', () => {
  it('names the keyring and the purpose in each call, and nothing of a message', async () => {
    const before = kms.calls.length;
    const keyring = await open(freshPath(), true);
    await keyring.unwrap(await keyring.wrap(randomBytes(32)));
    const contexts = kms.calls.slice(before).map(({ operation, body }) => [operation, body.EncryptionContext]);
    const of = (purpose: string) => ({ 'cordon:keyring': keyring.id, 'cordon:purpose': purpose });
    expect(contexts.slice(0, 2)).toEqual([
      ['GenerateDataKey', of('digest')],
      ['GenerateDataKey', of('token k1')],
    ]);
    expect(contexts.slice(-2)).toEqual([
      ['Encrypt', of('data key')],
      ['Decrypt', of('data key')],
    ]);
  });

  it('keeps a token key from being opened as a data key', async () => {
    const path = freshPath();
    const keyring = await open(path, true);
    const { tokens } = JSON.parse(readFileSync(path, 'utf8'));
    await expect(keyring.unwrap(`${keyring.id}.${tokens[0].wrapped}`)).rejects.toMatchObject({ code: 'keyring.invalid' });
  });
});

describe('an outage of KMS', () => {
  it.each(['deny', 'throttle', 'fail', 'drop', 'hang'] as const)('(%s) is transient, and over when it is over', async (how) => {
    const path = freshPath();
    const keyring = await open(path, true);
    const wrapped = await keyring.wrap(randomBytes(32));
    kms.set('*', how);
    const unavailable = {
      code: 'keyring.unavailable',
      retry: 'transient',
      message: expect.not.stringContaining('AKIDSYNTHETIC'),
    };
    await Promise.all([
      expect(keyring.wrap(randomBytes(32))).rejects.toMatchObject(unavailable),
      expect(keyring.unwrap(wrapped)).rejects.toMatchObject(unavailable),
      expect(open(path)).rejects.toMatchObject(unavailable),
    ]);
    kms.set('*', null);
    expect(await keyring.unwrap(wrapped)).toHaveLength(32);
  });

  it.each(['Disabled', 'PendingDeletion', 'PendingImport', 'Unavailable'])(
    'a key that is %s is transient: it can be enabled',
    async (state) => {
      const path = freshPath();
      const keyring = await open(path, true);
      key.state = state;
      await expect(keyring.wrap(randomBytes(32))).rejects.toMatchObject({ code: 'keyring.unavailable' });
      await expect(open(path)).rejects.toMatchObject({ code: 'keyring.unavailable' });
    },
  );

  it('does not touch what was opened before: data keys are remembered, a bounded number of them', async () => {
    const keyring = await open(freshPath(), true);
    const wrapped = new Map<string, string>();
    for (let i = 0; i < 70; i++) wrapped.set(`dk-${i}`, await keyring.wrap(randomBytes(32)));
    const keyOf = createDataKeyReader((id) => ({ wrapped: wrapped.get(id) ?? '' }), keyring);
    for (const id of wrapped.keys()) await keyOf(id);
    kms.set('*', 'fail');
    await expect(keyOf('dk-69')).resolves.toBeDefined();
    await expect(keyOf('dk-6')).resolves.toBeDefined();
    await expect(keyOf('dk-5')).rejects.toMatchObject({ code: 'keyring.unavailable' });
  });

  it('a key that does not exist is no outage', async () => {
    await expect(open(freshPath(), true, 'alias/nowhere')).rejects.toMatchObject({ code: 'keyring.missing', retry: 'permanent' });
  });
});

describe('another KMS key', () => {
  it('takes over: same tokens and digests, new data keys under it, earlier ones still open', async () => {
    const path = freshPath();
    const before = await open(path, true);
    const old = await before.wrap(randomBytes(32));
    const next = kms.addKey();
    await rewrapKmsKeyring(path, next.id, client);
    const after = await open(path);
    expect(after.id).toBe(before.id);
    expect(after.digestKey.equals(before.digestKey)).toBe(true);
    expect(after.tokenKey.key.equals(before.tokenKey.key)).toBe(true);
    expect(Buffer.from(await after.unwrap(old))).toEqual(Buffer.from(await before.unwrap(old)));
    const calls = kms.calls.length;
    await after.wrap(randomBytes(32));
    expect(kms.calls[calls]?.body.KeyId).toBe(next.arn);
    // The file no longer needs the earlier key.
    key.state = 'Disabled';
    await expect(open(path)).resolves.toBeDefined();
  });

  it('says what it moved, and refuses where that is done already', async () => {
    const path = freshPath();
    await open(path, true);
    const next = kms.addKey({ aliases: ['rewrapped'] });
    expect(await rewrapKmsKeyring(path, 'alias/rewrapped', client)).toEqual({ from: key.arn, to: next.arn, keys: 2 });
    const kept = readFileSync(path, 'utf8');
    await expect(rewrapKmsKeyring(path, next.arn, client)).rejects.toMatchObject({ code: 'usage' });
    expect(readFileSync(path, 'utf8')).toBe(kept);
  });

  it.each(['ReEncrypt', 'Decrypt', 'Encrypt'])('is whole or not at all: %s is denied', async (operation) => {
    const [path, next] = [freshPath(), kms.addKey()];
    await open(path, true);
    const kept = readFileSync(path, 'utf8');
    kms.set(operation, 'deny');
    await expect(rewrapKmsKeyring(path, next.id, client)).rejects.toMatchObject({ code: 'keyring.unavailable' });
    kms.set(operation, null);
    expect(readFileSync(path, 'utf8')).toBe(kept);
    await expect(open(path)).resolves.toBeDefined();
  });

  it('does not open what somebody wrapped under a key of their own', async () => {
    const [path, foreign] = [freshPath(), kms.addKey()];
    const keyring = await open(path, true);
    const context = { 'cordon:keyring': keyring.id, 'cordon:purpose': 'data key' };
    const wrapped = `${keyring.id}.${encryptUnder(foreign, randomBytes(32), context).toString('base64url')}`;
    await expect(keyring.unwrap(wrapped)).rejects.toMatchObject({ code: 'keyring.invalid' });
  });
});

describe('a key file under a KMS key', () => {
  it('is the same keyring: its tokens, its digests, and what it wrapped; what comes is wrapped by KMS', async () => {
    const [path, next] = [freshPath(), kms.addKey()];
    await expect(rewrapKeyring(path, 'alias/vault', client)).rejects.toMatchObject({ code: 'keyring.missing' });
    const before = openFileKeyring(path, true);
    const secret = randomBytes(32);
    const old = await before.wrap(secret);
    const plain = JSON.parse(readFileSync(path, 'utf8'));
    expect(await rewrapKeyring(path, 'alias/vault', client)).toEqual({ from: null, to: key.arn, keys: 3 });
    const kept = readFileSync(path, 'utf8');
    for (const each of [plain.wrapping, plain.digest, plain.tokens[0].key]) expect(kept).not.toContain(each);
    const after = await open(path);
    expect(after.id).toBe(before.id);
    expect(after.digestKey.equals(before.digestKey)).toBe(true);
    expect(after.tokenKey.key.equals(before.tokenKey.key)).toBe(true);
    expect(Buffer.from(await after.unwrap(old))).toEqual(secret);
    const calls = kms.calls.length;
    expect(Buffer.from(await after.unwrap(await after.wrap(secret)))).toEqual(secret);
    expect(kms.calls.slice(calls).map(({ operation }) => operation)).toEqual(['Encrypt', 'Decrypt']);
    expect(await rewrapKeyring(path, next.id, client)).toEqual({ from: key.arn, to: next.arn, keys: 3 });
    expect(Buffer.from(await (await open(path)).unwrap(old))).toEqual(secret);
  });

  it.each(['Encrypt', 'Decrypt'])('is whole or not at all: %s is denied', async (operation) => {
    const path = freshPath();
    openFileKeyring(path, true);
    const kept = readFileSync(path, 'utf8');
    kms.set(operation, 'deny');
    await expect(rewrapKeyring(path, 'alias/vault', client)).rejects.toMatchObject({ code: 'keyring.unavailable' });
    expect(readFileSync(path, 'utf8')).toBe(kept);
  });

  it('opens no data key of another keyring, and none that was changed', async () => {
    const path = freshPath();
    const old = await openFileKeyring(path, true).wrap(randomBytes(32));
    await rewrapKeyring(path, 'alias/vault', client);
    const after = await open(path);
    await expect(after.unwrap(`k${old}`)).rejects.toMatchObject({ code: 'keyring.unknown-key' });
    const other = await openFileKeyring(freshPath(), true).wrap(randomBytes(32));
    const foreign = `${after.id}.${other.slice(other.indexOf('.') + 1)}`;
    await expect(after.unwrap(foreign)).rejects.toMatchObject({ code: 'keyring.invalid' });
  });
});

describe('the keyring that is there says what it is', () => {
  it('a KMS keyring is made where a key is configured, and opened without', async () => {
    const path = freshPath();
    expect(keyringKind(path)).toBeNull();
    const made = await openKeyring({ path, kmsKey: 'alias/vault' }, true, client);
    expect(keyringKind(path)).toEqual({ kmsKey: key.arn });
    expect((await openKeyring({ path, kmsKey: null }, false, client)).id).toBe(made.id);
    expect((await openKeyring({ path, kmsKey: 'alias/vault' }, false, client)).id).toBe(made.id);
  });

  it('a key file is made where none is configured, and is not taken for one of KMS', async () => {
    const path = freshPath();
    const made = await openKeyring({ path, kmsKey: null }, true);
    expect(keyringKind(path)).toEqual({ kmsKey: null });
    expect(openFileKeyring(path, false).id).toBe(made.id);
    await expect(openKeyring({ path, kmsKey: 'alias/vault' }, false, client)).rejects.toMatchObject({ code: 'config.invalid' });
  });

  it.each([null, 'alias/vault'])('none is made beside a ledger that needs one (%s)', async (kmsKey) => {
    await expect(openKeyring({ path: freshPath(), kmsKey }, false, client)).rejects.toMatchObject({ code: 'keyring.missing' });
  });
});

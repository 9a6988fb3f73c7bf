import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes, randomUUID } from 'node:crypto';

export const ACCOUNT = '111122223333';
export const REGION = 'us-east-1';

export interface KmsGrant {
  readonly GranteePrincipal: string;
  readonly Operations: readonly string[];
}

/** A key of the double. What a test changes after it was made takes effect with the next call. */
export interface KmsKey {
  readonly id: string;
  readonly arn: string;
  /** Really encrypts, whatever DescribeKey is told to say. */
  readonly material: KeyObject;
  state: string;
  /** What DescribeKey says instead of `state` and of `Enabled`: a service that lies. */
  lie: { readonly KeyState?: string; readonly Enabled?: boolean } | null;
  spec: string;
  usage: string;
  origin: string;
  manager: string;
  customKeyStore: string | null;
  rotation: boolean;
  policy: string;
  grants: readonly KmsGrant[];
  /** Without `alias/`. */
  aliases: readonly string[];
}

/** The policy that a key gets at the console: the account decides by IAM. */
export const ACCOUNT_POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'kms:*', Resource: '*' }],
});

export function makeKmsKey(changes: Partial<Omit<KmsKey, 'id' | 'arn' | 'material'>> = {}): KmsKey {
  const id = randomUUID();
  return {
    id,
    arn: `arn:aws:kms:${REGION}:${ACCOUNT}:key/${id}`,
    material: createSecretKey(randomBytes(32)),
    state: 'Enabled',
    lie: null,
    spec: 'SYMMETRIC_DEFAULT',
    usage: 'ENCRYPT_DECRYPT',
    origin: 'AWS_KMS',
    manager: 'CUSTOMER',
    customKeyStore: null,
    rotation: true,
    policy: ACCOUNT_POLICY,
    grants: [],
    aliases: [],
    ...changes,
  };
}

/** AES-256-GCM; the encryption context is additional data, as in KMS. The key's id goes before, so that Decrypt finds the key. */
export function encryptUnder(key: KmsKey, plain: Uint8Array, context: Readonly<Record<string, string>>): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key.material, nonce).setAAD(contextBytes(context));
  return Buffer.concat([Buffer.from(key.id), nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

export function keyIdIn(blob: Uint8Array): string {
  return Buffer.from(blob.subarray(0, 36)).toString('latin1');
}

/** The plaintext, or null where the blob or the context was changed. */
export function decryptUnder(key: KmsKey, blob: Uint8Array, context: Readonly<Record<string, string>>): Buffer | null {
  if (blob.length < 36 + 12 + 16) return null;
  const decipher = createDecipheriv('aes-256-gcm', key.material, blob.subarray(36, 48))
    .setAAD(contextBytes(context))
    .setAuthTag(blob.subarray(-16));
  const plain = decipher.update(blob.subarray(48, -16));
  try {
    decipher.final();
    return plain;
  } catch {
    return null;
  }
}

function contextBytes(context: Readonly<Record<string, string>>): Buffer {
  return Buffer.from(JSON.stringify(Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1))));
}

import { createCipheriv, randomBytes } from 'node:crypto';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Evidence } from '../../../src/core/evidence.ts';
import { parseS3Target, s3Verifier } from '../../../src/encryption/rest/s3.ts';
import { type KmsDouble, startKms } from '../../doubles/kms.ts';
import { REGION } from '../../doubles/kms-keys.ts';
import { type S3Bucket, type S3Double, type S3Object, startS3 } from '../../doubles/s3.ts';

const HL7 = Buffer.from('MSH|^~\\&|LIS|SYN|REGISTRY|SYN|20260101||ORU^R01|1|P|2.5.1\rPID|1||999^^^SYN||SYNTHETIC^PATIENT\r');
const credentials = { accessKeyId: 'AKIDSYNTHETIC', secretAccessKey: 'synthetic' };

let kms: KmsDouble;
let s3: S3Double;
let kmsClient: KMSClient;
let client: S3Client;
let buckets = 0;
beforeAll(async () => {
  [kms, s3] = await Promise.all([startKms(), startS3()]);
  kmsClient = new KMSClient({ region: REGION, endpoint: kms.endpoint, maxAttempts: 1, credentials });
  client = new S3Client({ region: REGION, endpoint: s3.endpoint, maxAttempts: 1, forcePathStyle: true, credentials });
});
afterAll(async () => {
  kmsClient.destroy();
  client.destroy();
  await Promise.all([kms.close(), s3.close()]);
});
afterEach(() => {
  for (const operation of ['*', 'GetBucketEncryption', 'ListObjectsV2', 'HeadObject', 'GetObject']) s3.set(operation, null);
  for (const operation of ['*', 'DescribeKey']) kms.set(operation, null);
});

function bucketOf(encryption: S3Bucket['encryption'], objects: readonly Partial<S3Object>[]): string {
  const name = `bucket-${++buckets}`;
  s3.addBucket({
    name,
    encryption,
    objects: objects.map((object, i) => ({ key: `studies/${i}.hl7`, body: HL7, sse: 'AES256', ...object })),
  });
  return name;
}

async function verify(target: string, options: { timeout?: number; sample?: number } = {}): Promise<Evidence[]> {
  return s3Verifier({ client, kms: () => kmsClient, ...options }).check(target, AbortSignal.timeout(20_000));
}

const row = (rows: readonly Evidence[], check: string): Evidence | undefined => rows.find((one) => one.check === check);
const AES = { algorithm: 'AES256' };

describe('the default of a bucket', () => {
  it.each([
    ['SSE-S3', AES, 'proven', null],
    ['SSE-KMS', { algorithm: 'aws:kms', kmsKey: 'alias/x' }, 'proven', null],
    ['DSSE-KMS', { algorithm: 'aws:kms:dsse' }, 'proven', null],
    ['none', null, 'failed', /encrypts nothing by default/],
  ])('%s', async (_name, encryption, outcome, reason) => {
    const found = row(await verify(`s3://${bucketOf(encryption, [{}])}/studies/`), 'bucket-encryption');
    expect(found).toMatchObject({ outcome, facts: { algorithm: encryption?.algorithm ?? null } });
    if (reason !== null) expect(found?.reason).toMatch(reason);
  });
});

describe('real objects', () => {
  it('are proven with the key that they name, as KMS knows it now', async () => {
    const [good, bad] = [kms.addKey(), kms.addKey({ state: 'PendingDeletion' })];
    const bucket = bucketOf(AES, [
      { sse: 'aws:kms', kmsKey: good.arn },
      { sse: 'aws:kms', kmsKey: good.arn },
      { sse: 'aws:kms', kmsKey: bad.arn },
      {},
    ]);
    const rows = await verify(`s3://${bucket}/studies/`);
    expect(row(rows, 'objects')).toMatchObject({
      outcome: 'proven',
      reason: null,
      facts: { listed: 4, sampled: 4, encrypted: 4, clear: 0, algorithms: ['AES256', 'aws:kms'], complete: true },
    });
    const keys = rows.filter((one) => one.check === 'key');
    expect(keys.map((one) => [one.facts.key, one.outcome])).toEqual([
      [good.arn, 'proven'],
      [bad.arn, 'failed'],
    ]);
  });

  it('in clear under a bucket that encrypts are a contradiction', async () => {
    const rows = await verify(`s3://${bucketOf(AES, [{}, { sse: null }, {}])}/studies/`);
    expect(row(rows, 'bucket-encryption')?.outcome).toBe('proven');
    expect(row(rows, 'objects')).toMatchObject({
      outcome: 'failed',
      reason: expect.stringMatching(/^contradiction: .* 1 of 3 sampled objects are stored in clear/),
    });
  });

  it('in clear in a bucket that does not are failed, and no contradiction', async () => {
    const found = row(await verify(`s3://${bucketOf(null, [{ sse: null }])}/`), 'objects');
    expect(found?.outcome).toBe('failed');
    expect(found?.reason).not.toContain('contradiction');
  });

  it('under a key of the customer are unknown', async () => {
    const found = row(await verify(`s3://${bucketOf(AES, [{}, { customerKey: true, sse: null }])}/`), 'objects');
    expect(found).toMatchObject({ outcome: 'unknown', reason: expect.stringContaining('SSE-C'), facts: { customerKey: 1 } });
  });

  it('that are not there prove nothing', async () => {
    const bucket = bucketOf(AES, [{}]);
    expect(row(await verify(`s3://${bucket}/elsewhere/`), 'objects')).toMatchObject({ outcome: 'unknown', facts: { listed: 0 } });
  });

  it('are sampled, the oldest first: they may be from before the default', async () => {
    const objects = Array.from({ length: 100 }, (_, i) => ({ modified: new Date(1_700_000_000_000 + i * 1000).toISOString() }));
    const bucket = bucketOf(AES, [...objects, { sse: null, modified: '2019-01-01T00:00:00.000Z' }]);
    const before = s3.calls.length;
    const found = row(await verify(`s3://${bucket}/`, { sample: 6 }), 'objects');
    expect(found).toMatchObject({ outcome: 'failed', facts: { listed: 101, sampled: 6, clear: 1 } });
    expect(s3.calls.slice(before).filter((call) => call.operation === 'HeadObject')).toHaveLength(6);
  });

  it('have no name in evidence: it may be that of a person', async () => {
    const bucket = bucketOf(AES, [{ key: 'SYNTHETIC^PATIENT.dcm', sse: null }]);
    expect(JSON.stringify(await verify(`s3://${bucket}/`))).not.toContain('SYNTHETIC');
  });
});

describe('a claim of encryption by the client', () => {
  const metadata = { 'x-amz-key-v2': 'wrapped', 'x-amz-cek-alg': 'AES/GCM/NoPadding' };

  it('is disproved by clear bytes', async () => {
    const rows = await verify(`s3://${bucketOf(AES, [{ metadata, body: Buffer.concat([HL7, Buffer.alloc(9000, 65)]) }, {}])}/`);
    expect(row(rows, 'client-side')).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('contradiction'),
      facts: { claiming: 1, read: 1, clear: 1, formats: ['HL7'] },
    });
    const read = s3.calls.filter((call) => call.operation === 'GetObject').at(-1);
    expect(read?.range).toBe('bytes=0-4095');
  });

  it('is not proved by ciphertext', async () => {
    const cipher = createCipheriv('aes-256-gcm', randomBytes(32), randomBytes(12));
    const body = Buffer.concat([cipher.update(Buffer.concat([HL7, HL7])), cipher.final()]);
    expect(row(await verify(`s3://${bucketOf(AES, [{ metadata, body }])}/`), 'client-side')?.outcome).toBe('unknown');
  });

  it('is not looked for where nobody claims: S3 hands out in clear what it decrypted', async () => {
    expect(row(await verify(`s3://${bucketOf(AES, [{}])}/`), 'client-side')).toBeUndefined();
  });
});

describe('what S3 or KMS does not answer is unknown, never failed', () => {
  const CHECKS = [
    ['GetBucketEncryption', 'bucket-encryption', 's3:GetEncryptionConfiguration'],
    ['ListObjectsV2', 'objects', 's3:ListBucket'],
    ['HeadObject', 'objects', 's3:GetObject'],
  ] as const;
  const REASONS = {
    deny: (permission: string) => `denied: the permission ${permission} is missing`,
    throttle: () => 'throttled',
    hang: () => 'timed out',
    fail: () => 'the service failed (500)',
    drop: () => 'unreachable',
  } as const;
  const table = CHECKS.flatMap(([operation, check, permission]) =>
    (['deny', 'throttle', 'hang', 'fail', 'drop'] as const).map((how) => [operation, how, check, permission] as const),
  );

  it.each(table)('%s: %s', async (operation, how, check, permission) => {
    const bucket = bucketOf(AES, [{}]);
    s3.set(operation, how);
    const rows = await verify(`s3://${bucket}/`, { timeout: how === 'hang' ? 300 : 5_000 });
    const found = row(rows, check);
    expect(found?.outcome).toBe('unknown');
    // A HEAD has no body: of `SlowDown` only its 503 is left.
    if (operation === 'HeadObject' && how === 'throttle') expect(found?.reason).toMatch(/throttled|the service failed \(503\)/);
    else expect(found?.reason).toContain(REASONS[how](permission));
    expect(rows.filter((one) => one.outcome === 'failed')).toEqual([]);
    expect(JSON.stringify(rows)).not.toContain('AKIDSYNTHETIC');
  });

  it.each(['deny', 'throttle', 'fail', 'drop'] as const)('the key of an object: %s', async (how) => {
    const bucket = bucketOf(AES, [{ sse: 'aws:kms', kmsKey: kms.addKey().arn }]);
    kms.set('DescribeKey', how);
    const rows = await verify(`s3://${bucket}/`);
    expect(row(rows, 'objects')?.outcome).toBe('proven');
    expect(row(rows, 'key')?.outcome).toBe('unknown');
  });

  it('a bucket that is not there', async () => {
    const rows = await verify('s3://no-such-bucket/');
    expect(rows.map((one) => one.outcome)).toEqual(['unknown', 'unknown']);
    expect(rows[0]?.reason).toContain('not found (NoSuchBucket)');
  });
});

it('a run over many keys looks up a few, and says that others were not', async () => {
  const objects = Array.from({ length: 8 }, () => ({ sse: 'aws:kms', kmsKey: kms.addKey().arn }));
  const keys = (await verify(`s3://${bucketOf(AES, objects)}/`)).filter((one) => one.check === 'key');
  expect(keys.map((one) => one.outcome)).toEqual(['proven', 'proven', 'proven', 'proven', 'proven', 'unknown']);
});

it.each([
  ['s3://images', { bucket: 'images', prefix: '' }],
  ['s3://images/', { bucket: 'images', prefix: '' }],
  ['s3://images/a/b', { bucket: 'images', prefix: 'a/b' }],
  ['s3://', null],
  ['s3://UPPER/x', null],
  ['http://images', null],
])('%s', (target, parsed) => {
  expect(parseS3Target(target)).toEqual(parsed);
});

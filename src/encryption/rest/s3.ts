import { GetBucketEncryptionCommand, type S3Client } from '@aws-sdk/client-s3';
import { type Clock, systemClock } from '../../core/clock.ts';
import type { Verifier } from '../../core/evidence.ts';
import { ask, type KmsClients, kmsClients, s3Client } from './aws.ts';
import { evidenceOf, type Finding, failed, proven, unknown } from './evidence-row.ts';
import { checkKey } from './kms.ts';
import { checkObjects } from './s3-objects.ts';

/** Keys of sampled objects that are looked up in KMS. */
const KEYS = 5;

interface S3Options {
  readonly client?: S3Client;
  readonly kms?: KmsClients;
  readonly clock?: Clock;
  /** Objects that are looked at. */
  readonly sample?: number;
  readonly timeout?: number;
}

/** `s3://bucket/some/prefix`; null where it is none. */
export function parseS3Target(target: string): { bucket: string; prefix: string } | null {
  const match = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/s.exec(target);
  return match?.[1] === undefined ? null : { bucket: match[1], prefix: match[2] ?? '' };
}

/**
 * Verifies `s3://bucket/prefix`: `bucket-encryption` (what new objects get), `objects` (what real ones have), `key` (the KMS key of each
 * of those, as KMS knows it now) and `client-side` (where objects claim to be encrypted before they came). Object names may name people:
 * they are in no fact.
 */
export function s3Verifier({
  client = s3Client(),
  kms = kmsClients(),
  clock = systemClock,
  sample = 20,
  timeout,
}: S3Options = {}): Verifier<string> {
  return {
    name: 's3',
    async check(target, signal) {
      const place = parseS3Target(target);
      if (place === null)
        return evidenceOf(target, [unknown('bucket-encryption', 'not a target of the form s3://bucket/prefix')], clock());
      const bounds = { signal, ...(timeout === undefined ? {} : { timeout }) };
      const bucket = await bucketEncryption(client, place.bucket, signal, timeout);
      const objects = await checkObjects(client, place, { ...bounds, sample, promised: bucket.outcome === 'proven' });
      const keys = await Promise.all(objects.keys.slice(0, KEYS).map((key) => checkKey(kms, key, signal, timeout)));
      return evidenceOf(target, [bucket, ...objects.findings, ...keys, ...unreadKeys(objects.keys.length)], clock());
    },
  };
}

function unreadKeys(count: number): Finding[] {
  if (count <= KEYS) return [];
  return [
    unknown('key', `${count - KEYS} more keys of the sampled objects were not looked up: verify them as kms:KEY`, {
      keys: count,
    }),
  ];
}

/** Default encryption says nothing of objects that were there before it (Amazon S3 User Guide, "Setting default encryption"). */
async function bucketEncryption(client: S3Client, bucket: string, signal: AbortSignal, timeout?: number): Promise<Finding> {
  const check = 'bucket-encryption';
  const command = new GetBucketEncryptionCommand({ Bucket: bucket });
  const answer = await ask(
    's3:GetEncryptionConfiguration',
    signal,
    (abortSignal) => client.send(command, { abortSignal }),
    timeout,
  );
  if (!answer.ok) {
    if (answer.code !== 'ServerSideEncryptionConfigurationNotFoundError') return unknown(check, answer.reason);
    return failed(check, 'the bucket encrypts nothing by default. Set default encryption (s3:PutEncryptionConfiguration)', {
      algorithm: null,
    });
  }
  const [rule] = answer.value.ServerSideEncryptionConfiguration?.Rules ?? [];
  const { SSEAlgorithm: algorithm, KMSMasterKeyID: key = null } = rule?.ApplyServerSideEncryptionByDefault ?? {};
  const facts = { algorithm: algorithm ?? null, key, covers: 'objects written since it was set' };
  if (algorithm === undefined) return unknown(check, 'the bucket names no algorithm of its default encryption', facts);
  return proven(check, facts);
}

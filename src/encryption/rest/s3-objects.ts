import {
  GetObjectCommand,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  ListObjectsV2Command,
  type S3Client,
} from '@aws-sdk/client-s3';
import { ask } from './aws.ts';
import { HEAD_BYTES, recogniseClear } from './clear.ts';
import { type Finding, failed, unknown } from './evidence-row.ts';
import { inTurns } from './in-turns.ts';

/** One page of a listing. */
const LISTED = 1000;
const AT_A_TIME = 4;

/** What an encryption client of AWS or one like it writes beside an object that it encrypted. */
const CLIENT_SIDE = ['x-amz-key-v2', 'x-amz-key', 'x-amz-cek-alg', 'x-amz-3', 'x-amz-w'];

export interface Place {
  readonly bucket: string;
  readonly prefix: string;
}

export interface Bounds {
  readonly signal: AbortSignal;
  readonly timeout?: number;
  readonly sample: number;
  /** Whether the bucket promises to encrypt. */
  readonly promised: boolean;
}

/** What HeadObject said of one object. `refused`: SSE-C, whose key we have not. `gone`: removed since it was listed. */
type Seen =
  | { readonly kind: 'encrypted'; readonly algorithm: string; readonly key: string | null; readonly claimed: string | null }
  | { readonly kind: 'clear'; readonly modified: number; readonly claimed: string | null }
  | { readonly kind: 'customer-key' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'unknown'; readonly reason: string };

/** Looks at a sample of the objects of a place; resolves with its findings and the KMS keys that the objects name. */
export async function checkObjects(
  client: S3Client,
  place: Place,
  bounds: Bounds,
): Promise<{ findings: Finding[]; keys: string[] }> {
  const { signal, timeout } = bounds;
  const command = new ListObjectsV2Command({ Bucket: place.bucket, Prefix: place.prefix, MaxKeys: LISTED });
  const listed = await ask('s3:ListBucket', signal, (abortSignal) => client.send(command, { abortSignal }), timeout);
  if (!listed.ok) return { findings: [unknown('objects', listed.reason)], keys: [] };
  const { Contents: contents = [], IsTruncated: more = false } = listed.value;
  const all = contents.flatMap(({ Key: key, LastModified: at }) => (key === undefined ? [] : [{ key, at: at?.getTime() ?? 0 }]));
  const chosen = sampleOf(all, bounds.sample);
  const seen = await inTurns(chosen, AT_A_TIME, ({ key }) => lookAt(client, place.bucket, key, bounds));
  const facts = { listed: all.length, complete: !more, sampled: chosen.length };
  const keys = [...new Set(seen.flatMap((one) => (one.kind === 'encrypted' && one.key !== null ? [one.key] : [])))];
  const claimed = await clientSide(client, place.bucket, chosen, seen, bounds);
  return { findings: [judge(seen, facts, bounds.promised), ...claimed], keys };
}

/** The oldest half of the sample, since those may be from before the bucket's default; the rest evenly from what is left. */
function sampleOf<T extends { readonly at: number }>(all: readonly T[], size: number): T[] {
  if (all.length <= size) return [...all];
  const byAge = all.toSorted((a, b) => a.at - b.at);
  const oldest = Math.ceil(size / 2);
  const rest = byAge.slice(oldest);
  const step = rest.length / (size - oldest);
  const spread = Array.from({ length: size - oldest }, (_, i) => rest[Math.floor((i + 1) * step) - 1]);
  return [...byAge.slice(0, oldest), ...spread.filter((one) => one !== undefined)];
}

async function lookAt(client: S3Client, bucket: string, key: string, { signal, timeout }: Bounds): Promise<Seen> {
  const command = new HeadObjectCommand({ Bucket: bucket, Key: key });
  const answer = await ask('s3:GetObject', signal, (abortSignal) => client.send(command, { abortSignal }), timeout);
  if (answer.ok) return seenIn(answer.value);
  if (answer.status === 404) return { kind: 'gone' };
  // A HEAD has no body, so the status is all that is known. Of a named object it is a 400 where the customer's key was not sent.
  if (answer.status === 400 && /^(400|BadRequest|InvalidRequest|UnknownError|Unknown)$/.test(answer.code))
    return { kind: 'customer-key' };
  return { kind: 'unknown', reason: answer.reason };
}

function seenIn({
  ServerSideEncryption,
  SSEKMSKeyId,
  SSECustomerAlgorithm,
  LastModified,
  Metadata,
}: HeadObjectCommandOutput): Seen {
  const marker = CLIENT_SIDE.find((name) => Metadata?.[name] !== undefined);
  const claimed = marker === undefined ? null : marker;
  const algorithm = ServerSideEncryption ?? (SSECustomerAlgorithm === undefined ? null : 'SSE-C');
  if (algorithm === null) return { kind: 'clear', modified: LastModified?.getTime() ?? 0, claimed };
  return { kind: 'encrypted', algorithm, key: SSEKMSKeyId ?? null, claimed };
}

/** Check `objects`. A clean sample proves what it looked at: how many of how many is in the facts. */
function judge(seen: readonly Seen[], base: Finding['facts'], promised: boolean): Finding {
  const of = (kind: Seen['kind']): number => seen.filter((one) => one.kind === kind).length;
  const algorithms = [...new Set(seen.flatMap((one) => (one.kind === 'encrypted' ? [one.algorithm] : [])))].sort();
  const [clear, customer, encrypted] = [of('clear'), of('customer-key'), of('encrypted')];
  const facts = { ...base, encrypted, clear, customerKey: customer, algorithms };
  if (clear > 0) {
    const text = `${clear} of ${seen.length} sampled objects are stored in clear`;
    const remedy = 'Copy them onto themselves with encryption';
    return failed(
      'objects',
      promised ? `contradiction: the bucket encrypts by default, yet ${text}. ${remedy}` : `${text}. ${remedy}`,
      facts,
    );
  }
  const silent = seen.find((one) => one.kind === 'unknown');
  if (silent !== undefined) return unknown('objects', silent.reason, facts);
  if (customer > 0) {
    const text = `${customer} of ${seen.length} sampled objects cannot be looked at (400): they seem to be under a customer's key (SSE-C)`;
    return unknown('objects', `${text}, which Cordon has not`, facts);
  }
  if (encrypted === 0)
    return unknown('objects', 'no object is there to look at: the default encryption says what a new one would get', facts);
  return { check: 'objects', outcome: 'proven', facts, reason: null };
}

/**
 * Check `client-side`: what S3 decrypts it hands out in clear, so only an object that claims to have been encrypted before it came can be
 * disproved by its bytes. Ciphertext proves nothing, and so makes no line.
 */
async function clientSide(
  client: S3Client,
  bucket: string,
  chosen: readonly { readonly key: string }[],
  seen: readonly Seen[],
  { signal, timeout }: Bounds,
): Promise<Finding[]> {
  const claiming = chosen.filter((_, i) => claimOf(seen[i]));
  if (claiming.length === 0) return [];
  const formats = await inTurns(claiming, AT_A_TIME, async ({ key }) => {
    const command = new GetObjectCommand({ Bucket: bucket, Key: key, Range: `bytes=0-${HEAD_BYTES - 1}` });
    const read = async (abortSignal: AbortSignal): Promise<Uint8Array> =>
      (await (await client.send(command, { abortSignal })).Body?.transformToByteArray()) ?? new Uint8Array();
    const answer = await ask('s3:GetObject', signal, read, timeout);
    return answer.ok
      ? { read: true, format: recogniseClear(answer.value.subarray(0, HEAD_BYTES)) }
      : { read: false, format: null };
  });
  const clear = formats.flatMap(({ format }) => (format === null ? [] : [format]));
  const facts = {
    claiming: claiming.length,
    read: formats.filter((one) => one.read).length,
    clear: clear.length,
    formats: [...new Set(clear)],
  };
  if (clear.length > 0) {
    const text = `${clear.length} of ${claiming.length} objects that claim encryption by their client are in clear`;
    return [failed('client-side', `contradiction: ${text} (${facts.formats.join(', ')}). Look at what writes them`, facts)];
  }
  return [unknown('client-side', 'nothing in clear was recognised, which proves no encryption', facts)];
}

function claimOf(seen: Seen | undefined): boolean {
  return (seen?.kind === 'encrypted' || seen?.kind === 'clear') && seen.claimed !== null;
}

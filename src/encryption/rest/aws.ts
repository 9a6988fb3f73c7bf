import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';

/** Attempts of the SDK for one call, its own waits between them included in `CALL_MS`. */
const ATTEMPTS = 3;
const CALL_MS = 10_000;

/** Regions and endpoints come from the environment, as the SDK reads it (`AWS_REGION`, `AWS_ENDPOINT_URL_KMS`, `AWS_ENDPOINT_URL_S3`). */
export type KmsClients = (region: string | undefined) => KMSClient;

/** One client a region: a key that an ARN names lies where the ARN says. */
export function kmsClients(): KmsClients {
  const made = new Map<string | undefined, KMSClient>();
  return (region) => {
    const known = made.get(region);
    if (known !== undefined) return known;
    const client = new KMSClient({ maxAttempts: ATTEMPTS, ...(region === undefined ? {} : { region }) });
    made.set(region, client);
    return client;
  };
}

/** `arn:aws:kms:eu-west-1:111122223333:key/…` → `eu-west-1`; undefined where the name is no ARN. */
export function regionOf(name: string): string | undefined {
  return /^arn:[\w-]+:kms:([\w-]+):/.exec(name)?.[1];
}

/**
 * Path style where an endpoint is configured: what stands in for S3 (a gateway, a store of the hospital's own) has no name for
 * every bucket.
 */
export function s3Client(env: NodeJS.ProcessEnv = process.env): S3Client {
  const own = (env.AWS_ENDPOINT_URL_S3 ?? env.AWS_ENDPOINT_URL ?? '') !== '';
  return new S3Client({ maxAttempts: ATTEMPTS, followRegionRedirects: true, forcePathStyle: own });
}

/** What a call to AWS came to. `code` is the service's name of the error, where it said one. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: string; readonly status: number | null; readonly reason: string };

/**
 * Runs one call, bounded in time. Never rejects: a failure is an answer that says why in our own words. The service's words are left out,
 * since they name who asked.
 */
export async function ask<T>(
  permission: string,
  signal: AbortSignal,
  call: (signal: AbortSignal) => Promise<T>,
  timeout: number = CALL_MS,
): Promise<Answer<T>> {
  // Not AbortSignal.timeout: each would stay in memory until its time is over, seven thousand of them while a schedule asks on.
  const own = new AbortController();
  // The SDK waits between its attempts without looking at the signal: the race does.
  const { promise: late, reject } = Promise.withResolvers<never>();
  const end = (): void => {
    own.abort();
    reject(new DOMException('aborted', 'AbortError'));
  };
  const timer = setTimeout(end, timeout);
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  try {
    return { ok: true, value: await Promise.race([call(own.signal), late]) };
  } catch (error) {
    const { code, status } = errorFacts(error);
    return { ok: false, code, status, reason: explain(code, status, permission, isThrottling(error)) };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  }
}

const DENIED = new Set(['AccessDenied', 'AccessDeniedException', 'AllAccessDisabled', 'UnauthorizedOperation']);
const BAD_CREDENTIALS = new Set([
  'UnrecognizedClientException',
  'InvalidClientTokenId',
  'InvalidAccessKeyId',
  'SignatureDoesNotMatch',
  'InvalidSignatureException',
  'IncompleteSignature',
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidToken',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
]);
const THROTTLED = new Set(['Throttling', 'ThrottlingException', 'ThrottledException', 'SlowDown', 'TooManyRequestsException']);
const LATE = new Set(['AbortError', 'TimeoutError', 'ETIMEDOUT', 'RequestTimeout', 'RequestTimeoutException']);
const UNREACHABLE = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'EPIPE']);

/** In words. Whatever it was, it is no proof of anything: the caller makes `unknown` of it. */
function explain(code: string, status: number | null, permission: string, throttled: boolean): string {
  if (LATE.has(code)) return `timed out: ${permission} had no answer in time`;
  if (throttled || THROTTLED.has(code) || status === 429)
    return `throttled: ${permission} was refused for its rate; ask less often`;
  if (BAD_CREDENTIALS.has(code)) return `the credentials were not accepted (${code}): renew them`;
  if (code === 'CredentialsProviderError')
    return 'no AWS credentials: give them as the AWS SDK expects them (a role, a profile, AWS_ACCESS_KEY_ID)';
  if (code === 'RegionMissing') return 'no AWS region: set AWS_REGION';
  if (DENIED.has(code) || status === 403) return `denied: the permission ${permission} is missing`;
  if (UNREACHABLE.has(code)) return `unreachable (${code}): look at the network and at AWS_ENDPOINT_URL_*`;
  if (code === 'NotFoundException' || code === 'NoSuchBucket' || status === 404)
    return `not found (${code}): look at its name, account and region`;
  if (status !== null && status >= 500) return `the service failed (${status}): ${permission} had no answer`;
  return `${permission} had no answer that can be used (${code}${status === null ? '' : `, ${status}`})`;
}

function errorFacts(error: unknown): { code: string; status: number | null } {
  if (!(error instanceof Error)) return { code: 'Unknown', status: null };
  const status = numberAt(propertyOf(error, '$metadata'), 'httpStatusCode');
  if (error.message === 'Region is missing') return { code: 'RegionMissing', status };
  // A system error's `code` says more than its name, which is `Error`.
  const system = propertyOf(error, 'code');
  const code = typeof system === 'string' && /^E[A-Z_]+$/.test(system) ? system : error.name;
  return { code, status };
}

function isThrottling(error: unknown): boolean {
  return propertyOf(propertyOf(error, '$retryable'), 'throttling') === true;
}

function propertyOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function numberAt(value: unknown, name: string): number | null {
  const found = propertyOf(value, name);
  return typeof found === 'number' ? found : null;
}

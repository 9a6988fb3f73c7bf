import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type Misbehaviour, misbehave, startServer } from './misbehaviour.ts';

/** An object of the double. `sse` as the header `x-amz-server-side-encryption`; null: stored in clear. */
export interface S3Object {
  readonly key: string;
  readonly body: Uint8Array;
  readonly sse: string | null;
  readonly kmsKey?: string;
  /** Under a key of the customer's: reading it without that key is a 400. */
  readonly customerKey?: boolean;
  /** Names without `x-amz-meta-`. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** ISO 8601. */
  readonly modified?: string;
}

export interface S3Bucket {
  readonly name: string;
  /** The default encryption; null: none is configured (404). */
  encryption: { readonly algorithm: string; readonly kmsKey?: string } | null;
  readonly objects: S3Object[];
}

/** An S3 on localhost, path style, that speaks REST and XML to the real SDK and keeps what it was told of encryption. */
export interface S3Double {
  readonly endpoint: string;
  addBucket(bucket: { name: string; encryption: S3Bucket['encryption']; objects?: readonly S3Object[] }): S3Bucket;
  /** What every call of `operation` (`HeadObject`, …; `*`: all) does from now on; null: it works again. */
  set(operation: string, how: Misbehaviour | null): void;
  readonly calls: readonly { readonly operation: string; readonly key: string; readonly range: string | null }[];
  close(): Promise<void>;
}

export async function startS3(): Promise<S3Double> {
  const buckets: S3Bucket[] = [];
  const rules = new Map<string, Misbehaviour>();
  const calls: { operation: string; key: string; range: string | null }[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://s3');
    const [, name = '', ...rest] = decodeURIComponent(url.pathname).split('/');
    const key = rest.join('/');
    const operation = operationOf(request, url, key);
    calls.push({ operation, key, range: request.headers.range ?? null });
    const rule = rules.get(operation) ?? rules.get('*');
    const bucket = buckets.find((one) => one.name === name);
    if (rule !== undefined) misbehave(rule, response, (to, status, code) => serviceError(request, to, status, code));
    else if (bucket === undefined) xmlError(request, response, 404, 'NoSuchBucket');
    else if (operation === 'GetBucketEncryption') writeEncryption(request, response, bucket);
    else if (operation === 'ListObjectsV2') writeList(response, bucket, url.searchParams);
    else
      writeObject(
        request,
        response,
        bucket.objects.find((one) => one.key === key),
      );
  });
  const { endpoint, close } = await startServer(server);
  return {
    endpoint,
    calls,
    addBucket({ name, encryption, objects = [] }) {
      const bucket: S3Bucket = { name, encryption, objects: [...objects] };
      buckets.push(bucket);
      return bucket;
    },
    set(operation, how) {
      if (how === null) rules.delete(operation);
      else rules.set(operation, how);
    },
    close,
  };
}

function operationOf(request: IncomingMessage, url: URL, key: string): string {
  if (url.searchParams.has('encryption')) return 'GetBucketEncryption';
  if (url.searchParams.get('list-type') === '2') return 'ListObjectsV2';
  return key === '' ? 'HeadBucket' : request.method === 'HEAD' ? 'HeadObject' : 'GetObject';
}

/** S3's own names and statuses for what `misbehave` asks. */
function serviceError(request: IncomingMessage, response: ServerResponse, status: number, code: string): void {
  if (code === 'AccessDeniedException') xmlError(request, response, 403, 'AccessDenied');
  else if (code === 'ThrottlingException') xmlError(request, response, 503, 'SlowDown');
  else xmlError(request, response, status, code);
}

/** A HEAD has no body: the SDK knows only the status. */
function xmlError(request: IncomingMessage, response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(
    request.method === 'HEAD' ? undefined : `<?xml version="1.0"?><Error><Code>${code}</Code><Message>no</Message></Error>`,
  );
}

function writeEncryption(request: IncomingMessage, response: ServerResponse, { encryption }: S3Bucket): void {
  if (encryption === null) {
    xmlError(request, response, 404, 'ServerSideEncryptionConfigurationNotFoundError');
    return;
  }
  const key = encryption.kmsKey === undefined ? '' : `<KMSMasterKeyID>${encryption.kmsKey}</KMSMasterKeyID>`;
  const rule = `<ApplyServerSideEncryptionByDefault><SSEAlgorithm>${encryption.algorithm}</SSEAlgorithm>${key}</ApplyServerSideEncryptionByDefault>`;
  response.writeHead(200, { 'content-type': 'application/xml' });
  response.end(
    `<?xml version="1.0"?><ServerSideEncryptionConfiguration><Rule>${rule}</Rule></ServerSideEncryptionConfiguration>`,
  );
}

function writeList(response: ServerResponse, bucket: S3Bucket, query: URLSearchParams): void {
  const size = Number(query.get('max-keys') ?? 1000);
  const all = bucket.objects.filter((object) => object.key.startsWith(query.get('prefix') ?? ''));
  const rows = all
    .slice(0, size)
    .map(
      ({ key, body, modified = '2026-01-01T00:00:00.000Z' }) =>
        `<Contents><Key>${key}</Key><LastModified>${modified}</LastModified><Size>${body.length}</Size></Contents>`,
    );
  response.writeHead(200, { 'content-type': 'application/xml' });
  response.end(
    `<?xml version="1.0"?><ListBucketResult><Name>${bucket.name}</Name><KeyCount>${rows.length}</KeyCount>` +
      `<IsTruncated>${all.length > size}</IsTruncated>${rows.join('')}</ListBucketResult>`,
  );
}

function writeObject(request: IncomingMessage, response: ServerResponse, object: S3Object | undefined): void {
  if (object === undefined) {
    xmlError(request, response, 404, 'NoSuchKey');
    return;
  }
  if (object.customerKey === true && request.headers['x-amz-server-side-encryption-customer-key'] === undefined) {
    xmlError(request, response, 400, 'InvalidRequest');
    return;
  }
  const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
  const body = range === null ? object.body : object.body.subarray(Number(range[1]), Number(range[2]) + 1);
  response.writeHead(range === null ? 200 : 206, {
    'content-length': body.length,
    ...(object.sse === null ? {} : { 'x-amz-server-side-encryption': object.sse }),
    ...(object.kmsKey === undefined ? {} : { 'x-amz-server-side-encryption-aws-kms-key-id': object.kmsKey }),
    ...Object.fromEntries(Object.entries(object.metadata ?? {}).map(([name, value]) => [`x-amz-meta-${name}`, value])),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

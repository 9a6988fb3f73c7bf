import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { ACCOUNT, decryptUnder, encryptUnder, type KmsKey, keyIdIn, makeKmsKey, REGION } from './kms-keys.ts';
import { type Misbehaviour, misbehave, startServer } from './misbehaviour.ts';

type Body = Record<string, unknown>;

/** A KMS on localhost that speaks AWS JSON 1.1 to the real SDK, with real keys. */
export interface KmsDouble {
  readonly endpoint: string;
  addKey(changes?: Parameters<typeof makeKmsKey>[0]): KmsKey;
  /** What every call of `operation` (`DescribeKey`, …; `*`: all) does from now on; null: it works again. */
  set(operation: string, how: Misbehaviour | null): void;
  /** Every call that came, in order. */
  readonly calls: readonly { readonly operation: string; readonly body: Body }[];
  close(): Promise<void>;
}

class KmsError extends Error {
  constructor(name: string, message = 'no') {
    super(message);
    this.name = name;
  }
}

export async function startKms(): Promise<KmsDouble> {
  const keys: KmsKey[] = [];
  const rules = new Map<string, Misbehaviour>();
  const calls: { operation: string; body: Body }[] = [];
  const server = createServer((request, response) => {
    void handle(request, response);
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const operation = String(request.headers['x-amz-target']).replace(/^TrentService\./, '');
    const body = await readJson(request);
    calls.push({ operation, body });
    const rule = rules.get(operation) ?? rules.get('*');
    if (rule !== undefined) {
      misbehave(rule, response, jsonError);
      return;
    }
    try {
      const answer = OPERATIONS[operation]?.(keys, body);
      if (answer === undefined) throw new KmsError('UnknownOperationException');
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(answer));
    } catch (error) {
      if (!(error instanceof KmsError)) throw error;
      jsonError(response, 400, error.name, error.message);
    }
  }

  const { endpoint, close } = await startServer(server);
  return {
    endpoint,
    calls,
    addKey(changes) {
      const key = makeKmsKey(changes);
      keys.push(key);
      return key;
    },
    set(operation, how) {
      if (how === null) rules.delete(operation);
      else rules.set(operation, how);
    },
    close,
  };
}

function jsonError(response: ServerResponse, status: number, name: string, message: string): void {
  response
    .writeHead(status, { 'content-type': 'application/x-amz-json-1.1' })
    .end(JSON.stringify({ __type: status === 500 ? 'KMSInternalException' : name, message }));
}

async function readJson(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

const OPERATIONS: Record<string, (keys: readonly KmsKey[], body: Body) => Body> = {
  DescribeKey: (keys, { KeyId }) => ({ KeyMetadata: metadataOf(findKey(keys, KeyId, true)) }),
  GetKeyRotationStatus: (keys, { KeyId }) => {
    const key = findKey(keys, KeyId, false);
    if (key.spec !== 'SYMMETRIC_DEFAULT') throw new KmsError('UnsupportedOperationException');
    return { KeyId: key.arn, KeyRotationEnabled: key.rotation, ...(key.rotation ? { RotationPeriodInDays: 365 } : {}) };
  },
  GetKeyPolicy: (keys, { KeyId }) => ({ Policy: findKey(keys, KeyId, false).policy, PolicyName: 'default' }),
  ListGrants: (keys, { KeyId, Marker }) =>
    page(
      findKey(keys, KeyId, false).grants.map((grant, i) => ({ GrantId: String(i), ...grant })),
      Marker,
      'Grants',
    ),
  ListAliases: (keys, { KeyId, Marker }) => {
    const key = findKey(keys, KeyId, false);
    const aliases = key.aliases.map((name) => ({ AliasName: `alias/${name}`, AliasArn: aliasArn(name), TargetKeyId: key.id }));
    return page(aliases, Marker, 'Aliases');
  },
  GenerateDataKey: (keys, { KeyId, EncryptionContext, NumberOfBytes }) => {
    const key = usable(findKey(keys, KeyId, true));
    const plain = randomBytes(typeof NumberOfBytes === 'number' ? NumberOfBytes : 32);
    const blob = encryptUnder(key, plain, contextOf(EncryptionContext));
    return { KeyId: key.arn, Plaintext: plain.toString('base64'), CiphertextBlob: blob.toString('base64') };
  },
  Encrypt: (keys, { KeyId, EncryptionContext, Plaintext }) => {
    const key = usable(findKey(keys, KeyId, true));
    const blob = encryptUnder(key, bytesOf(Plaintext), contextOf(EncryptionContext));
    return { KeyId: key.arn, CiphertextBlob: blob.toString('base64'), EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
  },
  Decrypt: (keys, { KeyId, EncryptionContext, CiphertextBlob }) => {
    const { key, plain } = opened(keys, KeyId, CiphertextBlob, EncryptionContext);
    return { KeyId: key.arn, Plaintext: plain.toString('base64'), EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
  },
  ReEncrypt: (keys, body) => {
    const source = opened(keys, body.SourceKeyId, body.CiphertextBlob, body.SourceEncryptionContext);
    const target = usable(findKey(keys, body.DestinationKeyId, true));
    const blob = encryptUnder(target, source.plain, contextOf(body.DestinationEncryptionContext));
    return { KeyId: target.arn, SourceKeyId: source.key.arn, CiphertextBlob: blob.toString('base64') };
  },
};

/** Two a page: a reader that stops at the first page is seen. */
function page(rows: readonly Body[], marker: unknown, name: string): Body {
  const start = typeof marker === 'string' ? Number(marker) : 0;
  const more = start + 2 < rows.length;
  return { [name]: rows.slice(start, start + 2), Truncated: more, ...(more ? { NextMarker: String(start + 2) } : {}) };
}

function aliasArn(name: string): string {
  return `arn:aws:kms:${REGION}:${ACCOUNT}:alias/${name}`;
}

/** As in KMS, only some operations take an alias. */
function findKey(keys: readonly KmsKey[], id: unknown, takesAlias: boolean): KmsKey {
  const named = (key: KmsKey): boolean => key.aliases.some((name) => id === `alias/${name}` || id === aliasArn(name));
  const found = keys.find((key) => id === key.id || id === key.arn || (takesAlias && named(key)));
  if (found === undefined) throw new KmsError('NotFoundException');
  return found;
}

function usable(key: KmsKey): KmsKey {
  if (key.state === 'Disabled') throw new KmsError('DisabledException');
  if (key.state !== 'Enabled') throw new KmsError('KMSInvalidStateException');
  return key;
}

function opened(keys: readonly KmsKey[], id: unknown, blob: unknown, context: unknown): { key: KmsKey; plain: Buffer } {
  const bytes = bytesOf(blob);
  const key = keys.find((one) => one.id === keyIdIn(bytes));
  if (key === undefined) throw new KmsError('InvalidCiphertextException');
  if (id !== undefined && findKey(keys, id, true) !== key) throw new KmsError('IncorrectKeyException');
  const plain = decryptUnder(usable(key), bytes, contextOf(context));
  if (plain === null) throw new KmsError('InvalidCiphertextException');
  return { key, plain };
}

function bytesOf(value: unknown): Buffer {
  return Buffer.from(String(value), 'base64');
}

function contextOf(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(value ?? {}).map(([name, text]) => [name, String(text)]));
}

function metadataOf(key: KmsKey): Body {
  return {
    AWSAccountId: ACCOUNT,
    KeyId: key.id,
    Arn: key.arn,
    CreationDate: 1_760_000_000,
    Enabled: key.state === 'Enabled',
    KeyState: key.state,
    KeyUsage: key.usage,
    KeyManager: key.manager,
    KeySpec: key.spec,
    Origin: key.origin,
    MultiRegion: false,
    ...(key.customKeyStore === null ? {} : { CustomKeyStoreId: key.customKeyStore }),
    ...(key.state === 'PendingDeletion' ? { DeletionDate: 1_800_000_000 } : {}),
    ...key.lie,
  };
}

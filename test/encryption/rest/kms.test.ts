import { KMSClient } from '@aws-sdk/client-kms';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Evidence } from '../../../src/core/evidence.ts';
import { kmsVerifier } from '../../../src/encryption/rest/kms.ts';
import { type KmsDouble, startKms } from '../../doubles/kms.ts';
import { ACCOUNT, type KmsKey, REGION } from '../../doubles/kms-keys.ts';

let kms: KmsDouble;
let client: KMSClient;
beforeAll(async () => {
  kms = await startKms();
  client = new KMSClient({
    region: REGION,
    endpoint: kms.endpoint,
    maxAttempts: 2,
    credentials: { accessKeyId: 'AKIDSYNTHETIC', secretAccessKey: 'synthetic' },
  });
});
afterAll(async () => {
  client.destroy();
  await kms.close();
});
const OPERATIONS = ['*', 'DescribeKey', 'GetKeyRotationStatus', 'GetKeyPolicy', 'ListGrants', 'ListAliases'];
afterEach(() => {
  for (const operation of OPERATIONS) kms.set(operation, null);
});

async function verify(name: string, timeout = 5_000): Promise<Map<string, Evidence>> {
  const rows = await kmsVerifier({ clients: () => client, clock: () => 1_000, timeout }).check(
    `kms:${name}`,
    AbortSignal.timeout(20_000),
  );
  return new Map(rows.map((row) => [row.check, row]));
}

type Changes = Parameters<KmsDouble['addKey']>[0];
const outcomes = (rows: ReadonlyMap<string, Evidence>): Record<string, string> =>
  Object.fromEntries([...rows].map(([check, row]) => [check, row.outcome]));

describe('a good key', () => {
  it('is proven in every check, by id, ARN and alias', async () => {
    const key = kms.addKey({ aliases: ['good'] });
    for (const name of [key.id, key.arn]) {
      expect(outcomes(await verify(name))).toEqual({
        key: 'proven',
        rotation: 'proven',
        policy: 'proven',
        grants: 'proven',
        aliases: 'not_applicable',
      });
    }
    const rows = await verify('alias/good');
    expect(rows.get('aliases')).toMatchObject({ outcome: 'proven', facts: { aliases: ['alias/good'], complete: true } });
    expect(rows.get('key')).toMatchObject({
      target: 'kms:alias/good',
      profile: null,
      how: 'probed',
      reason: null,
      facts: { key: key.arn, state: 'Enabled', origin: 'AWS_KMS' },
      at: 1_000,
    });
  });
});

describe('the state of a key', () => {
  it.each([
    ['Enabled', 'proven', null],
    ['Disabled', 'failed', /disabled/],
    ['PendingDeletion', 'failed', /deletion/],
    ['PendingReplicaDeletion', 'failed', /deletion/],
    ['PendingImport', 'failed', /no key material/],
    ['Unavailable', 'failed', /not connected/],
    ['Creating', 'unknown', /ask again/],
    ['Updating', 'unknown', /ask again/],
    ['Invented', 'unknown', /not one that Cordon knows/],
  ])('%s is %s', async (state, outcome, reason) => {
    const row = (await verify(kms.addKey({ state }).id)).get('key');
    expect(row).toMatchObject({ outcome, facts: { state } });
    if (reason === null) expect(row?.reason).toBeNull();
    else expect(row?.reason).toMatch(reason);
  });

  it('that contradicts itself is failed', async () => {
    const row = (await verify(kms.addKey({ lie: { Enabled: false } }).id)).get('key');
    expect(row).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('contradiction') });
  });

  it('does not help a key that encrypts nothing', async () => {
    const row = (await verify(kms.addKey({ usage: 'SIGN_VERIFY', spec: 'ECC_NIST_P256' }).id)).get('key');
    expect(row).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('SIGN_VERIFY') });
  });
});

describe('rotation', () => {
  const table: [string, Changes, string][] = [
    ['on', {}, 'proven'],
    ['off', { rotation: false }, 'failed'],
    ['of imported material', { origin: 'EXTERNAL', rotation: false }, 'not_applicable'],
    ['of an asymmetric key', { spec: 'RSA_2048' }, 'not_applicable'],
    ['in a CloudHSM store', { origin: 'AWS_CLOUDHSM', customKeyStore: 'cks-1' }, 'not_applicable'],
    ['in an external store', { origin: 'EXTERNAL_KEY_STORE', customKeyStore: 'cks-2' }, 'not_applicable'],
  ];
  it.each(table)('%s', async (_name, changes, outcome) => {
    expect((await verify(kms.addKey(changes).id)).get('rotation')?.outcome).toBe(outcome);
  });
});

describe('the policy', () => {
  const allow = (rest: Record<string, unknown>): string =>
    JSON.stringify({ Statement: [{ Sid: 'wide', Effect: 'Allow', Action: 'kms:*', Resource: '*', ...rest }] });
  it.each([
    ['names an account', allow({ Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } }), 'proven'],
    ['a service', allow({ Principal: { Service: 'logs.amazonaws.com' } }), 'proven'],
    ['everybody', allow({ Principal: '*' }), 'failed'],
    ['everybody, the long way', allow({ Principal: { AWS: '*' } }), 'failed'],
    ['everybody among others', allow({ Principal: { AWS: ['arn:aws:iam::1:root', '*'] } }), 'failed'],
    ['everybody but one', allow({ NotPrincipal: { AWS: 'arn:aws:iam::1:root' } }), 'failed'],
    ['everybody under an empty condition', allow({ Principal: '*', Condition: {} }), 'failed'],
    [
      'everybody of an account',
      allow({ Principal: '*', Condition: { StringEquals: { 'kms:CallerAccount': ACCOUNT } } }),
      'proven',
    ],
    [
      'everybody through a service',
      allow({ Principal: '*', Condition: { StringEquals: { 'kms:ViaService': 's3.x' } } }),
      'unknown',
    ],
    ['everybody like *', allow({ Principal: '*', Condition: { StringLike: { 'aws:PrincipalArn': '*' } } }), 'unknown'],
    [
      'everybody not of an account',
      allow({ Principal: '*', Condition: { StringNotEquals: { 'kms:CallerAccount': '1' } } }),
      'unknown',
    ],
    ['nobody', JSON.stringify({ Statement: { Effect: 'Deny', Principal: '*', Action: 'kms:*' } }), 'proven'],
    ['is no JSON', 'nonsense', 'unknown'],
    ['is no policy', '{"Statement":7}', 'unknown'],
  ])('%s', async (_name, policy, outcome) => {
    expect((await verify(kms.addKey({ policy }).id)).get('policy')?.outcome).toBe(outcome);
  });
});

describe('grants and aliases', () => {
  const grant = (account: string) => ({ GranteePrincipal: `arn:aws:iam::${account}:role/x`, Operations: ['Decrypt'] });

  it('are read to the last page', async () => {
    const key = kms.addKey({ grants: Array.from({ length: 5 }, () => grant(ACCOUNT)), aliases: ['a', 'b', 'c'] });
    const rows = await verify('alias/c');
    expect(rows.get('grants')).toMatchObject({ outcome: 'proven', facts: { grants: 5, otherAccounts: 0, complete: true } });
    expect(rows.get('aliases')).toMatchObject({ outcome: 'proven', facts: { aliases: ['alias/a', 'alias/b', 'alias/c'] } });
    expect(rows.get('key')?.facts.key).toBe(key.arn);
  });

  it('to another account are unknown, and counted', async () => {
    const key = kms.addKey({ grants: [grant(ACCOUNT), grant('999988887777')] });
    expect((await verify(key.id)).get('grants')).toMatchObject({ outcome: 'unknown', facts: { grants: 2, otherAccounts: 1 } });
  });
});

describe('what KMS does not answer is unknown, never failed', () => {
  let key: KmsKey;
  beforeAll(() => {
    key = kms.addKey({ aliases: ['silent'] });
  });
  const CHECKS: [string, string][] = [
    ['DescribeKey', 'key'],
    ['GetKeyRotationStatus', 'rotation'],
    ['GetKeyPolicy', 'policy'],
    ['ListGrants', 'grants'],
    ['ListAliases', 'aliases'],
  ];
  const REASONS = {
    deny: (operation: string) => `denied: the permission kms:${operation} is missing`,
    throttle: () => 'throttled',
    hang: () => 'timed out',
    fail: () => 'the service failed (500)',
    drop: () => 'unreachable',
  } as const;
  const table = CHECKS.flatMap(([operation, check]) =>
    (['deny', 'throttle', 'hang', 'fail', 'drop'] as const).map((how) => [operation, how, check] as const),
  );

  it.each(table)('%s: %s', async (operation, how, check) => {
    kms.set(operation, how);
    const rows = await verify('alias/silent', how === 'hang' ? 300 : 5_000);
    expect(rows.get(check)).toMatchObject({ outcome: 'unknown', reason: expect.stringContaining(REASONS[how](operation)) });
    // The other checks say what they know.
    for (const [name, row] of rows) if (name !== check) expect(row.outcome, name).toBe('proven');
    expect([...rows.values()].map((row) => row.reason).join(' ')).not.toMatch(/AKIDSYNTHETIC|user\/cordon/);
  });

  it('a key that is not there', async () => {
    const rows = await verify('alias/nowhere');
    expect([...rows.values()]).toMatchObject([
      { check: 'key', outcome: 'unknown', reason: expect.stringContaining('not found') },
    ]);
  });

  it('a throttled call is tried as often as the SDK is told, no more', async () => {
    kms.set('DescribeKey', 'throttle');
    const before = kms.calls.length;
    await verify(key.id);
    expect(kms.calls.length - before).toBe(2);
  });

  it('ends with the signal of who asks', async () => {
    kms.set('*', 'hang');
    const rows = await kmsVerifier({ clients: () => client }).check(`kms:${key.id}`, AbortSignal.timeout(100));
    expect(rows).toMatchObject([{ outcome: 'unknown', reason: expect.stringContaining('timed out') }]);
  });

  it.each([
    [
      'no credentials',
      async () => new KMSClient({ region: REGION, credentials: () => Promise.reject(named('CredentialsProviderError')) }),
      /no AWS credentials/,
    ],
    [
      'nobody there',
      async () =>
        new KMSClient({
          region: REGION,
          endpoint: 'http://127.0.0.1:1',
          maxAttempts: 1,
          credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
        }),
      /unreachable \(ECONNREFUSED\)/,
    ],
  ])('%s', async (_name, make, reason) => {
    const other = await make();
    const [row] = await kmsVerifier({ clients: () => other }).check('kms:alias/x', AbortSignal.timeout(10_000));
    expect(row).toMatchObject({ outcome: 'unknown', reason: expect.stringMatching(reason) });
  });
});

it('asks for a key where its ARN says that it lies', async () => {
  const asked: (string | undefined)[] = [];
  const clients = (region: string | undefined) => {
    asked.push(region);
    return client;
  };
  const key = kms.addKey();
  const verifier = kmsVerifier({ clients });
  await verifier.check(`kms:${key.arn}`, AbortSignal.timeout(10_000));
  await verifier.check(`kms:${key.id}`, AbortSignal.timeout(10_000));
  expect(asked).toEqual([REGION, undefined]);
});

function named(name: string): Error {
  const error = new Error('synthetic');
  error.name = name;
  return error;
}

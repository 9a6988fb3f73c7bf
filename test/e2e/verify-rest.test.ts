import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { restTargetName } from '../../src/core/rest-target.ts';
import { type KmsDouble, startKms } from '../doubles/kms.ts';
import { type S3Double, startS3 } from '../doubles/s3.ts';
import { type PostgresService, postgresService } from '../setup/postgres.ts';
import { type RedisService, redisService } from '../setup/redis.ts';
import { portOf, type RunningAgent, startAgent } from '../support/agent.ts';
import { type CliHost, cliHost, type Ended, EVIDENCE_KEYS, jsonLines, runCli } from '../support/cli.ts';
import { mllpClient } from '../support/mllp-client.ts';
import { oru } from '../support/oru.ts';

/** `cordon verify rest` as a security engineer runs it, with the real SDK against doubles that speak the wire protocols. */
const SECRET = 'synthetic-secret-of-aws';
let kms: KmsDouble;
let s3: S3Double;
let folder = '';
let host: CliHost;

beforeAll(async () => {
  host = cliHost();
  [kms, s3] = await Promise.all([startKms(), startS3()]);
  folder = mkdtempSync(join(tmpdir(), 'cordon-verify-'));
});
afterAll(async () => {
  await Promise.all([kms.close(), s3.close(), host.close()]);
  rmSync(folder, { recursive: true, force: true });
});

/** Most run in one process; `runCli` where it has to end by itself, after each kind of what it connects to. */
function cordon(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  run: CliHost['run'] = host.run,
): Promise<Ended> {
  return run(['verify', 'rest', ...args], {
    cwd: folder,
    env: {
      HOME: folder,
      CORDON_DATA: join(folder, 'data'),
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'AKIDSYNTHETIC',
      AWS_SECRET_ACCESS_KEY: SECRET,
      AWS_ENDPOINT_URL_KMS: kms.endpoint,
      AWS_ENDPOINT_URL_S3: s3.endpoint,
      ...env,
    },
  });
}

const rowsOf = ({ out }: Ended): Record<string, unknown>[] => jsonLines(out);
const outcomesOf = (ran: Ended): Record<string, unknown> =>
  Object.fromEntries(rowsOf(ran).map((row) => [`${row.target} ${row.check}`, row.outcome]));

describe('verify rest', () => {
  it('proves a key and objects under it, with exit code 0, and prints no credential', async () => {
    const key = kms.addKey({ aliases: ['vault'] });
    s3.addBucket({
      name: 'archive',
      encryption: { algorithm: 'aws:kms', kmsKey: key.arn },
      objects: [{ key: 'a.hl7', body: Buffer.from('MSH|'), sse: 'aws:kms', kmsKey: key.arn }],
    });
    const ran = await cordon(['kms:alias/vault', 's3://archive/', '--format', 'ndjson'], {}, runCli);
    expect(ran.code).toBe(0);
    expect(outcomesOf(ran)).toEqual({
      'kms:alias/vault key': 'proven',
      'kms:alias/vault rotation': 'proven',
      'kms:alias/vault policy': 'proven',
      'kms:alias/vault grants': 'proven',
      'kms:alias/vault aliases': 'proven',
      's3://archive/ bucket-encryption': 'proven',
      's3://archive/ objects': 'proven',
      's3://archive/ key': 'proven',
    });
    for (const row of rowsOf(ran)) {
      expect(Object.keys(row)).toEqual(EVIDENCE_KEYS);
      expect(row).toMatchObject({ how: 'probed', profile: null, at: expect.stringMatching(/^\d{4}-.*Z$/) });
    }
    expect(ran.out + ran.err).not.toMatch(new RegExp(`${SECRET}|AKIDSYNTHETIC`));
  });

  it('ends with 1 where something failed, and says what to do', async () => {
    kms.addKey({ aliases: ['going'], state: 'PendingDeletion' });
    const ran = await cordon(['kms:alias/going'], {}, runCli);
    expect(ran.code).toBe(1);
    expect(ran.out).toMatch(/kms:alias\/going\n {2}failed +.*key .*CancelKeyDeletion/);
  });

  it('ends with 0 where AWS says nothing: that is unknown', async () => {
    kms.addKey({ aliases: ['denied'] });
    kms.set('*', 'deny');
    const ran = await cordon(['kms:alias/denied', '--format', 'ndjson']);
    kms.set('*', null);
    expect(ran.code).toBe(0);
    expect(rowsOf(ran)).toMatchObject([{ outcome: 'unknown', reason: 'denied: the permission kms:DescribeKey is missing' }]);
    // A process keeps the clients that it made, whatever its environment says later.
    const elsewhere = { AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:1' };
    const away = await cordon(['s3://archive/', '--format', 'ndjson'], elsewhere, runCli);
    expect([away.code, rowsOf(away).map((row) => row.outcome)]).toEqual([0, ['unknown', 'unknown']]);
  });

  it('calls objects in clear under a bucket that encrypts a contradiction', async () => {
    s3.addBucket({
      name: 'old-scans',
      encryption: { algorithm: 'AES256' },
      objects: [{ key: 'x', body: Buffer.from('x'), sse: null }],
    });
    const ran = await cordon(['s3://old-scans', '--format', 'ndjson']);
    expect(ran.code).toBe(1);
    expect(rowsOf(ran).find((row) => row.check === 'objects')?.reason).toContain('contradiction');
  });

  it('gives an answer for a file of this machine, whatever disks it has', async () => {
    writeFileSync(
      join(folder, 'a b.hl7'),
      'MSH|^~\\&|LIS|SYN|R|SYN|2026||ORU^R01|1|P|2.5.1\rPID|1||9^^^SYN||SYNTHETIC^PATIENT\r',
    );
    const target = `file:${join(folder, 'a b.hl7')}`;
    const ran = await cordon([target, 'file:a b.hl7', '--format', 'ndjson']);
    const rows = rowsOf(ran);
    expect(rows.map((row) => row.check)).toEqual(['volume', 'swap', 'sample', 'volume', 'swap', 'sample']);
    expect(ran.code).toBe(rows.some((row) => row.outcome === 'failed') ? 1 : 0);
    expect(ran.out).not.toContain('SYNTHETIC');
  });

  it.each([
    ['nothing:/x'],
    ['kms:'],
    ['s3://'],
    ['file:'],
    ['file://elsewhere/x'],
    ['vault', 'valut'],
    ['vault', '--format', 'xml'],
    [],
  ])('ends with 2 on bad use: %s', async (...args) => {
    const ran = await cordon(args);
    expect([ran.code, ran.out]).toEqual([2, '']);
    expect(ran.err).toMatch(/^cordon: /);
  });

  it.each(['postgres://user:synthetic-password@/x', 'postgress://user:p@ss:synthetic-password@db/x?password=synthetic-password'])(
    'repeats no password of what it cannot read: %s',
    async (target) => {
      const ran = await cordon([target]);
      expect([ran.code, ran.out]).toEqual([2, '']);
      expect(ran.err).not.toContain('synthetic-password');
    },
  );
});

describe('verify rest vault', () => {
  let agent: RunningAgent;
  beforeAll(async () => {
    agent = await startAgent();
  });
  afterAll(async () => {
    await agent.stop();
    rmSync(agent.data, { recursive: true, force: true });
  });

  it('opens what rests in the store of a running agent', async () => {
    const client = await mllpClient(portOf(agent, 'mllp'));
    expect(await client.send(oru('1'))).toContain('MSA|');
    client.end();
    const ran = await cordon(['vault', '--format', 'ndjson'], { CORDON_DATA: agent.data });
    const rows = rowsOf(ran);
    expect(rows.map((row) => row.check)).toEqual(['volume', 'swap', 'keyring', 'sealed']);
    expect(rows.at(-1)).toMatchObject({ outcome: 'proven', facts: { opened: 1, broken: 0, cipher: 'AES-256-GCM' } });
  });

  it('is unknown where its keyring may not be used', async () => {
    const data = join(folder, 'wide');
    mkdirSync(data);
    writeFileSync(join(data, 'keyring.json'), '{}', { mode: 0o644 });
    const rows = rowsOf(await cordon(['vault', '--format', 'ndjson'], { CORDON_DATA: data }));
    expect(rows.at(-1)).toMatchObject({ outcome: 'unknown', reason: expect.stringContaining('chmod 600') });
  });

  it('is unknown where there is none', async () => {
    const rows = rowsOf(await cordon(['vault', '--format', 'ndjson'], { CORDON_DATA: join(folder, 'no-data') }));
    expect(rows.at(-1)).toMatchObject({ check: 'sealed', outcome: 'unknown' });
  });
});

describe('verify rest vault of a cluster', () => {
  let postgres: PostgresService;
  let redis: RedisService;
  let agent: RunningAgent;
  let env: Record<string, string>;
  beforeAll(async () => {
    [postgres, redis] = await Promise.all([postgresService(), redisService()]);
    env = { DATABASE_URL: postgres.url, REDIS_URL: redis.url };
    agent = await startAgent({ env });
  });
  afterAll(async () => {
    await agent.stop();
    await Promise.all([postgres.close(), redis.close()]);
    rmSync(agent.data, { recursive: true, force: true });
  });

  it('opens what rests in the database, and says how that and the queue are reached', async () => {
    const client = await mllpClient(portOf(agent, 'mllp'));
    expect(await client.send(oru('1'))).toContain('MSA|');
    client.end();
    const ran = await cordon(['vault', '--format', 'ndjson'], { ...env, CORDON_DATA: agent.data }, runCli);
    const rows = rowsOf(ran);
    expect(rows.map((row) => row.check)).toEqual([
      'database-connection',
      'volume',
      'queue-connection',
      'swap',
      'keyring',
      'sealed',
    ]);
    expect(rows.map((row) => row.target)).toEqual(Array(6).fill('vault'));
    expect(rows[0]).toMatchObject({ facts: { tls: null, service: restTargetName(postgres.url) } });
    expect(rows[2]).toMatchObject({ facts: { tls: null, service: restTargetName(redis.url) } });
    expect(rows.at(-1)).toMatchObject({ outcome: 'proven', facts: { opened: 1, broken: 0 } });
  });

  it('asks a database and a Redis that are named', async () => {
    const ran = await cordon([postgres.url, redis.url, '--format', 'ndjson'], {}, runCli);
    const checks = rowsOf(ran).map((row) => `${row.target} ${row.check}`);
    for (const [url, check] of [
      [postgres.url, 'server'] as const,
      [postgres.url, 'sample'] as const,
      [redis.url, 'protected'] as const,
    ])
      expect(checks).toContain(`${restTargetName(url)} ${check}`);
  });

  it('is unknown where the database is away', async () => {
    const ran = await cordon(['vault', '--format', 'ndjson'], {
      DATABASE_URL: 'postgres://agent:s3cret@127.0.0.1:1/x',
      CORDON_DATA: agent.data,
    });
    expect(rowsOf(ran).slice(0, 2)).toMatchObject([
      { check: 'database-connection', outcome: 'unknown' },
      { check: 'volume', outcome: 'unknown' },
    ]);
    expect(ran.out + ran.err).not.toContain('s3cret');
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Evidence } from '../../src/core/evidence.ts';
import { postgresVerifier } from '../../src/encryption/rest/postgres/verifier.ts';
import { redisVerifier } from '../../src/encryption/rest/redis/verifier.ts';
import { type PostgresService, postgresService } from '../setup/postgres.ts';
import { type RedisService, redisService } from '../setup/redis.ts';

/** The permissions that docs/encryption.md gives to copy, against what the code asks for. */
const PAGE = readFileSync('docs/encryption.md', 'utf8');
const PASSWORD = 'change-me';
const Policy = z.object({ Statement: z.array(z.object({ Effect: z.literal('Allow'), Action: z.array(z.string()) })) });

/** What S3 calls the permission for a call, where it is not the call's own name (Amazon S3 User Guide, "Required permissions"). */
const S3_ACTIONS: Readonly<Record<string, string>> = {
  GetBucketEncryption: 's3:GetEncryptionConfiguration',
  ListObjectsV2: 's3:ListBucket',
  HeadObject: 's3:GetObject',
  GetObject: 's3:GetObject',
};

/** The fences of a language below a heading. */
function fences(heading: string, language: string): string[] {
  const [, section = ''] = PAGE.split(`### ${heading}\n`);
  const [own = ''] = section.split(/\n##/);
  return [...own.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(([, text = '']) => text);
}

function actionsOf(heading: string): string[] {
  return fences(heading, 'json').flatMap((text) => Policy.parse(JSON.parse(text)).Statement.flatMap(({ Action }) => Action));
}

function sourcesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
}

/** What the calls of a folder need, by the commands that are sent, and as the code itself says it when one is denied. */
function asked(folder: string): { sent: string[]; named: string[] } {
  const sent = new Set<string>();
  const named = new Set<string>();
  for (const text of sourcesBelow(folder)) {
    for (const [, call = ''] of text.matchAll(/new (\w+)Command\(/g)) sent.add(S3_ACTIONS[call] ?? `kms:${call}`);
    for (const [, action = ''] of text.matchAll(/\b(?:ask|call|allPages)\(\s*'((?:kms|s3):\w+)'/g)) named.add(action);
  }
  return { sent: [...sent].sort(), named: [...named].sort() };
}

const plain = (actions: readonly string[]): string[] => actions.map((action) => action.replace(/\*$/, '')).sort();

describe('AWS', () => {
  it('the policy for checks has every action that a check asks for, and none more', () => {
    const { sent, named } = asked('src/encryption/rest');
    expect(sent).toContain('kms:ListGrants');
    expect(named).toEqual(sent);
    expect(actionsOf('AWS, for checks').toSorted()).toEqual(sent);
  });

  it('the policy for the keyring has every action that the keyring asks for, and that of its evidence', () => {
    const { sent, named } = asked('src/keyring');
    expect(sent).toContain('kms:Decrypt');
    expect(named).toEqual(sent);
    expect(plain(actionsOf('AWS, for the keyring'))).toEqual([...sent, 'kms:DescribeKey'].sort());
  });

  it('the condition names the encryption context that the keyring sends', () => {
    const [text = ''] = fences('AWS, for the keyring', 'json');
    const [source = ''] = sourcesBelow('src/keyring').filter((one) => one.includes('EncryptionContext'));
    const keys = [...source.matchAll(/'(cordon:\w+)'/g)].map(([, key]) => key);
    expect(keys).toEqual(['cordon:keyring', 'cordon:purpose']);
    expect(JSON.parse(text)).toMatchObject({
      Statement: [
        {
          Condition: {
            StringLike: { 'kms:EncryptionContext:cordon:keyring': expect.any(String) },
            'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': keys },
          },
        },
        {},
      ],
    });
  });
});

const signal = new AbortController().signal;
const byCheck = (rows: readonly Evidence[]): Map<string, Evidence> => new Map(rows.map((row) => [row.check, row]));
const denied = (rows: readonly Evidence[]): string[] =>
  rows.filter(({ reason }) => /denied|refuse/.test(reason ?? '')).map(({ check }) => check);

describe('PostgreSQL', () => {
  let service: PostgresService;
  beforeAll(async () => {
    service = await postgresService({ private: true });
  });
  afterAll(() => service.close());

  async function sql(text: string): Promise<void> {
    const client = new Client({ connectionString: service.url });
    await client.connect();
    try {
      await client.query(text);
    } finally {
      await client.end();
    }
  }

  it('the grants give a role all that the checks ask for, and without them something is denied', async () => {
    const url = new URL(service.url);
    const database = url.pathname.slice(1);
    url.username = 'cordon_verify';
    url.password = PASSWORD;
    const check = () => postgresVerifier().check(url.href, signal);
    const [grants = ''] = fences('PostgreSQL', 'sql');
    const statements = grants.trim().replace('ON DATABASE registry', `ON DATABASE ${database}`).split('\n');
    expect(statements).toHaveLength(5);
    await sql(`CREATE TABLE notes (body text); INSERT INTO notes VALUES ('${'a synthetic note '.repeat(10)}');
      REVOKE ALL ON DATABASE ${database} FROM PUBLIC; REVOKE ALL ON SCHEMA public FROM PUBLIC`);
    const [role = '', connect = '', ...more] = statements;
    await sql(role);
    expect(denied(await check())).toEqual(['connection']);
    await sql(connect);
    const poor = await check();
    expect(denied(poor)).toEqual(['volume']);
    expect(byCheck(poor).get('sample')?.facts).toMatchObject({ cells: 0 });
    for (const grant of more) await sql(grant);
    const rows = await check();
    expect(denied(rows)).toEqual([]);
    expect(byCheck(rows).get('sample')?.facts).toMatchObject({ tables: 1, cells: 1, tablesNotRead: 0 });
    expect(byCheck(rows).get('server')?.facts).toMatchObject({ minimumTls: expect.any(String), listen: expect.any(String) });
  });
});

describe('Redis', () => {
  let service: RedisService;
  beforeAll(async () => {
    service = await redisService({ private: true });
  });
  afterAll(() => service.close());

  it('the ACL gives a user all that the checks ask for, and no more: it cannot write', async () => {
    const url = new URL(service.url);
    url.username = 'cordon-verify';
    url.password = PASSWORD;
    url.pathname = '/1';
    const admin = new Redis(service.url);
    await admin.select(1);
    const [command = '', ...words] = (fences('Redis', 'text')[0] ?? '').trim().split(' ');
    await admin.set('note', 'a synthetic note '.repeat(10));
    await admin.call(command, ...words);
    const rows = await redisVerifier().check(url.href, signal);
    expect(denied(rows)).toEqual([]);
    expect(byCheck(rows).get('sample')?.facts).toMatchObject({ keys: 1, cells: 1, notRead: 0 });
    expect(byCheck(rows).get('server')?.facts).toMatchObject({ version: expect.any(String), appendonly: expect.any(String) });
    // Each command is needed: without it something is denied, or cannot be had. (SELECT is for a database other than 0.)
    for (const word of words.filter((one) => one.startsWith('+') && one !== '+select')) {
      await admin.call('ACL', 'SETUSER', 'cordon-verify', word.replace('+', '-'));
      const poor = byCheck(await redisVerifier().check(url.href, signal));
      const lacks = denied([...poor.values()]).length > 0 || poor.get('sample')?.facts.notRead === 1 || !poor.has('sample');
      expect(lacks, word).toBe(true);
      await admin.call('ACL', 'SETUSER', 'cordon-verify', word);
    }
    const user = new Redis(url.href);
    await expect(user.set('note', 'x')).rejects.toThrow('NOPERM');
    user.disconnect();
    admin.disconnect();
  });
});

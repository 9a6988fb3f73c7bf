import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type KmsDouble, startKms } from '../doubles/kms.ts';
import { freshData, portOf, type RunningAgent, startAgent } from '../support/agent.ts';
import { type CliHost, cliHost, type Ended, jsonLines, runCli } from '../support/cli.ts';
import { settled } from '../support/ledger.ts';
import { mllpClient } from '../support/mllp-client.ts';
import { oru } from '../support/oru.ts';

/** The agent on a keyring of KMS, as an operator configures it. */
let kms: KmsDouble;
let agent: RunningAgent;
let env: Record<string, string>;
const arn: { key?: string } = {};
const host: CliHost = cliHost();

beforeAll(async () => {
  kms = await startKms();
  arn.key = kms.addKey({ aliases: ['cordon'] }).arn;
  env = {
    CORDON_KMS_KEY: 'alias/cordon',
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'AKIDSYNTHETIC',
    AWS_SECRET_ACCESS_KEY: 'synthetic-secret-of-aws',
    AWS_ENDPOINT_URL_KMS: kms.endpoint,
  };
  agent = await startAgent({ env });
});
afterAll(async () => {
  await agent.stop();
  await Promise.all([kms.close(), host.close()]);
  rmSync(agent.data, { recursive: true, force: true });
});

async function send(...controls: string[]): Promise<void> {
  const client = await mllpClient(portOf(agent, 'mllp'));
  for (const control of controls) expect(await client.send(oru(control))).toContain('MSA|AA');
  client.end();
}

it('accepts and scans under keys that KMS wrapped, also while KMS is away, and prints no credential', async () => {
  await send('1');
  await settled(agent.data);
  expect(JSON.parse(readFileSync(join(agent.data, 'keyring.json'), 'utf8'))).toMatchObject({ kind: 'kms', keys: [arn.key] });
  kms.set('*', 'fail');
  await send('2', '3');
  kms.set('*', null);
  expect(await settled(agent.data)).toMatchObject({ total: 3, failed: 0 });
  expect(agent.lines.join('\n')).not.toMatch(/AKIDSYNTHETIC|synthetic-secret/);
});

const decrypts = (): number => kms.calls.filter(({ operation }) => operation === 'Decrypt').length;

it('opens what it sealed after a restart, by the file alone, once KMS is there, and says what it waited for', async () => {
  await agent.stop();
  kms.set('*', 'deny');
  const before = decrypts();
  const { CORDON_KMS_KEY: _, ...without } = env;
  const starting = startAgent({ data: agent.data, env: without });
  // Digest and token key at each attempt: it has tried more than once.
  await vi.waitFor(() => expect(decrypts() - before).toBeGreaterThan(2), 30_000);
  kms.set('*', null);
  agent = await starting;
  const said = agent.lines.filter((line) => /"event":"(waiting|there)"/.test(line));
  expect(said).toHaveLength(2);
  expect(said[0]).toContain('denied: the permission kms:Decrypt is missing');
  await send('4', '5');
  expect(await settled(agent.data)).toMatchObject({ total: 5, failed: 0 });
});

it('does not wait for what does not mend itself', async () => {
  const data = freshData();
  cpSync(agent.data, data, { recursive: true });
  const path = join(data, 'keyring.json');
  writeFileSync(path, readFileSync(path, 'utf8').replace('"version": 1', '"version": 2'));
  await expect(startAgent({ data, env })).rejects.toThrow(/wrong or missing: version/);
  rmSync(data, { recursive: true });
});

it('moves under another KMS key, and opens what came before and after', async () => {
  const next = kms.addKey({ aliases: ['next'] });
  const own = { env: { HOME: agent.data, CORDON_DATA: agent.data, ...env } };
  const rewrap = ['keys', 'rewrap', '--kms-key', 'alias/next'];
  const ran: Ended = await runCli(rewrap, own);
  expect([ran.code, ran.err]).toEqual([0, '']);
  expect(ran.out).toContain(`2 keys are under ${next.arn} now`);
  expect(ran.out).toContain(`Keep ${arn.key} enabled`);
  expect(await host.run(rewrap, own)).toMatchObject({ code: 2, err: expect.stringContaining('already') });
  await agent.stop();
  agent = await startAgent({ data: agent.data, env: { ...env, CORDON_KMS_KEY: 'alias/next' } });
  await send('6');
  expect(await settled(agent.data)).toMatchObject({ failed: 0 });
  const verified = await host.run(['verify', 'rest', 'vault', '--format', 'ndjson'], own);
  const rows = jsonLines(verified.out);
  expect(rows.find((row) => row.check === 'keyring')).toMatchObject({ outcome: 'proven', facts: { key: next.arn } });
  expect(rows.find((row) => row.check === 'sealed')).toMatchObject({ outcome: 'proven', facts: { opened: 6, broken: 0 } });
  expect(ran.out + ran.err + verified.out).not.toMatch(/AKIDSYNTHETIC|synthetic-secret/);
});

it('an agent on a key file goes on under KMS, and opens what came before and after', { timeout: 120_000 }, async () => {
  await agent.stop();
  rmSync(agent.data, { recursive: true, force: true });
  const { CORDON_KMS_KEY: _, ...aws } = env;
  agent = await startAgent({ env: aws });
  await send('7');
  await settled(agent.data);
  await agent.stop();
  await expect(startAgent({ data: agent.data, env })).rejects.toThrow(/cordon keys rewrap/);
  const own = { env: { HOME: agent.data, CORDON_DATA: agent.data, ...aws } };
  const moved = await host.run(['keys', 'rewrap', '--kms-key', 'alias/cordon'], own);
  expect([moved.code, moved.err]).toEqual([0, '']);
  expect(moved.out).toContain(`3 keys are under ${arn.key} now`);
  expect(moved.out).toContain('Destroy the backups of the key file');
  agent = await startAgent({ data: agent.data, env });
  await send('8');
  expect(await settled(agent.data)).toMatchObject({ total: 2, failed: 0 });
  const rows = jsonLines((await host.run(['verify', 'rest', 'vault', '--format', 'ndjson'], own)).out);
  expect(rows.find((row) => row.check === 'keyring')).toMatchObject({ outcome: 'proven', facts: { key: arn.key } });
  expect(rows.find((row) => row.check === 'sealed')).toMatchObject({ outcome: 'proven', facts: { opened: 2, broken: 0 } });
});

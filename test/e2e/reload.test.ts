import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Finding } from '../../src/core/vocabulary.ts';
import { portOf, type RunningAgent, startAgent } from '../support/agent.ts';
import { cliHost, runCli } from '../support/cli.ts';
import { openTestLedger, settled } from '../support/ledger.ts';
import { mllpClient } from '../support/mllp-client.ts';
import { PACKS } from '../support/rules.ts';

/** A site writes a rule while the agent runs, sends SIGHUP, and makes a mistake in the next one. */
const RULE = `
name: site
version: 1.0.0
title: Numbers of the site
status: stable
references: [https://example.org]
rules:
  - id: site.locker
    title: Locker of a patient
    category: unique-id
    subject: patient
    severity: medium
    confidence: 0.9
    scope: {text: true}
    pattern: 'LOCKER-[A-Z]{4}'
    samples:
      match: ['clothes are in LOCKER-ABCD']
      noMatch: ['LOCKER-ab']
`;
/** What the site changes of its own rule, and of one that is shipped. */
const OVERLAY = `
name: st-anna
version: 1.0.0
title: Tuning of St. Anna
changes:
  - id: lockers-matter
    rule: site.locker
    severity: critical
    author: Dana Brandt, privacy office
    reason: Keys to them were lost
`;
const PATIENCE = { timeout: 60_000, interval: 250 };

let folder = '';
let agent: RunningAgent;
const host = cliHost();
afterAll(host.close);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cordon-reload-'));
  mkdirSync(join(folder, 'overlays'));
  cpSync(PACKS, join(folder, 'packs'), { recursive: true });
  agent = await startAgent({
    data: join(folder, 'data'),
    env: { CORDON_PACKS: join(folder, 'packs'), CORDON_OVERLAYS: join(folder, 'overlays') },
  });
}, 120_000);
afterAll(async () => {
  await agent.stop();
  rmSync(folder, { recursive: true, force: true });
});

let sent = 0;
/** The rules of the findings in a comment, of a message sent now. */
async function rulesOf(text: string): Promise<readonly string[]> {
  return (await findingsOf(text)).map(({ rule, pack }) => `${rule} of ${pack}`);
}

async function findingsOf(text: string): Promise<readonly Finding[]> {
  const client = await mllpClient(portOf(agent, 'mllp'));
  const lines = [`MSH|^~\\&|LIS|LAB|EHR|MAIN|20261124||ORU^R01|R${++sent}|P|2.5.1`, 'OBR|1|||CBC', `NTE|1||${text}`];
  await client.send(Buffer.from(`${lines.join('\r')}\r`, 'latin1'));
  client.end();
  await settled(agent.data);
  const ledger = await openTestLedger(agent.data);
  try {
    const { rows } = await ledger.messages.list({ limit: 1 });
    const findings = rows[0] === undefined ? [] : await ledger.messages.findings(rows[0].id);
    return findings.filter(({ path }) => path.startsWith('NTE'));
  } finally {
    await ledger.close();
  }
}

/** The log's events that begin so. */
function logged(event: string): Record<string, unknown>[] {
  return agent.lines
    .filter((line) => line.startsWith('{'))
    .map((line): Record<string, unknown> => JSON.parse(line))
    .filter((each) => String(each.event).startsWith(event));
}

/** The agent is asked to read its rules again, and says that it has. */
async function reload(event: string): Promise<Record<string, unknown>> {
  const before = logged(event).length;
  agent.process.kill('SIGHUP');
  await vi.waitFor(() => expect(logged(event).length).toBe(before + 1), PATIENCE);
  return logged(event).at(-1) ?? {};
}

async function metrics(): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${portOf(agent, 'http')}/metrics`);
  return await answer.text();
}

it('finds by a new rule from SIGHUP on, and by the old ones where a rule is broken', { timeout: 180_000 }, async () => {
  expect(await rulesOf('clothes are in LOCKER-QXZV')).toEqual([]);
  writeFileSync(join(folder, 'packs', 'site.yaml'), RULE);
  const { digest, before } = await reload('rules reloaded');
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
  expect(before).not.toBe(digest);
  expect(await rulesOf('clothes are in LOCKER-QXZW')).toEqual(['site.locker of site@1.0.0']);
  expect(await metrics()).toContain(`cordon_rules_info{digest="${String(digest)}"} 1`);

  writeFileSync(join(folder, 'packs', 'site.yaml'), RULE.replace('LOCKER-[A-Z]{4}', 'LOCKER-[A-Z'));
  const refused = await reload('rules not reloaded');
  expect(refused).toMatchObject({ level: 'error', digest, reason: expect.stringContaining('site.yaml') });
  expect(await rulesOf('clothes are in LOCKER-QXZX')).toEqual(['site.locker of site@1.0.0']);

  writeFileSync(join(folder, 'packs', 'site.yaml'), RULE);
  expect(await reload('rules unchanged')).toMatchObject({ digest });
  const counted = await metrics();
  expect(counted).toContain('cordon_rules_reloads_total{outcome="reloaded"} 1');
  expect(counted).toContain('cordon_rules_reloads_total{outcome="failed"} 1');

  const ledger = await openTestLedger(agent.data);
  const entries = await ledger.audit.list({ action: 'rules.reload', limit: 10 });
  await ledger.close();
  expect(entries).toMatchObject([{ actor: 'system', detail: { part: 'all', packs: digest, before } }]);
});

it('judges by an overlay from SIGHUP on, and without it when it is gone', { timeout: 120_000 }, async () => {
  const severities = async (text: string) => (await findingsOf(text)).map(({ severity }) => severity);
  expect(await severities('clothes are in LOCKER-QXYA')).toEqual(['medium']);
  writeFileSync(join(folder, 'overlays', 'st-anna.yaml'), OVERLAY);
  expect(await reload('rules reloaded')).toMatchObject({ overlays: 1 });
  expect(await severities('clothes are in LOCKER-QXYB')).toEqual(['critical']);
  rmSync(join(folder, 'overlays', 'st-anna.yaml'));
  expect(await reload('rules reloaded')).toMatchObject({ overlays: 0 });
  expect(await severities('clothes are in LOCKER-QXYC')).toEqual(['medium']);
});

it('judges anew what it had before the rule, once it is asked to', { timeout: 120_000 }, async () => {
  const env = { CORDON_DATA: agent.data, CORDON_PACKS: join(folder, 'packs') };
  const before = await settled(agent.data);
  const dry = await host.run(['rescan', '--dry-run'], { env });
  expect(dry.out).toContain(`${sent} messages would be judged anew`);
  expect((await runCli(['rescan'], { env })).code).toBe(0);
  await vi.waitFor(() => expect(logged('rescan done')).toHaveLength(1), PATIENCE);
  expect(logged('rescan done')[0]).toMatchObject({ judged: sent, failed: 0, unsupported: 0 });
  const ledger = await openTestLedger(agent.data);
  const first = (await ledger.messages.list({ limit: 100 })).rows.at(-1);
  const findings = await ledger.messages.findings(first?.id ?? '');
  const acts = (await ledger.audit.list({ action: 'rescan', limit: 10 })).map(({ action }) => action);
  await ledger.close();
  expect(findings.map(({ rule }) => rule)).toContain('site.locker');
  expect(acts).toEqual(['rescan.done', 'rescan.ask']);
  expect(await settled(agent.data)).toEqual(before);
  expect((await host.run(['rescan', '--status'], { env })).out).toContain(`done, ${sent} judged anew`);
});

it('says beforehand what other rules would make of what the vault holds, and changes nothing', { timeout: 120_000 }, async () => {
  const env = { CORDON_DATA: agent.data, CORDON_PACKS: join(folder, 'packs') };
  const before = await settled(agent.data);
  const { code, out } = await runCli(['rules', 'replay', '--rules', PACKS], { env });
  expect(code).toBe(0);
  expect(out).toContain(`${sent} messages that the vault holds: 0 newly flagged`);
  expect(out).toMatch(new RegExp(`rule +site.locker +\\+0 +-${sent}`));
  expect(out).not.toContain('LOCKER-');
  expect(await settled(agent.data)).toEqual(before);
  expect((await host.run(['rules', 'replay'], { env })).code).toBe(2);
});

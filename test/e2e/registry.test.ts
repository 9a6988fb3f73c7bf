import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { portOf, type RunningAgent, startAgent } from '../support/agent.ts';
import { runCli } from '../support/cli.ts';
import { openTestLedger, settled } from '../support/ledger.ts';
import { mllpClient } from '../support/mllp-client.ts';

/**
 * Admissions teach whose numbers are whose. A comment of the laboratory about one patient names another by a bare record number: nobody but the
 * registry can know that, until the patient is forgotten.
 */
const MRN = '73401862';
const NAME = 'Quillfeather';
const PATIENCE = { timeout: 60_000, interval: 500 };

const policy = (id: string, sender: string, more: string): string => `
id: ${id}
title: ${id}
owner: privacy@hospital.example
status: active
match: [{ msh: { 3: ${sender} } }]
destination: { system: ${id}, entity: self }
basis: { purpose: treatment, dataset: phi, agreement: { kind: none } }
permit: [{ subjects: [patient], paths: [PID-*, PV1-*, EVN-*] }]
expires: 2099-12-31
${more}`;

let folder = '';
let agent: RunningAgent;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cordon-registry-'));
  mkdirSync(join(folder, 'flows'));
  writeFileSync(join(folder, 'flows', 'adt.yaml'), policy('adt', 'REG', 'teaches: true'));
  writeFileSync(join(folder, 'flows', 'lab.yaml'), policy('lab', 'LIS', 'cohorts: { vip: review }'));
  agent = await startAgent({ data: join(folder, 'data'), env: { CORDON_FLOWS: join(folder, 'flows') } });
}, 120_000);
afterAll(async () => {
  await agent.stop();
  rmSync(folder, { recursive: true, force: true });
});

let sent = 0;
async function send(lines: readonly string[]): Promise<void> {
  const client = await mllpClient(portOf(agent, 'mllp'));
  const text = lines.join('\r').replace('|ID|', `|C${++sent}|`);
  await client.send(Buffer.from(`${text}\r`, 'latin1'));
  client.end();
  await settled(agent.data);
}

const admission = [
  'MSH|^~\\&|REG|MAIN|HUB|MAIN|20261124||ADT^A01|ID|P|2.5.1',
  `PID|1||${MRN}^^^MAIN^MR||${NAME}^Marisol||19620303|F`,
  'PV1|1|I',
];
const comment = (value: string): string[] => [
  'MSH|^~\\&|LIS|LAB|EHR|MAIN|20261124||ORU^R01|ID|P|2.5.1',
  'PID|1||55512099^^^MAIN^MR||Brandywine^Otis||19480917|M',
  `OBX|1|TX|8251-1^Comment^LN||${value}`,
];

/** Incidents by their keys, with how many messages each has. */
async function incidents(): Promise<Record<string, number>> {
  const ledger = await openTestLedger(agent.data);
  try {
    const { rows } = await ledger.incidents.list({ limit: 50 });
    return Object.fromEntries(rows.map(({ key, messages }) => [key, messages]));
  } finally {
    await ledger.close();
  }
}

const LEAK = 'content|lab|mrn|OBX';

it('knows a bare record number as a real patient’s once admissions taught it, and no more once the patient is forgotten', async () => {
  await send(comment(`Same finding as ${MRN}, compare.`));
  expect(await incidents()).toEqual({});

  await send(admission);
  expect(await incidents()).toEqual({});
  await send(comment(`Same finding as ${MRN}, compare.`));
  expect(await incidents()).toEqual({ [LEAK]: 1 });
  const ledger = await openTestLedger(agent.data);
  try {
    const [incident] = (await ledger.incidents.list({ limit: 1 })).rows;
    const [sample] = await ledger.incidents.samples(incident?.id ?? '', 5);
    expect(sample?.finding).toMatchObject({ rule: 'registry.mrn', registry: 'patient', subject: 'patient', mask: '9999' });
    const [event] = await ledger.incidents.events(incident?.id ?? '');
    expect(event?.note).toContain('a real patient');
  } finally {
    await ledger.close();
  }

  const forgotten = await runCli(['forget'], { env: { CORDON_DATA: agent.data }, input: `${MRN}\n` });
  expect([forgotten.err, forgotten.out]).toEqual(['', expect.stringContaining('Forgotten')]);
  // Other processes are heard of within seconds.
  await vi.waitFor(async () => {
    const before = (await incidents())[LEAK];
    await send(comment(`Same finding as ${MRN}, compare.`));
    expect((await incidents())[LEAK]).toBe(before);
  }, PATIENCE);
}, 180_000);

it('names the cohort of a message’s patient, and not who is in it', async () => {
  const added = await runCli(['cohorts', 'add', 'vip'], {
    env: { CORDON_DATA: agent.data },
    input: 'Otis Brandywine 1948-09-17\n',
  });
  expect(added.out).toBe('vip: 1 identifiers read, 1 tokens added\n');
  await vi.waitFor(async () => {
    await send(comment('Within normal limits'));
    expect(await incidents()).toHaveProperty(['cohort|lab|vip']);
  }, PATIENCE);
}, 120_000);

it('knows them again after a restart, and keeps no clear value anywhere', async () => {
  await send(admission);
  await agent.stop();
  const files = readdirSync(agent.data, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  for (const file of files) {
    const bytes = readFileSync(join(file.parentPath, file.name), 'latin1');
    for (const value of [MRN, NAME, NAME.toUpperCase()]) expect(bytes.includes(value), file.name).toBe(false);
  }
  agent = await startAgent({ data: join(folder, 'data'), env: { CORDON_FLOWS: join(folder, 'flows') } });
  const before = Number((await incidents())[LEAK]);
  await send(comment(`Same finding as ${MRN}, compare.`));
  expect((await incidents())[LEAK]).toBe(before + 1);
}, 180_000);

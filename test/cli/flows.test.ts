import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_FLOWS, flowsCommand } from '../../src/cli/flows.ts';
import type { FlowRow, FlowUse } from '../../src/ledger/flow-store.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { NOW } from '../policy/make.ts';

const LAB = (change: (text: string) => string = (text) => text): string =>
  change(`id: lab
title: Lab to registry
owner: privacy@hospital.example
status: active
match: [{listener: mllp, msh: {3: LIS}}]
destination: {system: registry, entity: public-health}
basis: {purpose: public-health, dataset: phi, agreement: {kind: none}}
permit: [{categories: [name]}]
expires: 2027-10-31
`);

const ROWS: FlowRow[] = [
  { key: 'a', listener: 'mllp', source: 'LIS', destination: 'REG', policy: 'lab', firstSeen: NOW, lastSeen: NOW, messages: 12 },
  { key: 'b', listener: 'mllp', source: 'ROGUE', destination: 'CLOUD', policy: null, firstSeen: NOW, lastSeen: NOW, messages: 3 },
];
const USES: FlowUse[] = [
  { key: 'a', type: 'ORU^R01', category: 'name', subject: 'patient', messages: 11 },
  { key: 'b', type: 'ORU^R01', category: 'ssn', subject: 'patient', messages: 2 },
];

let dir = '';
let closed = 0;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'cordon-flows-'));
  closed = 0;
  process.exitCode = undefined;
});
afterEach(async () => {
  process.exitCode = undefined;
  delete process.env.CORDON_FLOWS;
  await rm(dir, { recursive: true });
});

/** The part of a ledger that the command reads; the rest is not there. */
function ledger(): Ledger {
  const refuse = (): never => {
    throw new Error('not of this command');
  };
  const kinds = async (keys: readonly string[]) => USES.filter(({ key }) => keys.includes(key));
  const flows = { list: async () => ROWS, use: async () => USES, kinds, activity: async () => refuse() };
  return Object.assign(Object.create(null), { flows, ping: refuse, close: async () => void closed++ });
}

async function run(args: string[], openLedger: () => Promise<Ledger> = async () => ledger()): Promise<string> {
  let out = '';
  const command = flowsCommand({ openLedger, write: (text) => (out += text), clock: () => NOW });
  await command.exitOverride().parseAsync(args, { from: 'user' });
  return out;
}

const put = (name: string, text: string): Promise<void> => writeFile(path.join(dir, name), text);

describe('flows check', () => {
  it('passes a good folder', async () => {
    await put('lab.yaml', LAB());
    await put('notes.txt', 'no policy');
    expect(await run(['check', '--flows', dir])).toBe('1 policies in 1 files: 0 errors, 0 warnings\n');
    expect(process.exitCode).toBeUndefined();
  });

  it('passes the shipped folder', async () => {
    await run(['check', '--flows', DEFAULT_FLOWS]);
    expect(process.exitCode).toBeUndefined();
  });

  it('fails on what is malformed, with place and way out', async () => {
    await put(
      'lab.yaml',
      LAB((text) => text.replace('entity: public-health', 'entity: vender')),
    );
    const out = await run(['check', '--flows', dir]);
    expect(out).toContain(
      `${path.join(path.basename(dir), 'lab.yaml')}:6: flow "lab": destination.entity: "vender" is none of self, ce,`,
    );
    expect(process.exitCode).toBe(1);
  });

  it('fails on ties and on what has expired; takes the folder from the environment', async () => {
    await put(
      'lab.yaml',
      LAB((text) => text.replace('2027-10-31', '2026-11-01')),
    );
    await put(
      'lab2.yml',
      LAB((text) => text.replace('id: lab', 'id: lab-2')),
    );
    process.env.CORDON_FLOWS = dir;
    const out = await run(['check']);
    expect(out).toContain('error: flow "lab": match.0 is as specific as flow "lab-2" match.0');
    expect(out).toContain('error: flow "lab": expired on 2026-11-01');
    expect(process.exitCode).toBe(1);
  });

  it('says which folder it cannot read', async () => {
    await expect(run(['check', '--flows', path.join(dir, 'none')])).rejects.toMatchObject({
      code: 'config.invalid',
      message: expect.stringMatching(/none: there is no such folder of flow policies \(set --flows or CORDON_FLOWS\)/),
    });
  });
});

describe('flows list, suggest, replay', () => {
  it('lists policies, without a ledger if asked', async () => {
    await put('lab.yaml', LAB());
    const out = await run(['list', '--registered', '--flows', dir], () => Promise.reject(new Error('opened')));
    expect(out).toMatch(/^ID +STATUS .*\nlab +active +2027-10-31 +public-health +phi +Lab to registry\n$/);
  });

  it('lists what was observed, and closes the ledger', async () => {
    await put('lab.yaml', LAB());
    const out = await run(['list', '--flows', dir]);
    expect(out).toMatch(/lab +mllp +LIS +REG +12 +2026-11-24T17:00:00.000Z\nunregistered +mllp +ROGUE +CLOUD +3 /);
    expect(closed).toBe(1);
  });

  it('drafts what is missing', async () => {
    await put('lab.yaml', LAB());
    const out = await run(['suggest', '--flows', dir]);
    expect(out).toContain('id: rogue-cloud\n');
    expect(out).not.toContain('id: lab');
  });

  it('shows what a change would have done', async () => {
    await put(
      'lab.yaml',
      LAB((text) => text.replace('[name]', '[date]')),
    );
    const current = await mkdtemp(path.join(tmpdir(), 'cordon-flows-'));
    await writeFile(path.join(current, 'lab.yaml'), LAB());
    process.env.CORDON_FLOWS = current;
    const out = await run(['replay', '--flows', dir]);
    expect(out).toMatch(/LIS +REG +lab +lab +>= 11 +0 +12\n/);
    expect(out).toContain('+ LIS to REG: ORU^R01 name of patient (11 messages)\n');
    expect(out).not.toContain('ROGUE');
    process.env.CORDON_FLOWS = dir;
    expect(await run(['replay', '--flows', dir])).toBe('Nothing would change for 2 observed flows.\n');
    await rm(current, { recursive: true });
  });
});

import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createHospital } from '../../src/demo/hospital.ts';
import { filesOf } from '../../src/exports/evidence/zip.ts';
import { toolPath } from '../setup/tools.ts';
import { freshData } from '../support/agent.ts';
import { plantedValues } from '../support/demo-values.ts';
import { ENTRY } from '../support/entry.ts';
import { searchFolder } from '../support/leak-search.ts';

const data = freshData();

afterAll(() => rmSync(data, { recursive: true, force: true }));

function demo(...args: string[]) {
  return spawnSync(process.execPath, [ENTRY, 'demo', ...args], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, CORDON_DATA: data },
    encoding: 'utf8',
    maxBuffer: 64 * 2 ** 20,
  });
}

const LABEL = z.strictObject({
  kind: z.string(),
  message: z.string().nullable(),
  values: z.array(z.string()),
  expect: z.strictObject({ incident: z.string(), category: z.string().nullable(), path: z.string().nullable() }),
});

describe('cordon demo', () => {
  it('--labels prints what would be planted and writes nothing', () => {
    const { status, stdout } = demo('--labels');
    expect(status).toBe(0);
    const labels = stdout
      .trimEnd()
      .split('\n')
      .map((line) => LABEL.parse(JSON.parse(line)));
    expect(new Set(labels.map(({ kind }) => kind)).size).toBe(10);
    expect(() => readFileSync(join(data, 'demo', 'ledger.db'))).toThrow('ENOENT');
  });

  it('--once finds every planted leak, raises no false alarm, and leaves no planted value in anything it wrote', {
    timeout: 180_000,
  }, async () => {
    const { status, stdout, stderr } = demo('--once');
    expect(stderr).not.toContain('cordon:');
    expect(stdout).toContain('missing: none');
    expect(stdout).toContain('false alarms: none');
    expect(status).toBe(0);
    expect(`${stdout}${stderr}`).not.toContain('\u001b[');

    // What it printed belongs to what it wrote.
    writeFileSync(join(data, 'printed.txt'), stdout + stderr);
    const values = plantedValues(createHospital({ start: 0 }).patients);
    expect(values.length).toBeGreaterThan(1000);
    expect(await searchFolder(data, values)).toEqual([]);
  });

  it('leaves a ledger whose evidence pack holds, shows its numbers, and names nobody', { timeout: 120_000 }, async () => {
    const folder = join(data, 'demo');
    const cordon = (...args: string[]) =>
      spawnSync(process.execPath, [ENTRY, ...args], {
        env: { PATH: process.env.PATH, HOME: process.env.HOME, CORDON_DATA: folder, CORDON_FLOWS: 'src/demo/flows' },
        encoding: 'utf8',
      });
    const day = (from: number): string => new Date(Date.now() + from * 86_400_000).toISOString().slice(0, 10);
    const pack = join(folder, 'pack.zip');
    const made = cordon('export', 'evidence', '--from', day(-1), '--to', day(1), '-o', pack);
    expect(made.stderr).toBe(`${pack}: written\n`);
    const key = cordon('keys', 'audit').stdout.trim();
    const checked = cordon('check-evidence', pack, '--key', key);
    expect(checked).toMatchObject({ status: 0, stdout: expect.stringContaining('nothing was touched') });
    const numbers = Object.fromEntries(
      [...checked.stdout.matchAll(/^ +([\d,]+) {2}(.+)$/gm)].map(([, value, name]) => [name, value]),
    );
    expect(Number(numbers.messages?.replaceAll(',', ''))).toBe(createHospital({ start: 0 }).messages.length);

    const files = filesOf(readFileSync(pack)) ?? [];
    writeFileSync(join(folder, 'report.pdf'), files.find(({ name }) => name === 'report.pdf')?.bytes ?? '');
    expect(spawnSync(toolPath('pdftotext'), ['-layout', 'report.pdf', 'report.txt'], { cwd: folder }).status).toBe(0);
    const text = readFileSync(join(folder, 'report.txt'), 'utf8');
    for (const title of ['What was monitored', 'Incidents', 'Encryption', 'Reviews', 'What this report does not show']) {
      expect(text).toContain(title);
    }
    expect(text).toMatch(new RegExp(`received +${numbers.messages}\\b`));
    expect(text).toMatch(new RegExp(`flagged.*? ${numbers['messages flagged']}\\b`));
    expect(text).toContain(`Incidents that nobody closed: ${numbers['incidents not closed']}`);
    expect(text).toContain(`Flows that nobody registered: ${numbers['flows without a policy']}`);
    expect(await searchFolder(folder, plantedValues(createHospital({ start: 0 }).patients))).toEqual([]);
  });
});

import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createHospital } from '../../src/demo/hospital.ts';
import { freshData } from '../support/agent.ts';
import { plantedValues } from '../support/demo-values.ts';
import { searchFolder } from '../support/leak-search.ts';

const ENTRY = new URL('../../bin/cordon.mjs', import.meta.url).pathname;
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
});

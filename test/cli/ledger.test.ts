import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ledgerCommand } from '../../src/cli/ledger.ts';
import { openLedger } from '../../src/ledger/open.ts';

let folder = '';
let printed: string[] = [];
let progress: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cordon-cli-'));
  vi.stubEnv('CORDON_DATA', join(folder, 'data'));
  printed = [];
  progress = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    progress.push(String(text));
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

async function run(...args: string[]): Promise<string> {
  printed = [];
  await ledgerCommand().exitOverride().parseAsync(args, { from: 'user' });
  return printed.join('\n');
}

describe('cordon ledger', () => {
  it('seeds, checks and backs up a ledger', async () => {
    expect(await run('seed', '--messages', '60', '--incidents', '4')).toContain('60 synthetic messages');
    expect(progress.join('')).toContain('60/60');
    expect(progress.join('')).not.toContain('\u001b');
    const ledger = await openLedger({ path: join(folder, 'data', 'ledger.db'), migrate: false });
    expect(await ledger.audit.list({ limit: 1 })).toMatchObject([
      { action: 'ledger.seed', role: 'operator', detail: { messages: 60, incidents: 4, days: 30 } },
    ]);
    await ledger.close();
    expect(await run('check')).toMatch(/^60 messages, 0 pending, \d+ bodies kept\nno problems$/);
    const file = join(folder, 'backup.db');
    expect(await run('backup', file)).toContain(file);
    expect(existsSync(file)).toBe(true);
    await expect(run('backup', file)).rejects.toMatchObject({ code: 'usage' });
    await expect(run('seed', '--messages', '1')).rejects.toMatchObject({ code: 'usage' });
  });

  it('says of a database what backs it up, and not its password', async () => {
    vi.stubEnv('DATABASE_URL', 'postgres://cordon:secret@127.0.0.1:1/clinic');
    const refused = expect(run('backup', join(folder, 'backup.db'))).rejects;
    await refused.toMatchObject({
      code: 'usage',
      message: expect.stringMatching(/^the database clinic: .*pg_dump.*pg_basebackup/),
    });
    await expect(run('backup', join(folder, 'backup.db'))).rejects.not.toThrow(/secret/);
  });

  it('migrates where there is none yet', async () => {
    expect(await run('migrate')).toContain('up to date');
    expect(existsSync(join(folder, 'data', 'ledger.db'))).toBe(true);
  });

  it('says what is missing, and what is damaged', async () => {
    await run('migrate');
    await expect(run('check')).rejects.toMatchObject({ code: 'keyring.missing' });
    await run('seed', '--messages', '20', '--incidents', '2');
    const ledger = join(folder, 'data', 'ledger.db');
    const bytes = readFileSync(ledger);
    bytes.fill(0x5a, bytes.length - 8192);
    writeFileSync(ledger, bytes);
    await expect(run('check')).rejects.toMatchObject({ code: 'ledger.corrupt' });
  });
});

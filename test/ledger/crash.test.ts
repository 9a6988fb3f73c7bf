import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { afterAll, describe, expect, it } from 'vitest';
import { openFileKeyring } from '../../src/keyring/file.ts';
import { checkLedger } from '../../src/ledger/check.ts';
import { openLedger } from '../../src/ledger/open.ts';
import { freshFolder, removeFolders } from './folder.ts';

afterAll(removeFolders);

const CHILD = new URL('./children/accept-until-killed.ts', import.meta.url).pathname;

/** Runs the child until it has answered so many calls, kills it at once, and returns everything it answered. */
async function answersUntilKilled(path: string, answers: number): Promise<string[]> {
  const child = spawn(process.execPath, [CHILD, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    // A line that the kill cut off has no full id.
    if (/^[as] [0-9a-f-]{36}$/.test(line)) lines.push(line);
    if (lines.length === answers) child.kill('SIGKILL');
  }
  return lines;
}

describe('a ledger whose process is killed in mid-batch', () => {
  it.each([1, 40, 700, 1500])('has everything it answered (killed after %i answers)', async (answers) => {
    const folder = freshFolder();
    const path = `${folder}/ledger.db`;
    const lines = await answersUntilKilled(path, answers);
    expect(lines.length).toBeGreaterThanOrEqual(answers);
    const ledger = await openLedger({ path, migrate: false });
    for (const line of lines) {
      const row = await ledger.messages.get(line.slice(2));
      expect(row).not.toBeNull();
      if (line.startsWith('s')) expect(row?.state).toBe('done');
    }
    // What waits in the outbox is what is pending: the sweeper brings all of it back.
    const pending = new Set(await ledger.messages.pending(Number.MAX_SAFE_INTEGER, 100_000));
    expect(pending.size).toBe((await ledger.messages.counts()).pending);
    for (const id of pending) expect(await ledger.messages.load(id)).not.toBeNull();
    await ledger.close();
    const keyring = openFileKeyring(`${folder}/keyring.json`, true);
    const { problems } = await checkLedger({ path }, keyring, { start: () => undefined, step: () => undefined });
    // The bodies are sealed with a key that this test never had; everything else must be whole.
    expect(problems.filter((problem) => !problem.includes('another keyring'))).toEqual([]);
  });
});

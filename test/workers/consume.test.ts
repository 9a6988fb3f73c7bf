import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openLedger } from '../../src/ledger/open.ts';
import { createInlineQueue } from '../../src/queue/inline.ts';
import { consume } from '../../workers/consume.ts';
import { createScanPool } from '../../workers/pool.ts';
import { acceptRow, NOON } from '../ledger/rows.ts';

const folder = mkdtempSync(join(tmpdir(), 'cordon-consume-'));
let ledger: Ledger;
beforeAll(async () => {
  ledger = await openLedger({ path: join(folder, 'ledger.db'), migrate: true });
  await ledger.vault.saveDataKey('dk-test', 'keyring.wrapped', NOON);
});
afterAll(async () => {
  await ledger.close();
  rmSync(folder, { recursive: true, force: true });
});

it('a message that kills its scan thread three times is kept, quarantined and one incident; it is not tried again', async () => {
  const failures: string[] = [];
  const pool = createScanPool({
    threads: 1,
    timeLimit: 30_000,
    memoryLimit: 64,
    data: { ledger: { path: '' }, keyringPath: '', packs: [], flows: [], retention: 1000 },
    onCrash: () => undefined,
    module: new URL('../support/scan-thread-that-misbehaves.ts', import.meta.url),
  });
  const queue = createInlineQueue({ concurrency: 4 });
  const onFailure = (id: string, code: string, _detail: string, attempts: number): void => {
    failures.push(`${id} ${code} ${attempts}`);
  };
  consume({ queue, pool, ledger, clock: () => NOON, onFailure });
  try {
    await ledger.messages.accept(acceptRow({ id: 'die' }));
    await queue.add(['die']);
    await vi.waitFor(async () => expect((await ledger.incidents.list({ limit: 5 })).rows).toHaveLength(1), 20_000);
    expect(failures).toEqual(['die scan.crashed 1', 'die scan.crashed 2', 'die scan.crashed 3']);
    expect((await ledger.incidents.list({ limit: 5 })).rows[0]).toMatchObject({
      reason: 'quarantined',
      severity: 'high',
      state: 'open',
    });
    expect(await ledger.messages.get('die')).toMatchObject({ state: 'failed', quarantined: true, bodyKept: true });
    expect(await ledger.messages.pending(NOON + 1, 10)).toEqual([]);
  } finally {
    await queue.close();
    await pool.close();
  }
});

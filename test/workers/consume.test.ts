import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { CordonError } from '../../src/core/errors.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openLedger } from '../../src/ledger/open.ts';
import { createInlineQueue } from '../../src/queue/inline.ts';
import { consume } from '../../workers/consume.ts';
import { createScanPool } from '../../workers/pool.ts';
import { acceptRow, flaggedRow, NOON } from '../ledger/rows.ts';

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
    data: { ledger: { path: '' }, keyringPath: '', packs: [], overlays: [], flows: [], retention: 1000 },
    onCrash: () => undefined,
    module: new URL('../support/scan-thread-that-misbehaves.ts', import.meta.url),
  });
  const queue = createInlineQueue({ concurrency: 4 });
  const onFailure = (id: string, code: string, _detail: string, attempts: number): void => {
    failures.push(`${id} ${code} ${attempts}`);
  };
  consume({ queue, pool, ledger, clock: () => NOON, onSaved: () => undefined, onFailure });
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

it('does not try again what is done or gone, and tells of an attempt that could not be counted', async () => {
  const failures: string[] = [];
  const scanned: string[] = [];
  const queue = createInlineQueue({ concurrency: 1 });
  const pool = {
    kept: () => undefined,
    scan: async (id: string) => {
      scanned.push(id);
      throw new CordonError('scan.failed', 'refused');
    },
  };
  const messages = {
    ...ledger.messages,
    fail: async (...failure: Parameters<Ledger['messages']['fail']>) => {
      if (failure[0] === 'locked') throw new CordonError('ledger.unavailable', 'the disk is full');
      return await ledger.messages.fail(...failure);
    },
  };
  const onFailure = (id: string, code: string, detail: string, attempts: number): void => {
    failures.push(`${id} ${code} ${detail} ${attempts}`);
  };
  consume({
    queue,
    pool,
    ledger: { messages, evidence: ledger.evidence },
    clock: () => NOON,
    onSaved: () => undefined,
    onFailure,
  });
  await ledger.messages.accept(acceptRow({ id: 'done' }));
  await ledger.messages.fail('done', { code: 'scan.failed', detail: 'refused' }, NOON);
  await ledger.messages.saveScan(flaggedRow('done'));
  await queue.add(['done', 'gone', 'locked']);
  await vi.waitFor(() => expect(failures).toHaveLength(3));
  // Whatever was added again runs before this one.
  await queue.add(['last']);
  await vi.waitFor(() => expect(scanned).toContain('last'));
  expect(scanned).toEqual(['done', 'gone', 'locked', 'last']);
  expect(failures.slice(0, 3)).toEqual([
    'done scan.failed refused 0',
    'gone scan.failed refused 0',
    'locked ledger.unavailable the disk is full 0',
  ]);
  await queue.close();
});

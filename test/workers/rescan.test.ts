import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CordonError } from '../../src/core/errors.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openLedger } from '../../src/ledger/open.ts';
import type { Rescan } from '../../src/ledger/rescan/store.ts';
import { type RescanDeps, rescan } from '../../workers/rescan.ts';
import { acceptRow, DAY, flaggedRow, NOON } from '../ledger/rows.ts';

/** More than two batches. */
const MESSAGES = 70;
const ASKED: Rescan = {
  ...{ id: 'r-1', askedAt: NOON + DAY, state: 'running', since: 0, until: NOON + 365 * DAY, flow: null },
  ...{ place: null, holder: null, judged: 0, changed: 0, unsupported: 0, failed: 0 },
};
const NEVER = new AbortController().signal;

let folder: string;
let ledger: Ledger;
let ids: string[];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cordon-rescan-'));
  ledger = await openLedger({ path: join(folder, 'ledger.db'), migrate: true });
  await ledger.vault.saveDataKey('dk-test', 'keyring.wrapped', NOON);
  const rows = Array.from({ length: MESSAGES }, (_, number) => acceptRow({ receivedAt: NOON + number }));
  ids = rows.map(({ id }) => id);
  await Promise.all(rows.map((row) => ledger.messages.accept(row)));
  await Promise.all(ids.map((id) => ledger.messages.saveScan(flaggedRow(id, { ruleset: 'old' }))));
  expect(await ledger.rescans.swap(null, ASKED)).toBe(true);
});
afterEach(async () => {
  await ledger.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A worker, and what it did. */
function worker(name: string, over: Partial<RescanDeps> = {}) {
  const scanned: string[] = [];
  const failures: string[] = [];
  const done: Rescan[] = [];
  const deps: RescanDeps = {
    rescans: ledger.rescans,
    scan: async (id) => {
      scanned.push(id);
      return flaggedRow(id, { ruleset: 'new', scannedAt: NOON + DAY });
    },
    worker: name,
    clock: () => NOON + DAY,
    onFailure: (_, reason) => failures.push(reason),
    onDone: async (after) => {
      done.push(after);
    },
    ...over,
  };
  return { run: (signal = NEVER) => rescan(deps, signal), scanned, failures, done };
}

async function rulesets(): Promise<unknown> {
  const found = await ledger.rescans.count({ since: 0, until: NOON + 365 * DAY, flow: null });
  return found.map(({ ruleset, messages }) => [ruleset, messages]).sort();
}

describe('a rescan', () => {
  it('judges every message once, says so when it is done, and begins nothing again', async () => {
    const one = worker('one');
    await one.run();
    expect([new Set(one.scanned).size, one.scanned.length]).toEqual([MESSAGES, MESSAGES]);
    expect(one.done).toMatchObject([{ state: 'done', judged: MESSAGES, changed: 0, failed: 0 }]);
    expect(await rulesets()).toEqual([['new', MESSAGES]]);
    await one.run();
    expect([one.scanned.length, one.done.length]).toEqual([MESSAGES, 1]);
  });

  it('is one worker’s at a time, and another’s once that one has not been heard of for its lease', async () => {
    const until = NOON + DAY + 60_000;
    expect(await ledger.rescans.swap(ASKED, { ...ASKED, holder: { worker: 'other', until } })).toBe(true);
    const early = worker('one');
    await early.run();
    expect(early.scanned).toEqual([]);
    const late = worker('one', { clock: () => until });
    await late.run();
    expect(late.scanned).toHaveLength(MESSAGES);
    expect(late.done).toHaveLength(1);
  });

  it('goes on where it was when a worker ended in the middle', async () => {
    const ending = new AbortController();
    const first = worker('one', {
      scan: async (id) => {
        first.scanned.push(id);
        if (first.scanned.length === 40) ending.abort();
        return flaggedRow(id, { ruleset: 'new' });
      },
    });
    await first.run(ending.signal);
    expect(await ledger.rescans.current()).toMatchObject({ state: 'running', holder: null, judged: first.scanned.length });
    const second = worker('two');
    await second.run();
    expect([...first.scanned, ...second.scanned].sort()).toEqual([...ids].sort());
    expect(second.done).toMatchObject([{ judged: MESSAGES }]);
  });

  it('counts a message that cannot be judged, keeps what was known of it, and goes on', async () => {
    const [, bad = ''] = ids;
    const one = worker('one', {
      scan: async (id) => {
        if (id === bad) throw new CordonError('scan.crashed', 'a scan thread ended');
        return flaggedRow(id, { ruleset: 'new' });
      },
    });
    await one.run();
    expect(one.failures).toEqual(['a scan thread ended']);
    expect(one.done).toMatchObject([{ judged: MESSAGES - 1, failed: 1 }]);
    expect(await rulesets()).toEqual([
      ['new', MESSAGES - 1],
      ['old', 1],
    ]);
  });

  it('tells nothing of an error that could quote the message', async () => {
    const one = worker('one', {
      scan: async () => {
        throw new Error('DOE^JANE');
      },
    });
    await one.run();
    expect(new Set(one.failures)).toEqual(new Set(['the scan failed']));
  });

  it('blames no message when the ledger is away, and goes on with the next call', async () => {
    const away = worker('one', {
      scan: async () => {
        throw new CordonError('ledger.unavailable', 'no ledger');
      },
    });
    await expect(away.run()).rejects.toMatchObject({ code: 'ledger.unavailable' });
    expect(away.failures).toEqual([]);
    const one = worker('one');
    await one.run();
    expect(one.done).toMatchObject([{ judged: MESSAGES, failed: 0 }]);
  });

  it('passes by what has no body any more', async () => {
    const one = worker('one', { scan: async () => null });
    await one.run();
    expect(one.done).toMatchObject([{ judged: 0, failed: 0 }]);
  });

  it('ends when somebody stops it, and its worker does not take that back', async () => {
    const one = worker('one', {
      scan: async (id) => {
        one.scanned.push(id);
        const before = await ledger.rescans.current();
        if (before !== null && one.scanned.length === 10)
          expect(await ledger.rescans.swap(before, { ...before, state: 'stopped', holder: null })).toBe(true);
        return flaggedRow(id, { ruleset: 'new' });
      },
    });
    await one.run();
    expect(one.scanned.length).toBeLessThan(MESSAGES);
    expect(await ledger.rescans.current()).toMatchObject({ state: 'stopped' });
    const rest = worker('two');
    await rest.run();
    expect(rest.scanned).toEqual([]);
  });
});

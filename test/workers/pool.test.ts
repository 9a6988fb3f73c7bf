import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Overlay } from '../../src/tuning/schema.ts';
import { createScanPool, type ScanPool } from '../../workers/pool.ts';

let pool: ScanPool | null = null;
const crashes: string[] = [];

function open(threads: number, timeLimit = 400, helps?: () => boolean): ScanPool {
  crashes.length = 0;
  pool = createScanPool({
    threads,
    timeLimit,
    ...(helps === undefined ? {} : { helps }),
    memoryLimit: 32,
    data: { ledger: { path: '' }, keyringPath: '', packs: [], overlays: [], flows: [], retention: 1000 },
    onCrash: (reason) => crashes.push(reason),
    module: new URL('../support/scan-thread-that-misbehaves.ts', import.meta.url),
  });
  return pool;
}

afterEach(async () => {
  await pool?.close();
  pool = null;
});

describe('the scan pool', () => {
  it.each([
    ['hang', 'scan.budget'],
    ['die', 'scan.crashed'],
    ['grow', 'scan.crashed'],
    ['refuse', 'scan.failed'],
    ['wait', 'ledger.unavailable'],
  ])('a message that makes its thread %s is rejected with %s, its neighbours are scanned', async (bad, code) => {
    const scans = open(2, bad === 'hang' ? 400 : 30_000);
    const ids = ['a', 'b', bad, 'c', 'd', 'e'];
    const outcomes = await Promise.allSettled(ids.map((id) => scans.scan(id)));
    expect(outcomes.map((outcome) => outcome.status)).toEqual(ids.map((id) => (id === bad ? 'rejected' : 'fulfilled')));
    const rejected = outcomes.find((outcome) => outcome.status === 'rejected');
    expect(rejected?.reason).toMatchObject({ code });
    expect(await scans.scan('after')).toBeNull();
  });

  it('does not blame a message for a ledger or a key service that lets it wait', async () => {
    const scans = open(1, 200);
    expect(await scans.scan('away')).toBeNull();
    expect(crashes).toEqual([]);
  });

  it('tells every thread what is known of flows before the messages that come after it, one that takes the place of another too', async () => {
    const scans = open(2);
    const failed = { transit: 'failed', rest: null } as const;
    const answers = (): Promise<unknown[]> =>
      Promise.all(['tell-1', 'tell-2', 'tell-3'].map((id) => scans.scan(id).catch((error: Error) => error.message)));
    expect(await answers()).toEqual(['', '', '']);
    scans.learn(new Map([['lab', failed]]));
    expect(await answers()).toEqual(['lab failed', 'lab failed', 'lab failed']);
    await expect(scans.scan('die')).rejects.toMatchObject({ code: 'scan.crashed' });
    await expect(scans.scan('die')).rejects.toMatchObject({ code: 'scan.crashed' });
    expect(await answers()).toEqual(['lab failed', 'lab failed', 'lab failed']);
  });

  it('has every thread judge by the rules that are in force, one that takes the place of another too', async () => {
    const scans = open(2);
    const overlay: Overlay = {
      name: 'site',
      version: '1.0.0',
      title: 'Site',
      timezone: 'UTC',
      rules: [],
      changes: [],
      allow: [],
    };
    const answers = (): Promise<unknown[]> =>
      Promise.all(['rules-1', 'rules-2', 'rules-3'].map((id) => scans.scan(id).catch((error: Error) => error.message)));
    expect(await answers()).toEqual(['', '', '']);
    scans.rules({ packs: [], overlays: [overlay] });
    expect(await answers()).toEqual(['site', 'site', 'site']);
    await expect(scans.scan('die')).rejects.toMatchObject({ code: 'scan.crashed' });
    await expect(scans.scan('die')).rejects.toMatchObject({ code: 'scan.crashed' });
    expect(await answers()).toEqual(['site', 'site', 'site']);
  });

  it('splits what comes in one go among its threads', async () => {
    const scans = open(2);
    const ids = Array.from({ length: 10 }, () => 'count');
    const answers = await Promise.all(ids.map((id) => scans.scan(id).catch((error: Error) => error.message)));
    expect(answers).toEqual(ids.map(() => '5'));
  });

  it('has one thread more that takes what waits while nobody else does, and rests as soon as somebody does', async () => {
    let may = false;
    let asked = 0;
    const scans = open(1, 60_000, () => {
      asked++;
      return may;
    });
    const looks = (count: number): Promise<void> => vi.waitUntil(() => asked >= count, { timeout: 30_000 }).then(() => {});
    const pending = <T>(scan: Promise<T>): Promise<T | 'waits'> => Promise.race([scan, Promise.resolve('waits' as const)]);
    scans.scan('hang').catch(() => undefined);
    // What comes in one go is one batch.
    await new Promise((resolve) => setImmediate(resolve));
    const first = scans.scan('a');
    await looks(8);
    expect(await pending(first)).toBe('waits');
    may = true;
    expect(await first).toBeNull();
    may = false;
    const second = scans.scan('b');
    await looks(asked + 8);
    expect(await pending(second)).toBe('waits');
    may = true;
    expect(await second).toBeNull();
  });

  it('rejects what waits when it is closed', async () => {
    const scans = open(1, 60_000);
    const waiting = [scans.scan('hang'), scans.scan('a')].map((scan) =>
      expect(scan).rejects.toMatchObject({ code: 'scan.crashed' }),
    );
    await scans.close();
    await Promise.all(waiting);
    await expect(scans.scan('late')).rejects.toMatchObject({ code: 'scan.crashed' });
  });
});

import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cohortBit, kindNumber, PATIENT, type Print, SETS } from '../../src/registry/print.ts';
import { createTable, type Grown, readTable } from '../../src/registry/table.ts';

const MRN = kindNumber('mrn');

/** Few shards and few homes, so that entries push each other on. */
const prints = fc.record({ high: fc.integer({ min: 1, max: 12 }), low: fc.integer({ min: 0, max: 200 }) });
const sets = fc.constantFrom(PATIENT, cohortBit('vip'), cohortBit('test'), PATIENT | cohortBit('employee'));
const steps = fc.array(fc.record({ print: prints, sets, adds: fc.boolean() }), { maxLength: 600 });

const keyOf = ({ high, low }: Print): string => `${high}|${low}`;

describe('the table of fingerprints', () => {
  it('holds what a Map holds, whatever is added, removed and grown, and so do its readers', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const grown: Grown[] = [];
        const table = createTable(0, (each) => grown.push(each));
        const reader = readTable(table.shared());
        const model = new Map<string, { print: Print; sets: number }>();
        for (const step of all) {
          const before = model.get(keyOf(step.print))?.sets ?? 0;
          const after = step.adds ? before | step.sets : before & ~step.sets;
          if (after === 0) model.delete(keyOf(step.print));
          else model.set(keyOf(step.print), { print: step.print, sets: after });
          if (step.adds) table.add(step.print, step.sets | MRN);
          else table.remove(step.print, step.sets);
          for (const each of grown.splice(0)) reader.adopt(each);
        }
        for (const { print } of all) {
          const expected = model.get(keyOf(print))?.sets ?? 0;
          expect(table.find(print) & SETS).toBe(expected);
          expect(reader.find(print)).toBe(expected === 0 ? 0 : expected | MRN);
        }
        const having = (bits: number): number => [...model.values()].filter((each) => (each.sets & bits) !== 0).length;
        expect(reader.counts()).toEqual({
          patients: having(PATIENT),
          cohorted: having(SETS & ~PATIENT),
          records: having(PATIENT),
        });
      }),
      { numRuns: 150 },
    );
  });

  it('keeps the first kind that is known of an identifier', () => {
    const table = createTable();
    const print = { high: 7, low: 9 };
    table.add(print, cohortBit('vip'));
    table.add(print, PATIENT | MRN);
    table.add(print, PATIENT | kindNumber('phone'));
    expect(table.find(print)).toBe(PATIENT | cohortBit('vip') | MRN);
  });

  it('takes no more than 24 bytes an entry for a million that come one by one, and gives back every one of them', () => {
    const table = createTable();
    const random = xorshift(1);
    for (let entry = 0; entry < 1_000_000; entry++) table.add(random(), PATIENT | MRN);
    expect(table.counts().patients).toBe(1_000_000);
    expect(table.bytes() / 1_000_000).toBeLessThanOrEqual(24);
    const again = xorshift(1);
    let missing = 0;
    for (let entry = 0; entry < 1_000_000; entry++) if (table.find(again()) === 0) missing += 1;
    expect(missing).toBe(0);
    const others = xorshift(2);
    let found = 0;
    for (let entry = 0; entry < 1_000_000; entry++) if (table.find(others()) !== 0) found += 1;
    expect(found).toBe(0);
  });

  it('has room for ten million in 160 MB without growing', () => {
    let grown = 0;
    const table = createTable(10_000_000, () => {
      grown += 1;
    });
    expect(table.bytes()).toBeLessThan(160 * 2 ** 20);
    const random = xorshift(3);
    for (let entry = 0; entry < 1_000; entry++) table.add(random(), PATIENT);
    expect(grown).toBe(0);
  });

  it('shows another thread an entry that stays, whatever moves around it', async () => {
    const table = createTable();
    const stays = { high: 5, low: 63 };
    table.add(stays, PATIENT);
    const worker = new Worker(new URL('./reading-thread.ts', import.meta.url), {
      workerData: { shared: table.shared(), print: stays },
    });
    const ended = new Promise<number>((resolve, reject) => worker.once('message', resolve).once('error', reject));
    await new Promise((resolve) => worker.once('online', resolve));
    let running = true;
    const missed = ended.finally(() => {
      running = false;
    });
    while (running) {
      // Those before it in the same run push it on and let it fall back.
      for (let low = 50; low < 63; low++) table.add({ high: 5, low: low | 64 }, PATIENT);
      table.add({ high: 6, low: 63 }, PATIENT);
      for (let low = 50; low < 63; low++) table.remove({ high: 5, low: low | 64 }, PATIENT);
      table.remove({ high: 6, low: 63 }, PATIENT);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await missed).toBe(0);
    await worker.terminate();
  });
});

/** Evenly spread fingerprints, the same for the same seed. */
function xorshift(seed: number): () => Print {
  let state = Math.imul(seed, 0x9e3779b9);
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state | 0;
  };
  return () => ({ high: next(), low: next() });
}

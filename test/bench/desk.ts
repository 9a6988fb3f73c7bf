import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFileKeyring } from '../../src/keyring/file.ts';
import type { Keyring } from '../../src/keyring/keyring.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openBulk } from '../../src/ledger/maintain.ts';
import { type LedgerPlace, openLedger } from '../../src/ledger/open.ts';
import { seedLedger } from '../../src/ledger/seed/seed.ts';
import { postgresService } from '../setup/postgres.ts';
import { asked } from './desk-asks.ts';
import { percentile, type Ratio } from './measure.ts';

/**
 * Server time of the desk over a year of a hospital: a million messages, 50,000 incidents. `CORDON_BENCH_LEDGER` (a file) or
 * `CORDON_BENCH_DATABASE` (a URL) with `CORDON_BENCH_KEYRING` measure a ledger that `cordon ledger seed` made; without them one is seeded.
 */
const MESSAGES = Number(process.env.CORDON_BENCH_MESSAGES ?? 1_000_000);
const INCIDENTS = 50_000;
const DAYS = 400;
const DAY_MS = 86_400_000;
const ROUNDS = 25;
/** Of what is slow, fewer: as many as fit, but never fewer than these. */
const FEWEST = 4;
const MOST_MS = 4000;

export async function benchDesk(on: 'sqlite' | 'postgres'): Promise<Ratio[]> {
  const folder = mkdtempSync(join(tmpdir(), 'cordon-bench-'));
  const { place, end } = await placeOf(on, folder);
  const keyring = openFileKeyring(process.env.CORDON_BENCH_KEYRING ?? join(folder, 'keyring.json'), true);
  const ledger = await openLedger({ ...place, migrate: true });
  try {
    if ((await ledger.messages.counts()).total === 0) await seed(place, keyring);
    return await measure(ledger, keyring, on);
  } finally {
    await ledger.close();
    await end();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function placeOf(on: 'sqlite' | 'postgres', folder: string): Promise<{ place: LedgerPlace; end(): Promise<void> }> {
  const none = async (): Promise<void> => {};
  const { CORDON_BENCH_LEDGER: path, CORDON_BENCH_DATABASE: url } = process.env;
  if (on === 'sqlite') return { place: { path: path ?? join(folder, 'ledger.db') }, end: none };
  if (url !== undefined) return { place: { url }, end: none };
  const service = await postgresService({ private: true, settings: ['shared_buffers=256MB'] });
  return { place: { url: service.url }, end: () => service.close() };
}

async function seed(place: LedgerPlace, keyring: Keyring): Promise<void> {
  const now = Date.now();
  const bulk = await openBulk(place, now - DAYS * DAY_MS);
  const start = performance.now();
  await seedLedger(bulk, keyring, { messages: MESSAGES, incidents: INCIDENTS, days: DAYS, now, step: () => undefined });
  await bulk.close();
  process.stderr.write(`seeded ${MESSAGES} messages in ${Math.round((performance.now() - start) / 1000)} s\n`);
}

async function measure(ledger: Ledger, keyring: Keyring, on: string): Promise<Ratio[]> {
  const asks = await asked(ledger, keyring);
  const results: Ratio[] = [];
  for (const [name, bar, ask] of asks) {
    const cold = await timed(ask);
    const taken: Taken[] = [];
    const until = performance.now() + MOST_MS;
    while (taken.length < ROUNDS && (taken.length < FEWEST || performance.now() < until)) taken.push(await timed(ask));
    const [p50, p99] = [50, 99].map((rank) =>
      percentile(
        taken.map(({ ms }) => ms),
        rank,
      ),
    );
    const cpu = percentile(
      taken.map((each) => each.cpu),
      50,
    );
    const also = [`cold ${cold.ms.toFixed(0)}`, `p50 ${p50?.toFixed(1)}`, `p99 ${p99?.toFixed(1)}`, `CPU ${cpu.toFixed(1)} ms`];
    // A shared machine is no stopwatch: the CPU time of this process is what others move least (PostgreSQL's is not in it).
    const of = `p50 of ${name} on ${on}, as a share of ${bar} ms; ${also.join(', ')}`;
    results.push({ name: 'desk', of, ratio: (p50 ?? 0) / bar, bar: 1, ours: p50 ?? 0, theirs: bar, unit: 'ms' });
    process.stderr.write(`${name}: ${also.join(', ')}\n`);
  }
  return results;
}

interface Taken {
  readonly ms: number;
  readonly cpu: number;
}

/** Milliseconds by the clock, and of CPU in all threads of this process. */
async function timed(ask: () => Promise<unknown>): Promise<Taken> {
  const before = process.cpuUsage();
  const start = performance.now();
  await ask();
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  return { ms, cpu: (user + system) / 1000 };
}

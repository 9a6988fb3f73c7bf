import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { token } from '../../src/core/token.ts';
import { openFileKeyring } from '../../src/keyring/file.ts';
import type { Keyring } from '../../src/keyring/keyring.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openBulk } from '../../src/ledger/maintain.ts';
import { type LedgerPlace, openLedger } from '../../src/ledger/open.ts';
import { seedLedger } from '../../src/ledger/seed.ts';
import { createReviewApp } from '../../src/review/app.ts';
import { hashSecret, newSecret } from '../../src/review/secrets.ts';
import { postgresService } from '../setup/postgres.ts';
import { exportingOf } from '../support/exporting.ts';
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
const WARM_UP = 3;

/** Milliseconds of server time that the 99th percentile may take. */
const PAGE_BAR = 50;
const TRACE_BAR = 200;

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

type Asked = readonly [name: string, bar: number, ask: () => Promise<unknown>];

async function measure(ledger: Ledger, keyring: Keyring, on: string): Promise<Ratio[]> {
  const asks = await asked(ledger, keyring);
  const results: Ratio[] = [];
  for (const [name, bar, ask] of asks) {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS + WARM_UP; round++) {
      const start = performance.now();
      await ask();
      if (round >= WARM_UP) times.push(performance.now() - start);
    }
    const [p50, p99] = [percentile(times, 50), percentile(times, 99)];
    const of = `p99 of ${name} on ${on}, as a share of ${bar} ms; p50 ${p50.toFixed(1)} ms`;
    results.push({ name: 'desk', of, ratio: p99 / bar, bar: 1, ours: p99, theirs: bar, unit: 'ms' });
  }
  return results;
}

/** Pages as an officer asks for them, through the whole desk; and what is under those that other pages are made of. */
async function asked(ledger: Ledger, keyring: Keyring): Promise<readonly Asked[]> {
  const get = await reader(ledger);
  const { rows } = await ledger.incidents.list({ states: ['open'], limit: 1 });
  const flow = rows[0]?.flow ?? '';
  const id = rows[0]?.id ?? '';
  const deep = await deepCursor(ledger);
  const trace = { tokens: [token(keyring.tokenKey, 'number', 'seed 17')], limit: 100 };
  const page = (path: string): Asked => [path.replace(deep, 'DEEP'), PAGE_BAR, () => get(path)];
  return [
    page('/'),
    page('/incidents'),
    page('/incidents?state=all'),
    page(`/incidents?state=all&cursor=${encodeURIComponent(deep)}`),
    page('/incidents?severity=high'),
    page('/incidents?state=resolved&category=ssn'),
    page(`/incidents?state=all&flow=${encodeURIComponent(flow)}`),
    page('/incidents?state=all&q=registry'),
    page('/incidents?state=all&period=30d'),
    page('/incidents?late=yes'),
    page(`/incidents/${id}`),
    page('/flows'),
    page('/rules'),
    ['lineage edges', TRACE_BAR, () => ledger.lineage.edges(Date.now())],
    ['lineage between two months', TRACE_BAR, () => ledger.lineage.between(Date.now() - 60 * DAY_MS, Date.now())],
    ['trace of one patient', TRACE_BAR, () => ledger.lineage.trace(trace)],
  ];
}

async function deepCursor(ledger: Ledger): Promise<string> {
  let cursor: string | null = null;
  for (let read = 0; read < 20_000; read += 1000) {
    cursor = (await ledger.incidents.list({ limit: 1000, ...(cursor === null ? {} : { cursor }) })).next ?? cursor;
  }
  return cursor ?? '';
}

/** Somebody who is signed in. Throws where a page is not shown: its time would say nothing. */
async function reader(ledger: Ledger): Promise<(path: string) => Promise<void>> {
  const secret = newSecret();
  const now = Date.now();
  const ends = { startedAt: now, idleUntil: now + DAY_MS, expires: now + DAY_MS };
  const who = { user: 'bench', actor: 'bench', role: 'officer', how: 'password' } as const;
  await ledger.access.createSession({ ...who, ...ends, hash: hashSecret(secret), id: newSecret(), csrf: newSecret() });
  const app = createReviewApp({
    ...ledger,
    policies: () => [],
    packs: () => [],
    exporting: exportingOf(ledger),
    vendors: async () => () => null,
    tokensOf: () => [],
    retention: 2000 * 86_400_000,
    places: new Map(),
    clock: Date.now,
    secure: false,
    version: '0',
    report: (error) => process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`),
  });
  return async (path) => {
    const answer = await app.request(`http://127.0.0.1${path}`, { headers: { Cookie: `cordon=${secret}` } });
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
    await answer.text();
  };
}

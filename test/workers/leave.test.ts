import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { Evidence, Outcome } from '../../src/core/evidence.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openLedger } from '../../src/ledger/open.ts';
import { coverageOf } from '../../src/policy/coverage.ts';
import { letGo } from '../../workers/leave.ts';
import { usePostgres } from '../support/postgres-ledgers.ts';

const NOW = Date.UTC(2026, 10, 26, 12);
const HOUR = 3_600_000;

const folder = mkdtempSync(join(tmpdir(), 'cordon-leave-'));
const opened: Ledger[] = [];
const postgres = usePostgres();
afterAll(async () => {
  for (const ledger of opened) await ledger.close();
  rmSync(folder, { recursive: true, force: true });
});

async function onSqlite(): Promise<Ledger> {
  const ledger = await openLedger({ path: join(folder, 'ledger.db'), migrate: true });
  opened.push(ledger);
  return ledger;
}

async function onPostgres(): Promise<Ledger> {
  const [ledger] = (await postgres.ledgers(1)).on;
  if (ledger === undefined) throw new Error('no ledger');
  return ledger;
}

function row(target: string, outcome: Outcome, expires: number): Evidence {
  const what = { check: 'key', profile: null, section: '', how: 'probed', facts: { enabled: true }, reason: null } as const;
  return { target, outcome, ...what, at: NOW - 2 * HOUR, expires };
}

it.each([
  ['SQLite', onSqlite],
  ['PostgreSQL', onPostgres],
])(
  'what nothing names any more leaves the coverage once it has ended, and stays in the history, on %s',
  async (_name, engine) => {
    const { evidence } = await engine();
    // More than are read at a time.
    const left = Array.from({ length: 600 }, (_, index) => `kms:left-${index}`);
    await evidence.save([
      ...left.map((target) => row(target, 'proven', NOW - HOUR)),
      row('kms:still-holds', 'proven', NOW + HOUR),
      row('kms:named', 'proven', NOW - HOUR),
      row('kms:asked-in-vain', 'unknown', NOW + HOUR),
    ]);
    const coverage = async () => coverageOf(await evidence.tally({ at: NOW }));
    expect((await coverage()).counts).toEqual({ proven: 1, failed: 0, unknown: 602, claimed: 0, not_applicable: 0 });
    expect(await letGo({ evidence, named: new Set(['kms:named']) }, NOW)).toBe(600);
    expect((await coverage()).counts).toEqual({ proven: 1, failed: 0, unknown: 2, claimed: 0, not_applicable: 600 });
    const periods = (await evidence.history({ target: 'kms:left-7', from: 0, to: NOW, limit: 10 })).rows;
    expect(periods.map(({ outcome, ended }) => [outcome, ended])).toEqual([
      ['proven', NOW],
      ['not_applicable', null],
    ]);
    expect(await letGo({ evidence, named: new Set(['kms:named']) }, NOW)).toBe(0);
  },
);

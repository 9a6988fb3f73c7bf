import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createFileScan } from '../../src/cli/scan-files.ts';
import { openFileKeyring } from '../../src/keyring/file.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openLedger } from '../../src/ledger/open.ts';
import { createDataKeys, type DataKey } from '../../src/ledger/vault/data-keys.ts';
import { seal } from '../../src/ledger/vault/seal.ts';
import { createScanPool, type ScanPool } from '../../workers/pool.ts';
import { acceptRow, NOON } from '../ledger/rows.ts';
import { shippedPacks, shippedRules } from '../support/rules.ts';

/** A sender may make up any number of element names; what a process tells apart is bounded, and others must not go blind for it. */

const attributes = (word: string, count: number): string =>
  Array.from({ length: count }, (_, index) => `${word}${index.toString(36)}="1"`).join(' ');
const made = (word: string, count: number): string => `<?xml version="1.0"?><a ${attributes(word, count)}/>`;
const PATIENT = '<?xml version="1.0"?><Export><Patient MRN="44712" birthDate="1975-05-01"/></Export>';

const folder = mkdtempSync(join(tmpdir(), 'cordon-places-'));
let ledger: Ledger;
let pool: ScanPool;
let key: DataKey;
const crashes: string[] = [];

beforeAll(async () => {
  const [path, keyringPath] = [join(folder, 'ledger.db'), join(folder, 'keyring.json')];
  ledger = await openLedger({ path, migrate: true });
  key = await (await createDataKeys(ledger.vault, openFileKeyring(keyringPath, true))).current(NOON);
  pool = createScanPool({
    threads: 1,
    timeLimit: 60_000,
    memoryLimit: 512,
    data: { ledger: { path }, keyringPath, packs: shippedPacks(), overlays: [], flows: [], retention: 1000 },
    onCrash: (reason) => crashes.push(reason),
  });
});
afterAll(async () => {
  await pool.close();
  await ledger.close();
  rmSync(folder, { recursive: true, force: true });
});

async function scan(text: string): Promise<readonly string[]> {
  const row = acceptRow({ dataKey: key.id });
  const body = Buffer.from(text);
  await ledger.messages.accept({ ...row, bytes: body.length, chunks: seal(body, key.key, row.id) });
  const found = await pool.scan(row.id);
  return [...new Set(found?.findings.map(({ category, path }) => `${category} ${path}`))].sort();
}

it('a thread that has met too many kinds of places is replaced, and the next message is read by one that sees them', {
  timeout: 120_000,
}, async () => {
  const before = await scan(PATIENT);
  expect(before).toEqual(['date Export.Patient.@birthDate', 'mrn Export.Patient.@MRN']);
  // Each of them fits, and all together do not: who comes last is read by another thread.
  await scan(made('b', 15_000));
  await scan(made('c', 15_000));
  await expect(scan(made('d', 15_000))).rejects.toThrow('scan.places');
  expect(await scan(made('d', 15_000))).toEqual([]);
  expect(await scan(PATIENT)).toEqual(before);
  expect(crashes).toEqual(['a scan thread ended: scan.places']);
});

it('a file that has too many by itself is not examined as far as `scan` knows', async () => {
  const scanFile = createFileScan({ ruleset: shippedRules(), flow: null, tokenKey: null, tuning: null });
  const lineOf = async (text: string) => {
    const file = join(folder, 'file.xml');
    writeFileSync(file, text);
    return (await scanFile(file))[0];
  };
  expect(await lineOf(PATIENT)).toMatchObject({ unexamined: [], problems: [] });
  const many = made('d', 40_000);
  const refused = { verdict: 'flagged', examined: 0, problems: [{ code: 'places' }] };
  expect(await lineOf(many)).toMatchObject({ ...refused, unexamined: [{ start: 0, end: many.length, reason: 'places' }] });
  expect(await lineOf(PATIENT)).toMatchObject({ unexamined: [], problems: [] });
});

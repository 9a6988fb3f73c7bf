import { mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportCommand } from '../../src/cli/export.ts';
import { createTokenizer } from '../../src/core/token.ts';
import { createHospital } from '../../src/demo/hospital.ts';
import { EXPORT_KINDS } from '../../src/exports/registry.ts';
import { openFileKeyring } from '../../src/keyring/file.ts';
import type { ScanRow } from '../../src/ledger/ledger.ts';
import { openLedger } from '../../src/ledger/open.ts';
import { acceptRow, HOUR, NOON } from '../ledger/rows.ts';
import { freshData } from '../support/agent.ts';
import { cliHost, type Ended, runCli } from '../support/cli.ts';
import { plantedValues } from '../support/demo-values.ts';
import { demoContext, judgeHospital } from '../support/judge-hospital.ts';
import { searchFolder } from '../support/leak-search.ts';
import { linesOf, readCsv } from './make.ts';

/** The kinds that are made of records; an evidence pack has tests of its own. */
const KINDS = EXPORT_KINDS.map(({ name }) => name).filter((name) => name !== 'evidence');
const FLOWS = new URL('../../src/demo/flows', import.meta.url).pathname;

/** A day of the demo's hospital, scanned into a ledger of its own, and every export of it as a user makes them. */
const data = freshData();
const out = join(data, 'exported');
const hospital = createHospital({ start: NOON - 8 * HOUR });
let rows: readonly ScanRow[] = [];
let incidents = 0;

const env = { CORDON_DATA: data, CORDON_FLOWS: FLOWS };
/** Into files by one process for all, to standard output by processes of their own. */
const host = cliHost();
const cordon = (...args: string[]): Promise<Ended> => runCli(args, { env });
const day = ['--from', '2026-11-24', '--to', '2026-11-25'];
const read = (kind: string): string => readFileSync(join(out, kind), 'utf8');

beforeAll(async () => {
  const { tokenKey, digestKey } = openFileKeyring(join(data, 'keyring.json'), true);
  const context = { ...demoContext(), tokenizer: createTokenizer(tokenKey), digestKey };
  rows = judgeHospital(hospital, context, NOON).rows.map((row) => ({ ...row, id: uuid() }));
  mkdirSync(out);
  const ledger = await openLedger({ path: join(data, 'ledger.db'), migrate: true });
  await ledger.vault.saveDataKey('dk-test', 'keyring.wrapped', NOON);
  await Promise.all(rows.map(({ id }) => ledger.messages.accept(acceptRow({ id }))));
  await Promise.all(rows.map((row) => ledger.messages.saveScan(row)));
  incidents = (await ledger.exports.incidents('', 1000)).length;
  await ledger.close();
  for (const kind of KINDS) {
    const ended = await host.run(['export', kind, ...day, '-o', join(out, kind)], { env });
    expect(ended, ended.err).toMatchObject({ code: 0, out: '' });
  }
}, 180_000);
afterAll(async () => {
  await host.close();
  rmSync(data, { recursive: true, force: true });
});

describe('exports of a day', () => {
  it('hold what was scanned, message by message and patient by patient', () => {
    const expected = new Map<string, number>();
    for (const { decision, patients } of rows) {
      for (const patient of patients.length === 0 ? [''] : patients) {
        const key = `${decision.flow.key} ${patient}`;
        expected.set(key, (expected.get(key) ?? 0) + 1);
      }
    }
    const written = readCsv(read('csv'));
    const transfers = written.filter(({ kind }) => kind === 'transfer');
    expect(new Map(transfers.map((row) => [`${row.flow} ${row.patient}`, Number(row.messages)]))).toEqual(expected);
    expect(transfers).toHaveLength(expected.size);
    expect(written.length - transfers.length).toBe(incidents);
    expect(incidents).toBeGreaterThan(10);
  });

  it('agree with each other', () => {
    const transfers = readCsv(read('csv')).filter(({ kind }) => kind === 'transfer').length;
    const lines = Object.fromEntries(KINDS.map((kind) => [kind, linesOf(read(kind)).length]));
    expect(lines).toMatchObject({
      ocsf: incidents,
      openlineage: 2 * transfers,
      'fhir-audit': transfers,
      'dicom-audit': transfers,
    });
    const days = readCsv(read('disclosures')).map((row) => Number(row.days));
    expect(days.reduce((sum, count) => sum + count, 0)).toBe(transfers);
  });

  it('are for their owner alone, and leave no draft', async () => {
    for (const kind of KINDS) expect(statSync(join(out, kind)).mode & 0o777).toBe(0o600);
    const again = await cordon('export', 'ocsf', ...day);
    expect(again.out).toBe(read('ocsf'));
    const nothing = await cordon('export', 'ocsf', '--from', '2026-11-25', '--to', '2026-11-26');
    expect(nothing).toMatchObject({ code: 0, out: '' });
  });

  it('are on the audit log, by who asked', async () => {
    const ledger = await openLedger({ path: join(data, 'ledger.db'), migrate: false });
    const entries = await ledger.audit.list({ limit: 100 });
    await ledger.close();
    const own = entries.filter(({ action }) => action === 'export');
    expect(new Set(own.map(({ object }) => object))).toEqual(new Set(KINDS.map((kind) => `export:${kind}`)));
    expect(own[0]).toMatchObject({
      role: 'operator',
      detail: { from: '2026-11-25T00:00:00.000Z', to: '2026-11-26T00:00:00.000Z' },
    });
  });

  it('account for the disclosures of one person alone, asked for on standard input', async () => {
    const accountingOf = (input: string) => runCli(['export', 'disclosures', ...day, '--person'], { env, input });
    const all = readCsv(read('disclosures'));
    let told = 0;
    for (const { mrn } of hospital.patients.slice(0, 3)) {
      const { code, out: csv, err } = await accountingOf(mrn);
      expect(code, err).toBe(0);
      const own = readCsv(csv);
      const patients = new Set(own.map(({ patient = '' }) => patient));
      expect(patients.has('')).toBe(false);
      // All of the person's rows, and nobody else's.
      expect(own).toEqual(all.filter(({ patient = '' }) => patients.has(patient)));
      expect([...patients].length).toBe(1);
      told += own.length;
      expect(csv + err).not.toContain(mrn);
    }
    expect(told).toBeGreaterThan(3);
    expect(told).toBeLessThan(all.length);
    const unknown = await accountingOf('HM0000001');
    expect(unknown).toMatchObject({ code: 0, err: expect.stringContaining('nobody is known by it') });
    expect(readCsv(unknown.out)).toEqual([]);
    // Of two persons each would be told of the other.
    const [one, other] = hospital.patients;
    const two = await accountingOf(`${one?.mrn}\n${other?.mrn}\n`);
    expect(two).toMatchObject({ code: 2, out: '', err: expect.stringContaining('2 persons have it') });
  });

  it('hold no identifier of the hospital’s patients', async () => {
    const values = plantedValues(hospital.patients);
    expect(values.length).toBeGreaterThan(1000);
    expect(await searchFolder(out, values)).toEqual([]);
  });

  it.each([
    [['csv', '--person'], '--person takes disclosures'],
    [['csv', '--syslog', 'localhost:6514'], '--syslog takes dicom-audit'],
    [['dicom-audit', '--syslog', 'localhost'], 'HOST:PORT'],
    [['dicom-audit', '--plain'], 'are about --syslog'],
    [['dicom-audit', '--syslog', 'localhost:1', '--plain', '--ca', '/dev/null'], 'checks no certificate'],
    [['dicom-audit', '--syslog', 'localhost:1', '-o', 'x'], 'ask for one of them'],
  ])('refuse %j with the way out', async (args, named) => {
    const refused = exportCommand().parseAsync([...args, ...day], { from: 'user' });
    await expect(refused).rejects.toMatchObject({ code: 'usage', message: expect.stringContaining(named) });
  });
});

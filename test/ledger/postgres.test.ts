import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { CordonError } from '../../src/core/errors.ts';
import { auditListReads } from '../../src/ledger/audit/list.ts';
import { incidentReads } from '../../src/ledger/incidents/incidents.ts';
import { messageReads } from '../../src/ledger/messages/messages.ts';
import { SCHEMA_VERSION } from '../../src/ledger/migrate.ts';
import { openLedger } from '../../src/ledger/open.ts';
import { aheadStatement } from '../../src/ledger/postgres/ahead.ts';
import { BY_INDEX } from '../../src/ledger/postgres/batch.ts';
import { postgresBuilder } from '../../src/ledger/postgres/builder.ts';
import { createSessions } from '../../src/ledger/postgres/pool.ts';
import { ledgerConformance } from '../conformance/ledger.ts';
import { usePostgres } from '../support/postgres-ledgers.ts';
import { acceptRow, cause, flaggedRow, NOON, scanRow } from './rows.ts';

const { service, migrated, ledgers } = usePostgres();

async function sql<Row extends object>(url: string, text: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

async function thrown(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  return expect.fail('nothing was thrown');
}

ledgerConformance('PostgreSQL', async () => openLedger({ url: await migrated(), migrate: true }));

describe('ledgers of one database', () => {
  it('are made by whoever comes first, once', async () => {
    const { url } = await ledgers(4, await service().database());
    const steps = await sql<{ version: number }>(url, 'SELECT version FROM cordon_schema ORDER BY version');
    expect(steps.map((step) => step.version)).toEqual(Array.from({ length: SCHEMA_VERSION }, (_, index) => index + 1));
  });

  it('store a message once that comes to all of them at once', async () => {
    const { on } = await ledgers(3);
    const slots = Array.from({ length: 40 }, (_, index) => `content-${index}`);
    const answers = await Promise.all(
      slots.flatMap((duplicateContent) => on.map((ledger) => ledger.messages.accept(acceptRow({ duplicateContent })))),
    );
    expect(new Set(answers.map((answer) => answer.id)).size).toBe(40);
    expect(answers.filter((answer) => !answer.duplicate)).toHaveLength(40);
    expect(await on[1]?.messages.counts()).toMatchObject({ total: 40, duplicates: 80, pending: 40 });
  });

  it('count each fact of an incident once, whoever scans what how often', async () => {
    const { on } = await ledgers(3);
    const rows = Array.from({ length: 30 }, (_, index) => acceptRow({ receivedAt: NOON + index }));
    await Promise.all(rows.map((row, index) => on[index % 3]?.messages.accept(row)));
    await Promise.all(rows.flatMap((row) => on.map((ledger) => ledger.messages.saveScan(flaggedRow(row.id)))));
    const [incident] = (await on[0]?.incidents.list({ limit: 2 }))?.rows ?? [];
    expect(incident).toMatchObject({ key: cause().key, messages: 30, patients: 1 });
    expect(await on[0]?.messages.counts()).toMatchObject({ total: 30, done: 30, flagged: 30, pending: 0 });
    expect((await on[2]?.flows.list())?.map((flow) => flow.messages)).toEqual([30]);
  });

  it('hand a sign-in link to one only', async () => {
    const { on } = await ledgers(3);
    await on[0]?.access.createLink({ hash: 'link', role: 'officer', account: null, expires: NOON + 1 });
    const redeemed = await Promise.all(on.map((ledger) => ledger.access.redeemLink('link', 'dana', NOON)));
    expect(redeemed.filter((yes) => yes)).toHaveLength(1);
  });

  it('hand a target to one prober only', async () => {
    const { on } = await ledgers(3);
    const targets = Array.from({ length: 100 }, (_, index) => `tls:pacs.example:${index}`);
    const claimed = await Promise.all(
      targets.flatMap((target) => on.map((ledger) => ledger.evidence.claim([target], NOON, NOON + 1))),
    );
    expect(claimed.flat().sort()).toEqual([...targets].sort());
  });
});

describe('a database', () => {
  it('keeps a message in the month of its id, and finds a duplicate of another month', async () => {
    const { url, on } = await ledgers(1);
    const early = acceptRow({
      id: '00000000-0000-7000-8000-000000000001',
      duplicateKey: 'k',
      duplicateContent: 'c',
      digest: 'd',
    });
    const now = acceptRow();
    for (const row of [early, now]) await on[0]?.messages.accept(row);
    const found = await sql<{ id: string; part: string }>(
      url,
      'SELECT id, tableoid::regclass::text AS part FROM messages ORDER BY id',
    );
    const month = new Date(Number.parseInt(now.id.replace('-', '').slice(0, 12), 16)).toISOString().slice(0, 7).replace('-', '_');
    expect(found).toEqual([
      { id: early.id, part: 'messages_rest' },
      { id: now.id, part: `messages_${month}` },
    ]);
    const again = { id: early.id, duplicate: true, keyReused: false };
    expect(await on[0]?.messages.accept(acceptRow({ duplicateContent: 'c' }))).toEqual(again);
    expect(await on[0]?.messages.accept(acceptRow({ duplicateKey: 'k', digest: 'd' }))).toEqual(again);
    // A refused row leaves no slot behind: its content under another key is new.
    expect(await on[0]?.messages.accept(acceptRow({ duplicateKey: 'k', duplicateContent: 'c2', digest: 'd' }))).toEqual(again);
    expect(await on[0]?.messages.accept(acceptRow({ duplicateContent: 'c2' }))).toMatchObject({ duplicate: false });
  });

  it('takes what malformed messages hold', async () => {
    const { on } = await ledgers(1);
    const row = acceptRow();
    await on[0]?.messages.accept(row);
    await on[0]?.messages.saveScan(scanRow(row.id, { type: 'ORU\0\ud800' }));
    expect(await on[0]?.messages.get(row.id)).toMatchObject({ state: 'done', type: 'ORU\ufffd\ufffd' });
  });

  it('reads pages by an index that is in their order', async () => {
    const { url } = await ledgers(1);
    const client = new Client({ connectionString: url });
    await client.connect();
    // Tables are empty here: asks for a plan as of large ones.
    await client.query('SET enable_seqscan = off; SET enable_sort = off; SET enable_bitmapscan = off');
    const messages = messageReads(postgresBuilder());
    const incidents = incidentReads(postgresBuilder());
    const audit = auditListReads(postgresBuilder());
    const cursor = Buffer.from('[1,"x"]').toString('base64url');
    const cursor2 = Buffer.from('[1,1,"x"]').toString('base64url');
    const pages = [
      messages.pendingQuery(NOON, 100),
      messages.listQuery({ limit: 50, cursor }),
      messages.listQuery({ limit: 50, verdict: 'flagged', cursor }),
      messages.listQuery({ limit: 50, flow: 'f', cursor }),
      incidents.listQuery({ limit: 50, states: ['open'], cursor: cursor2 }),
      audit.actionQuery({ from: 'incident' }),
      audit.actionQuery({ after: 'incident.move' }),
      audit.pageQuery({ limit: 50, exactly: 'incident.move', before: 9 }),
      audit.pageQuery({ limit: 50, exactly: 'incident.move', actor: 'Ada' }),
    ];
    const plans: string[] = [];
    for (const page of pages) {
      const { rows } = await client.query<Record<string, string>>({ text: `EXPLAIN ${page.sql}`, values: [...page.parameters] });
      plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
    }
    await client.end();
    for (const plan of plans) {
      expect(plan).toMatch(/Index (Only )?Scan/);
      expect(plan).not.toMatch(/Seq Scan|Sort {2}\(/);
    }
  });

  it('starts no process of the server for a batch, even where plans with helpers look cheap', async () => {
    const url = await migrated();
    const ledger = await openLedger({ url, migrate: false });
    await ledger.vault.saveDataKey('dk-test', 'keyring.wrapped', NOON);
    const rows = Array.from({ length: 64 }, () => acceptRow());
    for (const row of rows) await ledger.messages.accept(row);
    await ledger.close();
    const read = aheadStatement(postgresBuilder())({ ids: rows.map(({ id }) => id) });
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query('SET force_parallel_mode = on; SET parallel_setup_cost = 0; SET min_parallel_index_scan_size = 0');
    const explained = async (): Promise<string> => {
      const { rows: lines } = await client.query<Record<string, string>>({
        text: `EXPLAIN ${read.sql}`,
        values: [...read.parameters],
      });
      return lines.map((line) => line['QUERY PLAN']).join('\n');
    };
    expect(await explained()).toContain('Gather');
    await client.query(`BEGIN READ ONLY; ${BY_INDEX}`);
    const plan = await explained();
    await client.end();
    expect(plan).not.toContain('Gather');
    expect(plan).not.toContain('Seq Scan');
  });

  it('is refused when its schema is missing, newer or somebody else’s', async () => {
    const empty = await service().database();
    await expect(openLedger({ url: empty, migrate: false })).rejects.toMatchObject({ code: 'ledger.schema' });
    await sql(empty, 'CREATE TABLE patients (name text)');
    await expect(openLedger({ url: empty, migrate: true })).rejects.toMatchObject({ code: 'ledger.schema' });
    expect(await sql(empty, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).toEqual([{ tablename: 'patients' }]);
    const { url } = await ledgers(1);
    await sql(url, `INSERT INTO cordon_schema VALUES (${SCHEMA_VERSION + 1}, 'later', now())`);
    await expect(openLedger({ url, migrate: true })).rejects.toMatchObject({ code: 'ledger.schema' });
  });

  it('is refused when it acknowledges what is not on the disk', async () => {
    const url = await service().database();
    const name = new URL(url).pathname.slice(1);
    await sql(url, `ALTER DATABASE ${name} SET synchronous_commit = off`);
    await expect(openLedger({ url, migrate: true })).rejects.toMatchObject({ code: 'config.invalid' });
  });

  it('is asked for by a URL, and no error repeats the password', async () => {
    await expect(openLedger({ url: 'mysql://u:secret@h/d', migrate: true })).rejects.toMatchObject({ code: 'config.invalid' });
    const error = await thrown(openLedger({ url: 'postgres://u:secret@127.0.0.1:1/d', migrate: true }));
    expect(error).toMatchObject({ code: 'ledger.unavailable', retry: 'transient' });
    expect(String(error)).not.toContain('secret');
    expect(String(error)).toContain('127.0.0.1:1/d');
  });

  it('that refuses a row is quoted without the values in it', async () => {
    const { on } = await ledgers(1);
    const key = { name: 'engine', hash: 'hash-of-a-secret', scope: 'ingest', at: NOON } as const;
    await on[0]?.access.createKey({ id: 'a', ...key });
    const error = await thrown(on[0]?.access.createKey({ id: 'b', ...key }) ?? Promise.resolve());
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(CordonError);
    expect(String(error)).toContain('23505');
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('hash-of-a-secret');
  });

  it('compiles no plans, which takes longer than what is asked', async () => {
    const sessions = createSessions(service().url, { most: 1 });
    const answer = await sessions.all({ sql: 'SHOW jit', parameters: [] });
    await sessions.close();
    expect(answer).toEqual([{ jit: 'off' }]);
  });

  it('that is read-only is not there now', async () => {
    const { url, on } = await ledgers(1);
    const name = new URL(url).pathname.slice(1);
    await sql(url, `ALTER DATABASE ${name} SET default_transaction_read_only = on`);
    await sql(
      url,
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    await expect
      .poll(() => thrown(on[0]?.messages.accept(acceptRow()) ?? Promise.resolve()), { timeout: 20_000 })
      .toMatchObject({ code: 'ledger.unavailable', message: expect.stringContaining('25006') });
  });
});

import { Client } from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { migrationsAfter, SCHEMA_VERSION } from '../../src/ledger/migrate.ts';
import { first } from '../../src/ledger/migrations/0001-first.ts';
import { openLedger } from '../../src/ledger/open.ts';
import { usePostgres } from '../support/postgres-ledgers.ts';
import { freshFolder, removeFolders } from './folder.ts';
import { type OldRows, oldDatabase, oldEvidence, oldFile, oldIncident, oldLineage, oldMessage } from './old-ledger.ts';
import { acceptRow, NOON } from './rows.ts';

const { service } = usePostgres();
afterAll(removeFolders);

it('gives the steps that are missing, in order', () => {
  expect(migrationsAfter(0, 'x.db')[0]).toBe(first);
  expect(migrationsAfter(0, 'x.db').map((step) => step.version)).toEqual(
    Array.from({ length: SCHEMA_VERSION }, (_, index) => index + 1),
  );
  expect(migrationsAfter(SCHEMA_VERSION, 'x.db')).toEqual([]);
});

it('refuses a schema of the future', () => {
  expect(() => migrationsAfter(SCHEMA_VERSION + 1, 'x.db')).toThrow(
    expect.objectContaining({ code: 'ledger.schema', message: expect.stringContaining('x.db') }),
  );
});

const engines = [
  {
    engine: 'SQLite',
    versions: migrationsAfter(1, 'x.db').map(({ version }) => version - 1),
    async make(version: number, rows: OldRows) {
      const path = `${freshFolder()}/ledger.db`;
      oldFile(path, version, rows);
      return { path };
    },
  },
  {
    engine: 'PostgreSQL',
    // A database for each takes seconds.
    versions: [1],
    async make(version: number, rows: OldRows) {
      const url = await service().database();
      await oldDatabase(url, version, rows);
      return { url };
    },
  },
];

describe.each(engines)('on $engine', ({ make, versions }) => {
  it.each(versions)('takes a ledger of schema %i along, messages and all', async (version) => {
    const row = acceptRow();
    const place = await make(version, oldMessage(row));
    await expect(openLedger({ ...place, migrate: false })).rejects.toMatchObject({ code: 'ledger.schema' });
    const ledger = await openLedger({ ...place, migrate: true });
    const loaded = await ledger.messages.load(row.id);
    await ledger.close();
    expect(loaded?.chunks).toHaveLength(1);
    expect(loaded?.inflated).toBeUndefined();
  });

  it('says of evidence from before there was a history that it holds since it was last had', async () => {
    const ledger = await openLedger({ ...(await make(3, oldEvidence('tls:a:1'))), migrate: true });
    const known = await ledger.evidence.list();
    await ledger.close();
    expect(known).toMatchObject([{ target: 'tls:a:1', since: 70, at: 70, expires: 90 }]);
  });

  it('keeps incidents from before there was a desk, and no session: open ones need somebody, and are found by a search', async () => {
    const session: OldRows = [['sessions', { hash: 'h', actor: 'officer', csrf: 'c', expires: NOON + 1000 }]];
    const place = await make(6, [...oldIncident('a', 'open'), ...oldIncident('b', 'resolved'), ...session]);
    const ledger = await openLedger({ ...place, migrate: true });
    // It said nothing of a role.
    expect(await ledger.access.session('h', NOON)).toBeNull();
    const { needing } = await ledger.desk.queue(NOON, 10);
    const found = await ledger.incidents.list({ q: 'lab-registry', limit: 10 });
    const events = await ledger.incidents.events('b');
    const note = { actor: 'officer', note: 'sent on', until: null, at: NOON };
    const moved = await ledger.incidents.transition('a', 'open', { to: 'escalated', ...note });
    await ledger.close();
    expect(needing.map(({ id }) => id)).toEqual(['a']);
    expect(found.rows.map(({ id, severity }) => [id, severity])).toEqual([
      ['b', 'high'],
      ['a', 'high'],
    ]);
    expect(events).toMatchObject([{ action: 'opened', to: 'open', act: null }]);
    expect(moved.state).toBe('escalated');
  });

  it('adds up by the month what lineage had counted by the day', async () => {
    const days = [Date.UTC(2025, 11, 31), Date.UTC(2026, 0, 1), Date.UTC(2026, 0, 31), Date.UTC(2026, 1, 1)];
    const counted = days.map((day, index) => ({ day, bytes: 10 ** index, categories: 0b11 << index }));
    const ledger = await openLedger({ ...(await make(14, oldLineage(counted))), migrate: true });
    const known = await Promise.all(days.map((day) => ledger.lineage.edges(day)));
    await ledger.close();
    expect(known.map(([edge]) => [edge?.messages, edge?.bytes, edge?.categories.length, edge?.subjects])).toEqual([
      [1, 1, 2, ['patient']],
      [2, 11, 3, ['patient']],
      [3, 111, 4, ['patient']],
      [4, 1111, 5, ['patient']],
    ]);
  });
});

it('keeps no slot of a message that goes, on PostgreSQL', async () => {
  const url = await service().database();
  await oldDatabase(url, 4, oldMessage(acceptRow({ duplicateContent: 'c', duplicateKey: 'k' })));
  await (await openLedger({ url, migrate: true })).close();
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query('DELETE FROM messages');
  const slots = await client.query('SELECT * FROM message_slots');
  await client.end();
  expect(slots.rows).toEqual([]);
});

import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import { afterAll, expect, it } from 'vitest';
import { migrationsAfter, SCHEMA_VERSION } from '../../src/ledger/migrate.ts';
import { first } from '../../src/ledger/migrations/0001-first.ts';
import { openLedger } from '../../src/ledger/open.ts';
import { usePostgres } from '../support/postgres-ledgers.ts';
import { freshFolder, removeFolders } from './folder.ts';
import { acceptRow, NOON } from './rows.ts';

/** What the sixth schema let go of. */
const DAYS = 'CREATE INDEX flow_patients_day ON flow_patients (day)';

const { ledgers } = usePostgres();
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

it('takes a ledger of the first schema along, messages and all', async () => {
  const path = `${freshFolder()}/ledger.db`;
  const before = await openLedger({ path, migrate: true });
  await before.vault.saveDataKey('dk-test', 'keyring.wrapped', NOON);
  const row = acceptRow();
  await before.messages.accept(row);
  await before.close();
  const database = new DatabaseSync(path);
  database.exec(
    'ALTER TABLE messages DROP COLUMN inflated; DROP TABLE evidence; DROP TABLE evidence_history; DROP TABLE evidence_claims; DROP INDEX incident_messages_message',
  );
  database.exec(`${DAYS}; PRAGMA user_version = 1`);
  database.close();

  await expect(openLedger({ path, migrate: false })).rejects.toMatchObject({ code: 'ledger.schema' });
  const after = await openLedger({ path, migrate: true });
  const loaded = await after.messages.load(row.id);
  expect(loaded?.chunks).toHaveLength(1);
  expect(loaded?.inflated).toBeUndefined();
  await after.close();
});

it('says of evidence from before there was a history that it holds since it was last had', async () => {
  const path = `${freshFolder()}/ledger.db`;
  await (await openLedger({ path, migrate: true })).close();
  const database = new DatabaseSync(path);
  database.exec(
    'DROP TABLE evidence_history; DROP TABLE evidence_claims; DROP INDEX incident_messages_message; ALTER TABLE evidence DROP COLUMN since',
  );
  database.exec(`INSERT INTO evidence VALUES ('tls:a:1', 'version', '', '', 'proven', 'probed', '{}', NULL, 70, 90)`);
  database.exec(`${DAYS}; PRAGMA user_version = 3`);
  database.close();
  const after = await openLedger({ path, migrate: true });
  expect(await after.evidence.list()).toMatchObject([{ target: 'tls:a:1', since: 70, at: 70, expires: 90 }]);
  await after.close();
});

it('takes a ledger of the third schema on PostgreSQL along, and keeps no slot of a message that goes', async () => {
  const { url, on } = await ledgers(1);
  const row = acceptRow({ duplicateContent: 'c', duplicateKey: 'k' });
  await on[0]?.messages.accept(row);
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`
    DROP TABLE evidence_history, evidence_claims;
    ALTER TABLE evidence DROP COLUMN since;
    DROP INDEX incident_messages_message;
    DROP TRIGGER free_slots ON messages;
    DROP FUNCTION free_message_slots;
    DELETE FROM cordon_schema WHERE version > 3;
    ${DAYS};
    INSERT INTO evidence VALUES ('tls:a:1', 'version', '', '', 'proven', 'probed', '{}', NULL, 70, 90);
  `);
  await expect(openLedger({ url, migrate: false })).rejects.toMatchObject({ code: 'ledger.schema' });
  const after = await openLedger({ url, migrate: true });
  expect(await after.evidence.list()).toMatchObject([{ target: 'tls:a:1', since: 70, at: 70, expires: 90 }]);
  expect((await after.messages.load(row.id))?.chunks).toHaveLength(1);
  await after.close();
  await client.query('DELETE FROM messages');
  const slots = await client.query('SELECT * FROM message_slots');
  await client.end();
  expect(slots.rows).toEqual([]);
});

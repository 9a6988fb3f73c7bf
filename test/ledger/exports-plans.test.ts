import { afterAll, beforeAll, expect, it } from 'vitest';
import { exportReads } from '../../src/ledger/exports/reads.ts';
import { oldQuery } from '../../src/ledger/exports/writes.ts';
import { monthOf } from '../../src/ledger/months.ts';
import { sqliteBuilder } from '../../src/ledger/sqlite/builder.ts';
import { type Connection, openWriting } from '../../src/ledger/sqlite/connection.ts';
import type { Bound } from '../../src/ledger/statement.ts';
import { freshFolder, removeFolders } from './folder.ts';
import { NOON } from './rows.ts';

/** Explains the SQL of exports: a page is a stretch of a key, in its order, whatever the number of rows. */
const db = sqliteBuilder();
let connection: Connection;
beforeAll(() => {
  connection = openWriting(`${freshFolder()}/ledger.db`, true);
});
afterAll(() => {
  connection.close();
  removeFolders();
});

const reads = exportReads(db);
const filter = { month: monthOf(NOON), from: NOON, to: NOON + 1, limit: 10 };
const cursor = Buffer.from(JSON.stringify([NOON, 'flow\0patient'])).toString('base64url');
const pages: readonly (readonly [string, Bound<unknown>])[] = [
  ['first page of transfers', reads.transfersQuery(filter)],
  ['next page of transfers', reads.transfersQuery({ ...filter, cursor })],
  ['transfers of one person', reads.transfersQuery({ ...filter, patients: ['a', 'b'], cursor })],
  ['decisions', reads.decisionsQuery('flow', ['a', 'b'])],
  ['incidents', reads.incidentsQuery('id', 10)],
  ['transfers whose time is over', oldQuery(db, NOON)],
];

it.each(pages)('%s', (_name, { sql, parameters }) => {
  const plan = connection.all<{ detail: string }>({ sql: `EXPLAIN QUERY PLAN ${sql}`, parameters });
  const details = plan.map(({ detail }) => detail).join('; ');
  expect(details).toMatch(/^SEARCH /);
  expect(details).not.toMatch(/SCAN|TEMP B-TREE/);
});

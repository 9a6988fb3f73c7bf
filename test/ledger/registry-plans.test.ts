import { afterAll, beforeAll, expect, it } from 'vitest';
import { registryStore } from '../../src/ledger/registry/assemble.ts';
import { registryWrites } from '../../src/ledger/registry/writes.ts';
import { sqliteBuilder } from '../../src/ledger/sqlite/builder.ts';
import { type Connection, openWriting } from '../../src/ledger/sqlite/connection.ts';
import type { Bound, Executor } from '../../src/ledger/statement.ts';
import { freshFolder, removeFolders } from './folder.ts';
import { NOON } from './rows.ts';

/** What the registry reads page by page and every two seconds: plans of the production SQL. */
const db = sqliteBuilder();
let connection: Connection;
const plans: string[] = [];
const x: Executor = {
  run: (bound) => connection.run(noted(bound)),
  get: (bound) => connection.get(noted(bound)),
  all: (bound) => connection.all(noted(bound)),
};

function noted<Row>(bound: Bound<Row>): Bound<Row> {
  const rows = connection.all<{ detail: string }>({ sql: `EXPLAIN QUERY PLAN ${bound.sql}`, parameters: bound.parameters });
  plans.push(...rows.map(({ detail }) => detail));
  return bound;
}

beforeAll(() => {
  connection = openWriting(`${freshFolder()}/ledger.db`, true);
});
afterAll(() => {
  connection.close();
  removeFolders();
});

it('is read in the order of an index, a page at a time, and sorts nothing', async () => {
  const call = () => Promise.reject(new Error('nothing is written here'));
  const { size, learnt, since, gone, members } = registryStore({ db, reader: x, call });
  await size();
  await learnt('k1.a', 10);
  await since({ at: NOON, token: 'k1.a' }, 10);
  await gone(NOON);
  await members({ cohort: 'vip', token: 'k1.a' }, 10);
  await members({ cohort: '', token: '' }, 10, NOON);
  expect(plans).not.toEqual([]);
  expect(plans.filter((detail) => !/^SEARCH .* USING (COVERING )?(INDEX|PRIMARY KEY)/.test(detail))).toEqual([]);
});

it('lets go and forgets by an index', async () => {
  plans.length = 0;
  const { dropKnown, dropGone, forgetKnown } = registryWrites(db);
  await dropKnown(x, { before: NOON, at: NOON });
  await dropGone(x, NOON);
  await forgetKnown(x, [{ token: 'k1.a', learnt: NOON }], ['k1.a'], NOON);
  expect(plans.filter((detail) => detail.startsWith('SCAN'))).toEqual([]);
});

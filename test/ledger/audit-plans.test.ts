import { afterAll, beforeAll, expect, it } from 'vitest';
import { auditStore } from '../../src/ledger/audit/assemble.ts';
import { periodStore } from '../../src/ledger/audit/period-reviews.ts';
import { sqliteBuilder } from '../../src/ledger/sqlite/builder.ts';
import { type Connection, openWriting } from '../../src/ledger/sqlite/connection.ts';
import type { Bound, Executor } from '../../src/ledger/statement.ts';
import { freshFolder, removeFolders } from './folder.ts';
import { NOON } from './rows.ts';

/** Explains what the audit log is really asked: each page and each proof is a stretch of an index, however long the log is. */
let connection: Connection;
beforeAll(() => {
  connection = openWriting(`${freshFolder()}/ledger.db`, true);
  // So that a page is asked for of each of several actions.
  for (const [seq, action] of ['incident.comment', 'incident.move', 'signin'].entries()) {
    const values = [seq, `id-${seq}`, 'salt', NOON, 'Ada', 'officer', action, 'incident:1', '{}'];
    connection.run({ sql: 'INSERT INTO audit_entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)', parameters: values });
  }
});
afterAll(() => {
  connection.close();
  removeFolders();
});

const asked: Bound<unknown>[] = [];
const reader: Executor = {
  run: () => 0,
  get: (statement) => {
    asked.push(statement);
    return connection.get(statement);
  },
  all: (statement) => {
    asked.push(statement);
    return connection.all(statement);
  },
};
const parts = { db: sqliteBuilder(), reader, call: () => Promise.reject(new Error('nothing is written')) };
const audit = auditStore(parts);
const period = periodStore(parts);
const month = { from: NOON, to: NOON + 1 };

it.each<readonly [string, () => Promise<unknown>]>([
  ['a page of the log', () => audit.list({ limit: 10 })],
  ['the next page', () => audit.list({ before: 9, limit: 10 })],
  ['of one person', () => audit.list({ actor: 'Ada', before: 9, limit: 10 })],
  ['of a kind of action', () => audit.list({ action: 'incident', limit: 10 })],
  ['of a kind of action of one person', () => audit.list({ action: 'incident', actor: 'Ada', before: 9, limit: 10 })],
  ['of one object', () => audit.list({ object: 'incident:1', limit: 10 })],
  ['its length', () => audit.size()],
  ['the places of a period', () => audit.placesOf(NOON, NOON + 1)],
  ['entries', () => audit.entries({ start: 1, end: 9 }, 10)],
  ['leaves', () => audit.leaves({ start: 1, end: 9 })],
  ['hashes of a proof', () => audit.hashes([{ start: 0, end: 8 }]).catch(() => null)],
  ['the last checkpoint', () => audit.lastCheckpoint()],
  ['the first acts on incidents', () => period.acts(month, null, 10)],
  ['the next ones', () => period.acts(month, { at: NOON, id: 7 }, 10)],
])('%s', async (_name, ask) => {
  asked.length = 0;
  await ask();
  expect(asked.length).toBeGreaterThan(0);
  for (const { sql, parameters } of asked) {
    const plan = connection.all<{ detail: string }>({ sql: `EXPLAIN QUERY PLAN ${sql}`, parameters });
    const details = plan.map(({ detail }) => detail).join('; ');
    // A scan in the order of the key that ends with its page reads no more than the page.
    expect(details).toMatch(sql.includes('limit') ? /SEARCH|^SCAN (audit_entries|audit_checkpoints)$/ : /SEARCH/);
    if (/audit_entries.*"action" [=>]/s.test(sql)) expect(details).toContain('audit_entries_');
    expect(details).not.toMatch(/TEMP B-TREE/);
  }
});

import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { openFileReader, openLedger } from '../../src/ledger/open.ts';
import type { Call } from '../../src/ledger/operations.ts';
import { createOperations } from '../../src/ledger/operations.ts';
import { runBatch } from '../../src/ledger/sqlite/batch.ts';
import { sqliteBuilder } from '../../src/ledger/sqlite/builder.ts';
import { type Connection, openReading, openWriting } from '../../src/ledger/sqlite/connection.ts';
import { startReader } from '../../src/ledger/sqlite/reader.ts';
import { startWriter } from '../../src/ledger/sqlite/writer.ts';
import { freshFolder, removeFolders } from './folder.ts';
import { acceptRow, NOON, scanRow } from './rows.ts';

afterAll(removeFolders);

const freshPath = (): string => `${freshFolder()}/ledger.db`;
const dataKey: Call = { name: 'saveDataKey', argument: { id: 'dk-test', wrapped: 'keyring.wrapped', at: NOON } };
const accept = (body = 3000): Call & { name: 'accept' } => ({
  name: 'accept',
  argument: acceptRow({ body: Buffer.alloc(body, 65) }),
});

function messagesIn(connection: Connection): number {
  return connection.get<{ n: number }>({ sql: 'SELECT count(*) AS n FROM messages', parameters: [] })?.n ?? -1;
}

describe('a full disk', () => {
  it('rejects the whole batch as transient, keeps nothing of it, and works again once there is space', async () => {
    const path = freshPath();
    const connection = openWriting(path, true);
    const operations = createOperations(sqliteBuilder());
    await runBatch(connection, operations, [dataKey], path);
    const pages = connection.get<{ page_count: number }>({ sql: 'PRAGMA page_count', parameters: [] })?.page_count ?? 0;
    connection.get({ sql: `PRAGMA max_page_count = ${pages + 10}`, parameters: [] });
    const calls = Array.from({ length: 50 }, () => accept());
    const outcomes = await runBatch(connection, operations, calls, path);
    expect(new Set(outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.code)))).toEqual(new Set(['ledger.unavailable']));
    expect(outcomes[0]).toMatchObject({ message: expect.stringContaining('the disk is full') });
    expect(messagesIn(connection)).toBe(0);
    const small = await runBatch(connection, operations, [accept(10)], path);
    expect(small[0]?.ok).toBe(true);
    connection.get({ sql: 'PRAGMA max_page_count = 1000000', parameters: [] });
    const again = await runBatch(connection, operations, calls, path);
    expect(again.every((outcome) => outcome.ok)).toBe(true);
    expect(messagesIn(connection)).toBe(51);
    connection.close();
  });
});

describe('another writer', () => {
  it('is waited for when it is short', async () => {
    const path = freshPath();
    const ledger = await openLedger({ path, migrate: true });
    const other = new DatabaseSync(path);
    other.exec('BEGIN IMMEDIATE');
    const ping = ledger.ping();
    await new Promise((resolve) => setTimeout(resolve, 50));
    other.exec('COMMIT');
    await ping;
    other.close();
    await ledger.close();
  });
});

describe('the writer', () => {
  it('whose thread dies fails what it had as transient, and has another thread at the next call', async () => {
    const path = freshPath();
    openWriting(path, true).close();
    const module = new URL('./children/writer-that-dies.ts', import.meta.url);
    const writer = await startWriter(path, { module });
    await writer.call('ping', 1);
    const answers = await Promise.allSettled([writer.call('ping', -1), writer.call('ping', 2)]);
    for (const answer of answers) expect(answer).toMatchObject({ status: 'rejected', reason: { code: 'ledger.unavailable' } });
    await writer.call('ping', 3);
    await writer.checkpoint();
    await writer.close();
    await writer.close();
    await expect(writer.call('ping', 4)).rejects.toMatchObject({ code: 'ledger.unavailable' });
  });

  it('rejects what cannot be posted to a thread, and goes on', async () => {
    const path = freshPath();
    const ledger = await openLedger({ path, migrate: true });
    await ledger.vault.saveDataKey('dk-test', 'keyring.wrapped', NOON);
    const row = Object.assign(acceptRow(), { notData: () => undefined });
    await expect(ledger.messages.accept(row)).rejects.toThrow('could not be cloned');
    await ledger.ping();
    await ledger.close();
  });

  it('does not start where there is no ledger', async () => {
    await expect(startWriter(freshPath())).rejects.toMatchObject({ code: 'ledger.unavailable' });
    await expect(startReader(freshPath())).rejects.toMatchObject({ code: 'ledger.unavailable' });
  });
});

describe('a ledger file', () => {
  it('is made 0600 in a 0700 folder', async () => {
    const folder = `${freshFolder()}/data`;
    const ledger = await openLedger({ path: `${folder}/ledger.db`, migrate: true });
    await ledger.ping();
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const file of ['ledger.db', 'ledger.db-wal', 'ledger.db-shm']) {
      expect(statSync(`${folder}/${file}`).mode & 0o777).toBe(0o600);
    }
    await ledger.close();
    expect(existsSync(`${folder}/ledger.db-wal`)).toBe(false);
  });

  it('that is missing is an error for those who do not make it', async () => {
    const missing = expect.objectContaining({
      code: 'ledger.unavailable',
      message: expect.stringContaining('cordon ledger migrate'),
    });
    const path = freshPath();
    await expect(openLedger({ path, migrate: false })).rejects.toEqual(missing);
    expect(() => openFileReader(path)).toThrow(missing);
    expect(existsSync(path)).toBe(false);
  });

  it('that is no database is damaged, and is left as it is', async () => {
    const path = freshPath();
    writeFileSync(path, 'this is no database, and longer than the header of one would be '.repeat(20));
    const before = readFileSync(path);
    await expect(openLedger({ path, migrate: true })).rejects.toMatchObject({ code: 'ledger.corrupt' });
    expect(() => openFileReader(path)).toThrow(expect.objectContaining({ code: 'ledger.corrupt' }));
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('that was overwritten in the middle gives a clear error and no crash', async () => {
    const path = freshPath();
    const ledger = await openLedger({ path, migrate: true });
    await ledger.vault.saveDataKey('dk-test', 'keyring.wrapped', NOON);
    await Promise.all(Array.from({ length: 200 }, () => ledger.messages.accept(acceptRow())));
    await ledger.close();
    const bytes = readFileSync(path);
    bytes.fill(0x5a, 4096, bytes.length - 4096);
    writeFileSync(path, bytes);
    await expect(openLedger({ path, migrate: true })).rejects.toMatchObject({ code: 'ledger.corrupt' });
  });

  it("that is somebody else's database is refused", async () => {
    const path = freshPath();
    const other = new DatabaseSync(path);
    other.exec('CREATE TABLE patients (id INTEGER)');
    other.close();
    await expect(openLedger({ path, migrate: true })).rejects.toMatchObject({ code: 'ledger.schema' });
  });

  it('of a newer Cordon is refused, with the way out', async () => {
    const path = freshPath();
    openWriting(path, true).close();
    const newer = new DatabaseSync(path);
    newer.exec('PRAGMA user_version = 99');
    newer.close();
    const refused = expect.objectContaining({ code: 'ledger.schema', message: expect.stringContaining('newer Cordon') });
    await expect(openLedger({ path, migrate: true })).rejects.toEqual(refused);
    expect(() => openFileReader(path)).toThrow(refused);
  });

  it('of an older schema is refused without migrate', () => {
    const path = freshPath();
    const empty = new DatabaseSync(path);
    empty.exec('PRAGMA journal_mode = WAL');
    empty.close();
    const refused = expect.objectContaining({ code: 'ledger.schema', message: expect.stringContaining('cordon ledger migrate') });
    expect(() => openWriting(path, false)).toThrow(refused);
    openWriting(path, true).close();
    openWriting(path, false).close();
  });

  it('where the folder cannot be made is an error that names it', async () => {
    const folder = freshFolder();
    writeFileSync(`${folder}/data`, '');
    const path = `${folder}/data/ledger.db`;
    await expect(openLedger({ path, migrate: true })).rejects.toMatchObject({
      code: 'ledger.unavailable',
      message: expect.stringContaining(path),
    });
  });
});

describe('the reader', () => {
  it('writes nothing, whatever it is asked', async () => {
    const path = freshPath();
    openWriting(path, true).close();
    const connection = openReading(path);
    expect(() => connection.exec('DELETE FROM tally')).toThrow();
    connection.close();
    const reader = await startReader(path);
    await expect(reader.all({ sql: 'DELETE FROM tally', parameters: [] })).rejects.toThrow();
    expect(await reader.get({ sql: 'SELECT total FROM tally', parameters: [] })).toEqual({ total: 0 });
    await reader.close();
    await expect(reader.all({ sql: 'SELECT 1', parameters: [] })).rejects.toMatchObject({ code: 'ledger.unavailable' });
  });
});

describe('a batch', () => {
  it('runs in order: a scan saved behind its accept finds it', async () => {
    const path = freshPath();
    const connection = openWriting(path, true);
    const message = accept();
    const outcomes = await runBatch(
      connection,
      createOperations(sqliteBuilder()),
      [dataKey, message, { name: 'saveScan', argument: scanRow(message.argument.id) }],
      path,
    );
    expect(outcomes.every((outcome) => outcome.ok)).toBe(true);
    expect(connection.get({ sql: 'SELECT done, total FROM tally', parameters: [] })).toEqual({ done: 1, total: 1 });
    connection.close();
  });
});

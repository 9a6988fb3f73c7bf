import { existsSync } from 'node:fs';
import { sql } from 'kysely';
import type { AcceptRow } from '../core/accept-row.ts';
import type { MessageId } from '../core/vocabulary.ts';
import { aheadOf, aheadQuery } from './ahead.ts';
import { assembleLedger } from './assemble.ts';
import type { Ledger, PendingMessage } from './ledger.ts';
import { loadQueries, toPending } from './messages/messages.ts';
import { openPostgres, type PostgresOptions } from './postgres/engine.ts';
import { sqliteBuilder } from './sqlite/builder.ts';
import { startCheckpoints } from './sqlite/checkpoints.ts';
import { openReading, openWriting } from './sqlite/connection.ts';
import { startReader } from './sqlite/reader.ts';
import { startWriter } from './sqlite/writer.ts';
import { type Builder, once, prepare } from './statement.ts';
import { vaultReads } from './vault/vault.ts';

/** Where a ledger is: a SQLite file, or a database of PostgreSQL. */
export type LedgerPlace = { readonly path: string } | { readonly url: string };

export interface LedgerOptions {
  /** The SQLite file. */
  readonly path: string;
  /** Make the file where there is none, and bring its schema up to date. Without it either is an error. */
  readonly migrate: boolean;
  /** Calls of one commit; 1 is for the benchmark's comparison. */
  readonly maxBatch?: number;
}

/**
 * Opens the ledger for reading and writing, on SQLite or, given a URL, on PostgreSQL. Throws `ledger.unavailable` (no file, locked, no
 * space, no connection), `ledger.schema` (older without `migrate`, newer, not a ledger), `ledger.corrupt` or `config.invalid` (the URL).
 */
export async function openLedger(options: LedgerOptions | PostgresOptions): Promise<Ledger> {
  return 'url' in options ? assembleLedger(await openPostgres(options)) : await openSqlite(options);
}

/** A thread that writes, one that copies the log into the file, one that reads. */
async function openSqlite({ path, migrate, maxBatch }: LedgerOptions): Promise<Ledger> {
  // Here and not in the thread: what is wrong with the file is thrown as it is, with its code.
  openWriting(path, migrate).close();
  const writer = await startWriter(path, maxBatch === undefined ? {} : { maxBatch });
  const checkpoints = startCheckpoints(path);
  try {
    const reader = await startReader(path);
    const ledger = assembleLedger({
      db: sqliteBuilder(),
      reader,
      call: writer.call,
      snapshot: (read) => read(reader),
      // One table for all months: their rows go in slices.
      months: { ahead: async () => {}, old: async () => [], drop: async () => ({ messages: 0, busy: false }) },
      // What was overwritten is still in the log until that is emptied.
      shredded: () => writer.checkpoint(),
      async close() {
        await checkpoints.close();
        await reader.close();
        await writer.close();
      },
    });
    return { ...ledger, messages: { ...ledger.messages, accept: (row) => writer.call('accept', ownMemory(row)) } };
  } catch (error) {
    await checkpoints.close();
    await writer.close();
    throw error;
  }
}

/** What a scan thread needs: of a file at once, without promises. */
export interface LedgerReader {
  /** Null where the message is unknown or its body was dropped. */
  load(id: MessageId): PendingMessage | null | Promise<PendingMessage | null>;
  /** The small ones of these messages at once; all others are for `load`. */
  ahead(ids: readonly MessageId[]): ReadonlyMap<MessageId, PendingMessage> | Promise<ReadonlyMap<MessageId, PendingMessage>>;
  dataKey(id: string): { wrapped: string } | null | Promise<{ wrapped: string } | null>;
  close(): void | Promise<void>;
}

/** Connections for the calling thread alone. Throws as `openLedger` does. */
export async function openReader(place: LedgerPlace): Promise<LedgerReader> {
  if ('path' in place) return openFileReader(place.path);
  const engine = await openPostgres({ ...place, migrate: false });
  const { messages, vault, close } = assembleLedger(engine);
  return { load: messages.load, ahead: engine.ahead, dataKey: vault.dataKey, close };
}

/** A read-only connection to a SQLite file: it answers at once. */
export interface FileReader extends LedgerReader {
  load(id: MessageId): PendingMessage | null;
  dataKey(id: string): { wrapped: string } | null;
  close(): void;
}

export function openFileReader(path: string): FileReader {
  const connection = openReading(path);
  const db = sqliteBuilder();
  const queries = loadQueries(db);
  const { dataKeyQuery } = vaultReads(db);
  const small = prepare<{ ids: string }>()((p) =>
    aheadQuery(db).where('messages.id', 'in', sql<string>`(select value from json_each(${p.ids}))`),
  );
  return {
    load: (id) => toPending(connection.get(queries.message({ id })), () => connection.all(queries.chunks({ id }))),
    ahead: (ids) => aheadOf(connection.all(small({ ids: JSON.stringify(ids) }))),
    dataKey: (id) => connection.get(dataKeyQuery({ id })) ?? null,
    close: () => connection.close(),
  };
}

/** A view on a larger buffer would be posted with all of that buffer. */
function ownMemory(row: AcceptRow): AcceptRow {
  const whole = row.chunks.every((chunk) => chunk.data.byteLength === chunk.data.buffer.byteLength);
  return whole ? row : { ...row, chunks: row.chunks.map((chunk) => ({ ...chunk, data: new Uint8Array(chunk.data) })) };
}

/**
 * The id of the keyring that the ledger is tied to; null where there is no ledger, or none was needed so far (it holds API keys at
 * most). Only then may a new keyring be made. Of PostgreSQL the tables have to be there.
 */
export async function boundKeyring(place: LedgerPlace): Promise<string | null> {
  const query = (db: Builder) => once(db.selectFrom('meta').select('value').where('name', '=', 'keyring'));
  if ('url' in place) {
    const engine = await openPostgres({ ...place, migrate: false });
    try {
      return (await engine.reader.get(query(engine.db)))?.value ?? null;
    } finally {
      await engine.close();
    }
  }
  if (!existsSync(place.path)) return null;
  const connection = openReading(place.path);
  try {
    return connection.get(query(sqliteBuilder()))?.value ?? null;
  } finally {
    connection.close();
  }
}

import { existsSync } from 'node:fs';
import type { AcceptRow } from '../core/accept-row.ts';
import type { MessageId } from '../core/vocabulary.ts';
import { accessReads } from './access.ts';
import { flowReads } from './flows.ts';
import { incidentReads } from './incidents.ts';
import type { Ledger, PendingMessage } from './ledger.ts';
import { loadQueries, messageReads, toPending } from './messages.ts';
import { sqliteBuilder } from './sqlite/builder.ts';
import { type Checkpoints, startCheckpoints } from './sqlite/checkpoints.ts';
import { openReading, openWriting } from './sqlite/connection.ts';
import { type Reader, startReader } from './sqlite/reader.ts';
import { startWriter, type Writer } from './sqlite/writer.ts';
import { once } from './statement.ts';
import { vaultReads } from './vault.ts';

export interface LedgerOptions {
  /** The SQLite file. */
  readonly path: string;
  /** Make the file where there is none, and bring its schema up to date. Without it either is an error. */
  readonly migrate: boolean;
  /** Calls of one commit; 1 is for the benchmark's comparison. */
  readonly maxBatch?: number;
}

/**
 * Opens the ledger for reading and writing: a thread that writes, one that copies the log into the file, one that reads. Throws
 * `ledger.unavailable` (no file, locked, no space), `ledger.schema` (older without `migrate`, newer, not a ledger) or `ledger.corrupt`.
 */
export async function openLedger(options: LedgerOptions): Promise<Ledger> {
  const { path, migrate, maxBatch } = options;
  // Here and not in the thread: what is wrong with the file is thrown as it is, with its code.
  openWriting(path, migrate).close();
  const writer = await startWriter(path, maxBatch === undefined ? {} : { maxBatch });
  const checkpoints = startCheckpoints(path);
  try {
    return ledgerOf(await startReader(path), writer, checkpoints);
  } catch (error) {
    await checkpoints.close();
    await writer.close();
    throw error;
  }
}

/** What a scan thread needs, at once and without promises. */
export interface LedgerReader {
  /** Null where the message is unknown or its body was dropped. */
  load(id: MessageId): PendingMessage | null;
  dataKey(id: string): { wrapped: string } | null;
  close(): void;
}

/** A read-only connection for the calling thread alone. Throws as `openLedger` does. */
export function openReader(path: string): LedgerReader {
  const connection = openReading(path);
  const db = sqliteBuilder();
  const queries = loadQueries(db);
  const { dataKeyQuery } = vaultReads(db);
  return {
    load: (id) => toPending(connection.get(queries.message({ id })), () => connection.all(queries.chunks({ id }))),
    dataKey: (id) => connection.get(dataKeyQuery({ id })) ?? null,
    close: () => connection.close(),
  };
}

function ledgerOf(reader: Reader, writer: Writer, checkpoints: Checkpoints): Ledger {
  const db = sqliteBuilder();
  const messages = messageReads(db);
  const incidents = incidentReads(db);
  const flows = flowReads(db);
  const vault = vaultReads(db);
  const access = accessReads(db);
  return {
    messages: {
      accept: (row) => writer.call('accept', ownMemory(row)),
      pending: (before, limit) => messages.pending(reader, before, limit),
      load: (id) => messages.load(reader, id),
      saveScan: (row) => writer.call('saveScan', row),
      fail: (id, problem, at) => writer.call('fail', { id, problem, at }),
      get: (id) => messages.get(reader, id),
      findings: (id) => messages.findings(reader, id),
      list: (filter) => messages.list(reader, filter),
      counts: () => messages.counts(reader),
    },
    incidents: {
      list: (filter) => incidents.list(reader, filter),
      count: (states, filter) => incidents.count(reader, states, filter),
      get: (id) => incidents.get(reader, id),
      events: (id) => incidents.events(reader, id),
      samples: (id, limit) => incidents.samples(reader, id, limit),
      transition: (id, from, transition) => writer.call('transition', { id, from, transition }),
      raise: (cause, facts) => writer.call('raise', { cause, ...facts }),
      expire: (now) => writer.call('expire', now),
    },
    flows: {
      list: () => flows.list(reader),
      activity: (policy, since) => flows.activity(reader, policy, since),
      use: () => flows.use(reader),
      shadowed: () => flows.shadowed(reader),
    },
    vault: {
      size: () => vault.size(reader),
      bindKeyring: (id) => writer.call('bindKeyring', id),
      saveDataKey: (id, wrapped, at) => writer.call('saveDataKey', { id, wrapped, at }),
      dataKey: (id) => vault.dataKey(reader, id),
      dropExpired: (now) => writer.call('dropExpired', now),
      async shredKeys(now) {
        const keys = await writer.call('shredKeys', now);
        // What was overwritten is still in the log until that is emptied.
        if (keys > 0) await writer.checkpoint();
        return keys;
      },
    },
    access: {
      createKey: (key) => writer.call('createKey', key),
      keyByHash: (hash) => access.keyByHash(reader, hash),
      listKeys: () => access.listKeys(reader),
      revokeKey: (id, at) => writer.call('revokeKey', { id, at }),
      createLink: (hash, expires) => writer.call('createLink', { hash, expires }),
      redeemLink: (hash, now) => writer.call('redeemLink', { hash, now }),
      createSession: (session) => writer.call('createSession', session),
      session: (hash, now) => access.session(reader, hash, now),
      endSession: (hash) => writer.call('endSession', hash),
    },
    ping: () => writer.call('ping', Date.now()),
    async close() {
      await checkpoints.close();
      await reader.close();
      await writer.close();
    },
  };
}

/** A view on a larger buffer would be posted with all of that buffer. */
function ownMemory(row: AcceptRow): AcceptRow {
  const whole = row.chunks.every((chunk) => chunk.data.byteLength === chunk.data.buffer.byteLength);
  return whole ? row : { ...row, chunks: row.chunks.map((chunk) => ({ ...chunk, data: new Uint8Array(chunk.data) })) };
}

/**
 * The id of the keyring that the ledger at `path` is tied to; null where there is no ledger, or none was needed so far (it holds
 * API keys at most). Only then may a new keyring be made.
 */
export function boundKeyring(path: string): string | null {
  if (!existsSync(path)) return null;
  const connection = openReading(path);
  try {
    return connection.get(once(sqliteBuilder().selectFrom('meta').select('value').where('name', '=', 'keyring')))?.value ?? null;
  } finally {
    connection.close();
  }
}

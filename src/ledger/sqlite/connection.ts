import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { CordonError, reasonOf } from '../../core/errors.ts';
import { migrationsAfter, SCHEMA_VERSION } from '../migrate.ts';
import type { Bound, Executor } from '../statement.ts';

/** `CRDN`: says of a file that it is a ledger of ours. */
const APPLICATION_ID = 0x4352444e;

/** How long a writer waits for another process' short administrative write. */
const BUSY_MS = 5000;

/** Pages of 4 KiB in the log before a commit copies them into the file itself: only where the checkpoint thread falls behind. */
const CHECKPOINT_PAGES = 16_000;

/** SQLite's primary result codes (sqlite.org/rescode.html) that a caller should treat as "not now": nothing is wrong with the file. */
const NOT_NOW = new Map([
  [5, 'another process is writing'],
  [6, 'a table is locked'],
  [7, 'out of memory'],
  [8, 'it is read-only'],
  [10, 'the disk reports an error'],
  [13, 'the disk is full'],
  [14, 'the file cannot be opened'],
]);
const CORRUPT = 11;
const NOT_A_DATABASE = 26;

/** A SQLite connection with its compiled statements. Not shared between threads. */
export interface Connection extends Executor {
  readonly db: DatabaseSync;
  run(statement: Bound<unknown>): number;
  get<Row>(statement: Bound<Row>): Row | undefined;
  all<Row>(statement: Bound<Row>): readonly Row[];
  /** Runs SQL without parameters or rows; errors as of the others. */
  exec(sql: string): void;
  /** `PRAGMA wal_checkpoint` (sqlite.org/pragma.html#pragma_wal_checkpoint): pages in the log, and those that are in the file too. */
  checkpoint(mode: 'NOOP' | 'PASSIVE' | 'TRUNCATE'): Checkpointed;
  close(): void;
}

export interface Checkpointed {
  /** Another connection was in its way, so not everything was done. */
  readonly busy: boolean;
  readonly log: number;
  readonly checkpointed: number;
}

/**
 * The writing connection. Creates the file (0600, in a 0700 folder) where `migrate` is set, and brings the schema up to date.
 * Throws `ledger.unavailable`, `ledger.schema` (older without `migrate`, newer, or no ledger) or `ledger.corrupt`.
 */
export function openWriting(path: string, migrate: boolean): Connection {
  if (migrate) createPrivately(path);
  else if (!existsSync(path)) throw missing(path);
  return opening(path, () => {
    const connection = connect(path, new DatabaseSync(path, { timeout: BUSY_MS }));
    try {
      // Another process that opens the same new file is waited for, by BEGIN IMMEDIATE.
      connection.exec('PRAGMA journal_mode = WAL');
      connection.exec('PRAGMA synchronous = FULL');
      connection.exec('PRAGMA foreign_keys = ON');
      connection.exec('PRAGMA secure_delete = ON');
      connection.exec(`PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
      connection.exec('PRAGMA journal_size_limit = 67108864');
      connection.exec('PRAGMA cache_size = -32768');
      // A savepoint keeps copies of pages: in memory, not in a file of its own under /tmp.
      connection.exec('PRAGMA temp_store = MEMORY');
      if (migrate) migrateTo(connection, path);
      checkSchema(connection, path);
      return connection;
    } catch (error) {
      connection.close();
      throw error;
    }
  });
}

/** A connection for the checkpoint thread: of a file that is there and up to date, and without waiting for anybody. */
export function openCopying(path: string): Connection {
  return opening(path, () => connect(path, new DatabaseSync(path, { timeout: 0 })));
}

/** A connection that can only read. Errors as of `openWriting`. */
export function openReading(path: string): Connection {
  if (!existsSync(path)) throw missing(path);
  return opening(path, () => {
    const connection = connect(path, new DatabaseSync(path, { readOnly: true, timeout: BUSY_MS }));
    try {
      checkSchema(connection, path);
      return connection;
    } catch (error) {
      connection.close();
      throw error;
    }
  });
}

function missing(path: string): CordonError {
  return new CordonError(
    'ledger.unavailable',
    `${path}: no ledger there. Run \`cordon ledger migrate\`, or start the agent once`,
  );
}

function createPrivately(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    // SQLite gives -wal and -shm the mode of the file itself.
    if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
    else chmodSync(path, 0o600);
  } catch (error) {
    throw new CordonError('ledger.unavailable', `${path}: the ledger cannot be made (${reasonOf(error)})`, { cause: error });
  }
}

function opening(path: string, open: () => Connection): Connection {
  try {
    return open();
  } catch (error) {
    throw ledgerError(error, path);
  }
}

function connect(path: string, db: DatabaseSync): Connection {
  // As PostgreSQL has it: joins masks of rows (src/lineage/masks.ts).
  db.aggregate('bit_or', { start: 0, step: (mask, bits) => Number(mask) | Number(bits) });
  const prepared = new Map<string, StatementSync>();
  const statementOf = (sql: string): StatementSync => {
    const known = prepared.get(sql);
    if (known !== undefined) return known;
    const made = db.prepare(sql);
    // Statements built for one call (filters of a page) must not pile up.
    if (prepared.size >= 500) prepared.clear();
    prepared.set(sql, made);
    return made;
  };
  const guarded = <Result>(run: () => Result): Result => {
    try {
      return run();
    } catch (error) {
      throw ledgerError(error, path);
    }
  };
  return {
    db,
    run: (bound) => guarded(() => Number(statementOf(bound.sql).run(...bindable(bound.parameters)).changes)),
    get: <Row>(bound: Bound<Row>) =>
      // The row type is Kysely's, from the schema that the migrations made.
      guarded(() => statementOf(bound.sql).get(...bindable(bound.parameters)) as Row | undefined),
    all: <Row>(bound: Bound<Row>) => guarded(() => statementOf(bound.sql).all(...bindable(bound.parameters)) as Row[]),
    exec: (sql) => guarded(() => db.exec(sql)),
    checkpoint: (mode) =>
      guarded(() => {
        const row = statementOf(`PRAGMA wal_checkpoint(${mode})`).get();
        return { busy: row?.busy !== 0, log: Number(row?.log), checkpointed: Number(row?.checkpointed) };
      }),
    close: () => {
      if (db.isOpen) db.close();
    },
  };
}

function bindable(parameters: readonly unknown[]): SQLInputValue[] {
  return parameters.map((value) => {
    if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') return value;
    if (value instanceof Uint8Array) return value;
    throw new TypeError(`a ${typeof value} cannot be bound to a SQL statement`);
  });
}

/** What SQLite threw, as an error of ours. Its own texts name tables and columns, never bound values. */
export function ledgerError(error: unknown, path: string): unknown {
  if (!isSqliteError(error)) return error;
  const code = error.errcode & 0xff;
  const transient = NOT_NOW.get(code);
  if (transient !== undefined) {
    return new CordonError('ledger.unavailable', `${path}: the ledger cannot be used now: ${transient} (${error.errstr})`, {
      cause: error,
    });
  }
  if (code === CORRUPT || code === NOT_A_DATABASE) {
    return new CordonError(
      'ledger.corrupt',
      `${path}: the ledger is damaged (${error.errstr}). Stop the agent, keep the file, and restore a backup`,
      { cause: error },
    );
  }
  return error;
}

interface SqliteError extends Error {
  readonly errcode: number;
  readonly errstr: string;
}

function isSqliteError(error: unknown): error is SqliteError {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' && 'errstr' in error;
}

function pragmaNumber(connection: Connection, name: string): number {
  const row = connection.get<Record<string, number>>({ sql: `PRAGMA ${name}`, parameters: [] });
  return row?.[name] ?? 0;
}

/** Reads `user_version`; refuses a database of somebody else. */
function schemaVersion(connection: Connection, path: string): number {
  const version = pragmaNumber(connection, 'user_version');
  const owner = pragmaNumber(connection, 'application_id');
  if (owner === APPLICATION_ID || (owner === 0 && version === 0 && isEmpty(connection))) return version;
  throw new CordonError('ledger.schema', `${path}: a database, but no Cordon ledger. Give another path (CORDON_DATA)`);
}

function isEmpty(connection: Connection): boolean {
  return connection.get({ sql: 'SELECT name FROM sqlite_schema LIMIT 1', parameters: [] }) === undefined;
}

function migrateTo(connection: Connection, path: string): void {
  if (migrationsAfter(schemaVersion(connection, path), path).length === 0) return;
  connection.exec('BEGIN IMMEDIATE');
  try {
    for (const migration of migrationsAfter(schemaVersion(connection, path), path)) {
      for (const sql of migration.sqlite) connection.exec(sql);
      connection.exec(`PRAGMA user_version = ${migration.version}`);
    }
    connection.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
    connection.exec('COMMIT');
  } catch (error) {
    if (connection.db.isTransaction) connection.exec('ROLLBACK');
    throw error;
  }
}

function checkSchema(connection: Connection, path: string): void {
  const version = schemaVersion(connection, path);
  if (migrationsAfter(version, path).length === 0) return;
  throw new CordonError(
    'ledger.schema',
    `${path}: the ledger's schema is ${version}, this Cordon needs ${SCHEMA_VERSION}. Run \`cordon ledger migrate\``,
  );
}

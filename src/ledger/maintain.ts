import { closeSync, openSync, rmSync } from 'node:fs';
import { CordonError, reasonOf } from '../core/errors.ts';
import type { Bulk } from './bulk.ts';
import type { LedgerPlace } from './open.ts';
import { BY_INDEX } from './postgres/batch.ts';
import { postgresBuilder } from './postgres/builder.ts';
import { LOCK_WRITING } from './postgres/locks.ts';
import { checkPostgresSchema } from './postgres/migrate.ts';
import { makeMonthsAhead } from './postgres/months.ts';
import { createSessions } from './postgres/pool.ts';
import { sqliteBuilder } from './sqlite/builder.ts';
import { openReading, openWriting } from './sqlite/connection.ts';

/** Brings the schema of the ledger file up to date, and makes the file where there is none. Errors as of `openLedger`. */
export function migrateLedger(path: string): void {
  openWriting(path, true).close();
}

/**
 * Copies the ledger into a new file (0600) while the agent goes on: one consistent moment of it, without what was deleted.
 * The keyring is not in it. Throws `usage` where the file is there already.
 */
export function backUpLedger(path: string, file: string): void {
  const connection = openReading(path);
  try {
    // VACUUM INTO takes an empty file, and keeps its mode.
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    connection.close();
    throw new CordonError('usage', `${file}: cannot be written (${reasonOf(error)}). Give a file that does not exist yet`);
  }
  try {
    connection.run({ sql: 'VACUUM INTO ?', parameters: [file] });
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  } finally {
    connection.close();
  }
}

/**
 * Opens a ledger that nobody else uses for writing in large transactions, with the months from `from` (milliseconds) on. Until it is closed
 * a crash of the machine may damage it: for what can be made again. Errors as of `openLedger`; the schema has to be up to date.
 */
export async function openBulk(place: LedgerPlace, from: number): Promise<Bulk & { close(): Promise<void> }> {
  return 'path' in place ? bulkFile(place.path) : await bulkDatabase(place.url, from);
}

function bulkFile(path: string): Bulk & { close(): Promise<void> } {
  const connection = openWriting(path, false);
  connection.exec('PRAGMA synchronous = OFF');
  // Keyed tokens touch pages all over the indices: those that do not fit are read again and again.
  connection.exec('PRAGMA cache_size = -524288');
  return {
    db: sqliteBuilder(),
    async transaction(work) {
      connection.exec('BEGIN IMMEDIATE');
      try {
        const result = await work(connection);
        connection.exec('COMMIT');
        return result;
      } catch (error) {
        if (connection.db.isTransaction) connection.exec('ROLLBACK');
        throw error;
      }
    },
    async close() {
      connection.exec('PRAGMA synchronous = FULL');
      connection.checkpoint('TRUNCATE');
      connection.close();
    },
  };
}

const YEAR_MS = 365 * 86_400_000;

async function bulkDatabase(url: string, from: number): Promise<Bulk & { close(): Promise<void> }> {
  const sessions = createSessions(url, { most: 1, answerMs: 0 });
  try {
    await checkPostgresSchema(sessions);
    for (let month = from; month < Date.now(); month += YEAR_MS) await makeMonthsAhead(sessions, month);
  } catch (error) {
    await sessions.close();
    throw error;
  }
  return {
    db: postgresBuilder(),
    transaction: (work) =>
      sessions.use(async (session) => {
        await session.exec(
          `BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL synchronous_commit = off; ${LOCK_WRITING}; ${BY_INDEX}`,
        );
        const result = await work(session);
        await session.exec('COMMIT');
        return result;
      }),
    async close() {
      // Plans are made from what the planner knows of the tables.
      await sessions.exec('ANALYZE');
      await sessions.close();
    },
  };
}

import { closeSync, openSync, rmSync } from 'node:fs';
import { CordonError, reasonOf } from '../core/errors.ts';
import type { Keyring } from '../keyring/keyring.ts';
import { createDataKeyReader } from './data-keys.ts';
import { loadQueries, toPending } from './messages.ts';
import { open } from './seal.ts';
import { sqliteBuilder } from './sqlite/builder.ts';
import { type Connection, openReading, openWriting } from './sqlite/connection.ts';
import { once } from './statement.ts';
import { vaultReads } from './vault.ts';

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

export interface LedgerCheck {
  readonly messages: number;
  readonly pending: number;
  readonly bodies: number;
  /** What is wrong, a sentence each; empty: nothing. */
  readonly problems: readonly string[];
}

/**
 * Reads everything: SQLite's own integrity check, references between rows, counters against what they count, and every kept body,
 * which must open. `step` is told of each body, after `start` said how many there are.
 */
export async function checkLedger(
  path: string,
  keyring: Keyring,
  progress: { start(bodies: number): void; step(): void },
): Promise<LedgerCheck> {
  const connection = openReading(path);
  try {
    const problems = [...checkPages(connection), ...checkCounters(connection)];
    const bodies = count(connection, 'SELECT count(*) AS n FROM messages WHERE data_key IS NOT NULL');
    progress.start(bodies);
    for await (const problem of checkBodies(connection, keyring, progress.step)) problems.push(problem);
    return {
      messages: count(connection, 'SELECT count(*) AS n FROM messages'),
      pending: count(connection, 'SELECT count(*) AS n FROM outbox'),
      bodies,
      problems,
    };
  } finally {
    connection.close();
  }
}

function count(connection: Connection, sql: string): number {
  return connection.get<{ n: number }>({ sql, parameters: [] })?.n ?? 0;
}

function checkPages(connection: Connection): string[] {
  const pages = connection.all<{ integrity_check: string }>({ sql: 'PRAGMA integrity_check', parameters: [] });
  const orphans = connection.all<{ table: string; parent: string }>({ sql: 'PRAGMA foreign_key_check', parameters: [] });
  return [
    ...pages.map((row) => row.integrity_check).filter((text) => text !== 'ok'),
    ...orphans.map((row) => `a row of ${row.table} refers to one of ${row.parent} that is not there`),
  ];
}

/** Each counter with the rows that it counts. */
const COUNTERS: readonly { what: string; kept: string; counted: string }[] = [
  { what: 'messages', kept: 'SELECT total AS n FROM tally', counted: 'SELECT count(*) AS n FROM messages' },
  {
    what: 'scanned messages',
    kept: 'SELECT done AS n FROM tally',
    counted: "SELECT count(*) AS n FROM messages WHERE state = 'done'",
  },
  {
    what: 'failed messages',
    kept: 'SELECT failed AS n FROM tally',
    counted: "SELECT count(*) AS n FROM messages WHERE state = 'failed'",
  },
  {
    what: 'flagged messages',
    kept: 'SELECT flagged AS n FROM tally',
    counted: "SELECT count(*) AS n FROM messages WHERE verdict = 'flagged'",
  },
  {
    what: 'quarantined messages',
    kept: 'SELECT quarantined AS n FROM tally',
    counted: 'SELECT count(*) AS n FROM messages WHERE quarantined = 1',
  },
  {
    what: 'pending messages',
    kept: 'SELECT count(*) AS n FROM outbox',
    counted: "SELECT count(*) AS n FROM messages WHERE state = 'pending'",
  },
  {
    what: 'bytes in the vault',
    kept: 'SELECT coalesce(sum(bytes), 0) AS n FROM data_keys',
    counted: 'SELECT coalesce(sum(length(data)), 0) AS n FROM chunks',
  },
  {
    what: 'bodies in the vault',
    kept: 'SELECT coalesce(sum(bodies), 0) AS n FROM data_keys',
    counted: 'SELECT count(DISTINCT message) AS n FROM chunks',
  },
];

function checkCounters(connection: Connection): string[] {
  // One moment for all of them: the agent may be writing.
  connection.exec('BEGIN');
  try {
    return COUNTERS.flatMap(({ what, kept, counted }) => {
      const [said, is] = [count(connection, kept), count(connection, counted)];
      return said === is ? [] : [`${what}: the ledger says ${said}, and has ${is}`];
    });
  } finally {
    connection.exec('COMMIT');
  }
}

const PAGE = 500;

/** Bodies in the order of their ids, a page of ids at a time: the log of a running agent must not grow behind one long read. */
async function* checkBodies(connection: Connection, keyring: Keyring, step: () => void): AsyncGenerator<string> {
  const db = sqliteBuilder();
  const queries = loadQueries(db);
  const { dataKeyQuery } = vaultReads(db);
  const keyOf = createDataKeyReader((id) => connection.get(dataKeyQuery({ id })) ?? null, keyring);
  for (let after = ''; ; ) {
    const page = connection.all(
      once(
        db
          .selectFrom('messages')
          .select('id')
          .where('id', '>', after)
          .where('data_key', 'is not', null)
          .orderBy('id')
          .limit(PAGE),
      ),
    );
    for (const { id } of page) {
      const message = toPending(connection.get(queries.message({ id })), () => connection.all(queries.chunks({ id })));
      step();
      if (message === null) continue;
      try {
        open(message.chunks, await keyOf(message.dataKey), id);
      } catch (error) {
        // Dropped while we looked: a scan or retention was faster.
        if (toPending(connection.get(queries.message({ id })), () => []) !== null) yield reasonOf(error);
      }
    }
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.id;
  }
}

import { reasonOf } from '../core/errors.ts';
import type { Keyring } from '../keyring/keyring.ts';
import { messageReads } from './messages/messages.ts';
import type { LedgerPlace } from './open.ts';
import { postgresBuilder } from './postgres/builder.ts';
import { checkPostgresSchema } from './postgres/migrate.ts';
import { createSessions, type Sessions } from './postgres/pool.ts';
import { sqliteBuilder } from './sqlite/builder.ts';
import { type Connection, openReading } from './sqlite/connection.ts';
import { type Builder, type Executor, once } from './statement.ts';
import { createDataKeyReader } from './vault/data-keys.ts';
import { open } from './vault/seal.ts';
import { vaultReads } from './vault/vault.ts';

export interface LedgerCheck {
  readonly messages: number;
  readonly pending: number;
  readonly bodies: number;
  /** What is wrong, a sentence each; empty: nothing. */
  readonly problems: readonly string[];
  /** What this check could not look at. */
  readonly notes: readonly string[];
}

/** A ledger to read, on either engine. */
interface Checked {
  readonly db: Builder;
  readonly x: Executor;
  /** What the engine itself says of its pages and references. */
  pages(): Promise<Pick<LedgerCheck, 'problems' | 'notes'>>;
  /** Rows that refer to one that may be missing, beside what the engine itself knows. */
  readonly references: readonly Reference[];
  /** Several reads of one moment: the agent may be writing. */
  snapshot<T>(read: (x: Executor) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/**
 * Reads everything: the engine's own checks, references between rows, counters against what they count, and every kept body,
 * which must open. `step` is told of each body, after `start` said how many there are. Errors as of `openLedger`.
 */
export async function checkLedger(
  place: LedgerPlace,
  keyring: Keyring,
  progress: { start(bodies: number): void; step(): void },
): Promise<LedgerCheck> {
  const ledger = 'path' in place ? ofFile(place.path) : await ofDatabase(place.url);
  try {
    const { problems: damaged, notes } = await ledger.pages();
    const problems = [...damaged, ...(await ledger.snapshot((x) => checkRows(x, ledger.references)))];
    const bodies = await count(ledger.x, 'SELECT count(*) AS n FROM messages WHERE data_key IS NOT NULL');
    progress.start(bodies);
    for await (const problem of checkBodies(ledger, keyring, progress.step)) problems.push(problem);
    return {
      messages: await count(ledger.x, 'SELECT count(*) AS n FROM messages'),
      pending: await count(ledger.x, 'SELECT count(*) AS n FROM outbox'),
      bodies,
      problems,
      notes,
    };
  } finally {
    await ledger.close();
  }
}

function ofFile(path: string): Checked {
  const connection = openReading(path);
  return {
    db: sqliteBuilder(),
    x: connection,
    pages: async () => checkPages(connection),
    references: REFERENCES,
    async snapshot(read) {
      connection.exec('BEGIN');
      try {
        return await read(connection);
      } finally {
        connection.exec('COMMIT');
      }
    },
    close: async () => connection.close(),
  };
}

async function ofDatabase(url: string): Promise<Checked> {
  // Counting everything may take longer than any statement of a ledger at work.
  const sessions = createSessions(url, { most: 1, answerMs: 0 });
  try {
    await checkPostgresSchema(sessions);
  } catch (error) {
    await sessions.close();
    throw error;
  }
  return {
    db: postgresBuilder(),
    x: sessions,
    pages: () => checkChecksums(sessions),
    references: [...REFERENCES, ...REFERENCES_WITHOUT_KEYS],
    snapshot: (read) =>
      sessions.use(async (session) => {
        await session.exec('BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY');
        const result = await read(session);
        await session.exec('COMMIT');
        return result;
      }),
    close: () => sessions.close(),
  };
}

async function count(x: Executor, sql: string): Promise<number> {
  return (await x.get<{ n: number }>({ sql, parameters: [] }))?.n ?? 0;
}

function checkPages(connection: Connection): Pick<LedgerCheck, 'problems' | 'notes'> {
  const pages = connection.all<{ integrity_check: string }>({ sql: 'PRAGMA integrity_check', parameters: [] });
  const orphans = connection.all<{ table: string; parent: string }>({ sql: 'PRAGMA foreign_key_check', parameters: [] });
  const damaged = pages.map((row) => row.integrity_check).filter((text) => text !== 'ok');
  return { problems: [...damaged, ...orphans.map((row) => orphan(row.table, row.parent))], notes: [] };
}

/** PostgreSQL looks at a page's checksum whenever it reads it, where the cluster has them (postgresql.org/docs/15/checksums.html). */
async function checkChecksums(sessions: Sessions): Promise<Pick<LedgerCheck, 'problems' | 'notes'>> {
  const row = await sessions.get<{ setting: string; failures: number | null }>({
    sql: `SELECT current_setting('data_checksums') AS setting, checksum_failures AS failures
      FROM pg_stat_database WHERE datname = current_database()`,
    parameters: [],
  });
  if (row?.setting !== 'on') {
    return {
      problems: [],
      notes: ['pages were not checked: the server keeps no checksums of them (stop it and run `pg_checksums --enable`)'],
    };
  }
  const failures = row.failures ?? 0;
  return {
    problems:
      failures > 0 ? [`${failures} pages of the database failed their checksum. Stop the agent, and restore a backup`] : [],
    notes: [],
  };
}

function orphan(table: string, parent: string): string {
  return `a row of ${table} refers to one of ${parent} that is not there`;
}

interface Reference {
  readonly table: string;
  readonly column: string;
}

/** Columns that name a message, and that no foreign key guards. */
const REFERENCES: readonly Reference[] = [
  { table: 'outbox', column: 'message' },
  { table: 'incident_messages', column: 'message' },
  { table: 'incidents', column: 'last_message' },
];
/** Nothing refers to a message by foreign key on PostgreSQL, so that a month of them can go. */
const REFERENCES_WITHOUT_KEYS: readonly Reference[] = [
  { table: 'chunks', column: 'message' },
  { table: 'findings', column: 'message' },
  { table: 'message_slots', column: 'message' },
];

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
    what: 'messages not examined as a whole',
    kept: 'SELECT unexamined AS n FROM tally',
    counted: "SELECT count(*) AS n FROM messages WHERE state = 'done' AND unexamined <> '[]'",
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

async function checkRows(x: Executor, references: readonly Reference[]): Promise<string[]> {
  const problems: string[] = [];
  for (const { table, column } of references) {
    const missing = `SELECT count(*) AS n FROM ${table} WHERE ${column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM messages WHERE messages.id = ${table}.${column})`;
    if ((await count(x, missing)) > 0) problems.push(orphan(table, 'messages'));
  }
  for (const { what, kept, counted } of COUNTERS) {
    const [said, is] = [await count(x, kept), await count(x, counted)];
    if (said !== is) problems.push(`${what}: the ledger says ${said}, and has ${is}`);
  }
  return problems;
}

const PAGE = 500;

/** Bodies in the order of their ids, a page of ids at a time: the log of a running agent must not grow behind one long read. */
async function* checkBodies({ db, x, snapshot }: Checked, keyring: Keyring, step: () => void): AsyncGenerator<string> {
  const messages = messageReads(db);
  const { dataKeyQuery } = vaultReads(db);
  const keyOf = createDataKeyReader(async (id) => (await x.get(dataKeyQuery({ id }))) ?? null, keyring);
  for (let after = ''; ; ) {
    const page = await x.all(
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
      const message = await snapshot((moment) => messages.load(moment, id));
      step();
      if (message === null) continue;
      try {
        open(message.chunks, await keyOf(message.dataKey), id);
      } catch (error) {
        // Dropped while we looked: a scan or retention was faster.
        if ((await messages.load(x, id)) !== null) yield reasonOf(error);
      }
    }
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.id;
  }
}

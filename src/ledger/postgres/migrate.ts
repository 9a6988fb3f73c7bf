import { CordonError } from '../../core/errors.ts';
import { migrationsAfter, SCHEMA_VERSION } from '../migrate.ts';
import { LOCK_MIGRATING, LOCK_WRITING } from './locks.ts';
import { makeMonths } from './months.ts';
import type { Session, Sessions } from './pool.ts';

/**
 * Brings the schema up to date, in one transaction: of several processes that start at once, one does it and the others wait for it.
 * Makes the months ahead too. Throws `ledger.schema` for a newer ledger or a database of somebody else's.
 */
export async function migratePostgres(sessions: Sessions): Promise<void> {
  await sessions.use(async (session) => {
    // A step may take longer than any write, and the second process waits for the first one to end.
    await session.exec('BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = 0');
    await session.exec(LOCK_MIGRATING);
    // A new partition needs its table's default one for itself: no batch may be in the middle of both.
    await session.exec(LOCK_WRITING);
    await session.exec(
      'CREATE TABLE IF NOT EXISTS cordon_schema (version integer PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL)',
    );
    const version = await versionOf(session);
    if (version === 0) await refuseOthers(session, sessions.place);
    for (const migration of migrationsAfter(version, sessions.place)) {
      for (const sql of migration.postgres) await session.exec(sql);
      const parameters = [migration.version, migration.name];
      await session.run({ sql: 'INSERT INTO cordon_schema VALUES ($1, $2, now())', parameters });
    }
    await makeMonths(session, Date.now());
    await session.exec('COMMIT');
  });
}

/** Throws `ledger.schema` where the schema is not the one that this Cordon reads and writes. */
export async function checkPostgresSchema(sessions: Sessions): Promise<void> {
  const known = await sessions.get<{ name: string | null }>({
    sql: "SELECT to_regclass('cordon_schema')::text AS name",
    parameters: [],
  });
  const version = known === undefined || known.name === null ? 0 : await versionOf(sessions);
  if (migrationsAfter(version, sessions.place).length === 0) return;
  throw new CordonError(
    'ledger.schema',
    `${sessions.place}: the ledger's schema is ${version}, this Cordon needs ${SCHEMA_VERSION}. Run \`cordon ledger migrate\``,
  );
}

/**
 * Refuses a database that would lose what was acknowledged: with `synchronous_commit` off, COMMIT answers before the log is on the
 * disk (postgresql.org/docs/15/wal-async-commit.html). Throws `config.invalid`.
 */
export async function checkDurable(sessions: Sessions): Promise<void> {
  const row = await sessions.get<{ setting: string }>({
    sql: "SELECT current_setting('synchronous_commit') AS setting",
    parameters: [],
  });
  if (row?.setting !== 'off') return;
  throw new CordonError(
    'config.invalid',
    `${sessions.place}: synchronous_commit is off, so a message could be lost after it was acknowledged. Set it to on for Cordon's role (ALTER ROLE … SET synchronous_commit = on)`,
  );
}

async function versionOf(session: Session): Promise<number> {
  const row = await session.get<{ version: number | null }>({
    sql: 'SELECT max(version) AS version FROM cordon_schema',
    parameters: [],
  });
  return row?.version ?? 0;
}

async function refuseOthers(session: Session, place: string): Promise<void> {
  const other = await session.get<{ name: string }>({
    sql: "SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema() AND tablename <> 'cordon_schema' LIMIT 1",
    parameters: [],
  });
  if (other === undefined) return;
  throw new CordonError(
    'ledger.schema',
    `${place}: holds tables that are not Cordon's (${other.name}). Give it a database, or a schema, of its own (DATABASE_URL)`,
  );
}

import type { Engine } from '../assemble.ts';
import { createOperations } from '../operations.ts';
import { postgresBuilder } from './builder.ts';
import { checkDurable, checkPostgresSchema, migratePostgres } from './migrate.ts';
import { createSessions } from './pool.ts';
import { createWriter } from './writer.ts';

export interface PostgresOptions {
  /** `postgres://user:password@host:5432/database?sslmode=verify-full` */
  readonly url: string;
  /** Make the tables where there are none, and bring their schema up to date. Without it either is an error. */
  readonly migrate: boolean;
}

/**
 * The ledger on PostgreSQL 13 or later, over a pool of a few sessions. Throws `config.invalid` (no URL of a database, commits that are not
 * durable), `ledger.unavailable` or `ledger.schema`.
 */
export async function openPostgres({ url, migrate }: PostgresOptions): Promise<Engine> {
  if (migrate) await migrateWithoutHurry(url);
  const sessions = createSessions(url);
  try {
    await checkPostgresSchema(sessions);
    await checkDurable(sessions);
  } catch (error) {
    await sessions.close();
    throw error;
  }
  const db = postgresBuilder();
  const writer = createWriter(sessions, createOperations(db));
  return {
    db,
    reader: sessions,
    call: writer.call,
    snapshot: (read) =>
      sessions.use(async (session) => {
        await session.exec('BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY');
        const result = await read(session);
        await session.exec('COMMIT');
        return result;
      }),
    // The versions of a row that shredding left behind. What is in the server's log stays there until it recycles that.
    shredded: () => sessions.exec('VACUUM data_keys'),
    async close() {
      await writer.close();
      await sessions.close();
    },
  };
}

/** In sessions of its own: a step over many rows may take longer than any statement of a ledger at work. */
async function migrateWithoutHurry(url: string): Promise<void> {
  const sessions = createSessions(url, 0);
  try {
    await migratePostgres(sessions);
  } finally {
    await sessions.close();
  }
}

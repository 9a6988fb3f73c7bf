import type { Engine } from '../engine.ts';
import { createOperations } from '../operations.ts';
import { createReadAhead } from './ahead.ts';
import { postgresBuilder } from './builder.ts';
import { dropMonths } from './drop-months.ts';
import { checkDurable, checkPostgresSchema, migratePostgres } from './migrate.ts';
import { makeMonthsAhead, monthsBefore } from './months.ts';
import { createSessions, type Sessions } from './pool.ts';
import { createWriter } from './writer.ts';

export interface PostgresOptions {
  /** `postgres://user:password@host:5432/database?sslmode=verify-full` */
  readonly url: string;
  /** Make the tables where there are none, and bring their schema up to date. Without it either is an error. */
  readonly migrate: boolean;
  /** Calls of one commit; 1 is for the benchmark's comparison. */
  readonly maxBatch?: number | undefined;
}

export interface PostgresEngine extends Engine {
  readonly ahead: ReturnType<typeof createReadAhead>;
}

/** Sessions of one process for its pages, workers and metrics. Accepts have one of their own: no page makes them wait. */
const READING = 5;

/**
 * The ledger on PostgreSQL 13 or later, over a few sessions. Throws `config.invalid` (no URL of a database, commits that are not
 * durable), `ledger.unavailable` or `ledger.schema`.
 */
export async function openPostgres({ url, migrate, maxBatch }: PostgresOptions): Promise<PostgresEngine> {
  // A step over many rows may take longer than any statement of a ledger at work.
  if (migrate) await lent(createSessions(url, { most: 1, answerMs: 0 }), migratePostgres);
  const reading = createSessions(url, { most: READING });
  const writing = createSessions(url, { most: 1 });
  const close = async (): Promise<void> => {
    await reading.close();
    await writing.close();
  };
  try {
    await checkPostgresSchema(reading);
    await checkDurable(reading);
  } catch (error) {
    await close();
    throw error;
  }
  const db = postgresBuilder();
  const writer = createWriter(writing, createOperations(db), maxBatch);
  return {
    db,
    reader: reading,
    call: writer.call,
    ahead: createReadAhead(db, reading),
    snapshot: (read) =>
      reading.use(async (session) => {
        await session.exec('BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY');
        const result = await read(session);
        await session.exec('COMMIT');
        return result;
      }),
    months: {
      ahead: (now) => makeMonthsAhead(reading, now),
      old: (before) => monthsBefore(reading, before),
      // Counting a month may take longer than any statement of a ledger at work.
      drop: (months) => lent(createSessions(url, { most: 1, answerMs: 0 }), (sessions) => dropMonths(sessions, db, months)),
    },
    // The versions of a row that shredding left behind. What is in the server's log stays there until it recycles that.
    shredded: () => reading.exec('VACUUM data_keys'),
    async close() {
      await writer.close();
      await close();
    },
  };
}

async function lent<T>(sessions: Sessions, work: (sessions: Sessions) => Promise<T>): Promise<T> {
  try {
    return await work(sessions);
  } finally {
    await sessions.close();
  }
}

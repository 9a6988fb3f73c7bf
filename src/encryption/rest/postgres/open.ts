import { Client, DatabaseError } from 'pg';
import { type Link, linkOf } from '../link.ts';

const CONNECT_MS = 5_000;
/** For one statement, and for waiting for what others hold: a check must not be a load. */
const STATEMENT_MS = 3_000;
const LOCK_MS = 500;
const CLOSE_MS = 1_000;

/** A session that only reads. */
export interface Reading {
  readonly link: Link;
  /** Who asked and what for, as the server was told. */
  readonly user: string;
  readonly database: string;
  /** Runs one statement in a read-only transaction of its own, bounded in time. Rejects as `pg` does. */
  all(sql: string, values?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
  close(): Promise<void>;
}

/** Connects as the URL says. Rejects with what `reasonOfPostgres` puts in words. */
export async function openReading(url: string, signal: AbortSignal): Promise<Reading> {
  const client = new Client({
    connectionString: url,
    application_name: 'cordon verify',
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: 2 * STATEMENT_MS,
  });
  // A session that the server ends while nothing is asked of it: the next question fails by itself.
  client.on('error', () => {});
  const cut = (): void => void client.connection.stream.destroy();
  signal.addEventListener('abort', cut, { once: true });
  try {
    signal.throwIfAborted();
    await client.connect();
  } catch (error) {
    signal.removeEventListener('abort', cut);
    cut();
    throw error;
  }
  return {
    link: linkOf(client.connection.stream, client.host),
    user: client.user ?? '',
    database: client.database ?? '',
    async all(sql, values = []) {
      await client.query(
        `BEGIN READ ONLY; SET LOCAL statement_timeout = ${STATEMENT_MS}; SET LOCAL lock_timeout = ${LOCK_MS}; SET LOCAL search_path = pg_catalog`,
      );
      try {
        return (await client.query<Record<string, unknown>>(sql, [...values])).rows;
      } finally {
        await client.query('ROLLBACK');
      }
    },
    async close() {
      // pg waits for the server to hang up; one that does not is left.
      const timer = setTimeout(cut, CLOSE_MS);
      try {
        // On a connection that was cut, pg has nothing to say goodbye to.
        if (signal.aborted) cut();
        else await client.end();
      } finally {
        clearTimeout(timer);
        signal.removeEventListener('abort', cut);
      }
    },
  };
}

/** What pg threw, in our words: the server's own text may quote the role or a value. Throws what is a defect of ours. */
export function reasonOfPostgres(error: unknown): { readonly code: string; readonly reason: string } {
  if (!(error instanceof Error) || error instanceof TypeError) throw error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  if (error.message === 'The server does not support SSL connections')
    return { code: 'no-tls', reason: 'the server takes no TLS: set ssl = on there' };
  if (error instanceof DatabaseError) {
    if (code.startsWith('28')) return { code, reason: `denied: the server refuses this login (SQLSTATE ${code})` };
    if (code === '42501') return { code, reason: `denied: the role may not ask for this (SQLSTATE ${code})` };
    if (code === '57014' || code === '55P03') return { code, reason: 'timed out: the server took too long' };
    return { code, reason: `the server answered with SQLSTATE ${code}` };
  }
  if (code === 'ENOENT' || code === 'EACCES')
    return { code, reason: `a file that the URL names (sslrootcert, sslcert, sslkey) or its socket cannot be used (${code})` };
  if (/CERT|SIGNATURE|ISSUER/.test(code))
    return { code, reason: `the server's certificate is not trusted (${code}): give sslrootcert` };
  if (/timeout/i.test(error.message) || code === 'AbortError')
    return { code, reason: 'timed out: the server had no answer in time' };
  return { code, reason: `unreachable (${code}): look at the network and at the URL` };
}

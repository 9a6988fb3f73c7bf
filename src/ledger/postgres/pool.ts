import { createHash } from 'node:crypto';
import { type CustomTypesConfig, Pool, type PoolClient, types } from 'pg';
import { CordonError } from '../../core/errors.ts';
import type { Bound, Executor } from '../statement.ts';
import { postgresError } from './errors.ts';

const CONNECT_MS = 5000;
/** Sessions that nobody uses for so long are given back to the server. */
const IDLE_MS = 60_000;
const KEEP_ALIVE_MS = 10_000;
/** How long a write waits for those of other processes before its sender is told to come again. */
const LOCK_MS = 5000;
/** A process that stands still in a transaction keeps all others from writing: the server ends its session. */
const IDLE_IN_TRANSACTION_MS = 10_000;
/** A server that answers nothing (a cut line) is given up; the outcome of what was asked is then unknown. */
const ANSWER_MS = 30_000;

/** Statements that a session keeps prepared. Those that filters make up beyond it are compiled each time. */
const PREPARED = 400;

/** Object ids of types (pg_type.dat) that hold our numbers. Counts and times stay far below 2^53. */
const INT8 = 20;
const NUMERIC = 1700;

/** Numbers as numbers, for these connections alone: pg's own parsers are shared by the whole process. */
const TYPES: CustomTypesConfig = {
  getTypeParser: (oid, format) => (oid === INT8 || oid === NUMERIC ? Number : types.getTypeParser(oid, format)),
};

/** A session of the pool, for one transaction. */
export interface Session extends Executor {
  run(statement: Bound<unknown>): Promise<number>;
  get<Row>(statement: Bound<Row>): Promise<Row | undefined>;
  all<Row>(statement: Bound<Row>): Promise<readonly Row[]>;
  /** Runs SQL without parameters or rows; several statements at once where they are parted by semicolons. */
  exec(sql: string): Promise<void>;
}

/** The sessions with one database. */
export interface Sessions extends Session {
  /** What errors call the database: host, port and name, never the password. */
  readonly place: string;
  /** Lends a session. One whose work threw is ended and not lent again: what it was in the middle of is unknown. */
  use<T>(work: (session: Session) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface SessionsOptions {
  /** Most sessions at once; who needs one more waits. */
  readonly most: number;
  /** Milliseconds that a statement may take; 0: as long as it takes. */
  readonly answerMs?: number;
}

/** Makes the pool; connects nothing yet. Throws `config.invalid` for what is no URL of a database. */
export function createSessions(url: string, { most, answerMs = ANSWER_MS }: SessionsOptions): Sessions {
  const place = placeOf(url);
  const nameOf = statementNames();
  const pool = new Pool({
    connectionString: url,
    application_name: 'cordon',
    // Compiling a plan over the months' partitions took a trace 350 of its 600 ms; no statement here runs long enough to earn that back.
    options: '-c jit=off',
    max: most,
    idleTimeoutMillis: IDLE_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
    connectionTimeoutMillis: CONNECT_MS,
    lock_timeout: LOCK_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    query_timeout: answerMs,
    types: TYPES,
    // Statements that need not wait for each other's answers go out together (accepts of a batch).
    pipeline: true,
  });
  // A session that ends while nobody uses it leaves the pool by itself; who needs one next gets another.
  pool.on('error', () => {});
  // The pool listens only while nobody uses the session, and a server may say that it is ready and that it goes down in one packet, before we could: so each has a listener from its
  // beginning. What was asked on it fails by itself.
  pool.on('connect', (client) => client.on('error', () => {}));
  let closed = false;

  async function use<T>(work: (session: Session) => Promise<T>): Promise<T> {
    if (closed) throw new CordonError('ledger.unavailable', `${place}: the ledger is closed`);
    const client = await guarded(() => pool.connect(), place);
    let broken = true;
    try {
      const result = await work(sessionOf(client, place, nameOf));
      broken = false;
      return result;
    } finally {
      client.release(broken);
    }
  }

  return {
    place,
    remote: true,
    use,
    run: (statement) => use((session) => session.run(statement)),
    get: (statement) => use((session) => session.get(statement)),
    all: (statement) => use((session) => session.all(statement)),
    exec: (sql) => use((session) => session.exec(sql)),
    async close() {
      if (closed) return;
      closed = true;
      await pool.end();
    },
  };
}

function sessionOf(client: PoolClient, place: string, nameOf: (sql: string) => string | null): Session {
  const gather = gathering(client);
  async function query(statement: Bound<unknown>) {
    gather();
    const name = nameOf(statement.sql);
    const config = { text: statement.sql, values: statement.parameters.map(bindable), ...(name === null ? {} : { name }) };
    return await guarded(() => client.query<Record<string, unknown>>(config), place);
  }
  async function all<Row>(statement: Bound<Row>): Promise<readonly Row[]> {
    // The row type is Kysely's, from the schema that the migrations made.
    return (await query(statement)).rows as readonly Row[];
  }
  return {
    remote: true,
    all,
    async get<Row>(statement: Bound<Row>) {
      return (await all(statement))[0];
    },
    async run(statement) {
      return (await query(statement)).rowCount ?? 0;
    },
    async exec(sql) {
      await guarded(() => client.query(sql), place);
    },
  };
}

/** Statements asked for in one turn of the loop go in one write to the socket; one each took a third of the main thread's time. */
function gathering(client: PoolClient): () => void {
  let gathered = false;
  return () => {
    if (gathered) return;
    const { stream } = client.connection;
    gathered = true;
    stream.cork();
    process.nextTick(() => {
      gathered = false;
      stream.uncork();
    });
  };
}

async function guarded<T>(run: () => Promise<T>, place: string): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw postgresError(error, place);
  }
}

/** PostgreSQL's text holds no NUL (postgresql.org/docs/15/datatype-character.html), and malformed messages do. */
function bindable(value: unknown): unknown {
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value;
}

/** The same name for the same statement; null past PREPARED of them. */
function statementNames(): (sql: string) => string | null {
  const names = new Map<string, string>();
  return (sql) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size >= PREPARED) return null;
    const name = `cordon_${createHash('sha256').update(sql).digest('hex').slice(0, 24)}`;
    names.set(sql, name);
    return name;
  };
}

/** `host:port/database` of a URL. */
function placeOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== 'postgres:' && url.protocol !== 'postgresql:')) {
    throw new CordonError('config.invalid', 'DATABASE_URL: not a URL such as postgres://user:password@host:5432/database');
  }
  return `${url.hostname || url.searchParams.get('host') || 'localhost'}:${url.port || '5432'}${url.pathname}`;
}

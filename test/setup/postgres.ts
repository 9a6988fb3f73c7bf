import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { freePort } from '../support/free-port.ts';
import { canMount, onSmallDisk } from './small-disk.ts';
import { toolPath } from './tools.ts';

/** A PostgreSQL for one test file, with an empty database of its own. */
export interface PostgresService {
  readonly url: string;
  /** Where a private instance writes everything: its data with the write-ahead log, and `server.log`. Null on a server of others. */
  readonly folder: string | null;
  /** The URL of one more database: empty, or a copy of one of this server's that nobody has open. */
  database(of?: string): Promise<string>;
  /** Ends the server and starts it again on the same port, with the same data. Private instances only. */
  restart(): Promise<void>;
  /** Has the server refuse connections for so many milliseconds, or until `work` has ended, then starts it again. Private instances only. */
  refuse(ms: number): Promise<void>;
  away(work: () => Promise<void>): Promise<void>;
  /** A database on a disk without any room for more; `relieve` makes room. Private instances that were asked for a `smallDisk` only. */
  fullDisk(): Promise<{ readonly url: string; fill(): Promise<void>; relieve(): Promise<void> }>;
  /** Drops the databases, or ends the private instance. */
  close(): Promise<void>;
}

export interface PostgresOptions {
  readonly private?: boolean;
  /** Of a private server, as `name=value`; without any it writes as if nobody could cut its power. */
  readonly settings?: readonly string[];
  /** A private server gets a disk of so many bytes beside its own, for databases whose disk is full. */
  readonly smallDisk?: number;
}

/**
 * A fresh database on DATABASE_URL of the environment where that is set and `private` is not; else an instance of this test's own,
 * started from the binaries on a free port. Only that one can be restarted: nobody else works on it.
 */
export async function postgresService(options: PostgresOptions = {}): Promise<PostgresService> {
  const shared = process.env.DATABASE_URL;
  return shared === undefined || shared === '' || options.private === true ? startPrivate(options) : onShared(shared);
}

async function onShared(server: string): Promise<PostgresService> {
  const refused = () => Promise.reject(new Error('the server of DATABASE_URL is not ours to stop: ask for { private: true }'));
  const made: string[] = [];
  async function database(of?: string): Promise<string> {
    const { name, url } = await createDatabase(server, { of });
    made.push(name);
    return url;
  }
  return {
    url: await database(),
    folder: null,
    database,
    restart: refused,
    refuse: refused,
    away: refused,
    fullDisk: refused,
    async close() {
      for (const name of made.splice(0)) await query(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

interface DatabaseOptions {
  readonly of?: string | undefined;
  readonly tablespace?: string;
}

async function createDatabase(
  server: string,
  { of, tablespace = 'pg_default' }: DatabaseOptions = {},
): Promise<{ name: string; url: string }> {
  const template = of === undefined ? 'template0' : new URL(of).pathname.slice(1);
  const name = `cordon_test_${randomBytes(6).toString('hex')}`;
  await query(server, `CREATE DATABASE ${name} TEMPLATE ${template} ENCODING 'UTF8' TABLESPACE ${tablespace}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { name, url: url.href };
}

async function startPrivate({ settings: asked = [], smallDisk }: PostgresOptions): Promise<PostgresService> {
  const owner = unprivileged();
  const folder = mkdtempSync(join(tmpdir(), 'cordon-postgres-'));
  if (owner.uid !== undefined && owner.gid !== undefined) chownSync(folder, owner.uid, owner.gid);
  const data = join(folder, 'data');
  const flags = ['-D', data, '-U', 'cordon', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'];
  const made = spawnSync(toolPath('initdb'), flags, { ...owner, cwd: folder, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`);
  const port = await freePort();
  const url = `postgres://cordon@127.0.0.1:${port}/postgres`;
  const settings = [
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${folder}`,
    'shared_buffers=32MB',
    'fsync=off',
    ...asked,
  ];
  const disk = join(folder, 'disk');
  const mounted = smallDisk !== undefined && canMount();
  let server: ChildProcess | null = null;
  // A test run that is ended from outside leaves nothing behind.
  process.once('exit', () => server?.kill('SIGQUIT'));

  async function start(): Promise<void> {
    const args = ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
    const log = openSync(join(folder, 'server.log'), 'a');
    const stdio = ['ignore', 'ignore', log] as const;
    const child = mounted
      ? onSmallDisk({ disk, bytes: smallDisk, owner }, [toolPath('postgres'), ...args], { cwd: folder, stdio: [...stdio] })
      : spawn(toolPath('postgres'), args, { ...owner, cwd: folder, stdio: [...stdio] });
    closeSync(log);
    server = child;
    for (const until = Date.now() + 30_000; ; await wait(50)) {
      if (child.exitCode !== null || Date.now() > until)
        throw new Error(`postgres did not start:\n${readFileSync(join(folder, 'server.log'), 'utf8').slice(-4000)}`);
      if (await answers(url)) return;
    }
  }
  async function stop(): Promise<void> {
    const child = server;
    server = null;
    if (child === null || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    // SIGINT: "fast shutdown", which ends sessions (postgresql.org/docs/15/server-shutdown.html).
    child.kill('SIGINT');
    await ended;
  }
  async function away(work: () => Promise<void>): Promise<void> {
    await stop();
    try {
      await work();
    } finally {
      await start();
    }
  }
  const refuse = (ms: number): Promise<void> => away(() => wait(ms));
  async function fullDisk() {
    if (!mounted) return refusing((await createDatabase(url)).url);
    await query(url, `CREATE TABLESPACE small LOCATION '${disk}'`);
    const ballast = `${disk}/ballast`;
    return {
      url: (await createDatabase(url, { tablespace: 'small' })).url,
      // The disk is in sight of the server only, so that it has to be the one that fills it.
      fill: () => query(url, `COPY (SELECT 1) TO PROGRAM 'cat >/dev/null; cat /dev/zero >${ballast} 2>/dev/null; true'`),
      relieve: () => query(url, `COPY (SELECT 1) TO PROGRAM 'cat >/dev/null; rm ${ballast}'`),
    };
  }
  async function close(): Promise<void> {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  }

  try {
    if (mounted) mkdirSync(disk);
    await start();
    const database = async (of?: string) => (await createDatabase(url, { of })).url;
    return { url: await database(), folder, database, restart: () => refuse(0), refuse, away, fullDisk, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * Where nothing can be mounted (a container without rights to): the server refuses bodies as it does on a full disk, with that
 * condition's SQLSTATE, which a trigger raises.
 */
function refusing(url: string) {
  const raise = "BEGIN RAISE EXCEPTION USING ERRCODE = 'disk_full'; END";
  return {
    url,
    async fill() {
      await query(url, `CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS '${raise.replaceAll("'", "''")}'`);
      await query(url, 'CREATE TRIGGER full_disk BEFORE INSERT ON chunks FOR EACH STATEMENT EXECUTE FUNCTION full_disk()');
    },
    relieve: () => query(url, 'DROP FUNCTION full_disk CASCADE'),
  };
}

/** PostgreSQL refuses to run as root: as its own user, or as nobody. */
export function unprivileged(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  for (const user of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, user], { encoding: 'utf8' }).stdout.trim());
    if (uid !== undefined && gid !== undefined && uid !== '' && gid !== '') return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error('PostgreSQL does not run as root, and there is neither a user postgres nor nobody to run it as');
}

async function answers(url: string): Promise<boolean> {
  try {
    await query(url, 'SELECT 1');
    return true;
  } catch {
    // Not up yet: the caller asks again, and gives up after a time.
    return false;
  }
}

/** Runs one statement on a connection of its own. */
async function query(url: string, text: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  // A server that is shut down says so on idle connections too.
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

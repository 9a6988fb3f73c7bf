import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { toolPath } from './tools.ts';

/** A PostgreSQL for one test file, with an empty database of its own. */
export interface PostgresService {
  readonly url: string;
  /** The URL of one more empty database. */
  database(): Promise<string>;
  /** Ends the server and starts it again on the same port, with the same data. Private instances only. */
  restart(): Promise<void>;
  /** Has the server refuse connections for so many milliseconds, then starts it again. Private instances only. */
  refuse(ms: number): Promise<void>;
  /** Drops the databases, or ends the private instance. */
  close(): Promise<void>;
}

/**
 * A fresh database on DATABASE_URL of the environment where that is set and `private` is not; else an instance of this test's own,
 * started from the binaries on a free port. Only that one can be restarted: nobody else works on it.
 */
export async function postgresService(options: { private?: boolean } = {}): Promise<PostgresService> {
  const shared = process.env.DATABASE_URL;
  return shared === undefined || shared === '' || options.private === true ? startPrivate() : onShared(shared);
}

async function onShared(server: string): Promise<PostgresService> {
  const refused = () => Promise.reject(new Error('the server of DATABASE_URL is not ours to stop: ask for { private: true }'));
  const made: string[] = [];
  async function database(): Promise<string> {
    const { name, url } = await createDatabase(server);
    made.push(name);
    return url;
  }
  return {
    url: await database(),
    database,
    restart: refused,
    refuse: refused,
    async close() {
      for (const name of made.splice(0)) await query(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

async function createDatabase(server: string): Promise<{ name: string; url: string }> {
  const name = `cordon_test_${randomBytes(6).toString('hex')}`;
  await query(server, `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { name, url: url.href };
}

async function startPrivate(): Promise<PostgresService> {
  const owner = unprivileged();
  const folder = mkdtempSync(join(tmpdir(), 'cordon-postgres-'));
  if (owner.uid !== undefined && owner.gid !== undefined) chownSync(folder, owner.uid, owner.gid);
  const data = join(folder, 'data');
  const flags = ['-D', data, '-U', 'cordon', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'];
  const made = spawnSync(toolPath('initdb'), flags, { ...owner, cwd: folder, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`);
  const port = await freePort();
  const url = `postgres://cordon@127.0.0.1:${port}/postgres`;
  const settings = ['listen_addresses=127.0.0.1', `unix_socket_directories=${folder}`, 'shared_buffers=32MB'];
  let server: ChildProcess | null = null;
  // A test run that is ended from outside leaves nothing behind.
  process.once('exit', () => server?.kill('SIGQUIT'));

  async function start(): Promise<void> {
    const args = ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
    const child = spawn(toolPath('postgres'), args, { ...owner, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
    server = child;
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said = `${said}${chunk.toString('utf8')}`.slice(-4000);
    });
    for (const until = Date.now() + 30_000; ; await wait(50)) {
      if (child.exitCode !== null || Date.now() > until) throw new Error(`postgres did not start:\n${said}`);
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
  async function refuse(ms: number): Promise<void> {
    await stop();
    await wait(ms);
    await start();
  }
  async function close(): Promise<void> {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  }

  try {
    await start();
    const database = async () => (await createDatabase(url)).url;
    return { url: await database(), database, restart: () => refuse(0), refuse, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** PostgreSQL refuses to run as root: as its own user, or as nobody. */
function unprivileged(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  for (const user of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, user], { encoding: 'utf8' }).stdout.trim());
    if (uid !== undefined && gid !== undefined && uid !== '' && gid !== '') return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error('PostgreSQL does not run as root, and there is neither a user postgres nor nobody to run it as');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
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

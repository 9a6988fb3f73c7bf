import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Redis } from 'ioredis';
import { freePort } from '../support/free-port.ts';
import { toolPath } from './tools.ts';

/** A Redis for one test file: what has keys of others in it, or one of its own. */
export interface RedisService {
  readonly url: string;
  /** Of every key that the test makes; they are gone after `close`. */
  readonly prefix: string;
  /** Where a private instance writes everything, its append-only file, its dump and `server.log`; null for one of others. */
  readonly folder: string | null;
  /** Ends the server as an operator would, and leaves it away until `start`. Private instances only, as are the next three. */
  stop(): Promise<void>;
  start(): Promise<void>;
  restart(): Promise<void>;
  /** Stops the server's process where it stands: connections stay, answers do not come. */
  freeze(): () => void;
  close(): Promise<void>;
}

/**
 * Redis of the environment (`REDIS_URL`), with a fresh prefix; without one, or if the test is to break it (`private`), an instance
 * of its own on a free port, with an append-only file in a folder that goes away. Only what was started here is ended.
 */
export async function redisService(options: { private?: boolean } = {}): Promise<RedisService> {
  const prefix = `cordon-test-${randomUUID()}`;
  const shared = process.env.REDIS_URL;
  return shared === undefined || shared === '' || options.private === true
    ? privateService(prefix)
    : sharedService(shared, prefix);
}

async function sharedService(url: string, prefix: string): Promise<RedisService> {
  const others = (): never => {
    throw new Error('this Redis is of REDIS_URL, others use it: a test that breaks Redis asks for a private one');
  };
  return {
    url,
    prefix,
    folder: null,
    stop: others,
    start: others,
    restart: others,
    freeze: others,
    async close() {
      const client = new Redis(url);
      for await (const keys of client.scanStream({ match: `${prefix}*`, count: 1_000 })) {
        if (Array.isArray(keys) && keys.length > 0) await client.unlink(keys);
      }
      await client.quit();
    },
  };
}

async function privateService(prefix: string): Promise<RedisService> {
  const folder = mkdtempSync(join(tmpdir(), 'cordon-redis-'));
  const port = await freePort();
  let server = await startServer(port, folder);
  // A test run that is ended from outside leaves nothing behind.
  const kill = (): void => void server.kill('SIGKILL');
  process.once('exit', kill);
  const stop = (): Promise<void> => ended(server, 'SIGTERM');
  const start = async (): Promise<void> => {
    server = await startServer(port, folder);
  };
  return {
    url: `redis://127.0.0.1:${port}/0`,
    prefix,
    folder,
    stop,
    start,
    async restart() {
      await stop();
      await start();
    },
    freeze() {
      server.kill('SIGSTOP');
      return () => void server.kill('SIGCONT');
    },
    async close() {
      process.off('exit', kill);
      await ended(server, 'SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Resolves once it takes commands; rejects with what it said if it ends before. */
async function startServer(port: number, folder: string): Promise<ChildProcess> {
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--daemonize', 'no', '--logfile', ''];
  const durability = ['--appendonly', 'yes', '--appendfsync', 'everysec', '--save', '', '--maxmemory-policy', 'noeviction'];
  const child = spawn(toolPath('redis-server'), [...settings, ...durability], { stdio: ['ignore', 'pipe', 'inherit'] });
  const said: string[] = [];
  const log = createWriteStream(join(folder, 'server.log'), { flags: 'a' });
  child.stdout.pipe(log);
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`redis-server ended with ${code}:\n${said.join('\n')}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (said.length < 100) said.push(line);
      if (line.includes('Ready to accept connections')) resolve();
    });
  });
  return child;
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill(signal);
  await exit;
}

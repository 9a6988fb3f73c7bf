import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { unprivileged } from '../setup/postgres.ts';
import { toolPath } from '../setup/tools.ts';
import { portOf, startAgent } from '../support/agent.ts';
import { makeAuthority } from '../support/certificates.ts';
import { jsonLines, runCli } from '../support/cli.ts';
import { freePort } from '../support/free-port.ts';
import { settled } from '../support/ledger.ts';
import { mllpClient } from '../support/mllp-client.ts';
import { oru } from '../support/oru.ts';

/**
 * The links of docker-compose.yml without Docker: PostgreSQL and Redis run by its commands, with what scripts/make-secrets.mjs makes, and agents
 * with its environment. What is not its own are folders, ports, and the name of this machine in the certificates.
 */
const ROOT = resolve(import.meta.dirname, '../..');

interface Service {
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}
const { services }: { services: Record<'ingest' | 'worker' | 'postgres' | 'redis', Service> } = parse(
  readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8'),
  { merge: true },
);

const folder = mkdtempSync(join(tmpdir(), 'cordon-cluster-'));
const mounted = join(folder, 'run-secrets');
const owner = unprivileged();
const running: ChildProcess[] = [];
const kill = (): void => {
  for (const child of running) child.kill('SIGKILL');
};
let [postgresPort, redisPort] = [0, 0];

const secret = (name: string): string => readFileSync(join(mounted, name), 'utf8').trim();
const here = (text: string): string => text.replaceAll('/run/secrets', mounted);

beforeAll(async () => {
  // A test run that is ended from outside leaves nothing behind.
  process.once('exit', kill);
  [postgresPort, redisPort] = [await freePort(), await freePort()];
  mountSecrets();
  own(folder);
  startPostgres();
  startRedis();
  await vi.waitFor(() => query(urlOf('postgres'), 'SELECT 1'), { timeout: 30_000, interval: 100 });
  await query(urlOf('postgres'), 'CREATE DATABASE cordon');
});
afterAll(async () => {
  process.off('exit', kill);
  const left = running.filter((child) => child.exitCode === null && child.signalCode === null);
  const ended = left.map((child) => once(child, 'exit'));
  kill();
  await Promise.all(ended);
  rmSync(folder, { recursive: true, force: true });
});

function own(path: string): void {
  if (owner.uid !== undefined && owner.gid !== undefined) chownSync(path, owner.uid, owner.gid);
}

/** Secrets as Docker mounts them: each file as it is, its folder not among them. */
function mountSecrets(): void {
  const made = join(folder, 'secrets');
  for (const args of [
    ['make-secrets.mjs', made],
    ['make-certificates.mjs', made, 'postgres,localhost', 'redis,localhost'],
  ]) {
    const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'scripts', args[0] ?? ''), ...args.slice(1)], {
      encoding: 'utf8',
    });
    expect(status, stderr).toBe(0);
  }
  mkdirSync(mounted);
  for (const name of readdirSync(made)) copyFileSync(join(made, name), join(mounted, name));
  const moved = (name: string, service: string, port: number): void => {
    const file = join(mounted, name);
    const text = here(decodeURIComponent(secret(name))).replace(/@\w+:\d+/, `@localhost:${port}`);
    expect(secret(name)).toContain(`@${service}:`);
    rmSync(file);
    writeFileSync(file, text);
  };
  moved('database-url', 'postgres', postgresPort);
  moved('redis-url', 'redis', redisPort);
}

function startPostgres(): void {
  const [data, run] = [join(folder, 'postgres'), join(folder, 'run-postgresql')];
  mkdirSync(run);
  own(run);
  const initdb = ['-D', data, '-U', 'cordon', `--pwfile=${join(mounted, 'postgres-password')}`, '--auth=scram-sha-256'];
  const args = [...initdb, ...(services.postgres.environment.POSTGRES_INITDB_ARGS ?? '').split(' '), '--no-sync'];
  const made = spawnSync(toolPath('initdb'), args, { ...owner, cwd: folder, encoding: 'utf8' });
  expect(made.status, made.stderr).toBe(0);
  const [shell, flags, script] = services.postgres.command;
  const server = `${toolPath('postgres')} -D ${data} -p ${postgresPort} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${run}`;
  const moved = here(script ?? '')
    .replaceAll('/run/postgresql', run)
    .replace('docker-entrypoint.sh postgres', server);
  running.push(spawn(shell ?? '', [flags ?? '', moved], { ...owner, cwd: folder, stdio: 'ignore' }));
}

function startRedis(): void {
  const data = join(folder, 'redis');
  mkdirSync(data);
  own(data);
  const [, ...args] = services.redis.command.map((word) =>
    word === '6379' ? String(redisPort) : word === '/data' ? data : here(word),
  );
  running.push(spawn(toolPath('redis-server'), [...args, '--bind', '127.0.0.1'], { ...owner, cwd: data, stdio: 'ignore' }));
}

/** The URL of database-url for another database, or with other parameters. */
function urlOf(database: string, parameters: Readonly<Record<string, string>> = {}): string {
  const url = new URL(secret('database-url'));
  url.pathname = `/${database}`;
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

async function query(connectionString: string, text: string): Promise<readonly unknown[]> {
  const client = new Client({ connectionString });
  try {
    await client.connect();
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

function environmentOf(role: 'ingest' | 'worker'): Record<string, string> {
  const keyring = { CORDON_KEYRING: join(folder, 'keyring.json') };
  const settings = Object.entries(services[role].environment).map(([name, value]) => [name, here(value)]);
  return { ...keyring, ...Object.fromEntries(settings) };
}

const start = (role: 'ingest' | 'worker', env: Readonly<Record<string, string>> = {}) =>
  startAgent({ data: join(folder, role), env: { ...environmentOf(role), ...env }, args: ['--role', role] });

describe('PostgreSQL and Redis of docker-compose.yml', () => {
  it('take nobody in clear', async () => {
    await expect(query(urlOf('postgres', { sslmode: 'disable' }), 'SELECT 1')).rejects.toMatchObject({ code: '28000' });
    const socket = connect(redisPort, '127.0.0.1');
    const answer: Buffer[] = [];
    socket.on('data', (bytes) => answer.push(bytes));
    const closed = new Promise((done) => socket.on('error', () => socket.destroy()).once('close', done));
    socket.write('PING\r\n');
    await closed;
    expect(Buffer.concat(answer).toString('latin1')).not.toMatch(/PONG|NOAUTH/);
  });

  it('take nothing older than TLS 1.2', async () => {
    expect(await query(urlOf('postgres'), 'SHOW ssl_min_protocol_version')).toEqual([{ ssl_min_protocol_version: 'TLSv1.2' }]);
    const redis = new Redis(secret('redis-url'), { tls: { ca: secret('ca.pem') } });
    expect(await redis.config('GET', 'tls-protocols')).toEqual(['tls-protocols', 'TLSv1.2 TLSv1.3']);
    redis.disconnect();
  });
});

describe('agents of docker-compose.yml', () => {
  it('scan what comes in over links that are proven', { timeout: 120_000 }, async () => {
    const ingest = await start('ingest');
    const worker = await start('worker');
    const client = await mllpClient(portOf(ingest, 'mllp'));
    expect(await client.send(oru('1'))).toContain('MSA|AA|1');
    client.end();
    expect(await settled({ url: urlOf('cordon') })).toMatchObject({ total: 1, failed: 0, pending: 0 });

    const sessions = await query(
      urlOf('cordon'),
      "SELECT DISTINCT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name = 'cordon'",
    );
    expect(sessions).toEqual([{ ssl: true }]);
    const redis = new Redis(secret('redis-url'), { tls: { ca: secret('ca.pem') } });
    expect((await redis.keys('cordon-*')).length).toBeGreaterThan(0);
    redis.disconnect();
    expect([...ingest.lines, ...worker.lines].join('\n')).not.toMatch(/queue away|waiting/);

    const run = { cwd: folder, env: { ...environmentOf('ingest'), HOME: folder, CORDON_DATA: ingest.data } };
    const verified = await runCli(['verify', 'rest', 'vault', '--format', 'ndjson'], run);
    const rows = new Map(jsonLines(verified.out).map((row) => [row.check, row]));
    for (const check of ['database-connection', 'queue-connection'])
      expect(rows.get(check)).toMatchObject({ outcome: 'proven', facts: { tls: 'TLSv1.3', authenticated: true } });
    expect((await runCli(['doctor'], run)).out).toMatch(/queue connection: TLS/);
    await Promise.all([ingest.stop(), worker.stop()]);
  });

  it.each<[string, RegExp, () => Record<string, string>]>([
    [
      'PostgreSQL has a certificate of another authority',
      /certificate of PostgreSQL is not trusted \(\w+\): name its authority in DATABASE_URL \(sslrootcert\)/,
      () => ({ DATABASE_URL: urlOf('cordon', { sslrootcert: otherAuthority() }) }),
    ],
    [
      'PostgreSQL has a certificate for another name',
      /certificate of PostgreSQL is not trusted \(ERR_TLS_CERT_ALTNAME_INVALID\)/,
      () => ({ DATABASE_URL: urlOf('cordon').replace('@localhost:', '@127.0.0.1:') }),
    ],
    [
      'the authority of PostgreSQL is missing',
      /a file that DATABASE_URL names \(sslrootcert, sslcert, sslkey\) cannot be read \(ENOENT\)/,
      () => ({ DATABASE_URL: urlOf('cordon', { sslrootcert: join(folder, 'missing.pem') }) }),
    ],
    [
      'Redis has a certificate of another authority',
      /certificate of Redis is not trusted \(\w+\): give its authority \(CORDON_REDIS_CA\)/,
      () => ({ CORDON_REDIS_CA: otherAuthority() }),
    ],
    [
      'Redis is to be trusted by an authority, and asked in clear',
      /redis\.ca is given, and the URL is of a Redis in clear/,
      () => ({ REDIS_URL: secret('redis-url').replace('rediss:', 'redis:') }),
    ],
  ])('end at once where %s, and print no password', { timeout: 60_000 }, async (_why, message, env) => {
    const ended = await start('ingest', env()).then(String, String);
    expect(ended).toMatch(/the agent ended with [12] before it was ready/);
    expect(ended).toMatch(message);
    for (const url of ['database-url', 'redis-url']) expect(ended).not.toContain(new URL(secret(url)).password);
  });
});

function otherAuthority(): string {
  const authority = makeAuthority();
  const file = join(folder, 'other.pem');
  writeFileSync(file, authority.cert);
  authority.remove();
  return file;
}

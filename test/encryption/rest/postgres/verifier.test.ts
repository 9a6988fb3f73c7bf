import { randomBytes } from 'node:crypto';
import { chownSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Evidence } from '../../../../src/core/evidence.ts';
import type { Machine } from '../../../../src/encryption/rest/machine.ts';
import { postgresVerifier } from '../../../../src/encryption/rest/postgres/verifier.ts';
import { type PostgresService, postgresService } from '../../../setup/postgres.ts';
import { type Authority, makeAuthority } from '../../../support/certificates.ts';
import { machineOf } from '../machine-of.ts';

/** A real PostgreSQL, whose settings each test changes while it runs. */
const HL7 = 'MSH|^~\\&|LIS|SYN|REGISTRY|SYN|20260101||ORU^R01|1|P|2.5.1\rPID|1||999^^^SYN||SYNTHETIC^PATIENT\r';
const PASSWORD = 'synthetic-password';
let service: PostgresService;
let ca: Authority;
let folder = '';
let base: URL;

beforeAll(async () => {
  service = await postgresService({ private: true });
  ca = makeAuthority();
  base = new URL(service.url);
  folder = String((await sql('SHOW data_directory'))[0]?.data_directory);
  const pair = ca.issue('/CN=127.0.0.1');
  for (const [name, pem] of [['server.key', pair.key] as const, ['server.crt', pair.cert] as const]) put(name, pem, 0o600);
  await sql(`CREATE ROLE reader LOGIN PASSWORD '${PASSWORD}'`);
  await sql('CREATE TABLE notes (id int, body text, body_encrypted bytea, meta jsonb, "Odd Name" text)');
});
afterAll(async () => {
  await service.close();
  ca.remove();
});

/** A file of the server's own. */
function put(name: string, text: string, mode: number): void {
  const path = join(folder, name);
  const { uid, gid } = statSync(folder);
  writeFileSync(path, text, { mode });
  chownSync(path, uid, gid);
}

async function sql(text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: service.url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

/** Takes effect before it resolves: pg_reload_conf only signals. */
async function settings(ssl: 'on' | 'off', hba: readonly string[]): Promise<void> {
  await sql(`ALTER SYSTEM SET ssl = ${ssl}`);
  put('pg_hba.conf', `${hba.join('\n')}\n`, 0o600);
  await sql('SELECT pg_reload_conf()');
  for (;;) {
    const [row] = await sql("SELECT current_setting('ssl') AS ssl, pg_conf_load_time()::text AS at");
    if (row?.ssl === ssl) break;
  }
}

const OPEN = ['local all all trust', 'host all all 127.0.0.1/32 trust'];
/** The superuser of these tests goes on in clear; whom the check connects as may not. */
const TLS_FOR_READER = [
  'local all all trust',
  'host all cordon 127.0.0.1/32 trust',
  'hostssl all reader 127.0.0.1/32 scram-sha-256',
];

function urlOf(params: Record<string, string> = {}, user = 'cordon', password = ''): string {
  const url = new URL(base);
  url.username = user;
  url.password = password;
  for (const [name, value] of Object.entries(params)) url.searchParams.set(name, value);
  return url.href;
}
const tlsUrl = (user = 'reader', password = PASSWORD): string =>
  urlOf({ sslmode: 'verify-full', sslrootcert: join(ca.folder, 'ca.pem') }, user, password);

async function verify(url: string, machine: Machine = machineOf('luks')): Promise<Map<string, Evidence>> {
  const rows = await postgresVerifier({ machine, clock: () => 5 }).check(url, new AbortController().signal);
  const text = JSON.stringify(rows);
  expect(text).not.toMatch(new RegExp(`${PASSWORD}|SYNTHETIC`));
  for (const row of rows) expect(row.target).toBe(`postgres://127.0.0.1:${base.port}${base.pathname}`);
  return new Map(rows.map((row) => [row.check, row]));
}
const outcomes = (rows: Map<string, Evidence>): Record<string, string> =>
  Object.fromEntries([...rows].map(([check, { outcome }]) => [check, outcome]));

describe('a database on this machine', () => {
  it('in clear over loopback is not applicable, and its folders are looked at', async () => {
    await settings('off', OPEN);
    const rows = await verify(urlOf());
    expect(outcomes(rows)).toEqual({
      connection: 'not_applicable',
      server: 'not_applicable',
      volume: 'proven',
      swap: 'not_applicable',
      sample: 'unknown',
    });
    expect(rows.get('volume')?.facts).toMatchObject({ data: [expect.stringContaining('proven on /'), expect.anything()] });
    expect(rows.get('server')?.facts).toMatchObject({ version: expect.stringMatching(/^\d+/), ssl: 'off', listen: '127.0.0.1' });
  });

  it('over a Unix socket as well', async () => {
    const socket = join(folder, '..');
    const url = `postgres:///${base.pathname.slice(1)}?host=${encodeURIComponent(socket)}&port=${base.port}&user=cordon`;
    const rows = await postgresVerifier({ machine: machineOf('luks') }).check(url, new AbortController().signal);
    expect(rows.map(({ check, outcome }) => [check, outcome])).toEqual([
      ['connection', 'not_applicable'],
      ['server', 'not_applicable'],
      ['volume', 'proven'],
      ['swap', 'not_applicable'],
      ['sample', 'unknown'],
    ]);
  });

  it('on a disk without encryption fails', async () => {
    expect(outcomes(await verify(urlOf(), machineOf('plain')))).toMatchObject({ volume: 'failed', sample: 'unknown' });
  });
});

describe('a database that is not seen to be here', () => {
  it.each<[string, Partial<Machine>]>([
    ['its process is not here', { text: () => null }],
    [
      'its process sees other mounts',
      { text: (path) => (/^\/proc\/\d+\/mountinfo$/.test(path) ? 'others' : machineOf('luks').text(path)) },
    ],
    ['that process is another program', { text: (path) => (path.endsWith('/comm') ? 'sshd\n' : machineOf('luks').text(path)) }],
  ])('because %s is in clear, and its volume unknown', async (_why, changes) => {
    const rows = await verify(urlOf(), machineOf('luks', changes));
    expect(outcomes(rows)).toMatchObject({ connection: 'failed', volume: 'unknown' });
    expect(rows.get('volume')?.reason).toContain(`verify file:${folder}`);
    expect(rows.has('swap')).toBe(false);
  });

  it('because something stands between is in clear, and its volume unknown', async () => {
    const { connect } = await import('node:net');
    const tunnel = createServer((socket) => {
      const behind = connect(Number(base.port), '127.0.0.1');
      socket.pipe(behind).pipe(socket);
      for (const end of [socket, behind]) end.on('error', () => end.destroy());
    });
    await new Promise<void>((resolve) => tunnel.listen(0, '127.0.0.1', resolve));
    const address = tunnel.address();
    const url = new URL(urlOf());
    if (address !== null && typeof address !== 'string') url.port = String(address.port);
    const rows = await postgresVerifier({ machine: machineOf('luks') }).check(url.href, new AbortController().signal);
    tunnel.close();
    expect(rows.find(({ check }) => check === 'connection')?.outcome).toBe('failed');
    expect(rows.find(({ check }) => check === 'volume')?.outcome).toBe('unknown');
  });
});

it('a server that does not hang up is left all the same', async () => {
  const { connect } = await import('node:net');
  const sockets: Socket[] = [];
  const tunnel = createServer({ allowHalfOpen: true }, (socket) => {
    const behind = connect(Number(base.port), '127.0.0.1');
    // Terminate (X) and the end of the connection are kept from the server.
    socket.on('data', (chunk) => {
      if (chunk[0] !== 0x58) behind.write(chunk);
    });
    behind.pipe(socket);
    sockets.push(socket, behind);
    for (const end of [socket, behind]) end.on('error', () => end.destroy());
  });
  await new Promise<void>((resolve) => tunnel.listen(0, '127.0.0.1', resolve));
  const address = tunnel.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const url = new URL(urlOf());
  url.port = String(address.port);
  const rows = await postgresVerifier({ machine: machineOf('luks') }).check(url.href, new AbortController().signal);
  expect(rows[0]).toMatchObject({ check: 'connection', outcome: 'failed' });
  for (const socket of sockets) socket.destroy();
  tunnel.close();
});

describe('a database with TLS', () => {
  it('is proven where its certificate is verified and it takes no login in clear', async () => {
    await settings('on', TLS_FOR_READER);
    await sql('GRANT pg_read_all_settings TO reader');
    const rows = await verify(tlsUrl());
    expect(outcomes(rows)).toMatchObject({ connection: 'proven', clear: 'proven', server: 'proven', volume: 'proven' });
    expect(rows.get('connection')?.facts).toMatchObject({
      tls: 'TLSv1.3',
      cipher: expect.stringMatching(/^TLS_/),
      authenticated: true,
      sslmode: 'verify-full',
      serverSays: expect.stringMatching(/^TLSv1\.3 TLS_/),
    });
    await sql('REVOKE pg_read_all_settings FROM reader');
  });

  it.each(['TLSv1', 'TLSv1.1'])('fails where it offers %s', async (version) => {
    await sql(`ALTER SYSTEM SET ssl_min_protocol_version = '${version}'`);
    await settings('on', TLS_FOR_READER);
    const rows = await verify(urlOf());
    await sql('ALTER SYSTEM RESET ssl_min_protocol_version');
    await settings('on', TLS_FOR_READER);
    expect(rows.get('server')).toMatchObject({ outcome: 'failed', facts: { minimumTls: version } });
  });

  it('fails where it takes logins in clear beside it', async () => {
    await settings('on', OPEN);
    expect(outcomes(await verify(tlsUrl()))).toMatchObject({ connection: 'proven', clear: 'failed' });
  });

  it('is unknown where nobody checks the certificate', async () => {
    const rows = await verify(urlOf({ sslmode: 'no-verify' }, 'reader', PASSWORD));
    expect(rows.get('connection')).toMatchObject({ outcome: 'unknown', facts: { authenticated: false } });
  });

  it('names the grant that is missing', async () => {
    const rows = await verify(tlsUrl());
    expect(rows.get('volume')).toMatchObject({
      outcome: 'unknown',
      reason: expect.stringContaining('GRANT pg_read_all_settings'),
    });
  });

  it.each([
    ['a wrong password', () => tlsUrl('reader', 'wrong'), /refuses this login \(SQLSTATE 28P01\)/],
    ['an authority that is not ours', () => urlOf({ sslmode: 'verify-full' }), /certificate is not trusted/],
    ['no server', () => 'postgres://cordon@127.0.0.1:1/x', /unreachable \(ECONNREFUSED\)/],
  ])('with %s is unknown', async (_name, url, reason) => {
    await settings('on', TLS_FOR_READER);
    const rows = await postgresVerifier().check(url(), new AbortController().signal);
    expect(rows.map(({ check, outcome }) => [check, outcome])).toEqual([['connection', 'unknown']]);
    expect(rows[0]?.reason).toMatch(reason);
  });

  it('fails where the URL asks for TLS and the server has none', async () => {
    await settings('off', OPEN);
    expect(outcomes(await verify(tlsUrl('cordon', '')))).toEqual({ connection: 'failed' });
  });
});

describe('a sample of cells', () => {
  beforeAll(async () => {
    await settings('off', OPEN);
  });

  it.each([
    ['luks', 'not_applicable'],
    ['plain', 'failed'],
  ] as const)('in clear, on %s, is %s', async (disk, outcome) => {
    await sql('TRUNCATE notes');
    await sql(`INSERT INTO notes (body, "Odd Name") VALUES ($hl7$${HL7}$hl7$, 'short')`);
    const rows = await verify(urlOf(), machineOf(disk));
    expect(rows.get('sample')).toMatchObject({ outcome, facts: { tables: 1, columns: 4, cells: 2, clear: 1, formats: ['HL7'] } });
  });

  it('in clear where the volume is not known is unknown', async () => {
    expect((await verify(urlOf(), machineOf('plain', { text: () => null }))).get('sample')?.outcome).toBe('unknown');
  });

  it('contradicts a column that claims encryption, on whatever volume, and names it', async () => {
    await sql('TRUNCATE notes');
    await sql(`INSERT INTO notes (body_encrypted) VALUES (convert_to($hl7$${HL7}$hl7$, 'UTF8'))`);
    expect((await verify(urlOf())).get('sample')).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('contradiction'),
      facts: { lying: ['public.notes.body_encrypted'] },
    });
  });

  it('that shows nothing in clear proves nothing', async () => {
    await sql('TRUNCATE notes');
    await sql(`INSERT INTO notes (body_encrypted) VALUES ('\\x${randomBytes(300).fill(0x91, 0, 1).toString('hex')}')`);
    expect((await verify(urlOf(), machineOf('plain'))).get('sample')).toMatchObject({
      outcome: 'unknown',
      facts: { cells: 1, clear: 0 },
    });
  });

  it('reads a bounded part of a large table, and nothing that the role may not', async () => {
    await sql('TRUNCATE notes');
    await sql(`INSERT INTO notes (body) SELECT repeat('SYNTHETIC word ', 50) FROM generate_series(1, 20000)`);
    await sql('ANALYZE notes');
    expect((await verify(urlOf())).get('sample')?.facts).toMatchObject({ cells: 20, clear: 20, tablesNotRead: 0 });
    expect((await verify(urlOf({}, 'reader'))).get('sample')).toMatchObject({
      outcome: 'unknown',
      facts: { tables: 0, cells: 0 },
    });
    await sql('GRANT SELECT (body) ON notes TO reader');
    expect((await verify(urlOf({}, 'reader'))).get('sample')?.facts).toMatchObject({ columns: 1, cells: 20 });
  });

  it('does not wait for a table that is locked', async () => {
    const client = new Client({ connectionString: service.url });
    await client.connect();
    await client.query('BEGIN; LOCK TABLE notes IN ACCESS EXCLUSIVE MODE');
    const rows = await verify(urlOf());
    await client.query('ROLLBACK');
    await client.end();
    expect(rows.get('sample')).toMatchObject({ outcome: 'unknown', facts: { cells: 0, tablesNotRead: 1 } });
  });
});

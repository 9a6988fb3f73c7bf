import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import { type ServerType, serve } from '@hono/node-server';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { peekHl7 } from '../../src/formats/hl7v2/peek.ts';
import { createIngestApp } from '../../src/ingest/http.ts';
import { createInFlight } from '../../src/ingest/limits.ts';
import { listenMllp, type MllpListener } from '../../src/ingest/mllp.ts';
import { type Authority, makeAuthority } from '../support/certificates.ts';
import { oru } from '../support/oru.ts';
import { recordedAccept } from '../support/recorded-accept.ts';

/** Clients that we did not write; whichever this machine has must get through. */
const CLIENTS = ['curl', 'mllp_send', 'openssl'] as const;

function installed(name: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

const recorded = recordedAccept();
const message = oru('M1');
let authority: Authority;
let plain: MllpListener;
let secure: MllpListener;
let web: ServerType;
const file = (name: string): string => join(authority.folder, name);

beforeAll(async () => {
  authority = makeAuthority();
  const client = authority.issue('/O=Hospital/CN=lis');
  writeFileSync(file('lis.pem'), client.cert);
  writeFileSync(file('lis.key'), client.key);
  writeFileSync(file('m.hl7'), message);
  const shared = {
    accept: recorded.accept,
    peek: peekHl7,
    limits: { limit: 1 << 20, hardLimit: 1 << 22 },
    inFlight: createInFlight(1 << 24),
    report: () => undefined,
    clock: Date.now,
    deadline: 4000,
  };
  const mllp = { ...shared, host: '127.0.0.1', port: 0, nackOf: () => 'close' as const, idle: 60_000 };
  plain = await listenMllp({ ...mllp, name: 'mllp', tls: null });
  secure = await listenMllp({
    ...mllp,
    name: 'mllp-tls',
    tls: { ...authority.issue('/CN=localhost'), clientAuthorities: authority.cert },
  });
  const app = createIngestApp({
    ...shared,
    name: 'http',
    checkKey: async () => ({ id: 'k', scope: 'ingest' }),
    ready: async () => undefined,
    registry: new Registry(),
  });
  web = await new Promise<ServerType>((resolve) => {
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(server));
  });
});

afterAll(async () => {
  await Promise.all([plain.close(), secure.close()]);
  web.close();
  authority.remove();
});

function run(client: (typeof CLIENTS)[number]): ChildProcess {
  switch (client) {
    case 'curl': {
      const address: AddressInfo | string | null = web.address();
      const port = typeof address === 'object' ? address?.port : 0;
      const headers = [
        '-H',
        'Authorization: Bearer x',
        '-H',
        'Accept: x-application/hl7-v2+er7',
        '-H',
        'Transfer-Encoding: chunked',
      ];
      return spawn('curl', ['-sS', ...headers, '--data-binary', `@${file('m.hl7')}`, `http://127.0.0.1:${port}/v1/messages`]);
    }
    case 'mllp_send':
      return spawn('mllp_send', ['--loose', '--file', file('m.hl7'), '--port', String(plain.port), '127.0.0.1']);
    case 'openssl': {
      const verify = ['-CAfile', file('ca.pem'), '-verify_return_error', '-cert', file('lis.pem'), '-key', file('lis.key')];
      const client = spawn('openssl', ['s_client', '-quiet', '-connect', `127.0.0.1:${secure.port}`, ...verify]);
      client.stdin.write(Buffer.concat([Buffer.of(0x0b), message, Buffer.of(0x1c, 0x0d)]));
      return client;
    }
  }
}

test('clients of this machine deliver and get their acknowledgment', async () => {
  const present = CLIENTS.filter(installed);
  for (const client of present) {
    const process = run(client);
    let received = '';
    await new Promise<void>((resolve) => {
      process.stdout?.on('data', (chunk: Buffer) => {
        received += chunk.toString('latin1');
        if (/MSA\|AA\|M1/.test(received)) resolve();
      });
      process.on('exit', () => resolve());
    });
    process.kill();
    expect(received, client).toMatch(/MSA\|AA\|M1/);
  }
  expect(recorded.rows.map(({ provenance }) => provenance.listener)).toEqual(
    present.map((client) => ({ curl: 'http', mllp_send: 'mllp', openssl: 'mllp-tls' })[client]),
  );
  expect(new Set(recorded.bodies().map((body) => body.replaceAll(/\r?\n|\r$/g, '\r').trimEnd())).size).toBeLessThanOrEqual(1);
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { type KmsDouble, startKms } from '../doubles/kms.ts';
import type { KmsKey } from '../doubles/kms-keys.ts';
import {
  makeOpensslAuthority,
  type OpensslAuthority,
  type OpensslServer,
  type PemFiles,
  startOpenssl,
} from '../doubles/tls-openssl.ts';
import { portOf, type RunningAgent, startAgent } from '../support/agent.ts';
import { openTestLedger } from '../support/ledger.ts';
import { mllpClient } from '../support/mllp-client.ts';
import { oru } from '../support/oru.ts';

/** An endpoint and a key that are good, then go bad while nobody looks; what the agent makes of it, and of the messages that go on. */
const DAY = 86_400_000;
const GOOD = ['-tls1_2', '-cipher', 'ECDHE+AESGCM', '-serverpref'];
const OLD = ['-tls1', '-cipher', 'ALL:@SECLEVEL=0'];

let folder = '';
let authority: OpensslAuthority;
let certificate: PemFiles;
let server: OpensslServer;
/** What the policy names: whatever server there is behind it now. */
let endpoint: Server;
let kms: KmsDouble;
let key: KmsKey;
let agent: RunningAgent | null = null;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cordon-evidence-'));
  authority = makeOpensslAuthority();
  certificate = authority.issue('registry');
  [server, kms] = await Promise.all([startOpenssl(certificate, GOOD), startKms()]);
  key = kms.addKey({ aliases: ['registry'] });
  endpoint = createServer(relay);
  await new Promise<void>((settle) => endpoint.listen(0, '127.0.0.1', settle));
  writeFileSync(join(folder, 'ca.pem'), authority.cert);
  for (const kind of ['flows', 'locations']) mkdirSync(join(folder, kind));
  writeFileSync(
    join(folder, 'flows', 'flow.yaml'),
    `
id: lab-registry
title: Results to the registry
owner: privacy@hospital.example
status: active
match: [{ msh: { 3: LIS, 5: EHR } }]
destination: { system: registry, entity: public-health, location: registry-db, endpoint: "${addressOf(endpoint)}" }
basis: { purpose: public-health, dataset: phi, agreement: { kind: none } }
permit: [{}]
require: { transit: rfc9325, rest: encrypted }
expires: 2099-12-31
`,
  );
  writeFileSync(
    join(folder, 'locations', 'places.yaml'),
    '{id: registry-db, title: Registry, type: database, owner: it@registry.example, verify: ["kms:alias/registry"]}',
  );
});
afterAll(async () => {
  await stop();
  endpoint.close();
  await Promise.all([server.close(), kms.close()]);
  authority.remove();
  rmSync(folder, { recursive: true, force: true });
});

function relay(socket: Socket): void {
  const behind = connect(server.port, '127.0.0.1');
  for (const [from, to] of [
    [socket, behind],
    [behind, socket],
  ] as const) {
    from.on('error', () => to.destroy());
    from.pipe(to);
  }
}

function addressOf(listening: Server): string {
  const address = listening.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `127.0.0.1:${address.port}`;
}

const data = (): string => join(folder, 'data');

async function start(): Promise<RunningAgent> {
  agent = await startAgent({
    data: data(),
    env: {
      CORDON_FLOWS: join(folder, 'flows'),
      CORDON_LOCATIONS: join(folder, 'locations'),
      CORDON_ENDPOINTS_CA: join(folder, 'ca.pem'),
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'AKIDSYNTHETIC',
      AWS_SECRET_ACCESS_KEY: 'synthetic',
      AWS_ENDPOINT_URL_KMS: kms.endpoint,
    },
  });
  ledger = await openTestLedger(data());
  return agent;
}

async function stop(): Promise<void> {
  if (agent === null) return;
  await ledger.close();
  await agent.stop();
  agent = null;
}

/** Beside the agent, while it runs: for short reads. */
let ledger: Ledger;

/** `reason severity`, of every incident. */
const incidents = async (): Promise<string[]> =>
  (await ledger.incidents.list({ limit: 50 })).rows.map(({ reason, severity }) => `${reason} ${severity}`).sort();

const proven = async (target: string, check: string): Promise<boolean> =>
  (await ledger.evidence.list(target)).some((row) => row.check === check && row.outcome === 'proven' && row.expires > Date.now());

/** Generous: a machine that does other things beside scans late. */
const PATIENCE = { timeout: 60_000, interval: 200 };

/** Sends one message and says what was decided of it. */
async function verdictOf(running: RunningAgent, control: string): Promise<readonly string[]> {
  const client = await mllpClient(portOf(running, 'mllp'));
  expect(await client.send(oru(control, 1))).toContain('MSA|');
  client.end();
  return vi.waitUntil(async () => {
    const [newest] = (await ledger.messages.list({ limit: 1 })).rows;
    return newest?.state === 'done' ? [newest.verdict ?? '', ...newest.reasons] : null;
  }, PATIENCE);
}

/** As if the agent had been off for two days. */
function age(): void {
  const database = new DatabaseSync(join(data(), 'ledger.db'));
  database.prepare('UPDATE evidence SET at = at - ?, since = since - ?, expires = expires - ?').run(2 * DAY, 2 * DAY, 2 * DAY);
  database.exec('DELETE FROM evidence_claims');
  database.close();
}

it('raises what was proven and fails now, flags the messages that go there, and shows its own store', async () => {
  const before = await start();
  await vi.waitUntil(
    async () => (await proven(`tls:${addressOf(endpoint)}`, 'version')) && (await proven('kms:alias/registry', 'key')),
    PATIENCE,
  );
  expect(await verdictOf(before, '1')).toEqual(['permitted']);
  expect(await incidents()).toEqual([]);
  expect((await ledger.evidence.list('vault')).map(({ check }) => check)).toContain('keyring');
  await stop();

  await server.close();
  server = await startOpenssl(certificate, OLD);
  key.state = 'Disabled';
  age();

  const after = await start();
  const both = ['transport.failed high', 'location.unknown high'];
  await vi.waitUntil(async () => {
    const open = await incidents();
    return both.every((one) => open.includes(one));
  }, PATIENCE);
  expect(await verdictOf(after, '2')).toEqual(['flagged', 'transport.failed', 'location.unknown']);
  const { rows } = await ledger.incidents.list({ limit: 50 });
  const notes = rows.map(async ({ id, reason }) => {
    const [opened] = await ledger.incidents.events(id);
    return `${reason}: ${opened?.note.replace(/ 20\S+ \S+ UTC/, '')}`;
  });
  expect((await Promise.all(notes)).sort()).toEqual([
    'location.unknown: its proof lapsed on, and no new one was had',
    'transport.failed: it was proven until, and fails now',
    'transport.unproven: its proof lapsed on, and no new one was had',
  ]);
}, 240_000);

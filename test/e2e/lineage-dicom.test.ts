import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { element, writeDicom } from '../../src/demo/dicom/write.ts';
import { legOutcome } from '../../src/policy/evidence.ts';
import { TraceAnswer } from '../../src/review/lineage-schemas.ts';
import { makeOpensslAuthority, type OpensslAuthority, type PemFiles } from '../doubles/tls-openssl.ts';
import { startReceiver } from '../encryption/transit/real-peers.ts';
import { portOf, type RunningAgent, startAgent } from '../support/agent.ts';
import { type AgentReader, sectionAt, signInAt, textOf } from '../support/agent-desk.ts';
import { jsonLines, runCli } from '../support/cli.ts';
import { dcmtk } from '../support/dcmtk.ts';
import { CT } from '../support/dimse-peer.ts';
import { searchFolder } from '../support/leak-search.ts';
import { openTestLedger, settled } from '../support/ledger.ts';

/**
 * A scanner's operator types a patient's social security number into the comments of an image. The scanner sends it to the archive in clear, the
 * archive passes it on to a vendor over TLS, the vendor to somebody whom nobody registered. All of them are DCMTK, the real legs as well as the
 * copies. Whoever asks for the patient sees the scanner, the way, how each hop was encrypted, and where it came to rest.
 */
const SSN = '536-22-8147';
const MRN = 'MR-400-0321';
const NAME = 'Quillfeather';
const BORN = '19620303';
const SOP_INSTANCE = '2.25.4711';
/** All that must be nowhere but where it is asked for. */
const PLANTED = new RegExp(`${SSN}|${SSN.replaceAll('-', '')}|${MRN}|${MRN.replaceAll('-', '')}|${NAME}`, 'i');

const IMAGE = writeDicom({
  elements: [
    element('(0008,0016)', 'UI', CT),
    element('(0008,0018)', 'UI', SOP_INSTANCE),
    element('(0008,0060)', 'CS', 'CT'),
    element('(0008,0070)', 'LO', 'NORTHLAKE IMAGING WORKS'),
    element('(0008,0080)', 'LO', 'Main Hospital'),
    element('(0008,1010)', 'SH', 'CT1'),
    element('(0008,1090)', 'LO', 'SLICEMASTER 64'),
    element('(0010,0010)', 'PN', `${NAME}^Marisol`),
    element('(0010,0020)', 'LO', MRN),
    element('(0010,0030)', 'DA', BORN),
    element('(0018,1000)', 'LO', 'SM64-00817'),
    element('(0020,000D)', 'UI', `${SOP_INSTANCE}.1`),
    element('(0020,000E)', 'UI', `${SOP_INSTANCE}.2`),
    element('(0020,4000)', 'LT', `prior under SSN ${SSN}`),
  ],
});

const policy = (id: string, from: string, to: string, destination: string, require: string): string => `
id: ${id}
title: ${id}
owner: privacy@hospital.example
status: active
match: [{ callingAE: ${from}, calledAE: ${to} }]
destination: ${destination}
basis: { purpose: treatment, dataset: phi, agreement: { kind: baa, ref: B1, expires: 2099-12-31 } }
permit: [{ categories: [name, date, mrn, unique-id] }]
require: ${require}
expires: 2099-12-31
`;

const PLACES = `
{ id: archive-store, title: Archive, type: archive, owner: it@hospital.example }
---
{ id: vendor-store, title: Store of the vendor, type: object-store, country: US, owner: it@vendor.example }
`;

type Peer = Awaited<ReturnType<typeof startReceiver>>;
let folder = '';
let authority: OpensslAuthority;
let certificates: Readonly<Record<'server' | 'archive' | 'vendor', PemFiles>>;
let archive: Peer;
let vendor: Peer;
let agent: RunningAgent;
let apiKey: string | null = null;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cordon-lineage-dicom-'));
  for (const kind of ['flows', 'locations']) mkdirSync(join(folder, kind));
  authority = makeOpensslAuthority();
  certificates = { server: authority.issue('server'), archive: authority.issue('archive'), vendor: authority.issue('vendor') };
  const { key, cert } = certificates.vendor;
  [archive, vendor] = await Promise.all([startReceiver([]), startReceiver(['+tls', key, cert, '-ic'])]);
  const at = ({ port }: Peer) => `endpoint: "127.0.0.1:${port}"`;
  const toArchive = `{ system: archive, entity: self, location: archive-store, ${at(archive)} }`;
  const toVendor = `{ system: vendor, entity: vendor, location: vendor-store, ${at(vendor)} }`;
  const flows = {
    'ct-archive': policy('ct-archive', 'CT1', 'ARCHIVE', toArchive, '{ transit: dicom-b13 }'),
    'archive-vendor': policy('archive-vendor', 'ARCHIVE', 'VENDOR', toVendor, '{ transit: dicom-b13 }'),
  };
  for (const [id, yaml] of Object.entries(flows)) writeFileSync(join(folder, 'flows', `${id}.yaml`), yaml);
  writeFileSync(join(folder, 'locations', 'places.yaml'), PLACES);
  writeFileSync(join(folder, 'ca.pem'), authority.cert);
  writeFileSync(join(folder, 'image.dcm'), IMAGE);
  await start();
  await vi.waitUntil(endpointsAsked, { timeout: 60_000, interval: 500 });
  // Started again, it knows of the endpoints what was found before it scans anything.
  await agent.stop();
  await start();
}, 240_000);

afterAll(async () => {
  await agent.stop();
  await Promise.all([archive.close(), vendor.close()]);
  authority.remove();
  rmSync(folder, { recursive: true, force: true });
});

async function start(): Promise<void> {
  const { key, cert } = certificates.server;
  agent = await startAgent({
    data: join(folder, 'data'),
    env: {
      CORDON_FLOWS: join(folder, 'flows'),
      CORDON_LOCATIONS: join(folder, 'locations'),
      CORDON_ENDPOINTS_CA: join(folder, 'ca.pem'),
      CORDON_DIMSE_CALLED_AES: '[ARCHIVE, VENDOR]',
      CORDON_DIMSE_TLS_CERTIFICATE: cert,
      CORDON_DIMSE_TLS_KEY: key,
      CORDON_DIMSE_TLS_CA: join(folder, 'ca.pem'),
    },
  });
  // The first start prints one.
  apiKey ??= agent.apiKey;
}

async function endpointsAsked(): Promise<boolean> {
  const ledger = await openTestLedger(agent.data);
  try {
    const outcomes = [archive, vendor].map(async ({ port }) =>
      legOutcome(await ledger.evidence.list(`tls:127.0.0.1:${port}`), 'dicom-b13', Date.now()),
    );
    return (await Promise.all(outcomes)).join() === 'failed,proven';
  } finally {
    await ledger.close();
  }
}

/** Sends the image as a modality does; all has to go well. */
async function send(port: number, from: string, to: string, secured: boolean): Promise<void> {
  const { key, cert } = certificates.archive;
  const tls = secured ? ['+tls', key, cert, '+cf', join(folder, 'ca.pem')] : [];
  const { code, out } = await dcmtk(
    'storescu',
    ...tls,
    '-aet',
    from,
    '-aec',
    to,
    'localhost',
    `${port}`,
    join(folder, 'image.dcm'),
  );
  expect(out).not.toContain('E:');
  expect(code, out).toBe(0);
}

/** The real leg, then the copy: over the same protocol as a modality and an archive send it, in clear and over TLS. */
async function sendAll(): Promise<void> {
  await send(archive.port, 'CT1', 'ARCHIVE', false);
  await send(portOf(agent, 'dimse'), 'CT1', 'ARCHIVE', false);
  await send(vendor.port, 'ARCHIVE', 'VENDOR', true);
  await send(portOf(agent, 'dimse-tls'), 'ARCHIVE', 'VENDOR', true);
  const answer = await fetch(`${origin()}/instances`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${apiKey}`,
      'Content-Type': 'application/dicom',
      'Cordon-Source': 'vendor-gateway',
      'Cordon-Destination': 'analytics',
    },
    body: Uint8Array.from(IMAGE),
  });
  expect(answer.status).toBe(202);
  await settled(agent.data);
}

const origin = (): string => `http://127.0.0.1:${portOf(agent, 'http')}`;
const cordon = (args: readonly string[], input = '') => runCli(args, { env: { CORDON_DATA: agent.data }, input });

/** From, to, over, encryption of the hop, the place where it came to rest. */
const WAY = [
  ['CT1', 'archive', 'dimse', 'failed', 'archive-store'],
  ['archive', 'vendor', 'dimse-tls', 'proven', 'vendor-store'],
  ['vendor-gateway', 'analytics', 'http', 'unknown', null],
];

const IDENTIFIERS = [
  [SSN, 'ssn'],
  [MRN, 'mrn'],
  [`Marisol ${NAME} 1962-03-03`, 'name'],
] as const;

describe('an image that carries a leak from a scanner to a vendor’s store', () => {
  beforeAll(sendAll, 60_000);

  it.each(IDENTIFIERS)('is traced on the command line: %#', async (identifier, kind) => {
    const { code, out, err } = await cordon(['trace', '--kind', kind, '--format', 'ndjson'], `${identifier}\n`);
    expect(code, err).toBe(0);
    const lines = jsonLines(out);
    expect(lines[0]).toMatchObject({
      ...{ kind: 'exposure', persons: 1, messages: 3, recipients: 3 },
      entities: { self: 1, vendor: 1, unregistered: 1 },
      outcomes: { proven: 1, claimed: 0, unknown: 1, failed: 1 },
      locations: ['archive-store', 'vendor-store'],
    });
    const messages = lines.filter((line) => line.kind === 'message').map((line) => Event.parse(line));
    expect(messages.map(wayOf)).toEqual(WAY);
    for (const { path } of messages) expect(path).toEqual(messages.map(({ message }) => message));
    const printed = await cordon(['trace', '--kind', kind], `${identifier}\n`);
    expect(printed.out).toContain('archive > vendor > analytics');
    expect(printed.out).toMatch(/places: archive-store, vendor-store/);
    expect(out + err + printed.out + printed.err).not.toMatch(PLANTED);
  });

  it.each(IDENTIFIERS)('is traced over the API: %#', async (identifier, kind) => {
    const answer = await fetch(`${origin()}/v1/trace`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${await reviewKey()}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ identifiers: [identifier], kind }),
    });
    expect(answer.status).toBe(200);
    const text = await answer.text();
    const { rows, paths } = TraceAnswer.parse(JSON.parse(text));
    expect(rows.map(wayOf)).toEqual(WAY);
    expect(rows.map(({ path }) => path)).toEqual([0, 0, 0]);
    expect(paths).toHaveLength(1);
    expect(paths[0]?.map(wayOf)).toEqual(WAY);
    expect(text).not.toMatch(PLANTED);
  });

  it.each(IDENTIFIERS)('is traced on the desk: %#', async (identifier, kind) => {
    const reader = await reviewer();
    const asked = await reader.post('/trace', { identifier, kind, at: '' });
    expect([asked.status, await asked.text()]).toEqual([303, '']);
    const address = asked.headers.get('Location') ?? '';
    const page = await reader.page(address);
    const text = textOf(page);
    expect(text).toContain('3 messages carried it to 3 systems');
    expect(text).toContain('Lies at archive-store, vendor-store');
    expect(page).toContain('href="/locations/place/vendor-store"');
    // The hops in the table and the messages below it, both in time order.
    const [rows, messages] = [
      sectionAt(page, '<section class="block" id="rows">'),
      sectionAt(page, '<h2>In time order</h2>'),
    ].map(textOf);
    const inOrder = (...parts: readonly string[]) => new RegExp(parts.map((part) => part.replaceAll('.', '\\.')).join('.*'));
    expect(rows).toMatch(
      inOrder(
        'CT1 → to archive ct-archive, dimse ourselves archive-store failed 1',
        'archive → to vendor archive-vendor, dimse-tls a vendor vendor-store proven 1',
        'vendor-gateway → to analytics no policy, http a receiver that no policy names none named unknown 1',
      ),
    );
    expect(messages).toMatch(
      inOrder(
        'CT1 → to archive CT Image failed flagged lies at archive-store',
        'archive → to vendor CT Image proven flagged lies at vendor-store',
        'vendor-gateway → to analytics CT Image unknown flagged',
      ),
    );
    const path = 'The same content went CT1 → to archive (failed) → to vendor (proven) → to analytics (unknown)';
    expect(text.split(path)).toHaveLength(4);
    expect(address + page).not.toMatch(PLANTED);
  });

  it('shows the scanner by its serial and its AE title, and the archive by its certificate', async () => {
    const reader = await reviewer();
    const list = await reader.page('/devices');
    const rows = [...list.matchAll(/<tr role="row">.*?<\/tr>/gs)].map(([row]) => row);
    const rowOf = (name: string): string => rows.find((row) => row.includes(`>${name}</a>`)) ?? expect.fail(`no ${name}`);
    const scanner = rowOf('CT1');
    expect(textOf(scanner)).toContain('NORTHLAKE IMAGING WORKS SLICEMASTER 64, serial SM64-00817 CT1');
    const facts = textOf(await reader.page(/href="(\/devices\/[^"]+)"/.exec(scanner)?.[1] ?? ''));
    for (const said of [
      'Serial number SM64-00817 (0018,1000)',
      'AE title CT1 connection',
      'version OFFIS_DCMTK_',
      'Facility Main Hospital',
    ])
      expect(facts).toContain(said);
    expect(facts).toMatch(/AE CT1 → to AE ARCHIVE CT Image [^→]*Social Security number[^→]* failed on the wire/);
    expect(facts).toMatch(/AE ARCHIVE → to AE VENDOR CT Image [^→]*Social Security number[^→]* proven on the wire/);
    expect(await confidenceOf('SM64-00817')).toBeGreaterThan(0.8);
    expect(await confidenceOf('SM64-00817')).toBeLessThan(0.9);
    expect(await confidenceOf('ARCHIVE')).toBeGreaterThan(0.9);
    expect(list + facts).not.toMatch(PLANTED);
  });

  it('shows the vendor’s place, and that nothing is known of it at rest', async () => {
    const page = await (await reviewer()).page('/locations/place/vendor-store');
    expect(textOf(page)).toContain(
      'Store of the vendor unknown Id vendor-store Type object store Where US Owner it@vendor.example',
    );
    expect(textOf(page)).toContain('→ to AE VENDOR archive-vendor 1');
    expect(page).not.toMatch(PLANTED);
  });

  it('says nobody’s identifier in anything that the agent printed or wrote', async () => {
    expect(agent.lines.join('\n')).not.toMatch(PLANTED);
    expect(await searchFolder(agent.data, [SSN, MRN, NAME])).toEqual([]);
  });
});

const Named = z.object({ title: z.string() });
const Event = z.object({
  ...{ message: z.string(), protocol: z.string(), transit: z.string(), location: z.string().nullable() },
  ...{ source: Named, destination: Named, path: z.array(z.string()).nullable() },
});

function wayOf({ source, destination, protocol, transit, location }: Omit<z.output<typeof Event>, 'message' | 'path'>) {
  return [source.title, destination.title, protocol, transit, location];
}

let signedIn: Promise<AgentReader> | null = null;
function reviewer(): Promise<AgentReader> {
  signedIn ??= signInAt(agent);
  return signedIn;
}

async function confidenceOf(search: string): Promise<number> {
  const answer = await fetch(`${origin()}/v1/devices?search=${search}`, {
    headers: { Authorization: `Bearer ${await reviewKey()}` },
  });
  const { rows } = z.object({ rows: z.array(z.object({ confidence: z.number() })) }).parse(await answer.json());
  expect(rows).toHaveLength(1);
  return rows[0]?.confidence ?? 0;
}

let key: string | null = null;
async function reviewKey(): Promise<string> {
  key ??= (await cordon(['keys', 'create', '--name', 'siem', '--scope', 'review'])).out.trim();
  return key;
}

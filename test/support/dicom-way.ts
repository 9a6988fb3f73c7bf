import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { element, writeDicom } from '../../src/demo/dicom/write.ts';
import { legOutcome } from '../../src/policy/evidence.ts';
import { makeOpensslAuthority, type PemFiles } from '../doubles/tls-openssl.ts';
import { startReceiver } from '../encryption/transit/real-peers.ts';
import { portOf, type RunningAgent, startAgent } from './agent.ts';
import { dcmtk } from './dcmtk.ts';
import { CT } from './dimse-peer.ts';
import { openTestLedger, settled } from './ledger.ts';

export const SSN = '536-22-8147';
export const MRN = 'MR-400-0321';
export const NAME = 'Quillfeather';
const BORN = '19620303';
const SOP_INSTANCE = '2.25.4711';

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

const policy = (id: string, from: string, to: string, destination: string): string => `
id: ${id}
title: ${id}
owner: privacy@hospital.example
status: active
match: [{ callingAE: ${from}, calledAE: ${to} }]
destination: ${destination}
basis: { purpose: treatment, dataset: phi, agreement: { kind: baa, ref: B1, expires: 2099-12-31 } }
permit: [{ categories: [name, date, mrn, unique-id] }]
require: { transit: dicom-b13 }
expires: 2099-12-31
`;

const PLACES = `
{ id: archive-store, title: Archive, type: archive, owner: it@hospital.example }
---
{ id: vendor-store, title: Store of the vendor, type: object-store, country: US, owner: it@vendor.example }
`;

type Peer = Awaited<ReturnType<typeof startReceiver>>;

/** A scanner, an archive and a vendor that speak DICOM with DCMTK, and the agent that gets a copy of what they send. */
export interface DicomWay {
  readonly agent: RunningAgent;
  /** Sends the image all the way: over each real leg, and as its copy to the agent, which has scanned it then. */
  send(): Promise<void>;
  close(): Promise<void>;
}

/** Resolves when the agent knows how both receivers are encrypted: the archive takes DICOM in clear, the vendor over TLS. */
export async function openDicomWay(): Promise<DicomWay> {
  const folder = mkdtempSync(join(tmpdir(), 'cordon-dicom-way-'));
  const authority = makeOpensslAuthority();
  const [server, client, own] = [authority.issue('server'), authority.issue('archive'), authority.issue('vendor')];
  const [archive, vendor] = await Promise.all([startReceiver([]), startReceiver(['+tls', own.key, own.cert, '-ic'])]);
  const [authorities, image] = [join(folder, 'ca.pem'), join(folder, 'image.dcm')];
  writeFileSync(authorities, authority.cert);
  writeFileSync(image, IMAGE);
  writeRules(folder, archive, vendor);
  const start = () => startAgent({ data: join(folder, 'data'), env: environment(folder, server, authorities) });
  const first = await start();
  await vi.waitUntil(() => endpointsAsked(first, archive, vendor), { timeout: 60_000, interval: 500 });
  // Started again, it knows of the endpoints what was found before it scans anything.
  await first.stop();
  const agent = await start();
  const tls = ['+tls', client.key, client.cert, '+cf', authorities];
  return {
    agent,
    async send() {
      await store(['-aet', 'CT1', '-aec', 'ARCHIVE'], archive.port, image);
      await store(['-aet', 'CT1', '-aec', 'ARCHIVE'], portOf(agent, 'dimse'), image);
      await store([...tls, '-aet', 'ARCHIVE', '-aec', 'VENDOR'], vendor.port, image);
      await store([...tls, '-aet', 'ARCHIVE', '-aec', 'VENDOR'], portOf(agent, 'dimse-tls'), image);
      await post(agent, first.apiKey);
      await settled(agent.data);
    },
    async close() {
      await agent.stop();
      await Promise.all([archive.close(), vendor.close()]);
      authority.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function writeRules(folder: string, archive: Peer, vendor: Peer): void {
  for (const kind of ['flows', 'locations']) mkdirSync(join(folder, kind));
  const at = ({ port }: Peer) => `endpoint: "127.0.0.1:${port}"`;
  const toArchive = `{ system: archive, entity: self, location: archive-store, ${at(archive)} }`;
  const toVendor = `{ system: vendor, entity: vendor, location: vendor-store, ${at(vendor)} }`;
  writeFileSync(join(folder, 'flows', 'ct-archive.yaml'), policy('ct-archive', 'CT1', 'ARCHIVE', toArchive));
  writeFileSync(join(folder, 'flows', 'archive-vendor.yaml'), policy('archive-vendor', 'ARCHIVE', 'VENDOR', toVendor));
  writeFileSync(join(folder, 'locations', 'places.yaml'), PLACES);
}

const environment = (folder: string, { key, cert }: PemFiles, authorities: string) => ({
  CORDON_FLOWS: join(folder, 'flows'),
  CORDON_LOCATIONS: join(folder, 'locations'),
  CORDON_ENDPOINTS_CA: authorities,
  CORDON_DIMSE_CALLED_AES: '[ARCHIVE, VENDOR]',
  CORDON_DIMSE_TLS_CERTIFICATE: cert,
  CORDON_DIMSE_TLS_KEY: key,
  CORDON_DIMSE_TLS_CA: authorities,
});

async function endpointsAsked(agent: RunningAgent, archive: Peer, vendor: Peer): Promise<boolean> {
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

/** Stores the image as a modality does; all has to go well. */
async function store(options: readonly string[], port: number, image: string): Promise<void> {
  const { code, out } = await dcmtk('storescu', ...options, 'localhost', `${port}`, image);
  expect(out).not.toContain('E:');
  expect(code, out).toBe(0);
}

/** What the vendor passes on to somebody whom nobody registered. */
async function post(agent: RunningAgent, apiKey: string | null): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${portOf(agent, 'http')}/instances`, {
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
}

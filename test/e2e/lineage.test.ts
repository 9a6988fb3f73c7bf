import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { GENERAL_PROFILE, legOutcome } from '../../src/policy/evidence.ts';
import { makeOpensslAuthority, type OpensslAuthority, type OpensslServer, startOpenssl } from '../doubles/tls-openssl.ts';
import { portOf, type RunningAgent, startAgent } from '../support/agent.ts';
import { cliHost, jsonLines } from '../support/cli.ts';
import { openTestLedger, settled } from '../support/ledger.ts';
import { mllpClient } from '../support/mllp-client.ts';

/**
 * A pump writes a patient's social security number where no number belongs. One engine passes the result on to another in clear, that one to a
 * vendor; both edit it. Whoever asks for the number sees the way to the vendor's store, and how each hop was encrypted.
 */
const SSN = '536-22-8147';
const MRN = 'MR40012345';
const NAME = 'Quillfeather';

/** The pump, as its EUI-64 and its own number name it, and the gateway that speaks for it. */
const PUMP = 'PUMP017';
const FROM_PUMP = [
  'MSH|^~\\&|PUMPGW|ICU|HUB|MAIN|20261124101500||ORU^R01^ORU_R01|P1|P|2.6',
  `PID|1||${MRN}^^^MAIN^MR||${NAME}^Marisol||19620303|F`,
  'OBR|1|P100^EHR|F100^PUMPGW|182777000^Infusion^SCT|||20261124101400||||||||||||||||||F',
  `OBX|1|NM|157993^MDC_FLOW_FLUID_PUMP^MDC|1.1.1|24.5|265266^mL/h^MDC|||||F|||20261124101400||||${PUMP}^^0012210000001017^EUI-64`,
  'OBX|2|NM|157884^MDC_VOL_FLUID_TBI^MDC|1.1.1|310.0|263762^mL^MDC|||||F|||20261124101400',
  `ZPI|1|${SSN}`,
];
/** As the first engine sends it on: its own names and numbers, other delimiters, a segment of its own. */
const FROM_HUB = [
  'MSH#!*\\@#HUB#MAIN#ROUTER#CLOUD#20261124101502##ORU!R01!ORU_R01#H77#P#2.6',
  `PID#1##E900!!!HUB!PI##${NAME}!Marisol##19620303#F`,
  'OBR#1#P100!EHR#F100!PUMPGW#182777000!Infusion!SCT###20261124101400##################F',
  `OBX#1#NM#157993!MDC_FLOW_FLUID_PUMP!MDC#1.1.1#24.5#265266!mL/h!MDC#####F###20261124101400####${PUMP}!!0012210000001017!EUI-64`,
  'OBX#2#NM#157884!MDC_VOL_FLUID_TBI!MDC#1.1.1#310.0#263762!mL!MDC#####F###20261124101400',
  `ZPI#1#${SSN}`,
  'ZHB#1#routed',
];
/** As the second does: nobody is named any more, codes are the vendor's, and one result is left out. */
const FROM_ROUTER = [
  'MSH|^~\\&|ROUTER|CLOUD|ANALYTICS|VENDOR|20261124101509||ORU^R01^ORU_R01|R5|P|2.5.1',
  'PID|1||||||1962',
  'OBR|1|P100^EHR|F100^PUMPGW|INF^Infusion^L|||20261124101400||||||||||||||||||F',
  'OBX|1|NM|FLOW^Flow^L||24.5|mL/h|||||F|||20261124101400',
];

let folder = '';
let authority: OpensslAuthority;
let hub: OpensslServer;
let agent: RunningAgent;
let apiKey: string | null = null;

const policy = (id: string, from: string, to: string, destination: string): string => `
id: ${id}
title: ${id}
owner: privacy@hospital.example
status: active
match: [{ msh: { 3: ${from}, 5: ${to} } }]
destination: ${destination}
basis: { purpose: treatment, dataset: phi, agreement: { kind: baa, ref: B1, expires: 2099-12-31 } }
permit: [{ categories: [name, date, mrn, unique-id] }]
expires: 2099-12-31
`;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cordon-lineage-'));
  for (const kind of ['flows', 'locations']) mkdirSync(join(folder, kind));
  authority = makeOpensslAuthority();
  hub = await startOpenssl(authority.issue('hub'), ['-tls1_2', '-cipher', 'ECDHE+AESGCM', '-serverpref']);
  writeFileSync(join(folder, 'ca.pem'), authority.cert);
  const flows = {
    'pump-hub': policy('pump-hub', 'PUMPGW', 'HUB', `{ system: hub, entity: self, endpoint: "127.0.0.1:${hub.port}" }`),
    'hub-router': policy('hub-router', 'HUB', 'ROUTER', '{ system: router, entity: ba }'),
    'router-vendor': policy(
      'router-vendor',
      'ROUTER',
      'ANALYTICS',
      '{ system: analytics, entity: vendor, location: vendor-store }',
    ),
  };
  for (const [id, yaml] of Object.entries(flows)) writeFileSync(join(folder, 'flows', `${id}.yaml`), yaml);
  writeFileSync(
    join(folder, 'locations', 'places.yaml'),
    '{id: vendor-store, title: Analytics, type: object-store, owner: it@vendor.example}',
  );
  await start();
  await vi.waitUntil(endpointAsked, PATIENCE);
  // Started again, it knows from the beginning what was found of the endpoint; from when on, another patient's message tells.
  await agent.stop();
  await start();
  await vi.waitUntil(hubIsKnown, PATIENCE);
}, 240_000);
afterAll(async () => {
  await agent.stop();
  await hub.close();
  authority.remove();
  rmSync(folder, { recursive: true, force: true });
});

const PATIENCE = { timeout: 60_000, interval: 500 };

async function start(): Promise<void> {
  agent = await startAgent({
    data: join(folder, 'data'),
    env: {
      CORDON_FLOWS: join(folder, 'flows'),
      CORDON_LOCATIONS: join(folder, 'locations'),
      CORDON_ENDPOINTS_CA: join(folder, 'ca.pem'),
    },
  });
  // The first start prints one.
  apiKey ??= agent.apiKey;
}

let warmed = 0;
async function hubIsKnown(): Promise<boolean> {
  const text = FROM_PUMP.slice(0, 4).join('\r').replaceAll('100', `20${warmed++}`);
  await fromPump(text.replace(MRN, 'MR7').replace(NAME, 'Ashgrove').replace('|P1|', `|W${warmed}|`));
  await settled(agent.data);
  const ledger = await openTestLedger(agent.data);
  try {
    const edges = await ledger.lineage.edges(Date.now());
    return edges.some(({ outcomes }) => outcomes.proven > 0);
  } finally {
    await ledger.close();
  }
}

async function fromPump(text: string): Promise<void> {
  const pump = await mllpClient(portOf(agent, 'mllp'));
  await pump.send(Buffer.from(`${text}\r`, 'latin1'));
  pump.end();
}

async function endpointAsked(): Promise<boolean> {
  const ledger = await openTestLedger(agent.data);
  try {
    const rows = await ledger.evidence.list(`tls:127.0.0.1:${hub.port}`);
    return legOutcome(rows, GENERAL_PROFILE, Date.now()) === 'proven';
  } finally {
    await ledger.close();
  }
}

/** What an engine delivers over HTTP, with what it says of its leg. */
async function delivered(lines: readonly string[], leg: string): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${portOf(agent, 'http')}/v1/messages`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'text/plain', 'Cordon-Leg': leg },
    body: `${lines.join('\r')}\r`,
  });
  expect(answer.status).toBe(202);
}

const Titled = z.object({ devices: z.array(z.object({ title: z.string() })) });
const titlesIn = (line: unknown): readonly string[] => Titled.parse(line).devices.map(({ title }) => title);

const host = cliHost();
afterAll(host.close);
const cordon = (args: readonly string[], input: string) => host.run(args, { env: { CORDON_DATA: agent.data }, input });

it('traces a leak from the device to the vendor’s store, over two engines that edit it, with each hop’s encryption', async () => {
  await fromPump(FROM_PUMP.join('\r'));
  await delivered(FROM_HUB, 'tls=none');
  await delivered(FROM_ROUTER, 'tls=1.2; cipher=ECDHE-RSA-AES128-GCM-SHA256');
  await settled(agent.data);

  const way = [
    ['PUMPGW^ICU', 'hub', 'proven', null],
    ['hub', 'router', 'failed', null],
    ['router', 'analytics', 'claimed', 'vendor-store'],
  ];
  for (const [identifier, kind] of [
    [SSN, 'ssn'],
    [MRN, 'mrn'],
    [`Marisol ${NAME} 1962-03-03`, 'name'],
  ] as const) {
    const { code, out } = await cordon(['trace', '--kind', kind, '--format', 'ndjson'], `${identifier}\n`);
    expect(code).toBe(0);
    const lines = jsonLines(out);
    expect(lines[0]).toMatchObject({ kind: 'exposure', persons: 1, messages: 2, outcomes: { proven: 1, failed: 1 } });
    // The vendor's message names nobody: what it says is known again.
    const ids = lines.flatMap((line) => (line.kind === 'message' ? [line.path] : []));
    expect(ids).toHaveLength(2);
    expect(ids[0]).toHaveLength(3);
    expect(ids[1]).toEqual(ids[0]);
    // Both messages name the pump, the second in the words of the engine; what the engines speak as is a device of its own.
    expect(lines.flatMap((line) => (line.kind === 'message' ? [titlesIn(line)] : []))).toEqual([
      ['PUMPGW', PUMP],
      ['HUB', PUMP],
    ]);
    const devices = lines.filter((line) => line.kind === 'device');
    expect(devices.find(({ title }) => title === PUMP)).toMatchObject({ messages: 2 });
    expect(devices.map(({ title }) => title).sort()).toEqual(['HUB', PUMP, 'PUMPGW']);
    expect(out).not.toContain(identifier);
  }

  const ledger = await openTestLedger(agent.data);
  try {
    const [newest] = (await ledger.messages.list({ limit: 1 })).rows;
    const path = await ledger.lineage.path(newest?.id ?? '');
    expect(
      path.map(({ source, destination, transit, location }) => [source.title, destination.title, transit, location]),
    ).toEqual(way);
    // The vendor's message names nobody and no pump: it is on the way by its content.
    expect(path.map(titlesIn)).toEqual([['PUMPGW', PUMP], ['HUB', PUMP], ['ROUTER']]);
    const edges = await ledger.lineage.edges(Date.now());
    expect(edges.map(({ destination }) => destination.id).sort()).toEqual(['sys:analytics', 'sys:hub', 'sys:router']);
    const log = await ledger.audit.list({ limit: 10 });
    expect(log.filter(({ action }) => action === 'trace')).toHaveLength(3);
    expect(JSON.stringify(log)).not.toMatch(new RegExp(`${SSN}|${MRN}|${NAME}`));
  } finally {
    await ledger.close();
  }
}, 120_000);

it('forgets the person, and says what stays', async () => {
  const { code, out } = await cordon(['forget'], `${MRN}\n${SSN}\n`);
  expect(code).toBe(0);
  expect(out).toMatch(/^Forgotten: \d+ tokens, and 4 entries of messages that carried them\.\nWhat stays/);
  for (const identifier of [MRN, SSN]) {
    const after = await cordon(['trace'], `${identifier}\n`);
    expect(after.out).toBe('Not seen: no message that is kept carried it.\n');
  }
  expect(await cordon(['trace'], '')).toMatchObject({ code: 2, out: '' });
}, 60_000);

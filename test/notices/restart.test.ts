import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { afterAll, expect, it, vi } from 'vitest';
import { freshData, portOf, type RunningAgent, startAgent } from '../support/agent.ts';
import { openTestLedger } from '../support/ledger.ts';
import { mllpClient } from '../support/mllp-client.ts';

/** Synthetic. */
const SSN = '536-22-8147';
const IDENTIFIERS = [SSN, SSN.replaceAll('-', ''), 'MR40012345', 'QUILLFEATHER', 'MARISOL', '19620303'];
const MESSAGE = [
  'MSH|^~\\&|LIS|LAB|CLOUD|VENDOR|20261124101500||ORU^R01^ORU_R01|N1|P|2.5.1',
  'PID|1||MR40012345^^^MAIN^MR||Quillfeather^Marisol||19620303|F',
  'OBX|1|NM|2345-7^Glucose^LN||90|mg/dL|||||F',
  `NTE|1|L|SSN ${SSN} on file`,
];
const POLICY = `
id: results-vendor
title: Results to the vendor
owner: privacy@hospital.example
status: active
match: [{ msh: { 3: LIS, 5: CLOUD } }]
destination: { system: cloud, entity: vendor, location: cloud-store, country: US }
basis: { purpose: operations, dataset: phi, agreement: { kind: baa, ref: B1, expires: 2099-12-31 } }
permit: [{ categories: [name, date, mrn, unique-id] }]
validFrom: 2026-01-01
expires: 2099-12-31
`;

const data = freshData();
const hooks: { id: string; body: string }[] = [];
const mails: string[] = [];
const state = { status: 503 };
let agent: RunningAgent | null = null;

const hook: Server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    hooks.push({ id: String(request.headers['webhook-id']), body: Buffer.concat(chunks).toString('utf8') });
    response.writeHead(state.status).end();
  });
});
const smtp = new SMTPServer({
  hideSTARTTLS: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  authOptional: true,
  onData(stream, _session, done) {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      if (state.status === 204) mails.push(Buffer.concat(chunks).toString('utf8'));
      done(state.status === 204 ? null : Object.assign(new Error('busy'), { responseCode: 452 }));
    });
  },
});
// An agent that is killed ends its connection.
smtp.on('error', () => {});

afterAll(async () => {
  await agent?.stop();
  await new Promise((resolve) => hook.close(resolve));
  await new Promise<void>((resolve) => smtp.close(resolve));
  rmSync(data, { recursive: true, force: true });
});

it('a notice that nobody took is said after the agent was killed, once for each channel, and names no patient', {
  timeout: 120_000,
}, async () => {
  await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
  const mailPort = await new Promise<number>((resolve) => {
    const listening = smtp.listen(0, '127.0.0.1', () => resolve(portIn(listening.address())));
  });
  mkdirSync(join(data, 'flows'), { recursive: true });
  writeFileSync(join(data, 'flows', 'results.yaml'), POLICY);
  writeFileSync(join(data, 'secret'), `whsec_${randomBytes(32).toString('base64')}`, { mode: 0o600 });
  const options = {
    data,
    env: {
      CORDON_FLOWS: join(data, 'flows'),
      CORDON_HTTP_PUBLIC_URL: 'https://desk.example',
      CORDON_NOTICES_WEBHOOK_URL: `http://127.0.0.1:${portIn(hook.address())}/hook`,
      CORDON_NOTICES_WEBHOOK_SECRET_FILE: join(data, 'secret'),
      CORDON_NOTICES_MAIL_URL: `smtp://127.0.0.1:${mailPort}`,
      CORDON_NOTICES_MAIL_START_TLS: 'off',
      CORDON_NOTICES_MAIL_FROM: 'cordon@hospital.example',
      CORDON_NOTICES_MAIL_TO: '[privacy@hospital.example]',
    },
  };
  agent = await startAgent(options);
  const sender = await mllpClient(portOf(agent, 'mllp'));
  expect(await sender.send(Buffer.from(`${MESSAGE.join('\r')}\r`))).toContain('MSA|AA');
  sender.end();
  // Both were refused, and that is kept: they are due again in seconds.
  const ledger = await openTestLedger(data);
  await vi.waitFor(async () => expect(await ledger.desk.undelivered(10)).toHaveLength(2), { timeout: 30_000, interval: 50 });
  await ledger.close();
  const refused = new Set(hooks.map(({ id }) => id));
  await agent.stop('SIGKILL');
  const { lines } = agent;
  hooks.length = 0;
  state.status = 204;

  agent = await startAgent(options);
  await vi.waitFor(() => expect([hooks.length, mails.length]).toEqual([refused.size, refused.size]), {
    timeout: 60_000,
    interval: 50,
  });
  expect(new Set(hooks.map(({ id }) => id))).toEqual(refused);
  const said: { type: string; data: { incident: { id: string; url: string } } } = JSON.parse(hooks[0]?.body ?? '');
  const link = `https://desk.example/incidents/${said.data.incident.id}`;
  expect(said).toMatchObject({ type: 'incident.opened', data: { incident: { url: link, flow: 'results-vendor' } } });
  const mail = (mails[0] ?? '').replaceAll('=\r\n', '');
  expect(mail).toContain(link);
  const everything = [...hooks.map(({ body }) => body), ...mails, ...lines, ...agent.lines].join('\n').toUpperCase();
  expect(IDENTIFIERS.filter((identifier) => everything.includes(identifier))).toEqual([]);
});

function portIn(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dicomAuditReporter } from '../../src/exports/dicom-audit.ts';
import type { ExportRecord } from '../../src/exports/record.ts';
import { readSyslogTarget, sendToSyslog, syslogFrame } from '../../src/exports/syslog.ts';
import { toolPath } from '../setup/tools.ts';
import { makeAuthority } from '../support/certificates.ts';
import { type Rsyslog, startRsyslog } from '../support/rsyslog.ts';
import { linesOf, transfer, written } from './make.ts';

const NOW = Date.UTC(2026, 10, 24, 12);
const clock = () => NOW;

it('frames a message by its octets, and says who, what and that it is UTF-8', () => {
  const frame = syslogFrame('<a>ä</a>', NOW);
  const [, length = '', text = ''] = /^(\d+) ([\s\S]*)$/.exec(frame.toString('utf8')) ?? [];
  expect(Number(length)).toBe(Buffer.byteLength(text));
  expect(text).toMatch(/^<85>1 2026-11-24T12:00:00\.000Z \S+ cordon \d+ DICOM\+RFC3881 - \u{FEFF}<a>ä<\/a>$/u);
});

it('reads where to send', () => {
  expect(readSyslogTarget('logs.example:6514')).toEqual({ host: 'logs.example', port: 6514 });
  expect(readSyslogTarget('[::1]:601')).toEqual({ host: '::1', port: 601 });
  for (const bad of ['logs.example', 'logs.example:', ':6514', '::1:6514', 'logs.example:99999']) {
    expect(() => readSyslogTarget(bad)).toThrow(
      expect.objectContaining({ code: 'usage', message: expect.stringContaining(bad) }),
    );
  }
});

describe('a real rsyslogd', () => {
  let server: Rsyslog;
  beforeAll(async () => {
    server = await startRsyslog();
  });
  afterAll(() => server.close());

  async function* many(source: string): AsyncGenerator<ExportRecord> {
    for (let index = 0; index < 300; index++) yield transfer({ source, patient: `k1.${index}` });
  }
  const send = (source: string, plain: boolean) =>
    sendToSyslog(
      { host: 'localhost', port: plain ? server.plain : server.tls, ca: plain ? null : server.ca, plain },
      clock,
      (lines) => dicomAuditReporter.write(many(source), lines),
    );

  it('has written every message whole, over TLS and where asked for in clear', async () => {
    await send('ÜBER TLS', false);
    const overTls = await server.received(300);
    await send('CLEAR', true);
    const both = await server.received(600);
    expect(both).toHaveLength(600);
    expect(overTls.every((line) => line.startsWith('85|cordon|DICOM+RFC3881|'))).toBe(true);
    const messages = both.map((line) => line.slice(line.indexOf('<')));
    const sent = linesOf(await written(dicomAuditReporter, [transfer({ source: 'ÜBER TLS', patient: 'k1.299' })]));
    expect(messages[299]).toBe(sent[0]);
    expect(new Set(messages).size).toBe(600);
    const schema = new URL('schemas/dicom-audit-message.rng', import.meta.url).pathname;
    for (const message of [messages[0], messages[599]]) {
      expect(spawnSync(toolPath('xmllint'), ['--noout', '--relaxng', schema, '-'], { input: message }).status).toBe(0);
    }
  });

  it('gets nothing where its certificate is not of the authority, and where it is nobody', async () => {
    const other = makeAuthority('/CN=Another CA');
    let asked = false;
    const write = async () => {
      asked = true;
    };
    const refused = sendToSyslog({ host: 'localhost', port: server.tls, ca: other.cert, plain: false }, clock, write);
    await expect(refused).rejects.toMatchObject({ code: 'usage', message: expect.stringContaining(`localhost:${server.tls}`) });
    await expect(sendToSyslog({ host: '127.0.0.1', port: 1, ca: null, plain: true }, clock, write)).rejects.toMatchObject({
      code: 'usage',
    });
    expect(asked).toBe(false);
    other.remove();
  });
});

it('says so where the receiver goes away in the middle', async () => {
  const receiver = createServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const address = receiver.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  async function* endless(): AsyncGenerator<ExportRecord> {
    for (;;) yield transfer();
  }
  const sent = sendToSyslog({ host: '127.0.0.1', port, ca: null, plain: true }, clock, (lines) =>
    dicomAuditReporter.write(endless(), lines),
  );
  await expect(sent).rejects.toMatchObject({ code: 'usage', message: expect.stringContaining('not all was sent') });
  receiver.close();
});

it('passes on what the ledger fails with', async () => {
  const receiver = createServer((socket) => socket.resume());
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const address = receiver.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const sent = sendToSyslog({ host: '127.0.0.1', port, ca: null, plain: true }, clock, () =>
    Promise.reject(new Error('the ledger')),
  );
  await expect(sent).rejects.toThrow('the ledger');
  receiver.close();
});

import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeOpensslAuthority } from '../../doubles/tls-openssl.ts';
import { startStunnel } from '../../doubles/tls-stunnel.ts';
import { useOpenssl } from './openssl-endpoints.ts';
import { startMllp } from './real-peers.ts';
import { row, verdicts } from './verify-port.ts';

const { authority, good, verify } = useOpenssl();

const AEAD = ['securityLevel = 2', 'ciphers = ECDHE+AESGCM', 'ciphersuites = TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256'];
const UP_TO_12 = ['sslVersionMax = TLSv1.2'];
const ANYTHING = ['securityLevel = 0'];

let ports: Readonly<Record<string, number>> = {};
let mllp: Awaited<ReturnType<typeof startMllp>>;
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  mllp = await startMllp();
  closing.push(mllp.close);
  const ca = join(dirname(good().cert), 'clients.pem');
  writeFileSync(ca, authority().cert);
  const weak = authority().issue('weak', { key: 'rsa:1024' });
  const short = authority().issue('short', { days: 1 });
  const other = authority().issue('other', { names: 'DNS:elsewhere.example' });
  const mutual = [`CAfile = ${ca}`, 'verifyChain = yes'];
  const service = (options: readonly string[], files = good()) => ({ files, options, behind: mllp.port });
  const stunnel = await startStunnel(
    {
      tls10: service([...ANYTHING, 'sslVersionMin = TLSv1', 'sslVersionMax = TLSv1', 'ciphers = AES256-SHA:@SECLEVEL=0']),
      cbc: service([...UP_TO_12, 'ciphers = AES128-SHA', 'sslVersionMin = TLSv1.2']),
      null: service([...ANYTHING, ...UP_TO_12, 'sslVersionMin = TLSv1.2', 'ciphers = NULL-SHA256:@SECLEVEL=0']),
      anonymous: service([...ANYTHING, ...UP_TO_12, 'sslVersionMin = TLSv1.2', 'ciphers = aNULL:@SECLEVEL=0']),
      rsa1024: service([...AEAD, ...ANYTHING, ...mutual], weak),
      expired: service([...AEAD, ...mutual], short),
      elsewhere: service([...AEAD, ...mutual], other),
      mutual: service([...AEAD, ...mutual]),
      good12: service([...AEAD, ...UP_TO_12, 'sslVersionMin = TLSv1.2']),
      good13: service([...AEAD, 'sslVersionMin = TLSv1.3']),
    },
    authority().dhParameters('ffdhe2048'),
  );
  closing.push(stunnel.close);
  ({ ports } = stunnel);
});
afterAll(async () => {
  for (const close of closing.reverse()) await close();
});

/** Letters of version, suites, key-exchange, certificate and extensions, by rfc9325, sp800-52r2, dicom-b12, dicom-b13, iti-19. */
const EXPECTED = {
  tls10: 'FFNPP FFNPP FFNPP FFNPP FPNFP',
  cbc: 'PFNPP FFNPP PFNPP FFNPP PPNFP',
  null: 'PFNPP FFNPP PFNPP FFNPP PFNFP',
  anonymous: 'PFPFP FFPFP PFPFP FFPFP PFPFP',
  rsa1024: 'PPPFP PPPFP PPPFP PPPFP PPPPP',
  elsewhere: 'PPPFP PPPFP PPPPP PPPPP PPPPP',
  mutual: 'PPPPP PPPPP PPPPP PPPPP PPPPP',
  good12: 'PPPPP FPPPP PPPPP FPPPP PPPFP',
  good13: 'PPPPN FPPPN FPPPN FPPPN PPPFN',
} as const;

describe('stunnel', () => {
  it.each(Object.entries(EXPECTED))('%s has its verdict by each profile', async (name, expected) => {
    const rows = await verify(portOf(name), { protocol: 'none' });
    expect(Object.values(verdicts(rows)).join(' ')).toBe(expected);
  });

  it('with a certificate that has ended fails by every profile', async () => {
    const rows = await verify(portOf('expired'), { protocol: 'none', inDays: 2 });
    expect(Object.values(verdicts(rows)).join(' ')).toBe('PPPFP PPPFP PPPFP PPPFP PPPFP');
    expect(row(rows, 'iti-19', 'certificate').reason).toContain('its certificate ended on');
  });
});

describe('MLLP in stunnel', () => {
  it('is proven as MLLP over TLS by one message that names Cordon and holds nobody, and its plain port is found', async () => {
    const before = mllp.bodies().length;
    const rows = await verify(portOf('good12'), { protocol: 'mllp' });
    expect(row(rows, null, 'protocol')).toMatchObject({
      outcome: 'proven',
      section: '',
      how: 'probed',
      reason: null,
      facts: { protocol: 'mllp', version: 'TLSv1.2', suite: expect.stringContaining('ECDHE'), answer: 'AA' },
    });
    expect(row(rows, null, 'clear-port').outcome).toBe('not_applicable');
    const sent = mllp.bodies().slice(before);
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatch(/^MSH\|\^~\\&\|CORDON\|CORDON\|\|\|\d{14}\|\|NMQ\^N01\|CORDON[0-9a-f]{14}\|D\|2\.5\r$/);
    const beside = row(await verify(portOf('good12'), { protocol: 'mllp', clearPort: mllp.port }), null, 'clear-port');
    expect(beside).toMatchObject({ outcome: 'failed', facts: { clear: [String(mllp.port)] } });
    expect(beside.reason).toBe(
      `port ${mllp.port} of the same host takes MLLP in clear: whoever is in the middle reads along. ` +
        'Close it, or let it in from this machine alone.',
    );
  });

  it('is unknown where only suites are taken that encrypt nothing: no handshake can be finished', async () => {
    const rows = await verify(portOf('null'), { protocol: 'mllp' });
    expect(row(rows, null, 'protocol')).toMatchObject({
      outcome: 'unknown',
      reason: expect.stringContaining('no handshake could be finished to speak MLLP over'),
    });
  });

  it('is unknown without the client certificate that is demanded, and proven with it', async () => {
    const before = mllp.bodies().length;
    const without = await verify(portOf('mutual'), { protocol: 'mllp' });
    expect(row(without, null, 'protocol')).toMatchObject({
      outcome: 'unknown',
      reason: 'it demands a client certificate, and none was given: give one with --certificate and --key.',
    });
    expect(mllp.bodies()).toHaveLength(before);
    const files = authority().issue('cordon');
    const client = { cert: readFileSync(files.cert, 'utf8'), key: readFileSync(files.key, 'utf8') };
    const given = await verify(portOf('mutual'), { protocol: 'mllp', client });
    expect(row(given, null, 'protocol')).toMatchObject({ outcome: 'proven', facts: { answer: 'AA' } });
    const stranger = makeOpensslAuthority();
    closing.push(async () => stranger.remove());
    const foreign = stranger.issue('stranger');
    const wrong = { cert: readFileSync(foreign.cert, 'utf8'), key: readFileSync(foreign.key, 'utf8') };
    expect(row(await verify(portOf('mutual'), { protocol: 'mllp', client: wrong }), null, 'protocol')).toMatchObject({
      outcome: 'unknown',
      reason: 'it demands a client certificate, and turned the one given away.',
    });
  });
});

function portOf(name: string): number {
  const port = ports[name];
  if (port === undefined) throw new Error(`stunnel has no service ${name}`);
  return port;
}

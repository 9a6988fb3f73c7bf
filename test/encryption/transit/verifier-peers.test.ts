import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { alert, startPeer, startScriptedServer } from '../../doubles/tls-server-hello.ts';
import { useOpenssl } from './openssl-endpoints.ts';
import { startReceiver } from './real-peers.ts';
import { FAST, PROFILES, type Profile, row, verdicts } from './verify-port.ts';

const { good, cleanUps, verify, openssl } = useOpenssl();

const startStorescp = async (options: readonly string[]): Promise<number> => {
  const scp = await startReceiver(options);
  cleanUps.push(scp.close);
  return scp.port;
};

describe('storescp +tls', () => {
  it('is proven to be what it is: of the suites of B.13, not of B.12, since it takes DHE', async () => {
    const port = await startStorescp(['+tls', good().key, good().cert, '-ic']);
    const rows = await verify(port);
    expect(row(rows, 'dicom-b13', 'version').outcome).toBe('proven');
    expect(row(rows, 'dicom-b13', 'suites').outcome).toBe('proven');
    expect(row(rows, 'dicom-b12', 'suites').outcome).toBe('failed');
    expect(row(rows, 'iti-19', 'certificate').outcome).toBe('failed');
  });
});

describe('what openssl can not be', () => {
  it.each([
    ['TLS_RSA_WITH_RC4_128_SHA', 0x0005, 'uses RC4'],
    ['TLS_RSA_WITH_3DES_EDE_CBC_SHA', 0x000a, 'has less than 128 bits of strength'],
    ['TLS_RSA_EXPORT_WITH_DES40_CBC_SHA', 0x0008, 'has less than 112 bits of strength'],
  ])('%s fails by every profile', async (name, suite, why) => {
    const certificates = [new X509Certificate(readFileSync(good().cert)).raw];
    const server = await startScriptedServer({ versions: [0x0301, 0x0303], suites: [suite], certificates, compression: 1 });
    cleanUps.push(server.close);
    const rows = await verify(server.port);
    for (const { profile } of PROFILES) {
      const evidence = row(rows, profile as Profile, 'suites');
      expect(evidence).toMatchObject({ outcome: 'failed', facts: { forbidden: [name] } });
      if (profile !== 'dicom-b13' && profile !== 'sp800-52r2') expect(evidence.reason).toContain(why);
    }
    expect(row(rows, 'rfc9325', 'extensions').reason).toBe(
      'does not answer renegotiation_info (3.5); does not answer extended_master_secret (3.5); takes TLS compression (3.3). ' +
        "Update the server's TLS library, and switch compression off.",
    );
  });

  it('SSL 3.0 is a version that is refused', async () => {
    const server = await startScriptedServer({ versions: [0x0300], suites: [0x002f] });
    cleanUps.push(server.close);
    const rows = await verify(server.port);
    expect(row(rows, 'rfc9325', 'version')).toMatchObject({ outcome: 'failed', facts: { accepted: ['SSLv3'] } });
  });
});

describe('what can not be judged', () => {
  it.each([
    ['mllp', '\x0bMSH|^~\\&|'],
    ['http', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
    ['dicom', '\x07\0\0\0\0\x04\0\0\x02\x01'],
    ['unknown', '220 welcome\r\n'],
  ])('a peer that answers in clear (%s) fails the version, and nothing else applies', async (protocol, answer) => {
    const peer = await startPeer(() => Buffer.from(answer, 'latin1'));
    cleanUps.push(peer.close);
    const rows = await verify(peer.port);
    expect(verdicts(rows).rfc9325).toBe('FNNNN');
    expect(row(rows, 'rfc9325', 'version').facts).toEqual({ clear: protocol });
    expect(peer.connections()).toBe(1);
  });

  it('a DICOM peer in clear that hangs up on TLS is asked for an association, and told from one that says nothing', async () => {
    const dicom = await startStorescp([]);
    const rows = await verify(dicom);
    expect(verdicts(rows)['dicom-b12']).toBe('FNNNN');
    expect(row(rows, 'dicom-b12', 'version')).toMatchObject({
      facts: { clear: 'dicom' },
      reason: expect.stringContaining('with DICOM'),
    });
  });

  it('a peer that does not answer, that hangs up, that refuses all, or that is not there is unknown', async () => {
    const silent = await startPeer(() => null);
    cleanUps.push(silent.close);
    const quiet = await verify(silent.port, { limits: { ...FAST, timeout: 200 } });
    expect(verdicts(quiet).rfc9325).toBe('UUUUU');
    expect(quiet[0]?.reason).toContain('did not answer a ClientHello in time');
    const refusing = await startPeer(() => alert(40));
    cleanUps.push(refusing.close);
    expect((await verify(refusing.port))[0]).toMatchObject({
      outcome: 'unknown',
      reason: expect.stringContaining('refused every version'),
    });
    await silent.close();
    cleanUps.splice(cleanUps.indexOf(silent.close), 1);
    expect((await verify(silent.port))[0]).toMatchObject({ outcome: 'unknown', reason: 'no connection: ECONNREFUSED.' });
  });

  it('what the allowance of connections does not reach is unknown, and what was seen fails all the same', async () => {
    const port = await openssl(['-cipher', 'ALL:eNULL:@SECLEVEL=0']);
    const rows = await verify(port, { limits: { ...FAST, connections: 12 } });
    expect(row(rows, 'rfc9325', 'suites').outcome).toBe('failed');
    expect(row(rows, 'rfc9325', 'version')).toMatchObject({ outcome: 'unknown', reason: expect.stringContaining('TLSv1.1') });
    expect(row(rows, 'rfc9325', 'version').facts.connections).toBe(12);
  });

  it('a probe that is stopped is unknown', async () => {
    const rows = await verify(await openssl([]), { signal: AbortSignal.abort() });
    expect(verdicts(rows).rfc9325).toBe('UUUUU');
  });
});

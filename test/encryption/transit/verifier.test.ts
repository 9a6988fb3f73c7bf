import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makeOpensslAuthority } from '../../doubles/tls-openssl.ts';
import { useOpenssl } from './openssl-endpoints.ts';
import { DAY, PROFILES, type Profile, row, verdicts } from './verify-port.ts';

const { authority, cleanUps, verify, openssl } = useOpenssl();

describe('endpoints of openssl s_server', () => {
  const AEAD = 'ECDHE+AESGCM';
  const NO_CHACHA = ['-ciphersuites', 'TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256'];

  it('good TLS 1.2 and 1.3 with mTLS is proven by every profile', async () => {
    const rows = await verify(await openssl(['-cipher', AEAD, ...NO_CHACHA, '-Verify', '1']));
    expect(verdicts(rows)).toEqual({
      rfc9325: 'PPPPP',
      'sp800-52r2': 'PPPPP',
      'dicom-b12': 'PPPPP',
      'dicom-b13': 'PPPPP',
      'iti-19': 'PPPPP',
    });
    expect(row(rows, 'iti-19', 'certificate').facts).toMatchObject({
      clientCertificate: 'demanded',
      key: 'rsa 2048',
      trust: 'trusted',
    });
    expect(row(rows, 'rfc9325', 'suites')).toMatchObject({
      reason: null,
      target: expect.stringMatching(/^tls:127\.0\.0\.1:\d+$/),
      how: 'probed',
      facts: {
        accepted: [
          'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
          'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
          'TLS_AES_128_GCM_SHA256',
          'TLS_AES_256_GCM_SHA384',
        ],
      },
    });
  });

  it('good TLS 1.2 alone lacks 1.3 where that is due, and lets IHE down without a client certificate', async () => {
    const rows = await verify(await openssl(['-tls1_2', '-cipher', AEAD, '-serverpref']));
    expect(verdicts(rows)).toEqual({
      rfc9325: 'PPPPP',
      'sp800-52r2': 'FPPPP',
      'dicom-b12': 'PPPPP',
      'dicom-b13': 'FPPPP',
      'iti-19': 'PPPFP',
    });
    expect(row(rows, 'rfc9325', 'suites').facts.preference).toBe('server');
    expect(row(rows, 'iti-19', 'certificate').facts.clientCertificate).toBe('not-demanded');
  });

  it('good TLS 1.3 alone: the extensions do not apply, and DICOM wants 1.2 as well', async () => {
    const rows = await verify(await openssl(['-tls1_3', ...NO_CHACHA, '-Verify', '1']));
    expect(verdicts(rows)).toEqual({
      rfc9325: 'PPPPN',
      'sp800-52r2': 'FPPPN',
      'dicom-b12': 'FPPPN',
      'dicom-b13': 'FPPPN',
      'iti-19': 'PPPPN',
    });
    expect(row(rows, 'iti-19', 'certificate').facts.clientCertificate).toBe('demanded');
  });

  it('TLS 1.0 alone', async () => {
    const rows = await verify(
      await openssl(['-tls1', '-cipher', 'ALL:@SECLEVEL=0', '-dhparam', authority().dhParameters('ffdhe2048')]),
    );
    expect(verdicts(rows)).toEqual({
      rfc9325: 'FFPPP',
      'sp800-52r2': 'FFPPP',
      'dicom-b12': 'FFPPP',
      'dicom-b13': 'FFPPP',
      'iti-19': 'FFPFP',
    });
    expect(row(rows, 'rfc9325', 'version')).toMatchObject({
      section: '3.1.1',
      facts: { accepted: ['TLSv1'] },
      reason: 'accepts TLSv1 (3.1.1); refuses TLSv1.2 and TLSv1.3 (3.1.1). Set TLS 1.2 as the least version of the server.',
    });
    // Anonymous suites are in ALL.
    expect(row(rows, 'iti-19', 'suites').reason).toContain('authenticates nobody');
  });

  it('TLS 1.2 with static RSA and CBC: forbidden by RFC 9325, demanded by the tests of IHE', async () => {
    const rows = await verify(await openssl(['-tls1_2', '-cipher', 'AES128-SHA', '-Verify', '1']));
    expect(verdicts(rows)).toEqual({
      rfc9325: 'PFNPP',
      'sp800-52r2': 'FFNPP',
      'dicom-b12': 'PFNPP',
      'dicom-b13': 'FFNPP',
      'iti-19': 'PPNPP',
    });
    expect(row(rows, 'rfc9325', 'suites').reason).toBe(
      'accepts a suite that has no forward secrecy, SHOULD NOT: TLS_RSA_WITH_AES_128_CBC_SHA (4.1). Name the accepted suites: those of ECDHE with AES in GCM.',
    );
  });

  it('TLS 1.2 with ECDHE and CBC passes RFC 9325 with encrypt_then_mac only', async () => {
    const cipher = ['-tls1_2', '-cipher', 'ECDHE-RSA-AES128-SHA256'];
    const withMac = await verify(await openssl(cipher));
    expect(row(withMac, 'rfc9325', 'suites').outcome).toBe('proven');
    const without = await verify(await openssl([...cipher, '-no_etm']));
    expect(row(without, 'rfc9325', 'suites')).toMatchObject({ outcome: 'failed', section: '4.2' });
    expect(row(without, 'iti-19', 'suites').outcome).toBe('proven');
  });

  it('NULL suites fail everywhere', async () => {
    const rows = await verify(await openssl(['-tls1_2', '-cipher', 'NULL-SHA256:ECDHE-RSA-NULL-SHA:@SECLEVEL=0']));
    for (const { profile } of PROFILES) expect(row(rows, profile as Profile, 'suites').outcome).toBe('failed');
    expect(row(rows, 'rfc9325', 'suites').reason).toContain('encrypts nothing, MUST NOT: TLS_RSA_WITH_NULL_SHA256 and 1 more');
    // The certificate is seen all the same.
    expect(row(rows, 'rfc9325', 'certificate').outcome).toBe('proven');
  });

  it('anonymous suites show no certificate', async () => {
    const rows = await verify(
      await openssl(['-tls1_2', '-cipher', 'aNULL:@SECLEVEL=0', '-dhparam', authority().dhParameters('ffdhe2048')]),
    );
    for (const { profile } of PROFILES) {
      expect(row(rows, profile as Profile, 'suites').outcome).toBe('failed');
      expect(row(rows, profile as Profile, 'certificate')).toMatchObject({
        outcome: 'failed',
        reason: expect.stringContaining('shows no certificate'),
      });
    }
  });

  it('a Diffie-Hellman prime of 1536 bits', async () => {
    const rows = await verify(
      await openssl([
        '-tls1_2',
        '-cipher',
        'DHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0',
        '-dhparam',
        authority().dhParameters('modp_1536'),
      ]),
    );
    expect(verdicts(rows)).toEqual({
      rfc9325: 'PFFPP',
      'sp800-52r2': 'FPFPP',
      'dicom-b12': 'PFFPP',
      'dicom-b13': 'FPFPP',
      'iti-19': 'PPFFP',
    });
    expect(row(rows, 'dicom-b13', 'key-exchange').facts.primeBits).toEqual(['1536']);
  });

  it('a second certificate, for another kind of signature, is judged as the first', async () => {
    const weak = authority().issue('second', { key: 'rsa:1024' });
    const port = await openssl(
      ['-cipher', 'ECDHE+AESGCM:@SECLEVEL=0', '-dcert', weak.cert, '-dkey', weak.key],
      authority().issue('first', { key: 'ec:prime256v1' }),
    );
    const certificate = row(await verify(port), 'rfc9325', 'certificate');
    expect(certificate).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('rsa key of 1024 bits') });
    expect(certificate.facts.others).toHaveLength(1);
  });

  it('a certificate of RSA-1024 fails but for IHE', async () => {
    const weak = authority().issue('weak', { key: 'rsa:1024' });
    const rows = await verify(await openssl(['-cipher', `${AEAD}:@SECLEVEL=0`, '-Verify', '1'], weak));
    const outcomes = PROFILES.map(({ profile }) => [profile, row(rows, profile as Profile, 'certificate').outcome]);
    expect(Object.fromEntries(outcomes)).toEqual({
      rfc9325: 'failed',
      'sp800-52r2': 'failed',
      'dicom-b12': 'failed',
      'dicom-b13': 'failed',
      'iti-19': 'proven',
    });
    expect(row(rows, 'rfc9325', 'certificate').reason).toContain(
      'its certificate has a rsa key of 1024 bits, fewer than 2048 (4.5)',
    );
  });

  it('a certificate signed with SHA-1, and one for another name', async () => {
    const old = authority().issue('old', { hash: 'sha1', names: 'DNS:elsewhere.example' });
    const rows = await verify(await openssl(['-cipher', `${AEAD}:@SECLEVEL=0`, '-Verify', '1'], old));
    expect(row(rows, 'rfc9325', 'certificate').reason).toContain(
      'is signed with sha1WithRSAEncryption (4.5); shows a certificate for another name (7.1)',
    );
    expect(row(rows, 'dicom-b12', 'certificate').reason).not.toContain('another name');
    expect(row(rows, 'iti-19', 'certificate').outcome).toBe('proven');
  });

  it('a certificate for another name fails where names count', async () => {
    const other = authority().issue('other', { names: 'DNS:elsewhere.example' });
    const rows = await verify(await openssl(['-cipher', AEAD], other));
    expect(row(rows, 'rfc9325', 'certificate')).toMatchObject({ outcome: 'failed', facts: { name: 'differs' } });
    expect(row(rows, 'dicom-b13', 'certificate')).toMatchObject({ outcome: 'proven', facts: { name: 'differs' } });
    const byAddress = await verify(await openssl(['-cipher', AEAD], other), { serverName: null });
    expect(row(byAddress, 'rfc9325', 'certificate')).toMatchObject({
      outcome: 'unknown',
      reason: expect.stringContaining('--server-name'),
    });
  });

  it('an expired certificate fails, and evidence of one that ends today ends with it', async () => {
    const port = await openssl(['-cipher', AEAD, '-Verify', '1']);
    const expired = await verify(port, { inDays: 91 });
    for (const { profile } of PROFILES) {
      expect(row(expired, profile as Profile, 'certificate')).toMatchObject({
        outcome: 'failed',
        reason: expect.stringContaining('ended on'),
      });
    }
    const short = authority().issue('short', { days: 1 });
    const [first] = await verify(await openssl(['-cipher', AEAD], short), { inDays: 0.5 });
    const rows = await verify(await openssl(['-cipher', AEAD], short), { inDays: 0.5 });
    const certificate = row(rows, 'rfc9325', 'certificate');
    expect(certificate.expires).toBe(Math.floor(new X509Certificate(readFileSync(short.cert)).validToDate.getTime()));
    expect((first?.expires ?? 0) - (first?.at ?? 0)).toBe(DAY);
  });

  it('an authority that is not among those given fails; against the public roots it is unknown', async () => {
    const stranger = makeOpensslAuthority();
    cleanUps.push(async () => stranger.remove());
    const port = await openssl(['-cipher', AEAD], stranger.issue('stranger'));
    expect(row(await verify(port), 'rfc9325', 'certificate')).toMatchObject({ outcome: 'failed', facts: { trust: 'untrusted' } });
    const publicly = row(await verify(port, { ca: null }), 'rfc9325', 'certificate');
    expect(publicly).toMatchObject({ outcome: 'unknown', reason: expect.stringContaining('--ca') });
  });

  it('an optional client certificate is not enough for IHE', async () => {
    const rows = await verify(await openssl(['-cipher', AEAD, '-verify', '1']));
    expect(row(rows, 'iti-19', 'certificate')).toMatchObject({ outcome: 'failed', facts: { clientCertificate: 'requested' } });
  });

  it('an EC certificate of P-256', async () => {
    const ec = authority().issue('ec', { key: 'ec:prime256v1' });
    const rows = await verify(await openssl(['-cipher', AEAD, ...NO_CHACHA, '-Verify', '1'], ec));
    expect(verdicts(rows)['dicom-b13']).toBe('PPPPP');
    expect(row(rows, 'dicom-b13', 'certificate').facts.key).toBe('ec 256');
  });
});

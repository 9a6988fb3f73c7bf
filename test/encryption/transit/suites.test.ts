import { execFileSync } from 'node:child_process';
import { getCiphers } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { SUITES, suiteName, suitesOf } from '../../../src/encryption/transit/suites.ts';
import { toolPath } from '../../setup/tools.ts';

function named(name: string) {
  return [...SUITES.values()].find((suite) => suite.name === name);
}

describe('the table of cipher suites', () => {
  it('agrees with every suite that openssl knows, in code, exchange, authentication, cipher, strength and MAC', () => {
    const text = execFileSync(toolPath('openssl'), ['ciphers', '-V', '-stdname', 'ALL:eNULL:@SECLEVEL=0'], { encoding: 'utf8' });
    const line = /0x(..),0x(..) - (\S+)\s+- \S+\s+\S+\s+Kx=(\S+)\s+Au=(\S+)\s+Enc=([\w/]+?)(?:\((\d+)\))?\s+Mac=(\S+)/;
    const rows = text.split('\n').filter((row) => row !== '');
    expect(rows.length).toBeGreaterThan(100);
    for (const row of rows) {
      const match = line.exec(row);
      if (match === null) throw new Error(`openssl's line has another form: ${row}`);
      const [, high = '', low = '', name, exchange = '', , cipher = '', bits, mac = ''] = match;
      const suite = SUITES.get(Number.parseInt(high + low, 16));
      expect(suite?.name).toBe(name);
      expect(suite?.bits, name).toBe(Number(bits ?? 0));
      const mode = { AEAD: 'AEAD', SHA1: 'SHA1', SHA256: 'SHA256', SHA384: 'SHA384', MD5: 'MD5' }[mac];
      expect(suite?.mac, name).toBe(mode);
      const expected = { DH: 'DHE', ECDH: 'ECDHE', RSA: 'RSA', any: 'TLS13', PSK: 'PSK', SRP: 'SRP' }[exchange];
      if (expected !== undefined) expect(suite?.keyExchange, name).toBe(expected);
      expect(cipher.toUpperCase().startsWith((suite?.bulk === 'NULL' ? 'NONE' : suite?.bulk)?.slice(0, 3) ?? '?'), name).toBe(
        true,
      );
    }
  });

  it('knows what neither openssl nor node:tls can offer', () => {
    expect(named('TLS_RSA_WITH_RC4_128_SHA')).toMatchObject({ code: 5, bulk: 'RC4', mode: 'stream', bits: 128, mac: 'SHA1' });
    expect(named('TLS_RSA_WITH_3DES_EDE_CBC_SHA')).toMatchObject({ code: 10, bulk: '3DES', mode: 'CBC', bits: 112 });
    expect(named('TLS_DH_anon_EXPORT_WITH_DES40_CBC_SHA')).toMatchObject({
      keyExchange: 'DHE',
      authentication: 'none',
      bits: 40,
    });
    expect(named('TLS_DH_RSA_WITH_AES_128_CBC_SHA')).toMatchObject({ keyExchange: 'DH', authentication: 'RSA' });
    expect(getCiphers().some((name) => /rc4|des-cbc3|null/i.test(name))).toBe(false);
  });

  it('offers AEAD from TLS 1.2 on, and to TLS 1.3 its own only', () => {
    expect(suitesOf(0x0301)).not.toContain(0xc02f);
    expect(suitesOf(0x0303)).toContain(0xc02f);
    expect(suitesOf(0x0303)).not.toContain(0x1301);
    expect(suitesOf(0x0304).map(suiteName)).toContain('TLS_AES_128_GCM_SHA256');
    expect(suiteName(0xfafa)).toBe('0xfafa');
  });
});

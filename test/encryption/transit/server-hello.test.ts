import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeClientHello } from '../../../src/encryption/transit/client-hello.ts';
import { groupsOf } from '../../../src/encryption/transit/groups.ts';
import { MAX_FLIGHT, readServerFlight } from '../../../src/encryption/transit/server-hello.ts';
import { suitesOf } from '../../../src/encryption/transit/suites.ts';
import { alert, readHello, record, serverFlight } from '../../doubles/tls-server-hello.ts';

const VERSIONS = [0x0300, 0x0301, 0x0302, 0x0303, 0x0304];
const CURVE = Buffer.concat([Buffer.from([3, 0, 23, 65]), Buffer.alloc(65, 4)]);

function prime(bits: number): Buffer {
  const bytes = Buffer.alloc(bits / 8, 0xff);
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes, Buffer.from([0, 1, 2, 0, 1, 9])]);
}

describe('encodeClientHello', () => {
  it('writes lengths that hold together, and what was offered', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...VERSIONS),
        fc.integer({ min: 1, max: 64 }),
        fc.option(fc.domain(), { nil: null }),
        fc.array(fc.stringMatching(/^[a-z0-9/.]{1,20}$/), { maxLength: 3 }),
        (version, count, serverName, protocols) => {
          const suites = suitesOf(version).slice(0, count);
          const bytes = encodeClientHello({ version, suites, groups: groupsOf(version), serverName, protocols });
          expect(bytes.readUInt16BE(3)).toBe(bytes.length - 5);
          expect(bytes.readUIntBE(6, 3)).toBe(bytes.length - 9);
          const seen = readHello(bytes);
          expect(seen.version).toBe(version);
          expect(seen.suites).toEqual(version === 0x0304 ? suites : [...suites, 0x00ff]);
          if (serverName !== null && version > 0x0300) expect(bytes.includes(serverName)).toBe(true);
        },
      ),
    );
  });

  it('sends no server name for an address, and no extensions in SSL 3.0', () => {
    const offer = { suites: [0x002f], groups: [23] };
    expect(encodeClientHello({ ...offer, version: 0x0303, serverName: '192.0.2.7' }).includes('192.0.2.7')).toBe(false);
    // Version, random, empty session, two suites, one compression, nothing more.
    expect(encodeClientHello({ ...offer, version: 0x0300, serverName: 'pacs.example' }).length).toBe(9 + 2 + 32 + 1 + 2 + 4 + 2);
  });
});

describe('readServerFlight', () => {
  it.each([
    [0xc02f, CURVE, { group: 23, primeBits: null }],
    [0x0033, prime(1024), { group: null, primeBits: 1024 }],
    // 768 bytes of prime start with 03 00, as a named curve would.
    [0x0033, prime(6144), { group: null, primeBits: 6144 }],
    [0x0090, Buffer.concat([Buffer.from([0, 1, 65]), prime(2048)]), { group: null, primeBits: 2048 }],
    [0x0005, CURVE, null],
  ])('reads the ephemeral key of suite %i', (suite, keyExchange, expected) => {
    const result = readServerFlight(serverFlight(0x0303, suite, { keyExchange }));
    expect(result.kind === 'flight' && result.flight.ephemeral).toEqual(expected);
  });

  it('reads version, suite, extensions, certificates and the demand for a client certificate, wherever the bytes are cut', () => {
    const whole = serverFlight(0x0303, 0xc02f, {
      certificates: [Buffer.from('leaf'), Buffer.from('issuer')],
      keyExchange: CURVE,
      wantsClientCertificate: true,
      compression: 1,
      extensions: [
        [23, Buffer.alloc(0)],
        [0xff01, Buffer.from([0])],
        [16, Buffer.from([0, 3, 2, 104, 50])],
      ],
    });
    const result = readServerFlight(whole);
    expect(result).toMatchObject({
      kind: 'flight',
      flight: {
        hello: { version: 0x0303, suite: 0xc02f, compression: 1, extensions: [23, 0xff01, 16], protocol: 'h2' },
        wantsClientCertificate: true,
      },
    });
    expect(result.kind === 'flight' && result.flight.certificates.map(String)).toEqual(['leaf', 'issuer']);
    for (let cut = 0; cut < whole.length; cut++) {
      const part = readServerFlight(whole.subarray(0, cut));
      expect(part.kind).toBe('incomplete');
      if (part.kind === 'incomplete') expect(part.needs).toBeGreaterThan(cut);
    }
  });

  it('puts a flight together from many records', () => {
    const body = serverFlight(0x0301, 0x002f, { certificates: [Buffer.alloc(300, 1)] }).subarray(5);
    const parts: Buffer[] = [];
    for (let at = 0; at < body.length; at += 20) parts.push(record(22, 0x0301, body.subarray(at, at + 20)));
    expect(readServerFlight(Buffer.concat(parts))).toMatchObject({
      kind: 'flight',
      flight: { hello: { version: 0x0301, suite: 0x2f } },
    });
  });

  it('takes TLS 1.3 from supported_versions, and knows a HelloRetryRequest', () => {
    const bytes = serverFlight(0x0303, 0x1301, {
      extensions: [
        [43, Buffer.from([3, 4])],
        [51, Buffer.from([0, 24])],
      ],
    });
    Buffer.from('cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c', 'hex').copy(bytes, 11);
    expect(readServerFlight(bytes)).toMatchObject({
      flight: { hello: { version: 0x0304, suite: 0x1301, group: 24, isRetry: true } },
    });
  });

  it('tells an alert, passes over a warning, and tells what is no TLS', () => {
    expect(readServerFlight(alert(70))).toEqual({ kind: 'alert', level: 2, description: 70 });
    const warning = record(21, 0x0303, Buffer.from([1, 112]));
    expect(readServerFlight(Buffer.concat([warning, serverFlight(0x0303, 0x2f, {})])).kind).toBe('flight');
    for (const clear of ['\x0bMSH|^~\\&|', 'HTTP/1.1 400 Bad Request\r\n', '\x03\0\0\0\0\x04']) {
      expect(readServerFlight(Buffer.from(clear, 'latin1'))).toEqual({ kind: 'not-tls' });
    }
  });

  it('never throws and stays bounded on any bytes', () => {
    const arbitrary = fc.uint8Array({ maxLength: 2000 }).map((bytes) => Buffer.from(bytes));
    const framed = fc
      .array(fc.tuple(fc.constantFrom(21, 22), fc.uint8Array({ maxLength: 300 })), { maxLength: 80 })
      .map((records) => Buffer.concat(records.map(([type, body]) => record(type, 0x0303, Buffer.from(body)))));
    const flipped = fc
      .tuple(
        fc.array(fc.tuple(fc.nat(700), fc.integer({ min: 0, max: 255 })), { maxLength: 20 }),
        fc.constantFrom(0xc02f, 0x33, 0x90),
      )
      .map(([edits, suite]) => {
        const bytes = serverFlight(0x0303, suite, { certificates: [Buffer.alloc(200, 3)], keyExchange: CURVE });
        for (const [at, value] of edits) if (at < bytes.length) bytes[at] = value;
        return bytes;
      });
    fc.assert(
      fc.property(fc.oneof(arbitrary, framed, flipped), (bytes) => {
        const result = readServerFlight(bytes);
        expect(['incomplete', 'flight', 'alert', 'not-tls', 'malformed']).toContain(result.kind);
        if (result.kind === 'incomplete') expect(result.needs).toBeLessThanOrEqual(bytes.length + 16_384 + 5);
      }),
      { numRuns: 1000 },
    );
  });

  it('gives up on a flight that never ends', () => {
    const tiny = Buffer.concat(Array.from({ length: 100 }, () => record(22, 0x0303, Buffer.from([2]))));
    expect(readServerFlight(tiny).kind).toBe('malformed');
    const large = record(22, 0x0303, Buffer.concat([Buffer.from([2, 0xff, 0xff, 0xff]), Buffer.alloc(16_380)]));
    const flood = Buffer.concat(Array.from({ length: 20 }, () => large));
    expect(flood.length).toBeGreaterThan(MAX_FLIGHT);
    expect(readServerFlight(flood).kind).toBe('malformed');
  });
});

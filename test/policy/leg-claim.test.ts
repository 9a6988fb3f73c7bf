import { describe, expect, it, test } from 'vitest';
import { admitsFailure, legClaimEvidence, readLegClaim } from '../../src/policy/leg-claim.ts';

const NOW = Date.UTC(2026, 10, 26, 12);

describe('what an engine says of its leg', () => {
  test.each<[string | null, ReturnType<typeof readLegClaim>, boolean]>([
    [null, null, false],
    ['', null, false],
    [
      'tls=1.2; cipher=TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
      { tls: '1.2', cipher: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256' },
      false,
    ],
    ['cipher=X;tls=TLSv1.3', { tls: '1.3', cipher: 'X' }, false],
    ['TLS = 1.2', { tls: '1.2', cipher: null }, false],
    ['tls=1.0; cipher=RC4-MD5', { tls: '1.0', cipher: 'RC4-MD5' }, true],
    ['tls=1.1', { tls: '1.1', cipher: null }, true],
    ['tls=none; cipher=anything', { tls: 'none', cipher: null }, true],
    ['tls=Clear', { tls: 'none', cipher: null }, true],
    ['tls=2.0', null, false],
    ['tls=yes', null, false],
    ['tls=1.2; cipher=JANE DOE 1962', { tls: '1.2', cipher: null }, false],
  ])('%j', (header, claim, bad) => {
    expect(readLegClaim(header)).toEqual(claim);
    expect(admitsFailure(claim)).toBe(bad);
  });

  it('is claimed at best, and failed where it speaks against itself; for a day', () => {
    const said = (tls: string) => legClaimEvidence('lab-registry', { tls, cipher: null }, NOW);
    expect(said('1.3')).toMatchObject({
      target: 'leg:lab-registry',
      outcome: 'claimed',
      how: 'attested',
      expires: NOW + 86_400_000,
    });
    expect(said('1.1')).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('TLS 1.1') });
    expect(said('none')).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('no TLS') });
  });
});

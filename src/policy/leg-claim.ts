import type { Evidence } from '../core/evidence.ts';

/** What an engine says of its leg (`Cordon-Leg: tls=1.2; cipher=…`), as far as it can be read. */
export interface LegClaim {
  /** `1.3`, `1.0`, `none` */
  readonly tls: string;
  readonly cipher: string | null;
}

/** So long a claim counts: as long as what is asked of an endpoint. */
const LIFETIME = 86_400_000;

const CLEAR = new Set(['none', 'clear', 'off', 'no']);
/** RFC 9325 3.1.1: nothing below TLS 1.2. */
const GOOD = new Set(['1.2', '1.3']);

/** Reads the header. Null where it is absent or says nothing that is known: what a sender wrote is kept only where it is a version or a suite. */
export function readLegClaim(header: string | null): LegClaim | null {
  if (header === null) return null;
  const said = new Map(
    header.split(';').map((part) => {
      const [name = '', value = ''] = part.split('=', 2);
      return [name.trim().toLowerCase(), value.trim()] as const;
    }),
  );
  const tls =
    said
      .get('tls')
      ?.toLowerCase()
      .replace(/^(tls)?v?/, '') ?? '';
  const cipher = said.get('cipher') ?? '';
  if (CLEAR.has(tls)) return { tls: 'none', cipher: null };
  if (!/^1\.[0-3]$/.test(tls)) return null;
  return { tls, cipher: /^[A-Za-z0-9_-]{1,64}$/.test(cipher) ? cipher : null };
}

/** Whether an engine states against its own interest that its leg is in clear, or under a TLS that no profile takes: that is believed. */
export function admitsFailure(claim: LegClaim | null): boolean {
  return claim !== null && !GOOD.has(claim.tls);
}

/** What evidence calls the leg of a flow, as its engine states it. */
export function claimTarget(flow: string): string {
  return `leg:${flow}`;
}

/** The claim as evidence of the flow: claimed, or failed where it admits so, and never proven. `at` in milliseconds. */
export function legClaimEvidence(flow: string, claim: LegClaim, at: number): Evidence {
  const bad = admitsFailure(claim);
  const reason = bad
    ? `the engine says of its leg: ${claim.tls === 'none' ? 'no TLS' : `TLS ${claim.tls}`}. Have it speak TLS 1.2 or 1.3`
    : 'it is what the engine says of its leg, and not proven. Name the endpoint in the policy';
  return {
    target: claimTarget(flow),
    check: 'version',
    profile: null,
    section: '',
    outcome: bad ? 'failed' : 'claimed',
    how: 'attested',
    facts: { tls: claim.tls, cipher: claim.cipher },
    reason,
    at,
    expires: at + LIFETIME,
  };
}

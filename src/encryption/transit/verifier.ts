import type { Clock } from '../../core/clock.ts';
import type { Evidence, Verifier } from '../../core/evidence.ts';
import { publicAnchors, readChain, type TrustAnchors } from './certificate.ts';
import type { Address, ClearProtocol } from './exchange.ts';
import { CHECKS, type Check, outcomeOf, reasonFor, type Seen } from './judgement.ts';
import { JUDGES } from './judges.ts';
import { GENTLE, type ProbeLimits, type ProbeResult, probeTransit } from './probe.ts';
import type { Profile } from './profiles.ts';

/** An endpoint to ask. */
export interface TransitTarget extends Address {
  /** What clients call it, for SNI and the certificate's name; null: its host. */
  readonly serverName: string | null;
}

export interface TransitOptions {
  readonly profiles: readonly Profile[];
  /** The site's authorities; null: the public roots. */
  readonly anchors: TrustAnchors | null;
  readonly clock: Clock;
  readonly limits?: ProbeLimits;
}

/** Evidence is had again each day; a certificate that ends sooner ends it sooner. */
const LIFETIME = 86_400_000;

const CLEAR: Record<ClearProtocol, string> = {
  mllp: 'MLLP',
  http: 'HTTP',
  dicom: 'DICOM',
  unknown: 'something that is no TLS',
};

/** Probes an endpoint and judges it by each profile: one line of evidence for each check of each profile. */
export function createTransitVerifier({ profiles, anchors, clock, limits = GENTLE }: TransitOptions): Verifier<TransitTarget> {
  return {
    name: 'transit',
    async check(target, signal) {
      const asked = target.serverName ?? target.host;
      const result = await probeTransit(target, asked, signal, limits);
      const at = clock();
      const chain = result.kind === 'tls' ? readChain(result.facts.certificates, asked, anchors ?? publicAnchors(), at) : null;
      return profiles.flatMap((profile) =>
        CHECKS.map((check) => ({
          target: targetName(target),
          check,
          profile: profile.profile,
          how: 'probed',
          at,
          ...(result.kind === 'tls'
            ? judged({ facts: result.facts, chain, at }, profile, check)
            : unjudged(result, profile, check, at)),
        })),
      );
    },
  };
}

/** `tls:pacs.example:2762`, `tls:[2001:db8::7]:2762` */
export function targetName({ host, port }: Address): string {
  return `tls:${host.includes(':') ? `[${host}]` : host}:${port}`;
}

type Verdict = Pick<Evidence, 'section' | 'outcome' | 'facts' | 'reason' | 'expires'>;

function judged(seen: Seen, profile: Profile, check: Check): Verdict {
  const { section, remedy } = checkOf(profile, check);
  const finding = JUDGES[check](seen, profile);
  const [leaf] = seen.chain?.certificates ?? [];
  const isBound = check === 'certificate' && leaf !== undefined && leaf.validTo > seen.at;
  return {
    section: finding.violations[0]?.section ?? section,
    outcome: outcomeOf(finding),
    facts: finding.facts,
    reason: reasonFor(finding, remedy),
    expires: isBound ? Math.min(seen.at + LIFETIME, leaf.validTo) : seen.at + LIFETIME,
  };
}

/** Of what is not TLS only the version can be judged: there is none. */
function unjudged(result: Exclude<ProbeResult, { kind: 'tls' }>, profile: Profile, check: Check, at: number): Verdict {
  const { section } = checkOf(profile, check);
  const base = { section, facts: {}, expires: at + LIFETIME };
  if (result.kind === 'unknown') return { ...base, outcome: 'unknown', reason: `${result.reason}.` };
  const facts = { clear: result.protocol };
  if (check === 'version') {
    const reason = `it answers in clear, with ${CLEAR[result.protocol]}: whoever is in the middle reads along. Have it speak TLS.`;
    return { ...base, facts, outcome: 'failed', reason };
  }
  return { ...base, facts, outcome: 'not_applicable', reason: 'it speaks no TLS.' };
}

function checkOf(profile: Profile, check: Check): { section: string; remedy: string } {
  return check === 'key-exchange' ? profile.keyExchange : profile[check];
}

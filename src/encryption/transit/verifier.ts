import type { Clock } from '../../core/clock.ts';
import type { Evidence, Verifier } from '../../core/evidence.ts';
import { checkClearPorts, type Statement } from './beside.ts';
import { publicAnchors, readChain, type TrustAnchors } from './certificate.ts';
import type { Address, ClearProtocol } from './exchange.ts';
import type { ClientCertificate } from './handshake.ts';
import { checkInside } from './inside.ts';
import { CHECKS, type Check, outcomeOf, reasonFor, type Seen } from './judgement.ts';
import { JUDGES } from './judges.ts';
import { createPacer, type Pacer } from './pacer.ts';
import { GENTLE, type ProbeLimits, type ProbeResult, probeTransit } from './probe.ts';
import type { Profile } from './profiles.ts';
import { clearPortsBeside, protocolOfPort, type SpokenProtocol } from './protocols.ts';

/** An endpoint to ask. */
export interface TransitTarget extends Address {
  /** What clients call it, for SNI and the certificate's name; null: its host. */
  readonly serverName: string | null;
  /**
   * What is spoken over it. Left out, a well-known port of DICOM or HTTP tells; an MLLP frame is a message, so it is only sent where this says
   * so. `none`: TLS is all that is asked.
   */
  readonly protocol?: SpokenProtocol | 'none';
  /** A port of the same host that should not offer the same in clear. Left out, a well-known port tells which. */
  readonly clearPort?: number;
}

export interface TransitOptions {
  readonly profiles: readonly Profile[];
  /** The site's authorities; null: the public roots. */
  readonly anchors: TrustAnchors | null;
  readonly clock: Clock;
  readonly limits?: ProbeLimits;
  /** Shown to endpoints that demand one before they speak. */
  readonly client?: ClientCertificate | null;
}

/** Evidence is had again each day; a certificate that ends sooner ends it sooner. */
const LIFETIME = 86_400_000;

const CLEAR: Record<ClearProtocol, string> = {
  mllp: 'MLLP',
  http: 'HTTP',
  dicom: 'DICOM',
  unknown: 'something that is no TLS',
};

/**
 * Probes an endpoint and judges it: one line of evidence for each check of each profile; then, for themselves, whether the protocol answers
 * over TLS (`protocol`) and whether it is offered in clear beside it (`clear-port`).
 */
export function createTransitVerifier(options: TransitOptions): Verifier<TransitTarget> {
  const { profiles, anchors, clock, limits = GENTLE } = options;
  return {
    name: 'transit',
    async check(target, signal) {
      const asked = target.serverName ?? target.host;
      const pacer = createPacer(limits);
      const result = await probeTransit(target, asked, signal, limits, pacer);
      const at = clock();
      const chains =
        result.kind === 'tls'
          ? result.facts.chains
              .map((ders) => readChain(ders, asked, anchors ?? publicAnchors(), at))
              .filter((chain) => chain !== null)
          : [];
      const head = { target: targetName(target), how: 'probed', at } as const;
      const rows: Evidence[] = profiles.flatMap((profile) =>
        CHECKS.map((check) => ({
          ...head,
          check,
          profile: profile.profile,
          ...(result.kind === 'tls'
            ? judged({ facts: result.facts, chains, at }, profile, check)
            : unjudged(result, profile, check, at)),
        })),
      );
      const statements = await statementsOf(target, result, { ...options, limits }, pacer, signal);
      for (const [check, statement] of statements) {
        rows.push({ ...head, check, profile: null, section: '', ...statement, expires: at + LIFETIME });
      }
      return rows;
    },
  };
}

/** The checks that stand for themselves. Of what gave no TLS nothing more is asked. */
async function statementsOf(
  target: TransitTarget,
  result: ProbeResult,
  { client = null, limits }: TransitOptions & { readonly limits: ProbeLimits },
  pacer: Pacer,
  signal: AbortSignal,
): Promise<[check: string, Statement][]> {
  if (result.kind !== 'tls') {
    const none: Statement =
      result.kind === 'unknown'
        ? { outcome: 'unknown', facts: {}, reason: `${result.reason}.` }
        : { outcome: 'not_applicable', facts: { clear: result.protocol }, reason: 'it speaks no TLS.' };
    return [
      ['protocol', none],
      ['clear-port', none],
    ];
  }
  const { host, port, serverName, clearPort } = target;
  const protocol = protocolOf(target);
  const bounds = { timeout: limits.timeout, pacer, signal };
  const ports = clearPort === undefined ? clearPortsBeside(port) : [clearPort];
  const { clientCertificate } = result.facts;
  const inside: Statement =
    typeof protocol === 'string'
      ? await checkInside({
          address: target,
          serverName: serverName ?? host,
          protocol,
          client,
          clientCertificate,
          ...bounds,
        })
      : protocol;
  const spoken = typeof protocol === 'string' ? protocol : null;
  return [
    ['protocol', inside],
    ['clear-port', await checkClearPorts({ host, ports, protocol: spoken, ...bounds })],
  ];
}

/** What to speak, or why nothing is. */
function protocolOf({ port, protocol }: TransitTarget): SpokenProtocol | Statement {
  if (protocol === 'none') return { outcome: 'not_applicable', facts: {}, reason: 'no protocol was to be asked for over it.' };
  if (protocol !== undefined) return protocol;
  const usual = protocolOfPort(port);
  if (usual === 'mllp') {
    const reason = 'no message is sent to an MLLP endpoint unasked: `verify transit --protocol mllp` does.';
    return { outcome: 'unknown', facts: {}, reason };
  }
  if (usual !== null) return usual;
  const reason = `port ${port} does not tell what it speaks: say it with \`verify transit --protocol\` dicom, mllp or http.`;
  return { outcome: 'unknown', facts: {}, reason };
}

/** `tls:pacs.example:2762`, `tls:[2001:db8::7]:2762` */
export function targetName({ host, port }: Address): string {
  return `tls:${host.includes(':') ? `[${host}]` : host}:${port}`;
}

type Verdict = Pick<Evidence, 'section' | 'outcome' | 'facts' | 'reason' | 'expires'>;

function judged(seen: Seen, profile: Profile, check: Check): Verdict {
  const { section, remedy } = checkOf(profile, check);
  const finding = JUDGES[check](seen, profile);
  const ends = check === 'certificate' ? seen.chains.map(({ certificates: [leaf] }) => leaf.validTo) : [];
  return {
    section: finding.violations[0]?.section ?? section,
    outcome: outcomeOf(finding),
    facts: finding.facts,
    reason: reasonFor(finding, remedy),
    expires: Math.min(seen.at + LIFETIME, ...ends.filter((end) => end > seen.at)),
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

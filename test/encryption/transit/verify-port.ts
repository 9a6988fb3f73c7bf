import { X509Certificate } from 'node:crypto';
import type { Evidence, Outcome } from '../../../src/core/evidence.ts';
import type { ClientCertificate } from '../../../src/encryption/transit/handshake.ts';
import { loadProfiles } from '../../../src/encryption/transit/profiles.ts';
import { createTransitVerifier, type TransitTarget } from '../../../src/encryption/transit/verifier.ts';
import { readRuleFiles } from '../../../src/rule-files.ts';

export const PROFILES = loadProfiles(readRuleFiles('rules/transit', 'profiles'));
export const FAST = { timeout: 3000, perSecond: 1000, connections: 300 };
export const DAY = 86_400_000;

export type Profile = 'rfc9325' | 'sp800-52r2' | 'dicom-b12' | 'dicom-b13' | 'iti-19';
/** Letters of version, suites, key-exchange, certificate, extensions: Proven, Failed, Unknown, Not applicable. */
type Verdicts = Record<Profile, string>;
const LETTERS: Record<Outcome, string> = { proven: 'P', failed: 'F', unknown: 'U', not_applicable: 'N', claimed: 'C' };

/** How a test asks. */
interface Asked {
  /** PEM of the authority that is trusted; without it the public roots are. */
  readonly ca: string | null;
  readonly serverName?: string | null;
  readonly inDays?: number;
  readonly limits?: typeof FAST;
  readonly signal?: AbortSignal;
  readonly protocol?: TransitTarget['protocol'];
  readonly clearPort?: number;
  readonly client?: ClientCertificate;
  readonly host?: string;
}

/** Evidence of an endpoint on this machine by the profiles that ship. */
export async function verifyPort(port: number, asked: Asked): Promise<Evidence[]> {
  const { ca, serverName = 'localhost', inDays = 0, limits = FAST, signal = new AbortController().signal } = asked;
  const anchors = ca === null ? null : { certificates: [new X509Certificate(ca)], isOwn: true };
  const clock = () => Date.now() + inDays * DAY;
  const verifier = createTransitVerifier({ profiles: PROFILES, anchors, clock, limits, client: asked.client ?? null });
  const { protocol, clearPort } = asked;
  const more = { ...(protocol === undefined ? {} : { protocol }), ...(clearPort === undefined ? {} : { clearPort }) };
  return verifier.check({ host: asked.host ?? '127.0.0.1', port, serverName, ...more }, signal);
}

/** A letter a check, in the order of the checks, for each profile. */
export function verdicts(rows: readonly Evidence[]): Verdicts {
  const letters: Verdicts = { rfc9325: '', 'sp800-52r2': '', 'dicom-b12': '', 'dicom-b13': '', 'iti-19': '' };
  for (const { profile, outcome } of rows) if (profile !== null) letters[profile as Profile] += LETTERS[outcome];
  return letters;
}

/** The one line of a profile (null: of none) and a check. */
export function row(rows: readonly Evidence[], profile: Profile | null, check: string): Evidence {
  const found = rows.find((each) => each.profile === profile && each.check === check);
  if (found === undefined) throw new Error(`no evidence for ${profile ?? 'the check'} ${check}`);
  return found;
}

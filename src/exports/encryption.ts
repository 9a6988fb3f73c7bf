import type { Evidence } from '../core/evidence.ts';
import { restTargetName } from '../core/rest-target.ts';
import type { EvidenceStore } from '../ledger/evidence/store.ts';
import { demandsClientCertificate, GENERAL_PROFILE, legOutcome, legTarget, placeOutcome } from '../policy/evidence.ts';
import type { FlowPolicy } from '../policy/flow.ts';
import { claimTarget } from '../policy/leg-claim.ts';
import type { Locations } from '../policy/location.ts';
import type { EvidenceOutcome } from '../policy/standing.ts';

export interface Encryption {
  readonly transit: EvidenceOutcome;
  readonly rest: EvidenceOutcome;
}

const UNKNOWN: Encryption = { transit: 'unknown', rest: 'unknown' };
/** Checks of one target; there are some twenty of each. */
const CHECKS = 1000;
/** Answers that are kept: an export asks for the same flows and days again and again. */
const KEPT = 10_000;

/** Says what was known of a flow's real leg and place at an instant, as its policy demands it today. Without a policy nothing is known. */
export type EncryptionAt = (policy: FlowPolicy | null, at: number) => Promise<Encryption>;

/** Answers from periods of evidence (docs/adr/0030), each question once. */
export function encryptionReader(evidence: Pick<EvidenceStore, 'asOf'>, locations: Locations): EncryptionAt {
  const known = new Map<string, Promise<Encryption>>();
  const rowsAt =
    (at: number) =>
    async (target: string): Promise<readonly Evidence[]> =>
      (await evidence.asOf({ target, at, limit: CHECKS })).rows;
  return (policy, at) => {
    if (policy === null) return Promise.resolve(UNKNOWN);
    const key = `${at}|${policy.id}`;
    const answer = known.get(key);
    if (answer !== undefined) return answer;
    if (known.size >= KEPT) known.clear();
    const asked = read(policy, rowsAt(at), locations, at);
    known.set(key, asked);
    return asked;
  };
}

type RowsOf = (target: string) => Promise<readonly Evidence[]>;

async function read(policy: FlowPolicy, rowsOf: RowsOf, locations: Locations, at: number): Promise<Encryption> {
  return { transit: await legAt(policy, rowsOf, at), rest: await placeAt(policy, rowsOf, locations, at) };
}

/** The endpoint under the profile that the policy requires, and what the engine claims of its own leg where that leaves it unknown. */
async function legAt({ id, destination, require }: FlowPolicy, rowsOf: RowsOf, at: number): Promise<EvidenceOutcome> {
  const claims = (await rowsOf(claimTarget(id))).filter(({ expires }) => expires > at);
  if (claims.some(({ outcome }) => outcome === 'failed')) return 'failed';
  const rows = destination.endpoint === undefined ? [] : await rowsOf(legTarget(destination.endpoint));
  const judged = [
    legOutcome(rows, require.transit ?? GENERAL_PROFILE, at),
    ...(require.mtls ? [demandsClientCertificate(rows, at)] : []),
  ];
  if (judged.includes('failed')) return 'failed';
  const worst = judged.find((outcome) => outcome !== 'proven') ?? 'proven';
  return worst === 'unknown' && claims.length > 0 ? 'claimed' : worst;
}

async function placeAt(policy: FlowPolicy, rowsOf: RowsOf, locations: Locations, at: number): Promise<EvidenceOutcome> {
  const location = locations.get(policy.destination.location ?? '');
  if (location === undefined) return 'unknown';
  const rows = new Map<string, readonly Evidence[]>();
  for (const target of location.verify.map(restTargetName)) rows.set(target, await rowsOf(target));
  return placeOutcome(location, (target) => rows.get(target) ?? [], at);
}

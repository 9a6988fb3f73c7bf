import type { Evidence } from '../src/core/evidence.ts';
import type { Ledger } from '../src/ledger/ledger.ts';
import type { CompiledFlow } from '../src/policy/content.ts';
import { demandsClientCertificate, legOutcome, legTarget } from '../src/policy/evidence.ts';
import type { FlowPolicy } from '../src/policy/flow.ts';
import type { Register } from '../src/policy/register.ts';
import type { FlowEvidence } from '../src/policy/watch.ts';
import { watchFlow } from '../src/policy/watch.ts';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

/** How long an endpoint may go without any evidence before that is an incident: the first round of probes has to come first. */
const FIRST_ROUND = 15 * 60 * 1000;

/** What was had of the endpoint that the policy names; without one the real leg is unknown, which is not pass. Places are not judged yet. */
function evidenceOf({ policy }: CompiledFlow, evidence: readonly Evidence[], since: number, now: number): FlowEvidence {
  const { destination, require } = policy;
  const { endpoint } = destination;
  const rows = endpoint === undefined ? [] : evidence.filter(({ target }) => target === legTarget(endpoint));
  if (endpoint !== undefined && rows.length === 0 && now - since < FIRST_ROUND) return { transit: null, rest: null };
  const judged = [
    ...(require.transit === undefined ? [] : [legOutcome(rows, require.transit, now)]),
    ...(require.mtls ? [demandsClientCertificate(rows, now)] : []),
  ];
  const transit = judged.includes('failed') ? 'failed' : (judged.find((outcome) => outcome !== 'proven') ?? 'proven');
  return { transit, rest: null };
}

export interface WatchDeps {
  readonly ledger: Pick<Ledger, 'flows' | 'incidents' | 'evidence'>;
  readonly register: Register;
  /** Since when somebody listens, milliseconds since the epoch. */
  readonly since: number;
}

/**
 * One round over every registered flow: silence, volume, opening hours, what has ended or is about to; and accepted risks whose
 * time is over go back to open. Returns how many incidents it raised or added a fact to.
 */
export async function watch({ ledger, register, since }: WatchDeps, now: number): Promise<number> {
  await ledger.incidents.expire(now);
  const evidence = await ledger.evidence.list();
  let raised = 0;
  for (const flow of register.flows.values()) {
    const activity = await ledger.flows.activity(flow.policy.id, { hour: now - HOUR, day: now - (now % DAY) });
    for (const cause of watchFlow(flow, { ...activity, since }, evidenceOf(flow, evidence, since, now), now)) {
      await ledger.incidents.raise(cause, {
        source: sourceOf(flow.policy.match),
        destination: flow.policy.destination.system,
        at: now,
      });
      raised++;
    }
  }
  return raised;
}

/** What the policy says of the sender, for a flow that nobody heard. */
function sourceOf(match: FlowPolicy['match']): string {
  const [item] = match;
  if (item === undefined) return 'unknown';
  const { certificate, source, callingAE, msh, address } = item;
  if (typeof msh === 'object' && msh !== null && '3' in msh) return String(msh[3]);
  return String(certificate ?? source ?? callingAE ?? address ?? 'unknown');
}

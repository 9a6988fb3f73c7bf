import type { Ledger } from '../src/ledger/ledger.ts';
import type { FlowPolicy } from '../src/policy/flow.ts';
import type { Register } from '../src/policy/register.ts';
import type { FlowEvidence } from '../src/policy/watch.ts';
import { watchFlow } from '../src/policy/watch.ts';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

/** Nothing probes the real leg: unknown, which is not pass. Places where data rests are not judged before they can be probed. */
const NO_EVIDENCE: FlowEvidence = { transit: 'unknown', rest: null };

export interface WatchDeps {
  readonly ledger: Pick<Ledger, 'flows' | 'incidents'>;
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
  let raised = 0;
  for (const flow of register.flows.values()) {
    const activity = await ledger.flows.activity(flow.policy.id, { hour: now - HOUR, day: now - (now % DAY) });
    for (const cause of watchFlow(flow, { ...activity, since }, NO_EVIDENCE, now)) {
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

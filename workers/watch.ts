import type { Ledger } from '../src/ledger/ledger.ts';
import type { FlowPolicy } from '../src/policy/flow.ts';
import type { Register } from '../src/policy/register.ts';
import { type WatchedEvidence, watchFlow } from '../src/policy/watch.ts';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

export interface WatchDeps {
  readonly ledger: Pick<Ledger, 'flows' | 'incidents'>;
  readonly register: Register;
  /** What is known of each flow now (`readEvidence`). */
  readonly evidence: ReadonlyMap<string, WatchedEvidence>;
  /** Since when somebody listens, milliseconds since the epoch. */
  readonly since: number;
}

const NOTHING: WatchedEvidence = { transit: null, rest: null };

/**
 * One round over every registered flow: silence, volume, opening hours, what has ended or is about to, what is required and not proven; and
 * accepted risks whose time is over go back to open. Returns how many incidents it raised or added a fact to.
 */
export async function watch({ ledger, register, evidence, since }: WatchDeps, now: number): Promise<number> {
  await ledger.incidents.expire(now);
  let raised = 0;
  for (const flow of register.flows.values()) {
    const { id, destination, match } = flow.policy;
    const activity = await ledger.flows.activity(id, { hour: now - HOUR, day: now - (now % DAY) });
    for (const cause of watchFlow(flow, { ...activity, since }, evidence.get(id) ?? NOTHING, now)) {
      await ledger.incidents.raise(cause, { source: sourceOf(match), destination: destination.system, at: now });
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

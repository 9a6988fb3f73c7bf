import type { DisclosureDecision, Exemption, Transfer } from '../core/transfer.ts';
import type { FlowPolicy } from '../policy/flow.ts';
import type { Accounting } from './record.ts';

/** What the policy speaks for. What was flagged is accounted for whatever the flow is for: nobody may take it for treatment. */
function suggestedExemption(policy: FlowPolicy | null, { flagged }: Transfer): Exemption | null {
  if (policy === null || flagged > 0) return null;
  if (policy.destination.entity === 'self') return 'internal';
  if (policy.basis.dataset === 'limited') return 'limited-data-set';
  switch (policy.basis.purpose) {
    case 'treatment':
    case 'payment':
    case 'operations':
    case 'maintenance':
      return 'tpo';
    case 'authorization':
      return 'authorization';
    case 'public-health':
    case 'research':
    case 'required-by-law':
      return null;
  }
}

/**
 * Whether a transfer is accounted for (45 CFR 164.528(a)(1)), as an officer decided: on this patient, else on everybody on the flow; of several the
 * latest whose days hold this one.
 *
 * @param decisions of the transfer's flow, the earliest first
 */
export function accountingOf(
  transfer: Transfer,
  policy: FlowPolicy | null,
  decisions: readonly DisclosureDecision[],
): Accounting {
  const { day, patient } = transfer;
  const holding = decisions.filter(({ fromDay, toDay }) => fromDay <= day && (toDay === null || day < toDay));
  const own = patient === '' ? undefined : holding.findLast((each) => each.patient === patient);
  const decision = own ?? holding.findLast((each) => each.patient === '') ?? null;
  const decided = decision === null || decision.decision === 'undecided' ? 'candidate' : decision.decision;
  return {
    status: decided,
    suggested: suggestedExemption(policy, transfer),
    decision: decided === 'candidate' ? null : decision,
  };
}

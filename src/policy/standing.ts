import type { Reason } from '../core/vocabulary.ts';
import type { CompiledFlow } from './content.ts';

/** What is known of the encryption of the real leg, or of a place where data rests. An attestation is `claimed`. */
export type EvidenceOutcome = 'proven' | 'failed' | 'unknown' | 'claimed';

/** What is known of a flow's real leg and of the place where its data rests. Null: nothing can be said yet, or nothing is asked for. */
export interface FlowEvidence {
  readonly transit: EvidenceOutcome | null;
  readonly rest: EvidenceOutcome | null;
}

/** Of flows by id; one that is not in it is not known. */
export type KnownFlows = ReadonlyMap<string, FlowEvidence>;

/** Key of an incident that is one for its flow: the same whether a message or the watch brings it. */
export function flowKey(reason: Reason, flow: string, detail = ''): string {
  const name = reason.startsWith('flow.') ? reason.slice('flow.'.length) : reason;
  return detail === '' ? `${name}|${flow}` : `${name}|${flow}|${detail}`;
}

/** Why a registered flow may carry nothing at a time; null where it may. The last instant of `expires` is still valid. */
export function standing(flow: CompiledFlow, now: number): 'flow.suspended' | 'flow.expired' | null {
  if (flow.policy.status === 'suspended') return 'flow.suspended';
  return now >= flow.validUntil ? 'flow.expired' : null;
}

/** Whether a flow's messages teach the registry at a time: what may carry nothing is not believed either. */
export function teaches(flow: CompiledFlow, now: number): boolean {
  return flow.policy.teaches && standing(flow, now) === null;
}

/**
 * What the basis of a flow lacks. A business associate needs a BAA (45 CFR 164.504(e)), a limited data set a data use agreement
 * (164.514(e)(4)), an expert's data set the expert's determination (164.514(b)(1)); whatever agreement there is must be live.
 */
export function agreementLack(flow: CompiledFlow, now: number): 'agreement.missing' | 'agreement.expired' | null {
  const { destination, basis } = flow.policy;
  const needed = [
    destination.entity === 'ba' ? 'baa' : null,
    basis.dataset === 'limited' ? 'dua' : null,
    basis.dataset === 'expert' ? 'expert' : null,
  ].filter((kind) => kind !== null);
  // A policy names one paper; where two kinds are needed, that paper is taken to be both.
  const held = basis.agreement.kind;
  if (needed.length > 0 && !needed.some((kind) => kind === held)) return 'agreement.missing';
  return now >= flow.agreementUntil ? 'agreement.expired' : null;
}

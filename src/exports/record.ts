import type { DisclosureDecision, Exemption, Transfer } from '../core/transfer.ts';
import type { Severity } from '../core/vocabulary.ts';
import type { FlowPolicy } from '../policy/flow.ts';
import type { EvidenceOutcome } from '../policy/standing.ts';

/**
 * What every format is written from: who sent what to whom, when, where it rests and whether that is encrypted. A `transfer` is what went over one flow
 * of one patient on one day; an `incident` is one cause that an officer can remove. Holds tokens and names of systems; never a value of a message.
 */
export interface ExportRecord
  extends Pick<
    Transfer,
    'firstAt' | 'lastAt' | 'messages' | 'flagged' | 'formats' | 'categories' | 'unpermitted' | 'reasons' | 'sensitivities'
  > {
  readonly kind: 'transfer' | 'incident';
  /** A UUID that is the same in each export: the incident's, or one made of flow, patient and day. */
  readonly id: string;
  readonly source: string;
  readonly destination: string;
  /** Key of the observed flow; of an incident its policy, or that key. */
  readonly flow: string;
  /** Id of the policy; null for a flow that none covers. */
  readonly policy: string | null;
  /** As the policy says; null without one. */
  readonly recipient: FlowPolicy['destination'] | null;
  readonly basis: FlowPolicy['basis'] | null;
  /** Where it comes to rest: id and country of the place, as far as anybody described it. */
  readonly location: string | null;
  readonly country: string | null;
  /** Token of the patient; null where no message named one, and of incidents. */
  readonly patient: string | null;
  /** How many patients: 1 or 0 of a transfer, those of an incident. */
  readonly patients: number;
  /** What was known of the real leg and of the place at the end of that day. */
  readonly transit: EvidenceOutcome;
  readonly rest: EvidenceOutcome;
  /** Of incidents only. */
  readonly incident: IncidentFacts | null;
  /** Of transfers only. */
  readonly accounting: Accounting | null;
}

export interface IncidentFacts {
  readonly title: string;
  readonly state: string;
  readonly severity: Severity;
  /** Words of texts are all that speaks for it so far (docs/adr/0069-what-nothing-confirms.md). */
  readonly unconfirmed: boolean;
  /** Who takes care of it, as the history names them; null: nobody. */
  readonly assignee: string | null;
  /** HL7 segment, DICOM module or FHIR resource. */
  readonly group: string | null;
}

/**
 * 45 CFR 164.528. A transfer stays a candidate until an officer decides: a mirror of traffic cannot know the legal purpose. `suggested` says which
 * exemption the policy speaks for.
 */
export interface Accounting {
  readonly status: 'candidate' | 'disclosure' | 'exempt';
  readonly suggested: Exemption | null;
  readonly decision: DisclosureDecision | null;
}

export type TransferRecord = ExportRecord & { readonly kind: 'transfer'; readonly accounting: Accounting };
export type IncidentRecord = ExportRecord & { readonly kind: 'incident'; readonly incident: IncidentFacts };

export function isTransfer(record: ExportRecord): record is TransferRecord {
  return record.kind === 'transfer' && record.accounting !== null;
}

export function isIncident(record: ExportRecord): record is IncidentRecord {
  return record.kind === 'incident' && record.incident !== null;
}

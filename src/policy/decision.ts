import type { Category, MessageId, Reason, Sensitivity, Severity, Subject, Verdict } from '../core/vocabulary.ts';
import type { Exposure } from './severity.ts';
import type { Acceptance } from './suppression.ts';

/** A flow as it was seen: known by listener, destination and source. Registered where a policy matches it. */
export interface ObservedFlow {
  /** Stable key: the same three facts give the same key. */
  readonly key: string;
  readonly listener: string;
  readonly source: string;
  readonly destination: string;
  /** Id of the matching policy; null when none does. */
  readonly policy: string | null;
}

/** What the incident is keyed by (DESIGN §2): a cause that an officer can remove. Everything else is a fact of it. */
export interface IncidentCause {
  /** `unregistered|flow` or `content|flow|category|group`, … : unique among incidents. */
  readonly key: string;
  readonly reason: Reason;
  /** Policy id where registered, observed key otherwise. */
  readonly flow: string;
  /** Content incidents only. */
  readonly category: Category | null;
  /** HL7 segment, DICOM module, FHIR resource; content incidents only. */
  readonly group: string | null;
  /** Of this message alone. The ledger works it out again as patients add up, where `exposure` says of what. */
  readonly severity: Severity;
  /** Who received what, and how; left out where no message shows it (silence, volume, an end): the severity then stays as it is. */
  readonly exposure?: Exposure;
  /** Indices into the detection's matches that are facts of this incident. */
  readonly matches: readonly number[];
  /** What the history says beside when it opens or comes back: until when it was proven. */
  readonly note?: string;
  /** Words of a text are all that speaks for it (unconfirmed.ts): it waits with the others of its kind until something else does. */
  readonly unconfirmed?: boolean;
  /** Each of its matches is suppressed: it is recorded as an accepted risk, and flags nothing. Left out: it is none. */
  readonly accepted?: Acceptance;
}

export interface Decision {
  readonly verdict: Verdict;
  readonly reasons: readonly Reason[];
  readonly flow: ObservedFlow;
  /** Incidents to open or to add this message to, accepted risks among them. Empty for a flow in shadow, but for critical ones. */
  readonly causes: readonly IncidentCause[];
  /** What a flow in shadow would have opened: counted, never shown as a decision. */
  readonly shadowed: readonly IncidentCause[];
  readonly sensitivities: readonly Sensitivity[];
  /** `category|subject` → count, for the message row. */
  readonly summary: readonly { category: Category; subject: Subject; count: number; permitted: boolean }[];
}

export const INCIDENT_STATES = ['open', 'acknowledged', 'escalated', 'resolved', 'false-positive', 'accepted-risk'] as const;
export type IncidentState = (typeof INCIDENT_STATES)[number];

/** One incident as the queue shows it. */
export interface IncidentRow {
  readonly id: string;
  readonly key: string;
  readonly reason: Reason;
  readonly flow: string;
  readonly source: string;
  readonly destination: string;
  readonly category: Category | null;
  readonly group: string | null;
  readonly severity: Severity;
  readonly state: IncidentState;
  readonly messages: number;
  readonly patients: number;
  readonly firstSeen: number;
  readonly lastSeen: number;
  /** Until when a risk is accepted; null otherwise, and where it is accepted until it changes. */
  readonly until: number | null;
  /** What the desk adds; see DeskFacts. */
  readonly desk: DeskFacts;
  readonly lastMessage: MessageId | null;
}

/** How the desk handles an incident. Times are milliseconds since the epoch. */
export interface DeskFacts {
  /** Who takes care of it, as the history names actors; null: nobody. */
  readonly assignee: string | null;
  /** When it should be settled; null where it is. */
  readonly due: number | null;
  /** When it was opened, or opened again, the last time. */
  readonly openedAt: number;
  /** Since when it is among those that need somebody; null: it is counted below them (`triage`). */
  readonly admittedAt: number | null;
  /** Part of the digest until then: its flow or its pack is new; null: of none. */
  readonly shadowUntil: number | null;
  /** Words of texts are all that speaks for it so far: counted with the others of its kind, as one, unless it is critical. */
  readonly unconfirmed: boolean;
  /** Seen a day after it began, and within the last day. */
  readonly ongoing: boolean;
  /** Who received what in all; null where no message showed it. */
  readonly exposure: (Exposure & { readonly destinations: readonly string[] }) | null;
  /** Counts what people and the state machine changed: guards an undo. */
  readonly revision: number;
}

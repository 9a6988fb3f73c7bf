import type { Category, MessageId, Reason, Sensitivity, Severity, Subject, Verdict } from '../core/vocabulary.ts';

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
  readonly severity: Severity;
  /** Indices into the detection's matches that are facts of this incident. */
  readonly matches: readonly number[];
  /** What the history says beside when it opens or comes back: until when it was proven. */
  readonly note?: string;
}

export interface Decision {
  readonly verdict: Verdict;
  readonly reasons: readonly Reason[];
  readonly flow: ObservedFlow;
  /** Incidents to open or to add this message to. Empty for a flow in shadow, but for critical ones. */
  readonly causes: readonly IncidentCause[];
  /** What a flow in shadow would have opened: counted, never shown as a decision. */
  readonly shadowed: readonly IncidentCause[];
  readonly sensitivities: readonly Sensitivity[];
  /** `category|subject` → count, for the message row. */
  readonly summary: readonly { category: Category; subject: Subject; count: number; permitted: boolean }[];
}

export const INCIDENT_STATES = ['open', 'acknowledged', 'resolved', 'false-positive', 'accepted-risk'] as const;
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
  /** Until when a risk is accepted; null otherwise. */
  readonly until: number | null;
  readonly lastMessage: MessageId | null;
}

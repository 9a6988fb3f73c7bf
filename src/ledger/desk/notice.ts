import type { IncidentRow } from '../../policy/decision.ts';
import type { Digest, Unconfirmed } from '../../policy/triage.ts';

/** Why somebody is told: an incident that needs them, one that is overdue, what was new in a day. */
export const NOTICE_KINDS = ['incident', 'overdue', 'digest'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** One delivery to make. It holds names of systems and counts, never an identifier of a person. */
export interface Notice {
  /** The same at every try: the receiver knows what it has already. */
  readonly id: string;
  readonly kind: NoticeKind;
  readonly channel: string;
  /** Tries before this one. */
  readonly attempts: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Null for a digest, and where the incident is gone. */
  readonly incident: IncidentRow | null;
  readonly digest: Digest | null;
  /** What nothing confirms; null for all but a digest, and where there is nothing. */
  readonly unconfirmed: Unconfirmed | null;
}

/** A delivery that was not made. */
export interface NoticeDelivery {
  readonly notice: string;
  readonly kind: NoticeKind;
  readonly incident: string | null;
  readonly channel: string;
  readonly at: number;
  readonly attempts: number;
  /** Null: it was given up. */
  readonly next: number | null;
  readonly error: string;
}

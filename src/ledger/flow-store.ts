import type { Category, Reason, Severity, Subject } from '../core/vocabulary.ts';

export interface FlowRow {
  readonly key: string;
  readonly listener: string;
  readonly source: string;
  readonly destination: string;
  readonly policy: string | null;
  readonly firstSeen: number;
  readonly lastSeen: number;
  readonly messages: number;
}

/** One day of what a flow carried, for `flows suggest` and `flows replay`. */
export interface FlowUse {
  readonly key: string;
  readonly type: string;
  readonly category: string;
  readonly subject: string;
  readonly messages: number;
}

/** That messages of one type on a flow held a category of a subject. */
export type FlowKind = Omit<FlowUse, 'messages'>;

/** Messages of some flows that held one category of one subject, by what the policy said of it then. */
export interface FlowCarried {
  readonly category: Category;
  readonly subject: Subject;
  readonly permitted: boolean;
  readonly messages: number;
}

/** An incident that a flow in shadow would have opened: its cause and how many messages showed it. */
export interface ShadowedCause {
  readonly key: string;
  readonly flow: string;
  readonly reason: Reason;
  readonly category: Category | null;
  readonly group: string | null;
  readonly severity: Severity;
  readonly messages: number;
  readonly lastSeen: number;
}

export interface FlowStore {
  list(): Promise<readonly FlowRow[]>;
  /** When each registered policy was last heard (by receive time) and how much it carried since. */
  activity(
    policy: string,
    since: { hour: number; day: number },
  ): Promise<{ lastHeard: number | null; messages: number; patients: number }>;
  /** Since a day (milliseconds); all that is kept where it is left out. */
  use(since?: number): Promise<readonly FlowUse[]>;
  /** What kinds observed flows carried in all the time that is kept, by their keys: each once, those of a flow together. */
  kinds(keys: readonly string[]): Promise<readonly FlowKind[]>;
  /** What observed flows carried since a day (milliseconds), by their keys. */
  carried(keys: readonly string[], since: number): Promise<readonly FlowCarried[]>;
  /** What flows in shadow would have opened, most often seen first. */
  shadowed(): Promise<readonly ShadowedCause[]>;
}

import type { Category, Subject } from '../../core/vocabulary.ts';

/** Incidents that came and went on one day. */
export interface DeskDay {
  /** Days since 1970-01-01 (UTC). */
  readonly day: number;
  readonly opened: number;
  readonly closed: number;
}

/** Messages of one flow that held what a policy lets pass, since a day. */
export interface PermittedUse {
  readonly flow: string;
  readonly category: Category;
  readonly subject: Subject;
  readonly messages: number;
}

/** How often a rule found something lately, and what became of it. */
export interface RuleUse {
  readonly rule: string;
  /** Findings among the latest that are kept. */
  readonly findings: number;
  /** Incidents that somebody decided and that this rule is a fact of; those of them that were none. */
  readonly decided: number;
  readonly falsePositive: number;
}

/** What the first page and the page of rules count. Each reads a bounded number of the latest rows, by their key. */
export interface OverviewStore {
  /** Days on which something happened, the earliest first, from `since` (milliseconds) on. */
  days(since: number): Promise<readonly DeskDay[]>;
  permitted(flows: readonly string[], since: number): Promise<readonly PermittedUse[]>;
  rules(): Promise<readonly RuleUse[]>;
}

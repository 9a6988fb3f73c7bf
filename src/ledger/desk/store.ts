import type { Severity } from '../../core/vocabulary.ts';
import type { IncidentRow, IncidentState } from '../../policy/decision.ts';
import type { Until } from '../../policy/transitions.ts';
import type { Digest, Unconfirmed } from '../../policy/triage.ts';
import type { Notice, NoticeDelivery } from './notice.ts';

/** Incidents of one act; more are refused, so that no page and no transaction is without an end. */
export const MOST_AT_ONCE = 1000;

/** What a person does to incidents: one thing, to one of them or to many. */
export type Change =
  | { readonly kind: 'move'; readonly to: IncidentState; readonly note: string; readonly until: Until }
  | { readonly kind: 'assign'; readonly assignee: string | null }
  | { readonly kind: 'due'; readonly due: number }
  | { readonly kind: 'comment'; readonly text: string };

/** An incident, and the state that the person saw it in: another one by now refuses the act for this incident. */
export interface ActItem {
  readonly id: string;
  readonly from: IncidentState;
}

/** An act of a person or a key: `id` (UUID) makes it the same act when it is sent twice, and names it to `undo`. */
export interface Act {
  readonly id: string;
  readonly actor: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly change: Change;
  readonly items: readonly ActItem[];
}

export interface RefusedItem {
  readonly id: string;
  readonly why: string;
}

/** What became of an act, incident by incident: each is done as a whole or refused. */
export interface Acted {
  readonly id: string;
  readonly done: readonly string[];
  readonly refused: readonly RefusedItem[];
}

/** What needs somebody now (`triage`), and what does not yet. */
export interface DeskQueue {
  /** Open and admitted, the gravest first, then the longest open. */
  readonly needing: readonly IncidentRow[];
  /** How many of those there are in all. */
  readonly total: number;
  /** Overdue in any unsettled state, the longest overdue first. */
  readonly overdue: readonly IncidentRow[];
  readonly overdueTotal: number;
  /** Open and not admitted, the digest and what nothing confirms left out. */
  readonly waiting: Readonly<Record<Severity, number>>;
  readonly digest: Digest | null;
  /** Open, and not admitted since nothing confirms it; null where there is nothing. */
  readonly unconfirmed: Unconfirmed | null;
}

/** What one round of the desk did. */
export interface DeskRound {
  readonly admitted: number;
  readonly overdue: number;
  readonly lowered: number;
  readonly notices: number;
}

/** Handling of incidents beside single transitions (`IncidentStore.transition`): everything goes through the one state machine. */
export interface DeskStore {
  /** What the act would do; changes nothing. Throws `usage` where the change itself is incomplete, or of more than MOST_AT_ONCE. */
  preview(act: Act): Promise<Acted>;
  /** Errors as of `preview`. The same act again answers the same. */
  act(act: Act): Promise<Acted>;
  /** Takes an act back where nobody changed the incident since: an entry of the history of its own. Throws `ledger.conflict` where there is no such act. */
  undo(undone: string, by: { readonly id: string; readonly actor: string; readonly at: number }): Promise<Acted>;
  queue(now: number, limit: number): Promise<DeskQueue>;
  /** How many patients of an incident each of the others has too, in their order; of the first few hundred of its patients. */
  sharedPatients(incident: string, others: readonly string[]): Promise<readonly number[]>;
  /** Admits, says what is overdue, lowers what no longer goes on, and makes notices; a bounded part of it at a time. */
  round(now: number): Promise<DeskRound>;
  /** Packs that judge now. Those of the first call of a ledger are not new to anybody. */
  knowPacks(names: readonly string[], now: number): Promise<void>;
  /** Gives each notice a delivery over each channel; takes up to `limit` that are to be tried now, which are nobody else's until `until`. */
  takeNotices(take: {
    readonly channels: readonly string[];
    readonly now: number;
    readonly until: number;
    readonly limit: number;
  }): Promise<readonly Notice[]>;
  /** What became of a delivery: sent, to be tried again at `next`, or given up (`next` null with an error). */
  settleNotice(settled: {
    readonly notice: string;
    readonly channel: string;
    readonly error: string;
    readonly next: number | null;
  }): Promise<void>;
  /** Deliveries that were given up or failed so far, the latest first. */
  undelivered(limit: number): Promise<readonly NoticeDelivery[]>;
}

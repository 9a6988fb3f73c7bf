import type { DisclosureDecision, Transfer } from '../../core/transfer.ts';
import type { IncidentRow } from '../../policy/decision.ts';
import type { Page } from '../page.ts';

/** Which transfers: those of one month whose last message was received from `from` on and before `to`. */
export interface TransferFilter {
  /** First millisecond of the month (UTC). */
  readonly month: number;
  readonly from: number;
  readonly to: number;
  /** Tokens of the patients that it is of; everybody where it is left out. */
  readonly patients?: readonly string[];
  readonly limit: number;
  readonly cursor?: string;
}

/** What exports are made of, and what an officer decided of it. */
export interface ExportStore {
  /**
   * What went over flows, of whom, by the day: of one month (its first millisecond, UTC) what was last received from `from` on and before `to`,
   * by flow, patient and day.
   */
  transfers(filter: TransferFilter): Promise<Page<Transfer>>;
  /** Incidents by id, those after one; fewer than `limit` on the last page. */
  incidents(after: string, limit: number): Promise<readonly IncidentRow[]>;
  /** Decisions of everybody on the flow and of these patients (tokens), the earliest first. */
  decisions(flow: string, patients: readonly string[]): Promise<readonly DisclosureDecision[]>;
  decide(decision: DisclosureDecision): Promise<void>;
}

import type { SaltedEntry } from '../core/audit.ts';
import type { Answer, Argument, OperationName } from './operations.ts';
import type { Builder, Executor } from './statement.ts';

/** What an engine brings; everything else of a ledger is the same on all of them. */
export interface Engine {
  /** Compiles for the engine's SQL. */
  readonly db: Builder;
  readonly reader: Executor;
  /** Runs an operation in a transaction, with its entry of the audit log where it has one; resolves after the commit. */
  call<Name extends OperationName>(name: Name, argument: Argument<Name>, entry?: SaltedEntry): Promise<Answer<Name>>;
  /** Several reads of one moment, where others write in between. */
  snapshot<T>(read: (x: Executor) => Promise<T>): Promise<T>;
  readonly months: Months;
  /** Data keys were overwritten and removed: does what the engine can so that nothing is left of them elsewhere. */
  shredded(): Promise<void>;
  close(): Promise<void>;
}

export interface MonthsDropped {
  readonly messages: number;
  /** Another process drops, or was in the way: rows that are left wait for the next round. */
  readonly busy: boolean;
}

/** What an engine knows of months. */
export interface Months {
  /** Makes the tables of the months to come. */
  ahead(now: number): Promise<void>;
  /** The months before `before`, a first millisecond of one, that can go as a whole. */
  old(before: number): Promise<readonly number[]>;
  /** Drops months whose facts and bodies went. */
  drop(months: readonly number[]): Promise<MonthsDropped>;
}

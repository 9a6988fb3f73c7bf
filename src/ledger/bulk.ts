import type { Builder, Executor } from './statement.ts';

/** A ledger that nobody else uses, written in large transactions (maintain.ts opens it). */
export interface Bulk {
  readonly db: Builder;
  transaction<T>(work: (x: Executor) => Promise<T>): Promise<T>;
}

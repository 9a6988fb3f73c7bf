import type { MessageId } from '../core/vocabulary.ts';

export interface Depth {
  readonly waiting: number;
  readonly running: number;
}

/**
 * What wakes workers. It carries ids and nothing else; the ledger is the truth, so losing every entry loses nothing: the sweeper
 * adds pending ids again. Adding an id that is waiting or running does nothing.
 */
export interface Queue {
  add(ids: readonly MessageId[]): Promise<void>;
  /** Registers the one consumer. `run` that rejects leaves the id to the sweeper. `signal` aborts at close. */
  work(run: (id: MessageId, signal: AbortSignal) => Promise<void>): void;
  depth(): Promise<Depth>;
  /** Takes no more, aborts what runs, resolves when it has ended. */
  close(): Promise<void>;
}

import type { MessageId } from '../../core/vocabulary.ts';

/** Which of the messages whose bodies are kept are to be judged anew. Milliseconds since the epoch; left out: all. */
export interface RescanFilter {
  /** When they were accepted, as a half-open range. */
  readonly since: number;
  readonly until: number;
  /** A policy's id, or the observed key of a flow without one; null: every flow. */
  readonly flow: string | null;
}

/** Where a rescan stands among bodies, which it takes in the order in which they go. */
export interface RescanPlace {
  readonly bodyUntil: number;
  readonly message: MessageId;
}

/** What came of it so far. */
export interface RescanTally {
  readonly judged: number;
  /** Whose verdict is another now. */
  readonly changed: number;
  /** Facts of incidents that no rule supports any more; they stay. */
  readonly unsupported: number;
  /** Could not be judged anew: what was known of them stays. */
  readonly failed: number;
}

/** The rescan that was asked for last. There is one at a time. */
export interface Rescan extends RescanFilter, RescanTally {
  readonly id: string;
  readonly askedAt: number;
  readonly state: 'running' | 'done' | 'stopped';
  /** Null before the first. */
  readonly place: RescanPlace | null;
  /** The worker that is at it, until when it is nobody else's; null: nobody is. */
  readonly holder: { readonly worker: string; readonly until: number } | null;
}

/** Messages of one flow that were last judged by the same rules. */
export interface RescanCount {
  readonly flow: string;
  /** Digest of the rules; null where it could not be scanned. */
  readonly ruleset: string | null;
  readonly messages: number;
}

/** What judging a message anew changed. */
export interface Rejudged {
  /** False where its body is gone, or it was never judged: nothing was written. */
  readonly saved: boolean;
  readonly changed: boolean;
  readonly unsupported: number;
}

/** Judging anew what the vault still holds. */
export interface RescanStore<Row> {
  /** Null where none was ever asked for. */
  current(): Promise<Rescan | null>;
  /** Puts a state in the place of the one that was read; false where somebody else was first. */
  swap(before: Rescan | null, after: Rescan): Promise<boolean>;
  /** The next messages after its place. */
  next(rescan: RescanFilter & Pick<Rescan, 'place'>, limit: number): Promise<readonly RescanPlace[]>;
  count(filter: RescanFilter): Promise<readonly RescanCount[]>;
  /** Saves what a message is judged to be now. Counts it nowhere a second time; the same row twice is once. */
  save(row: Row): Promise<Rejudged>;
}

import type { MessageId } from '../src/core/vocabulary.ts';
import type { ScanRow } from '../src/ledger/ledger.ts';
import type { LedgerPlace } from '../src/ledger/open.ts';

/** What a scan thread is started with: texts, not compiled things, since functions and regular expressions cannot be posted. */
export interface ScanThreadData {
  readonly ledger: LedgerPlace;
  readonly keyringPath: string;
  readonly packs: readonly RuleFile[];
  readonly flows: readonly RuleFile[];
  /** Milliseconds that the body of a flagged message stays. */
  readonly retention: number;
  /** One Int32: the index in the batch of the message being worked on, so that the pool knows which one hangs. */
  readonly progress: SharedArrayBuffer;
}

export interface RuleFile {
  readonly file: string;
  readonly text: string;
}

/** Main → thread. */
export interface ScanRequest {
  readonly ids: readonly MessageId[];
}

/** Thread → main, one for each request. A message without an outcome was gone from the ledger. */
export interface ScanReply {
  readonly outcomes: readonly ScanOutcome[];
}

export type ScanOutcome =
  | { readonly id: MessageId; readonly row: ScanRow }
  | { readonly id: MessageId; readonly row: null; readonly gone: true }
  | { readonly id: MessageId; readonly row: null; readonly gone: false; readonly error: string; readonly transient: boolean };

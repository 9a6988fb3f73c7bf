import type { MessageId } from '../src/core/vocabulary.ts';
import type { Pack } from '../src/detect/pack.ts';
import type { ScanRow } from '../src/ledger/ledger.ts';
import type { LedgerPlace } from '../src/ledger/open.ts';
import type { FlowEvidence } from '../src/policy/standing.ts';
import type { Grown, SharedTable } from '../src/registry/table.ts';
import type { RuleFile } from '../src/rule-files.ts';
import type { Rules } from '../src/rules-in-force.ts';
import type { Overlay } from '../src/tuning/schema.ts';

/** In `progress`: the index in the batch of the message being worked on. */
export const PLACE = 0;
/** In `progress`: 0 while the thread waits for the ledger or the keyring, whose own limits bound that; 1 while the message itself takes the time. */
export const BUSY = 1;
export const PROGRESS_BYTES = 8;

/** What a scan thread is started with: proven packs and texts, not compiled things, since functions and regular expressions cannot be posted. */
export interface ScanThreadData {
  readonly ledger: LedgerPlace;
  readonly keyringPath: string;
  readonly packs: readonly Pack[];
  readonly overlays: readonly Overlay[];
  readonly flows: readonly RuleFile[];
  /** Milliseconds that the body of a flagged message stays. */
  readonly retention: number;
  /** Words in the names of test patients (`cohorts.testNames`). */
  readonly testNames?: readonly string[];
  /** Int32 each at PLACE and BUSY, so that the pool knows which message hangs. */
  readonly progress: SharedArrayBuffer;
  /** Whose identifiers are known; left out: nobody's. */
  readonly registry?: SharedTable;
}

/** Main → thread, without an answer: a part of the registry is read from a larger memory from now on. */
export interface RegistryGrown {
  readonly grown: Grown;
}

/** Main → thread, without an answer: what judges messages from now on. In effect for the requests after it. */
export interface NewRules {
  readonly rules: Rules;
}

/** Main → thread, without an answer: what is known now of the flows that require something. In effect for the requests after it. */
export interface Learned {
  readonly known: readonly (readonly [flow: string, FlowEvidence])[];
}

/** Main → thread, without an answer: names of sightings of devices that are saved, and need not be told again in their hour. */
export interface Kept {
  readonly kept: readonly string[];
}

/** Main → thread. */
export interface ScanRequest {
  readonly ids: readonly MessageId[];
}

/**
 * Thread → main, one for each request, as JSON: V8 writes and reads that faster than a structured clone. A message without an outcome was
 * gone from the ledger.
 */
export interface ScanReply {
  readonly outcomes: readonly ScanOutcome[];
}

export type ScanOutcome =
  | { readonly id: MessageId; readonly row: ScanRow }
  | { readonly id: MessageId; readonly row: null; readonly gone: true }
  | { readonly id: MessageId; readonly row: null; readonly gone: false; readonly error: string; readonly transient: boolean };

import type { Inflated } from './format.ts';
import type { Provenance } from './provenance.ts';
import type { MessageId, Problem, Unexamined } from './vocabulary.ts';

export interface SealedChunk {
  readonly number: number;
  readonly last: boolean;
  /** nonce ‖ ciphertext ‖ tag */
  readonly data: Uint8Array;
}

/** A message as `accept` commits it: one transaction writes chunks, message row and outbox row. */
export interface AcceptRow {
  readonly id: MessageId;
  readonly provenance: Provenance;
  /** Size as sent. */
  readonly bytes: number;
  readonly elided: readonly Unexamined[];
  readonly inflated?: Inflated | undefined;
  /** Keyed digest of the content, for the duplicate rule and for joining hops. */
  readonly digest: string;
  /** HMAC of scope and Idempotency-Key; null without a key. */
  readonly duplicateKey: string | null;
  /** HMAC of scope, protocol id and digest; null without a protocol id. */
  readonly duplicateContent: string | null;
  readonly quarantined: boolean;
  /** What was noticed on the way in; the ledger keeps them beside those of the scan. */
  readonly problems: readonly Problem[];
  readonly dataKey: string;
  readonly chunks: readonly SealedChunk[];
}

export interface AcceptResult {
  /** The id under which it is stored: an earlier one for a duplicate. */
  readonly id: MessageId;
  readonly duplicate: boolean;
  /** The Idempotency-Key came before with another body (stored as a new message, with this problem). */
  readonly keyReused: boolean;
}

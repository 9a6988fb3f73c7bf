import type { Span } from '../../core/vocabulary.ts';

/** A value that holds an encoded document. */
export interface Candidate {
  /** The leaf it begins in. */
  readonly leaf: number;
  /** Leaves that hold nothing else. */
  readonly sealed: readonly number[];
  readonly spans: readonly Span[];
  /** What came of decoding it; null where that would be more than is allowed. */
  readonly bytes: Buffer | null;
  /** Whether the bytes make sense: a kind of document that is known, or text. */
  readonly makesSense: boolean;
  /** Its leaf is read as text where it is not opened: nothing is unexamined then. */
  readonly isReadAnyway?: boolean;
  /** Where the bytes lie in the body, if they lie there as they are. */
  readonly offset?: number | undefined;
  /** Where a stretch of the bytes came from, if each of them came from somewhere in the body. */
  readonly locate?: Locate | undefined;
}

/** The span in the body that a stretch of a document's bytes came from, half-open; null where there is none. */
export type Locate = (from: number, to: number) => Span | null;

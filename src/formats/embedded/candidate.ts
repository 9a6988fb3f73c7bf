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
  /** Where the bytes lie in the body, if they lie there as they are. */
  readonly offset?: number | undefined;
}

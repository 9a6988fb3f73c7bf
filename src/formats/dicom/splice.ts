import type { Body } from '../../core/format.ts';
import type { Span, Unexamined } from '../../core/vocabulary.ts';

/**
 * A body whose middle may be missing (Body.elided): kept offsets are those of `bytes`, origin offsets those of the original. They are
 * plain numbers: an original may be larger than 32 bits.
 */
export interface Splice {
  readonly bytes: Buffer;
  /** Size of the original, what is missing included. */
  readonly size: number;
  /** What is missing, in origin offsets, in order, apart from each other and not empty. */
  readonly gaps: readonly Unexamined[];
  /** Kept offset of each gap: how many bytes are there before it. */
  readonly gapAt: readonly number[];
}

/** Opens a body. Elided spans that overlap, are out of order or lie past what the bytes allow are taken for what they can mean. */
export function openSplice({ bytes, elided }: Pick<Body, 'bytes' | 'elided'>): Splice {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const gaps: Unexamined[] = [];
  const gapAt: number[] = [];
  let missing = 0;
  let last = 0;
  for (const { start, end, reason } of [...elided].sort((a, b) => a.start - b.start)) {
    const from = Math.min(Math.max(start, last), buffer.length + missing);
    const to = Math.max(from, from + end - Math.max(start, last));
    if (to === from) continue;
    gaps.push({ start: from, end: to, reason });
    gapAt.push(from - missing);
    missing += to - from;
    last = to;
  }
  return { bytes: buffer, size: buffer.length + missing, gaps, gapAt };
}

/** Origin offset of the kept byte at `kept`. */
export function originOf({ gaps, gapAt }: Splice, kept: number): number {
  let origin = kept;
  for (let gap = 0; gap < gaps.length && (gapAt[gap] ?? 0) <= kept; gap++) origin += sizeOf(gaps[gap]);
  return origin;
}

/** Origin offset after the kept byte before `kept`. */
export function originAfter(splice: Splice, kept: number): number {
  return kept === 0 ? 0 : originOf(splice, kept - 1) + 1;
}

/** The pieces of the original that the kept bytes from `from` to `to` are, without what is missing between them. */
export function piecesOf(splice: Splice, from: number, to: number): Span[] {
  const cuts = splice.gapAt.filter((at) => at > from && at < to);
  return [from, ...cuts].flatMap((start, index) => {
    const end = cuts[index] ?? to;
    return end > start ? [{ start: originOf(splice, start), end: originAfter(splice, end) }] : [];
  });
}

function sizeOf(span: Span | undefined): number {
  return span === undefined ? 0 : span.end - span.start;
}

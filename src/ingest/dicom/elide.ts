import { type Collected, createKeep } from '../keep.ts';
import type { Limits } from '../limits.ts';
import { inflate } from './inflate.ts';
import { createWalker } from './walk.ts';

/** Gathers the chunks of one body, like a Collector, without what is not to be kept of a DICOM object. */
export interface Elider {
  add(chunk: Uint8Array): void;
  /** Bytes in memory so far. It may shrink: a binary value is known to be large once much of it has come. */
  readonly held: number;
  readonly total: number;
  /** What is kept so far, for a look. */
  readonly kept: Uint8Array;
  /** Hands over what came. An elider is for one body. */
  take(): Promise<Collected>;
}

/**
 * The streaming elider (DESIGN §3.2). Pixel data and binary values over 4 MiB are spliced out, digested and counted while the bytes
 * come; a deflated data set is inflated at the end, under a cap, and gone through in the same way. What it cannot follow, and bytes
 * that are no DICOM at all, are kept up to the limit, exactly as a Collector keeps them.
 */
export function createElider(limits: Limits): Elider {
  const body = createKeep(limits);
  const walker = createWalker(body, false);
  return {
    add: (chunk) => walker.add(chunk),
    get held() {
      return Math.min(body.held + walker.waiting, limits.limit);
    },
    get total() {
      return body.total + walker.waiting;
    },
    get kept() {
      return body.since(0);
    },
    async take() {
      const deflatedAt = walker.end();
      const collected = body.take();
      const whole = collected.elided.length === 0;
      return deflatedAt !== null && whole ? ((await inflated(collected, deflatedAt, limits)) ?? collected) : collected;
    },
  };
}

/** Of an inflated data set, without its pixels: as much as the scan would inflate by itself. */
const MOST_KEPT = 64 * 2 ** 20;

/** The object with its data set inflated; null where that fails. What follows the deflate stream follows what was inflated. */
async function inflated({ bytes, total }: Collected, start: number, limits: Limits): Promise<Collected | null> {
  const body = createKeep({ ...limits, limit: Math.min(limits.limit, MOST_KEPT) });
  const walker = createWalker(body, true);
  walker.add(bytes.subarray(0, start));
  const stream = bytes.subarray(start);
  const read = await inflate(stream, (piece) => {
    walker.add(piece);
    // More than is kept anyway: the stream as it came says more in less memory.
    return !body.over;
  });
  if (read === null) return null;
  const rest = stream.subarray(read);
  // A stream of odd length is padded with one NUL (PS3.5 A.5).
  if (!(rest.length === 1 && rest[0] === 0)) walker.add(rest);
  walker.end();
  return { ...body.take(), total, inflated: { start, size: total - start } };
}

import { createHash, type Hash } from 'node:crypto';
import type { Inflated } from '../core/format.ts';
import type { Unexamined } from '../core/vocabulary.ts';
import type { Limits } from './limits.ts';

/** A body as far as it is kept. */
export interface Collected {
  /** At most `limit` bytes. */
  readonly bytes: Uint8Array;
  /** Size as sent. */
  readonly total: number;
  /** SHA-256 (hex) of what was left out of `bytes`, in order, up to the hard limit; null when nothing was. */
  readonly restDigest: string | null;
  /** The spans that are not in `bytes`, in order; one with reason `over-limit` is the last. */
  readonly elided: readonly Unexamined[];
  /** Where `bytes` and `elided` are those of an inflated data set; `total` is not. */
  readonly inflated?: Inflated | undefined;
}

/** Where the bytes of one body go, in their order: each is kept, or left out. */
export interface Keep {
  /** Kept as long as there is room; what comes after the last room is over the limit, whatever it is. */
  keep(bytes: Uint8Array): void;
  /** Left out: counted, digested, its span recorded. */
  leave(bytes: Uint8Array, reason: string): void;
  /** Leaves out what was kept from the kept byte `from` on, as if it had never been kept. Nothing may have been left out since. */
  leaveFrom(from: number, reason: string): void;
  /** The kept bytes from `from` on, for a look. */
  since(from: number): Uint8Array;
  /** Bytes kept so far. */
  readonly held: number;
  readonly total: number;
  /** True once something was over the limit: nothing is kept any more. */
  readonly over: boolean;
  /** Spans recorded so far. */
  readonly spans: number;
  /** Hands over what came and starts afresh. */
  take(): Collected;
}

const EMPTY = new Uint8Array(0);
const FIRST_CAPACITY = 4096;

/**
 * Keeps the bytes of one body under the limits. A body of one chunk is not copied; a longer one grows by doubling, so the cost per
 * byte is constant however small the chunks are, and a drip of one-byte chunks costs no object each.
 */
export function createKeep({ limit, hardLimit }: Limits): Keep {
  let kept: Uint8Array = EMPTY;
  // The first chunk is not ours to write to.
  let owned = false;
  let held = 0;
  let total = 0;
  let rest: Hash | null = null;
  let elided: Unexamined[] = [];
  let overFrom: number | null = null;

  function append(bytes: Uint8Array): void {
    if (held === 0 && !owned) {
      kept = bytes;
    } else {
      if (!owned || kept.length < held + bytes.length) {
        const grown = Buffer.allocUnsafe(Math.min(limit, Math.max(FIRST_CAPACITY, (held + bytes.length) * 2)));
        grown.set(kept.subarray(0, held));
        kept = grown;
        owned = true;
      }
      kept.set(bytes, held);
    }
    held += bytes.length;
    total += bytes.length;
  }

  function digest(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    rest ??= createHash('sha256');
    rest.update(bytes);
  }

  function exceed(bytes: Uint8Array): void {
    overFrom ??= total;
    digest(bytes.subarray(0, Math.max(0, hardLimit - total)));
    total += bytes.length;
  }

  function record(start: number, end: number, reason: string): void {
    const last = elided.at(-1);
    if (last?.end === start && last.reason === reason) elided[elided.length - 1] = { start: last.start, end, reason };
    else elided.push({ start, end, reason });
  }

  return {
    keep(bytes) {
      if (bytes.length === 0) return;
      const room = overFrom === null ? Math.max(0, Math.min(limit - held, hardLimit - total)) : 0;
      if (room >= bytes.length) {
        append(bytes);
        return;
      }
      if (room > 0) append(bytes.subarray(0, room));
      exceed(bytes.subarray(room));
    },
    leave(bytes, reason) {
      if (bytes.length === 0) return;
      const room = overFrom === null ? Math.max(0, hardLimit - total) : 0;
      const within = bytes.subarray(0, room);
      if (within.length > 0) {
        digest(within);
        record(total, total + within.length, reason);
        total += within.length;
      }
      if (within.length < bytes.length) exceed(bytes.subarray(room));
    },
    leaveFrom(from, reason) {
      if (overFrom !== null || from >= held) return;
      digest(kept.subarray(from, held));
      record(total - (held - from), total, reason);
      held = from;
    },
    since: (from) => kept.subarray(from, held),
    get held() {
      return held;
    },
    get total() {
      return total;
    },
    get over() {
      return overFrom !== null;
    },
    get spans() {
      return elided.length;
    },
    take() {
      const spare = kept.length > 2 * held + FIRST_CAPACITY;
      const collected: Collected = {
        // What is handed over is held for long: it must not hold a much larger buffer with it.
        bytes: spare ? Uint8Array.from(kept.subarray(0, held)) : kept.subarray(0, held),
        total,
        restDigest: rest === null ? null : rest.digest('hex'),
        elided: overFrom === null ? elided : [...elided, { start: overFrom, end: total, reason: 'over-limit' }],
      };
      kept = EMPTY;
      owned = false;
      held = 0;
      total = 0;
      rest = null;
      elided = [];
      overFrom = null;
      return collected;
    },
  };
}

import { createHash, type Hash } from 'node:crypto';
import type { Unexamined } from '../core/vocabulary.ts';
import type { Limits } from './limits.ts';

/** A body as far as it is kept. */
export interface Collected {
  /** At most `limit` bytes. */
  readonly bytes: Uint8Array;
  /** Size as sent. */
  readonly total: number;
  /** SHA-256 (hex) of what came after `bytes`, up to the hard limit; null when nothing did. */
  readonly restDigest: string | null;
  /** The span after `bytes`, reason `over-limit`; empty when nothing was left out. */
  readonly elided: readonly Unexamined[];
}

export interface Collector {
  add(chunk: Uint8Array): void;
  /** Bytes kept so far. */
  readonly held: number;
  readonly total: number;
  /** Hands over what came and starts afresh. */
  take(): Collected;
}

const EMPTY = new Uint8Array(0);
const FIRST_CAPACITY = 4096;

/**
 * Gathers the chunks of one body under the limits. A body of one chunk is not copied; a longer one grows by doubling, so the cost
 * per byte is constant however small the chunks are, and a drip of one-byte chunks costs no object each.
 */
export function createCollector({ limit, hardLimit }: Limits): Collector {
  let kept: Uint8Array = EMPTY;
  let held = 0;
  let total = 0;
  let rest: Hash | null = null;

  function keep(chunk: Uint8Array): void {
    if (held === 0) {
      kept = chunk;
    } else {
      // A first chunk is not ours to write to; it is exactly full, so it is always copied here.
      if (kept.length < held + chunk.length) {
        const grown = Buffer.allocUnsafe(Math.min(limit, Math.max(FIRST_CAPACITY, (held + chunk.length) * 2)));
        grown.set(kept.subarray(0, held));
        kept = grown;
      }
      kept.set(chunk, held);
    }
    held += chunk.length;
  }

  return {
    add(chunk) {
      if (chunk.length === 0) return;
      const room = limit - held;
      if (room > 0) keep(room < chunk.length ? chunk.subarray(0, room) : chunk);
      if (chunk.length > room) {
        const from = Math.max(room, 0);
        const upTo = Math.min(chunk.length, hardLimit - total);
        if (upTo > from) {
          rest ??= createHash('sha256');
          rest.update(chunk.subarray(from, upTo));
        }
      }
      total += chunk.length;
    },
    get held() {
      return held;
    },
    get total() {
      return total;
    },
    take() {
      const collected: Collected = {
        bytes: kept.subarray(0, held),
        total,
        restDigest: rest === null ? null : rest.digest('hex'),
        elided: total > held ? [{ start: held, end: total, reason: 'over-limit' }] : [],
      };
      kept = EMPTY;
      held = 0;
      total = 0;
      rest = null;
      return collected;
    },
  };
}

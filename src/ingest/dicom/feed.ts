import type { Keep } from '../keep.ts';

/**
 * The bytes of a body as they come, for a reader that looks at headers before it knows what to do with them. What it looks at may lie
 * across chunks; only such bytes are copied.
 */
export interface Feed {
  /** The next chunk; the one before must have been read to its end. */
  load(chunk: Uint8Array): void;
  /** The next `count` bytes, without taking them; null until they have come. At most MOST. */
  look(count: number): Uint8Array | null;
  /** Takes up to `count` bytes and keeps them. Returns how many there were. */
  keep(count: number): number;
  /** Takes up to `count` bytes and leaves them out. Returns how many there were. */
  leave(count: number, reason: string): number;
  /** Hands what was taken so far on to `to`, so that its counts are those of what was taken. */
  flush(): void;
  /** Bytes taken so far. */
  readonly position: number;
  /** Bytes that were looked at and neither taken nor in the chunk any more. */
  readonly waiting: number;
}

/** A preamble with its prefix is the most that is ever looked at. */
const MOST = 132;
const EMPTY = new Uint8Array(0);

export function createFeed(to: Keep): Feed {
  /** The start of what is looked at, from chunks that are gone. */
  const carry = Buffer.alloc(MOST);
  let carried = 0;
  let chunk: Uint8Array = EMPTY;
  let at = 0;
  /** Bytes of the chunk from here to `at` are taken, kept, and not handed on yet: one call for a run of elements. */
  let run = 0;
  let position = 0;

  function flush(): void {
    if (at > run) to.keep(chunk.subarray(run, at));
    run = at;
  }

  /** Takes up to `count` of the carried bytes; they are copied, since `to` may hold on to what it is given. */
  function takeCarried(count: number): Uint8Array {
    const taken = Uint8Array.from(carry.subarray(0, Math.min(count, carried)));
    carry.copyWithin(0, taken.length, carried);
    carried -= taken.length;
    position += taken.length;
    return taken;
  }

  return {
    load(next) {
      flush();
      chunk = next;
      at = 0;
      run = 0;
    },
    look(count) {
      if (carried === 0 && chunk.length - at >= count) return chunk.subarray(at, at + count);
      if (carried < count) {
        flush();
        const more = chunk.subarray(at, at + count - carried);
        carry.set(more, carried);
        carried += more.length;
        at += more.length;
        run = at;
      }
      return carried >= count ? carry.subarray(0, count) : null;
    },
    keep(count) {
      const head = carried === 0 ? EMPTY : takeCarried(count);
      to.keep(head);
      const more = Math.min(count - head.length, chunk.length - at);
      at += more;
      position += more;
      return head.length + more;
    },
    leave(count, reason) {
      flush();
      const head = carried === 0 ? EMPTY : takeCarried(count);
      to.leave(head, reason);
      const more = chunk.subarray(at, at + Math.min(count - head.length, chunk.length - at));
      to.leave(more, reason);
      at += more.length;
      run = at;
      position += more.length;
      return head.length + more.length;
    },
    flush,
    get position() {
      return position;
    },
    get waiting() {
      return carried;
    },
  };
}

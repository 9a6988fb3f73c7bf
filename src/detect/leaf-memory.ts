import type { Leaves } from '../core/format.ts';

/**
 * What was made of the values met last, found by their bytes: a string that is made only to look something up costs more than the answer. Each
 * value has one slot (or its neighbour, if another owner has that), and the newer takes it, once it comes for the second time: most values never do, and copying them would cost more than it saves.
 * The memory is the thread's own and is never written anywhere.
 */
export interface LeafMemory<Owner, Made> {
  /** Undefined where nothing is remembered of this owner and these bytes. */
  find(owner: Owner, bytes: Uint8Array, leaves: Leaves, leaf: number): Made | undefined;
  /** To be called with whatever `find` does not know. */
  keep(owner: Owner, bytes: Uint8Array, leaves: Leaves, leaf: number, made: Made): void;
}

/** Texts up to so many bytes are worth remembering: what is longer is written once. */
export const REMEMBERED = 256;

const SLOTS = 4096;
const SHIFT = 32 - Math.log2(SLOTS);
/** Bytes that a slot is told by, about: a few are enough, since what is in it is compared whole. */
const SAMPLED = 16;
/** The golden ratio in 32 bits (Knuth, The Art of Computer Programming 6.4). */
const SPREAD = 0x9e3779b1;

export function createLeafMemory<Owner, Made>(): LeafMemory<Owner, Made> {
  const slots = new Array<{ owner: Owner; bytes: Uint8Array; made: Made } | undefined>(SLOTS).fill(undefined);
  /** By slot: the hash of what came last and was not kept. */
  const once = new Int32Array(SLOTS);
  return {
    find(owner, bytes, { start, end }, leaf) {
      const from = start[leaf] ?? 0;
      const to = end[leaf] ?? 0;
      const slot = slotOf(hashOf(bytes, from, to));
      let known = slots[slot];
      if (known !== undefined && known.owner !== owner) known = slots[slot ^ 1];
      return known !== undefined && known.owner === owner && isEqual(known.bytes, bytes, from, to) ? known.made : undefined;
    },
    keep(owner, bytes, { start, end }, leaf, made) {
      const from = start[leaf] ?? 0;
      const to = end[leaf] ?? 0;
      const hash = hashOf(bytes, from, to);
      const slot = slotOf(hash);
      if (once[slot] !== hash) {
        once[slot] = hash;
        return;
      }
      // A copy: a view, or a slice of the text, would keep the whole message.
      const owned = slots[slot]?.owner ?? owner;
      slots[owned === owner ? slot : slot ^ 1] = { owner, bytes: Uint8Array.from(bytes.subarray(from, to)), made };
    },
  };
}

function hashOf(bytes: Uint8Array, from: number, to: number): number {
  const size = to - from;
  const step = size <= SAMPLED ? 1 : Math.floor(size / SAMPLED);
  let hash = size;
  // From the end, where values that come in rows differ.
  for (let at = to - 1; at >= from; at -= step) hash = Math.imul(hash, 31) + (bytes[at] ?? 0);
  return Math.imul(hash, SPREAD);
}

function slotOf(hash: number): number {
  return hash >>> SHIFT;
}

function isEqual(known: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (known.length !== to - from) return false;
  for (let index = 0; index < known.length; index++) if (known[index] !== bytes[from + index]) return false;
  return true;
}

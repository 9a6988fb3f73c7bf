import type { Leaves } from '../core/format.ts';

/**
 * What was made of the values met last, found by their bytes: a string that is made only to look something up costs more than the answer. Each
 * value has one slot, and the newer takes it. The memory is the thread's own and is never written anywhere.
 */
export interface LeafMemory<Owner, Made> {
  /** Undefined where nothing is remembered of this owner and these bytes. */
  find(owner: Owner, bytes: Uint8Array, leaves: Leaves, leaf: number): Made | undefined;
  keep(owner: Owner, bytes: Uint8Array, leaves: Leaves, leaf: number, made: Made): void;
}

const SLOTS = 4096;
const SHIFT = 32 - Math.log2(SLOTS);
/** Bytes that a slot is told by, about: a few are enough, since what is in it is compared whole. */
const SAMPLED = 8;
/** The golden ratio in 32 bits (Knuth, The Art of Computer Programming 6.4). */
const SPREAD = 0x9e3779b1;

export function createLeafMemory<Owner, Made>(): LeafMemory<Owner, Made> {
  const slots = new Array<{ owner: Owner; bytes: Uint8Array; made: Made } | undefined>(SLOTS).fill(undefined);
  return {
    find(owner, bytes, { start, end }, leaf) {
      const from = start[leaf] ?? 0;
      const to = end[leaf] ?? 0;
      const known = slots[slotOf(bytes, from, to)];
      return known !== undefined && known.owner === owner && isEqual(known.bytes, bytes, from, to) ? known.made : undefined;
    },
    keep(owner, bytes, { start, end }, leaf, made) {
      const from = start[leaf] ?? 0;
      const to = end[leaf] ?? 0;
      // A copy: a view, or a slice of the text, would keep the whole message.
      slots[slotOf(bytes, from, to)] = { owner, bytes: Uint8Array.from(bytes.subarray(from, to)), made };
    },
  };
}

function slotOf(bytes: Uint8Array, from: number, to: number): number {
  const size = to - from;
  const step = size <= SAMPLED ? 1 : Math.floor(size / SAMPLED);
  let hash = size;
  for (let at = from; at < to; at += step) hash = Math.imul(hash, 31) + (bytes[at] ?? 0);
  return Math.imul(hash, SPREAD) >>> SHIFT;
}

function isEqual(known: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (known.length !== to - from) return false;
  for (let index = 0; index < known.length; index++) if (known[index] !== bytes[from + index]) return false;
  return true;
}

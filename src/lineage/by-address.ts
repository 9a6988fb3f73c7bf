import type { Address, Leaves } from '../core/format.ts';

/**
 * What a place in a format's schema means to a reader of leaves, as a number from 0, worked out once for each address: a message has hundreds of
 * leaves, and nearly all of them say nothing to it. Addresses are bounded by their book (formats/address-book.ts).
 */
export function byAddress(meaningOf: (address: Address) => number): (leaves: Leaves, leaf: number) => number {
  /** The meaning plus one, by address id; 0: not looked up yet. */
  let known = new Int32Array(1024);
  return (leaves, leaf) => {
    const id = leaves.address[leaf] ?? 0;
    if (id >= known.length) {
      const larger = new Int32Array(Math.max(id + 1, known.length * 2));
      larger.set(known);
      known = larger;
    }
    const before = known[id] ?? 0;
    if (before !== 0) return before - 1;
    const meaning = meaningOf(leaves.addressOf(leaf));
    known[id] = meaning + 1;
    return meaning;
  };
}

/**
 * A set of words with bits, known by 32-bit hashes: a look-up makes no string and costs one or two reads. That a word has another's hash is
 * one in 15,000 for the largest table, and then it only seems to be a seldom name.
 */
export interface Table {
  /** Adds bits to those of the word. */
  add(hash: number, bits: number): void;
  /** Takes bits away from those of the word. */
  clear(hash: number, bits: number): void;
  /** 0 for a word that is not in it. */
  get(hash: number): number;
}

/** `power`: the table has 2^power places, and room for fewer words than that. */
export function createTable(power: number): Table {
  const keys = new Uint32Array(1 << power);
  const values = new Uint32Array(1 << power);
  const mask = (1 << power) - 1;
  const slotOf = (hash: number): number => {
    let slot = hash & mask;
    while (keys[slot] !== 0 && keys[slot] !== hash) slot = (slot + 1) & mask;
    return slot;
  };
  return {
    add(hash, bits) {
      const slot = slotOf(hash);
      keys[slot] = hash;
      values[slot] = (values[slot] ?? 0) | bits;
    },
    clear(hash, bits) {
      const slot = slotOf(hash);
      values[slot] = (values[slot] ?? 0) & ~bits;
    },
    get(hash) {
      return values[slotOf(hash)] ?? 0;
    },
  };
}

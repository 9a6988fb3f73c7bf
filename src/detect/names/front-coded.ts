import { HASH_SEED, hashEnd, hashNext } from './letters.ts';
import type { Table } from './table.ts';

/**
 * Sorted words as the generated lists have them: a lower-case letter says how many letters are the previous word's (a = 0), upper-case ones what follows.
 */

/** Walks the words of one front-coded group without making a string of any: the hash after each letter is kept for the next word's start. */
export function addGroup(table: Table, coded: string, bits: number): void {
  const hashes = new Uint32Array(40).fill(HASH_SEED);
  let length = -1;
  for (let at = 0; at < coded.length; at++) {
    const code = coded.charCodeAt(at);
    if (code >= 0x61) {
      if (length > 0) table.add(hashEnd(hashes[length] ?? 0), bits);
      length = code - 0x61;
    } else if (code >= 0x41) {
      hashes[length + 1] = hashNext(hashes[length] ?? 0, code);
      length++;
    }
  }
  if (length > 0) table.add(hashEnd(hashes[length] ?? 0), bits);
}

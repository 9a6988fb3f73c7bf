/**
 * Sets of words of the vocabulary as bits of one number: a database adds to a set without reading it (`categories | 4`), and the row of an
 * edge has one size however many messages it counts. Bit n is the word at index n, so these lists may only grow at their end
 * (test/lineage/masks.test.ts).
 */
export function maskOf<Word extends string>(words: readonly Word[], of: Iterable<Word>): number {
  let mask = 0;
  for (const word of of) {
    const bit = words.indexOf(word);
    if (bit >= 0) mask |= 1 << bit;
  }
  return mask;
}

/** The words of a mask, in the order of their list. */
export function wordsOf<Word extends string>(words: readonly Word[], mask: number): Word[] {
  return words.filter((_word, bit) => (mask & (1 << bit)) !== 0);
}

import { createHash } from 'node:crypto';

/**
 * The Merkle tree of RFC 6962 §2.1 over a log that only grows. Hashes of complete subtrees never change once they are there: a store keeps
 * each once, and every root and proof is made of O(log n) of them.
 */

/** A complete subtree: 2^level leaves, the `number`-th of that size, from 0. */
export interface Node {
  readonly level: number;
  readonly number: number;
}

/** Half-open range of leaves. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** MTH({d}): the hash of a leaf's bytes (§2.1). */
export function leafHash(data: Uint8Array): Buffer {
  return createHash('sha256').update(LEAF).update(data).digest();
}

/** The hash over two subtrees (§2.1). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return createHash('sha256').update(NODE).update(left).update(right).digest();
}

/** MTH of the empty log (§2.1). */
export function emptyRoot(): Buffer {
  return createHash('sha256').digest();
}

const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);

/** The complete subtrees that a range is made of, left to right. A range that starts at 0 has the fewest: one a bit of its size. */
export function nodesOf({ start, end }: Span): Node[] {
  const nodes: Node[] = [];
  for (let at = start; at < end; ) {
    let level = 0;
    while (at % 2 ** (level + 1) === 0 && at + 2 ** (level + 1) <= end) level++;
    nodes.push({ level, number: at / 2 ** level });
    at += 2 ** level;
  }
  return nodes;
}

/**
 * The subtrees that become complete with the leaf at `index`, from the leaf itself upward, and beside each but the last its left sibling,
 * which is there already.
 */
export function completedBy(index: number): { made: Node[]; siblings: Node[] } {
  const made: Node[] = [{ level: 0, number: index }];
  const siblings: Node[] = [];
  for (let level = 0, number = index; number % 2 === 1; level++, number = (number - 1) / 2) {
    siblings.push({ level, number: number - 1 });
    made.push({ level: level + 1, number: (number - 1) / 2 });
  }
  return { made, siblings };
}

/** Root over adjacent subtrees, given left to right as `nodesOf` lists them for a range that RFC 6962 hashes as one. */
export function fold(hashes: readonly Uint8Array[]): Uint8Array {
  return hashes.reduceRight((right, left) => nodeHash(left, right));
}

/** PATH(m, D[n]) (§2.1.1), as the ranges whose hashes it lists, nearest to the leaf first. Throws RangeError for a leaf that the tree lacks. */
export function inclusionPath(index: number, size: number): Span[] {
  if (!(index >= 0 && index < size)) throw new RangeError(`a log of ${size} entries has no entry ${index}`);
  const path: Span[] = [];
  for (let start = 0, end = size; end - start > 1; ) {
    const middle = start + half(end - start);
    if (index < middle) {
      path.unshift({ start: middle, end });
      end = middle;
    } else {
      path.unshift({ start, end: middle });
      start = middle;
    }
  }
  return path;
}

/** PROOF(m, D[n]) (§2.1.2), as ranges. Empty where both are the same log, or the former one is empty. Throws RangeError where it is longer. */
export function consistencyPath(former: number, size: number): Span[] {
  if (!(former >= 0 && former <= size)) throw new RangeError(`a log of ${size} entries never had ${former}`);
  if (former === 0 || former === size) return [];
  const path: Span[] = [];
  let start = 0;
  let end = size;
  let whole = true;
  while (former !== end) {
    const middle = start + half(end - start);
    if (former <= middle) {
      path.unshift({ start: middle, end });
      end = middle;
    } else {
      path.unshift({ start, end: middle });
      start = middle;
      whole = false;
    }
  }
  if (!whole) path.unshift({ start, end });
  return path;
}

/** The largest power of two below `count`, which is 2 or more. */
function half(count: number): number {
  return 2 ** Math.floor(Math.log2(count - 1));
}

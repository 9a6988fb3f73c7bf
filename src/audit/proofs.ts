import { nodeHash, nodesOf, type Span } from './merkle.ts';

/** Checks of what a log claims, by the verifier's algorithms of RFC 9162 §2.1.3.2 and §2.1.4.2: none of them reads a tree. */

/** The root that a leaf and its inclusion proof lead to; null where the proof is not of this length. */
export function rootByInclusion(index: number, size: number, leaf: Buffer, proof: readonly Buffer[]): Buffer | null {
  if (!(index >= 0 && index < size)) return null;
  let fn = index;
  let sn = size - 1;
  let root = leaf;
  for (const hash of proof) {
    if (sn === 0) return null;
    if (fn % 2 === 1 || fn === sn) {
      root = nodeHash(hash, root);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn / 2, Math.floor(sn / 2)];
    } else {
      root = nodeHash(root, hash);
    }
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  return sn === 0 ? root : null;
}

/** Whether the log of `size` entries begins with the one of `former` entries. */
export function isConsistent(
  { size: former, root: formerRoot }: { size: number; root: Buffer },
  { size, root }: { size: number; root: Buffer },
  proof: readonly Buffer[],
): boolean {
  if (former > size) return false;
  if (former === size) return proof.length === 0 && formerRoot.equals(root);
  if (former === 0) return proof.length === 0;
  // §2.1.4.2 step 2: a former log that is one complete subtree is left out of its proof.
  const path = Number.isInteger(Math.log2(former)) ? [formerRoot, ...proof] : proof;
  const [first, ...rest] = path;
  if (first === undefined) return false;
  let fn = former - 1;
  let sn = size - 1;
  while (fn % 2 === 1) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  let fr = first;
  let sr = first;
  for (const hash of rest) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      fr = nodeHash(hash, fr);
      sr = nodeHash(hash, sr);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn / 2, Math.floor(sn / 2)];
    } else {
      sr = nodeHash(sr, hash);
    }
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  return sn === 0 && fr.equals(formerRoot) && sr.equals(root);
}

/** What a range of leaves lacks of the whole tree: the subtrees before it, and those after it. */
export function besideOf({ start, end }: Span, size: number): { before: Span[]; after: Span[] } {
  const spans = (span: Span): Span[] =>
    nodesOf(span).map(({ level, number }) => ({ start: number * 2 ** level, end: (number + 1) * 2 ** level }));
  return { before: spans({ start: 0, end: start }), after: spans({ start: end, end: size }) };
}

/**
 * The root of a log of `size` entries of which all leaves from `start` on are at hand until `end`, and of the rest the hashes that `besideOf` names.
 * It proves at once that every one of them is in the log, and that none between them is left out. Null where hashes are too few or too many.
 */
export function rootByRange(
  { start, end }: Span,
  size: number,
  leaves: readonly Buffer[],
  beside: { readonly before: readonly Buffer[]; readonly after: readonly Buffer[] },
): Buffer | null {
  const spans = besideOf({ start, end }, size);
  if (leaves.length !== end - start || end > size) return null;
  if (spans.before.length !== beside.before.length || spans.after.length !== beside.after.length) return null;
  const parts = [
    ...spans.before.map((span, index) => ({ length: lengthOf(span), hash: beside.before[index] ?? Buffer.of() })),
    ...leaves.map((hash) => ({ length: 1, hash })),
    ...spans.after.map((span, index) => ({ length: lengthOf(span), hash: beside.after[index] ?? Buffer.of() })),
  ];
  // As the log grows: two complete subtrees of one length, side by side, are the one above them.
  const stack: { length: number; hash: Buffer }[] = [];
  for (let part of parts) {
    for (let left = stack.at(-1); left?.length === part.length; left = stack.at(-1)) {
      stack.pop();
      part = { length: 2 * part.length, hash: nodeHash(left.hash, part.hash) };
    }
    stack.push(part);
  }
  const hashes = stack.map(({ hash }) => hash);
  return hashes.length === 0 ? null : hashes.reduceRight((right, left) => nodeHash(left, right));
}

function lengthOf({ start, end }: Span): number {
  return end - start;
}

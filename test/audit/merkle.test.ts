import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  completedBy,
  consistencyPath,
  emptyRoot,
  fold,
  inclusionPath,
  leafHash,
  nodeHash,
  nodesOf,
  type Span,
} from '../../src/audit/merkle.ts';
import { besideOf, isConsistent, rootByInclusion, rootByRange } from '../../src/audit/proofs.ts';

/** The eight entries of the tests of certificate-transparency-go (merkle/testonly), and roots of the trees over the first n. */
const ENTRIES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

/** RFC 6962 §2.1, word by word. */
function mth(leaves: readonly Buffer[]): Buffer {
  const [only, ...more] = leaves;
  if (only === undefined) return emptyRoot();
  if (more.length === 0) return only;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return nodeHash(mth(leaves.slice(0, k)), mth(leaves.slice(k)));
}

/** A store of complete subtrees, grown leaf by leaf as the ledger's. */
function grow(leaves: readonly Buffer[]) {
  const nodes = new Map<string, Buffer>();
  const get = (level: number, number: number): Buffer => {
    const hash = nodes.get(`${level}/${number}`);
    if (hash === undefined) throw new Error(`no node ${level}/${number}`);
    return hash;
  };
  leaves.forEach((leaf, index) => {
    let hash = leaf;
    const { made, siblings } = completedBy(index);
    made.forEach(({ level, number }, at) => {
      nodes.set(`${level}/${number}`, hash);
      const sibling = siblings[at];
      if (sibling !== undefined) hash = nodeHash(get(sibling.level, sibling.number), hash);
    });
  });
  return (span: Span): Buffer => Buffer.from(fold(nodesOf(span).map(({ level, number }) => get(level, number))));
}

const leavesOf = (count: number): Buffer[] => Array.from({ length: count }, (_, n) => leafHash(Buffer.from(`entry ${n}`)));

describe('the tree of RFC 6962', () => {
  it('gives the roots that certificate-transparency-go gives', () => {
    const leaves = ENTRIES.map((entry) => leafHash(Buffer.from(entry, 'hex')));
    const hash = grow(leaves);
    expect(ROOTS.map((_, n) => hash({ start: 0, end: n + 1 }).toString('hex'))).toEqual(ROOTS);
    expect(emptyRoot().toString('hex')).toBe(createHash('sha256').digest('hex'));
  });

  it('gives the paths of the example of RFC 6962 §2.1.3', () => {
    const paths = [0, 3, 4, 6].map((index) => inclusionPath(index, 7));
    const span = (start: number, end: number): Span => ({ start, end });
    expect(paths).toEqual([
      [span(1, 2), span(2, 4), span(4, 7)],
      [span(2, 3), span(0, 2), span(4, 7)],
      [span(5, 6), span(6, 7), span(0, 4)],
      [span(4, 6), span(0, 4)],
    ]);
    expect([3, 4, 6].map((former) => consistencyPath(former, 7))).toEqual([
      [span(2, 3), span(3, 4), span(0, 2), span(4, 7)],
      [span(4, 7)],
      [span(4, 6), span(6, 7), span(0, 4)],
    ]);
  });

  it('has roots and proofs that verify, of any size, from the nodes that a store keeps', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.nat(), fc.nat(), (size, some, other) => {
        const leaves = leavesOf(size);
        const hash = grow(leaves);
        const root = hash({ start: 0, end: size });
        expect(root).toEqual(mth(leaves));
        const index = some % size;
        const leaf = leaves[index] ?? root;
        expect(rootByInclusion(index, size, leaf, inclusionPath(index, size).map(hash))).toEqual(root);
        const former = 1 + (other % size);
        const proof = consistencyPath(former, size).map(hash);
        expect(isConsistent({ size: former, root: mth(leaves.slice(0, former)) }, { size, root }, proof)).toBe(true);
      }),
    );
  });

  it('has proofs that fail for another leaf, another place, another root or another proof', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 100 }), fc.nat(), fc.nat(), (size, some, other) => {
        const leaves = leavesOf(size);
        const hash = grow(leaves);
        const root = hash({ start: 0, end: size });
        const index = some % size;
        const path = inclusionPath(index, size).map(hash);
        const leaf = leaves[index] ?? root;
        const wrong = leafHash(Buffer.from('another'));
        expect(rootByInclusion(index, size, wrong, path)).not.toEqual(root);
        expect(rootByInclusion((index + 1) % size, size, leaf, path)).not.toEqual(root);
        expect(rootByInclusion(index, size, leaf, path.slice(1))).not.toEqual(root);
        expect(rootByInclusion(index, size, leaf, [...path, wrong])).not.toEqual(root);
        const former = 1 + (other % (size - 1));
        const formerRoot = mth(leaves.slice(0, former));
        const proof = consistencyPath(former, size).map(hash);
        expect(isConsistent({ size: former, root: wrong }, { size, root }, proof)).toBe(false);
        expect(isConsistent({ size: former, root: formerRoot }, { size, root: wrong }, proof)).toBe(false);
        expect(isConsistent({ size: former, root: formerRoot }, { size, root }, proof.slice(1))).toBe(false);
        expect(isConsistent({ size: former, root: formerRoot }, { size, root }, [...proof, wrong])).toBe(false);
        expect(isConsistent({ size, root }, { size: former, root: formerRoot }, [])).toBe(false);
      }),
    );
  });
});

describe('a range of leaves', () => {
  const made = (size: number, start: number, end: number) => {
    const leaves = leavesOf(size);
    const hash = grow(leaves);
    const { before, after } = besideOf({ start, end }, size);
    return { leaves: leaves.slice(start, end), root: mth(leaves), beside: { before: before.map(hash), after: after.map(hash) } };
  };
  const sizes = fc.tuple(fc.integer({ min: 1, max: 150 }), fc.nat(), fc.nat()).map(([size, a, b]): [number, number, number] => {
    const start = a % size;
    return [size, start, start + 1 + (b % (size - start))];
  });

  it('leads to the root of the whole log', () => {
    fc.assert(
      fc.property(sizes, ([size, start, end]) => {
        const { leaves, root, beside } = made(size, start, end);
        expect(rootByRange({ start, end }, size, leaves, beside)).toEqual(root);
      }),
    );
  });

  it('leads elsewhere where one is changed, left out, or changes places', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), ([size, start, end], some) => {
        const { leaves, root, beside } = made(size, start, end);
        const at = some % leaves.length;
        const wrong = leafHash(Buffer.from('another'));
        expect(rootByRange({ start, end }, size, leaves.with(at, wrong), beside)).not.toEqual(root);
        expect(rootByRange({ start, end }, size, leaves.toSpliced(at, 1), beside)).not.toEqual(root);
        if (end - start > 1) {
          expect(rootByRange({ start, end: end - 1 }, size, leaves.toSpliced(at, 1), beside)).not.toEqual(root);
          expect(rootByRange({ start, end }, size, [...leaves.slice(1), ...leaves.slice(0, 1)], beside)).not.toEqual(root);
        }
        if (start > 0) expect(rootByRange({ start: start - 1, end: end - 1 }, size, leaves, beside)).not.toEqual(root);
      }),
    );
  });
});

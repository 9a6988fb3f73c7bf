import { CharClass, type Leaves, type Tree } from '../../core/format.ts';
import type { Span } from '../../core/vocabulary.ts';
import { addressById } from '../address-book.ts';
import { lastBefore } from '../last-before.ts';
import type { Locate } from './candidate.ts';

/** Leaves of a document that was found inside others. */
export interface InnerPart {
  /** The outer leaf it was found in (the first of several); -1 where it is the whole body. */
  readonly host: number;
  /** Bytes of the body that it was decoded from. */
  readonly spans: readonly Span[];
  /** What its path begins with inside the host (`entry[2]`); empty for the host itself. */
  readonly prefix: string;
  readonly leaves: Leaves;
  /** What to add to its offsets to have those of the body; undefined where its bytes are not in the body. */
  readonly offset?: number | undefined;
  /** Where its bytes came from, where these are not in the body as they are. */
  readonly locate?: Locate | undefined;
}

/**
 * A message's own leaves, and after them those of the documents inside it, as one. The latter have a place among the body's bytes
 * only where these are the document's own; their path is that of the leaf that holds the document, a slash, and the path inside. `sealed`: own leaves that are nothing but an encoded document.
 */
export function joinLeaves(outer: Leaves, sealed: readonly number[], parts: readonly InnerPart[]): Leaves {
  const firsts: number[] = [];
  let count = outer.count;
  for (const { leaves } of parts) {
    firsts.push(count);
    count += leaves.count;
  }
  const address = new Int32Array(count);
  const start = new Int32Array(count).fill(-1);
  const end = new Int32Array(count).fill(-1);
  const classes = new Uint16Array(count);
  address.set(outer.address.subarray(0, outer.count));
  start.set(outer.start.subarray(0, outer.count));
  end.set(outer.end.subarray(0, outer.count));
  classes.set(outer.classes.subarray(0, outer.count));
  for (const leaf of sealed) classes[leaf] = (classes[leaf] ?? 0) | CharClass.sealed;
  parts.forEach(({ leaves, offset }, index) => {
    const first = firsts[index] ?? 0;
    for (let leaf = 0; leaf < leaves.count; leaf++) {
      address[first + leaf] = leaves.address[leaf] ?? 0;
      const from = leaves.start[leaf] ?? -1;
      if (offset !== undefined && from >= 0) {
        start[first + leaf] = from + offset;
        end[first + leaf] = (leaves.end[leaf] ?? 0) + offset;
      }
      classes[first + leaf] = (leaves.classes[leaf] ?? 0) | CharClass.inner;
    }
  });
  const own = outer.count;
  /** The part of a leaf past the message's own, and its number there. */
  const inPart = (leaf: number): { part: InnerPart; at: number } => {
    const index = lastBefore(firsts, firsts.length, leaf);
    const part = parts[index];
    if (part === undefined) throw new RangeError(`there is no leaf ${leaf}`);
    return { part, at: leaf - (firsts[index] ?? 0) };
  };
  return {
    count,
    address,
    start,
    end,
    classes,
    ascii: outer.ascii,
    own,
    tree: joinTrees([
      { first: 0, tree: outer.tree },
      ...parts.map(({ leaves }, at) => ({ first: firsts[at] ?? 0, tree: leaves.tree })),
    ]),
    addressOf: (leaf) => addressById(address[leaf] ?? -1),
    text(leaf) {
      if (leaf < own) return outer.text(leaf);
      const { part, at } = inPart(leaf);
      return part.leaves.text(at);
    },
    path(leaf) {
      if (leaf < own) return outer.path(leaf);
      const { part, at } = inPart(leaf);
      return joinPath(part.host < 0 ? '' : outer.path(part.host), joinPath(part.prefix, part.leaves.path(at)));
    },
    spanOf(leaf, from, to) {
      if (leaf < own) return outer.spanOf(leaf, from, to);
      const { part, at } = inPart(leaf);
      const { offset, locate } = part;
      const span = offset === undefined && locate === undefined ? null : part.leaves.spanOf(at, from, to);
      if (span === null) return null;
      return offset === undefined
        ? (locate?.(span.start, span.end) ?? null)
        : { start: span.start + offset, end: span.end + offset };
    },
    hostSpans: (leaf) => (leaf < own ? [] : inPart(leaf).part.spans),
  };
}

/** Objects of a part are numbered from a multiple of this: no part has as many (each holds a byte at least). */
const OBJECTS = 2 ** 32;

interface PartTree {
  readonly first: number;
  readonly tree: Tree | undefined;
}

function joinTrees(parts: readonly PartTree[]): Tree | undefined {
  if (parts.every(({ tree }) => tree === undefined)) return undefined;
  const ofObject = (object: number): { base: number; inner: number; part: PartTree | undefined } => {
    const index = Math.floor(object / OBJECTS);
    return { base: index * OBJECTS, inner: object - index * OBJECTS, part: object < 0 ? undefined : parts[index] };
  };
  const numbered = (base: number, object: number): number => (object < 0 ? -1 : base + object);
  return {
    objectOf(leaf) {
      let index = parts.length - 1;
      while (index > 0 && (parts[index]?.first ?? 0) > leaf) index--;
      const part = parts[index];
      return numbered(index * OBJECTS, part?.tree?.objectOf(leaf - part.first) ?? -1);
    },
    parentOf(object) {
      const { base, inner, part } = ofObject(object);
      return numbered(base, part?.tree?.parentOf(inner) ?? -1);
    },
    pathOf(object) {
      const { inner, part } = ofObject(object);
      return part?.tree?.pathOf(inner) ?? '';
    },
    first(object) {
      const { inner, part } = ofObject(object);
      return (part?.first ?? 0) + (part?.tree?.first(inner) ?? 0);
    },
    after(object) {
      const { inner, part } = ofObject(object);
      return (part?.first ?? 0) + (part?.tree?.after(inner) ?? 0);
    },
  };
}

/** Plain text inside a leaf has no place of its own: `raw` is left out. */
function joinPath(outer: string, inner: string): string {
  const own = inner === 'raw' ? '' : inner.startsWith('raw/') ? inner.slice(4) : inner;
  if (own === '') return outer === '' ? 'raw' : outer;
  return outer === '' ? own : `${outer}/${own}`;
}

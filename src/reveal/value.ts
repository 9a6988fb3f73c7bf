import type { Body, Leaves } from '../core/format.ts';
import type { Tokenizer } from '../core/token.ts';
import { tokenKindOf } from '../core/token.ts';
import type { Finding } from '../core/vocabulary.ts';
import { parseBody } from '../formats/registry.ts';
import { findByShape } from './search.ts';

/**
 * The value that a finding is of, read from the body again; null where it is not found. What is found is the right one: its token is the
 * finding's, so a parser that changed since shows nothing rather than something else. Where the body does not hold its text as it is (a document in base64,
 * an escape in its middle), it is searched for in its leaf. The caller wipes the body.
 */
export function revealedValue(body: Body, finding: Finding, tokenizer: Tokenizer): string | null {
  const kind = tokenKindOf(finding.category);
  const isIt = (value: string): boolean => tokenizer(kind, value) === finding.token;
  for (const { leaves } of parseBody(body)) {
    for (let leaf = 0; leaf < leaves.count; leaf++) {
      if (!mayHold(leaves, leaf, finding)) continue;
      const value = stretchOf(leaves, leaf, finding);
      if (value !== null && isIt(value)) return value;
      if (finding.start === null) {
        const found = findByShape(leaves.text(leaf), finding.mask, isIt);
        if (found !== null) return found;
      }
    }
  }
  return null;
}

/** By its bytes where they are known, before its path is put together. */
function mayHold(leaves: Leaves, leaf: number, { start, end, path }: Finding): boolean {
  const from = leaves.start[leaf] ?? -1;
  if (start !== null && end !== null && from >= 0 && (from > start || (leaves.end[leaf] ?? -1) < end)) return false;
  return leaves.path(leaf) === path;
}

/** The part of the leaf's text between the finding's bytes; all of it where the finding has none. */
function stretchOf(leaves: Leaves, leaf: number, { start, end }: Finding): string | null {
  const text = leaves.text(leaf);
  if (start === null || end === null) return text;
  const from = firstAt(text.length, (at) => (leaves.spanOf(leaf, at, at + 1)?.start ?? -1) >= start);
  const to = firstAt(text.length, (at) => (leaves.spanOf(leaf, from, at + 1)?.end ?? -1) >= end);
  return from < text.length && to >= from ? text.slice(from, to + 1) : null;
}

/** The first place from 0 to `length` where it holds; bytes follow their text in order, so that halving finds it. */
function firstAt(length: number, holds: (at: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

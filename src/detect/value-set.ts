import { DECODED, type Leaves } from '../core/format.ts';
import { standsAt } from './search.ts';

/** Whole values that a leaf is compared with, whatever their case and what blanks stand around them. */
export interface ValueSet {
  /** Upper case. */
  readonly values: ReadonlySet<string>;
  /** Those without blanks around them, by their length: all that a leaf of ASCII can be equal to. */
  readonly byLength: readonly (readonly string[] | undefined)[];
  /** By ASCII code: 1 where a value begins with it, in either case; also a space, since blanks may stand before it. */
  readonly heads: Uint8Array;
  /** One of them has blanks around it, so that what is equal to it is not told by what stands between a leaf's blanks. */
  readonly padded: boolean;
}

export function valueSet(list: readonly string[]): ValueSet {
  const values = new Set(list.map((value) => value.toUpperCase()));
  const byLength: string[][] = [];
  const heads = new Uint8Array(128);
  let padded = false;
  for (const value of values) {
    if (value.trim() === value) {
      byLength[value.length] ??= [];
      byLength[value.length]?.push(value);
    } else padded = true;
    heads[value.charCodeAt(0) & 0x7f] = 1;
    heads[value.toLowerCase().charCodeAt(0) & 0x7f] = 1;
  }
  // Blanks before a value do not count.
  if (values.size > 0) heads[0x20] = 1;
  return { values, byLength, heads, padded };
}

export function holdsText({ values }: ValueSet, text: string): boolean {
  return values.has(text) || values.has(text.trim().toUpperCase());
}

/** Whether a leaf's text is one of the values; nothing is decoded for a leaf whose bytes are its text. */
export function holdsLeaf(set: ValueSet, leaves: Leaves, leaf: number): boolean {
  const bytes = bytesOf(leaves, leaf);
  return bytes === null || set.padded ? holdsText(set, leaves.text(leaf)) : holdsBytes(set, bytes, leaves, leaf);
}

/** The bytes that hold a leaf, where they are its text; null where it has to be decoded. */
export function bytesOf({ ascii, start, classes }: Leaves, leaf: number): Uint8Array | null {
  if (ascii === undefined || ((classes[leaf] ?? 0) & DECODED) !== 0 || (start[leaf] ?? -1) < 0) return null;
  return ascii;
}

/** Whether what stands between the blanks of such a leaf is one of the values. */
export function holdsBytes({ byLength }: ValueSet, bytes: Uint8Array, { start, end }: Leaves, leaf: number): boolean {
  let from = start[leaf] ?? 0;
  let to = end[leaf] ?? 0;
  while (from < to && isBlank(bytes[from] ?? 0)) from++;
  while (to > from && isBlank(bytes[to - 1] ?? 0)) to--;
  const values = byLength[to - from];
  if (values === undefined) return false;
  for (const value of values) if (standsAt(bytes, from, to, value)) return true;
  return false;
}

/** What `trim` takes away of ASCII. */
function isBlank(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}

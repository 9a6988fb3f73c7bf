import { standardVr, tagOf } from './dictionary.ts';
import type { Encoding } from './transfer-syntax.ts';
import { CODE_BY_BYTES, LENGTH_BYTES } from './vr-code.ts';

/** How elements are written; a deflated data set is one of these once it is inflated. */
export type Layout = Pick<Encoding, 'explicit' | 'bigEndian'>;

const LAYOUTS: readonly Layout[] = [
  { explicit: true, bigEndian: false },
  { explicit: false, bigEndian: false },
  { explicit: true, bigEndian: true },
  { explicit: false, bigEndian: true },
];

/** Headers looked at; after this many in a row there is no doubt. */
const ENOUGH = 6;
export const UNDEFINED = 0xffffffff;

export function read16(bytes: Buffer, at: number, bigEndian: boolean): number {
  const [first, second] = [bytes[at] ?? 0, bytes[at + 1] ?? 0];
  return bigEndian ? (first << 8) | second : (second << 8) | first;
}

export function read32(bytes: Buffer, at: number, bigEndian: boolean): number {
  const low = read16(bytes, bigEndian ? at + 2 : at, bigEndian);
  return read16(bytes, bigEndian ? at : at + 2, bigEndian) * 0x10000 + low;
}

/**
 * How many element headers in a row make sense from `at` on in a layout, up to ENOUGH: tags rise, explicit VRs exist, implicit tags are
 * known or private, lengths fit before `end`. ENOUGH also where the elements end exactly at `end`, after two of them or more.
 */
export function plausible(bytes: Buffer, at: number, end: number, { explicit, bigEndian }: Layout): number {
  let previous = -1;
  let from = at;
  for (let count = 0; count < ENOUGH; count++) {
    if (from === end) return count >= 2 ? ENOUGH : count;
    if (from + 8 > end) return count;
    const tag = tagOf(read16(bytes, from, bigEndian), read16(bytes, from + 2, bigEndian));
    if (tag >>> 0 <= previous) return count;
    previous = tag >>> 0;
    const code = CODE_BY_BYTES[((bytes[from + 4] ?? 0) << 8) | (bytes[from + 5] ?? 0)] ?? 0;
    if (explicit ? code === 0 : standardVr(tag) === 0 && (tag & 0x10000) === 0) return count;
    const isLong = explicit && LENGTH_BYTES[code] === 4;
    const length = explicit && !isLong ? read16(bytes, from + 6, bigEndian) : read32(bytes, from + (isLong ? 8 : 4), bigEndian);
    // What is nested would need a real reader; its header makes sense so far.
    if (length === UNDEFINED) return count === 0 ? 1 : ENOUGH;
    from += (isLong ? 12 : 8) + length;
    if (from > end) return count;
  }
  return ENOUGH;
}

/** The layout in which most headers from `at` on make sense, and how many do (up to ENOUGH); null where none does in any. */
export function guessLayout(bytes: Buffer, at: number, end: number): { layout: Layout; sure: number } | null {
  let best: { layout: Layout; sure: number } | null = null;
  for (const layout of LAYOUTS) {
    const sure = plausible(bytes, at, end, layout);
    if (sure > (best?.sure ?? 0)) best = { layout, sure };
  }
  return best;
}

/** Whether the elements of an item that begins at `at` are explicit: its first VR exists, and the length after it fits at least as well. */
export function looksExplicit(bytes: Buffer, at: number, end: number, bigEndian: boolean): boolean {
  const code = CODE_BY_BYTES[((bytes[at + 4] ?? 0) << 8) | (bytes[at + 5] ?? 0)] ?? 0;
  if (code === 0 || at + 8 > end) return false;
  const room = end - at;
  const isLong = LENGTH_BYTES[code] === 4;
  const length = isLong ? read32(bytes, at + 8, bigEndian) : read16(bytes, at + 6, bigEndian);
  return length === UNDEFINED || (isLong ? 12 : 8) + length <= room || 8 + read32(bytes, at + 4, bigEndian) > room;
}

/**
 * Whether a value is the content of a sequence: its items fill it exactly, or the first one is open and a delimiter ends it. For values
 * whose VR does not say (UN, or an implicit element nobody knows).
 */
export function looksLikeSequence(bytes: Buffer, from: number, to: number, bigEndian: boolean): boolean {
  for (let at = from; at < to; ) {
    if (at + 8 > to || read16(bytes, at, bigEndian) !== 0xfffe) return false;
    const element = read16(bytes, at + 2, bigEndian);
    const length = read32(bytes, at + 4, bigEndian);
    if (element === 0xe0dd) return at + 8 === to && at > from;
    if (element !== 0xe000) return false;
    if (length === UNDEFINED) return read16(bytes, to - 8, bigEndian) === 0xfffe && read32(bytes, to - 4, bigEndian) === 0;
    at += 8 + length;
    if (at > to) return false;
  }
  return from < to;
}

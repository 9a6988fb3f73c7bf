import type { Leaves } from '../../core/format.ts';
import { PRIVATE_ELEMENTS } from './dictionary.generated.ts';
import { vrCode } from './vr-code.ts';

/**
 * Private creators (PS3.5 §7.8.1): the value of (gggg,00bb) names who owns the elements (gggg,bb00) to (gggg,bbFF) of the same data
 * set or item. Which VRs they have is known of some; it is asked for only where the encoding does not say it.
 */

/** VR codes by creator, then by group and the element's last byte: `group << 8 | byte`. */
let owners: ReadonlyMap<string, ReadonlyMap<number, number>> | null = null;

function readOwners(): ReadonlyMap<string, ReadonlyMap<number, number>> {
  const made = new Map<string, Map<number, number>>();
  for (const row of PRIVATE_ELEMENTS.split('\n')) {
    // A creator may hold colons, what follows it holds none.
    const colon = row.lastIndexOf(':');
    const vrs = new Map<number, number>();
    for (let at = colon + 1; at < row.length; at += 8) {
      vrs.set(Number.parseInt(row.slice(at, at + 6), 16), vrCode(row.slice(at + 6, at + 8)));
    }
    made.set(row.slice(0, colon), vrs);
  }
  return made;
}

const NOTHING: ReadonlyMap<number, number> = new Map();
/** Longest value of LO. */
const LONGEST_CREATOR = 64;
/** Blocks remembered at a time; real objects reserve a few dozen. */
const MAX_BLOCKS = 256;

/** The blocks reserved so far, of the data set and the items that are open. */
export interface Blocks {
  readonly level: number[];
  /** `group << 8 | block`. */
  readonly block: number[];
  readonly vrs: ReadonlyMap<number, number>[];
}

export function createBlocks(): Blocks {
  return { level: [], block: [], vrs: [] };
}

/** Notes that (gggg,00bb) at a nesting level names a creator. What inner items that are closed by now reserved is forgotten. */
export function reserve(blocks: Blocks, level: number, tag: number, bytes: Buffer, start: number, end: number): void {
  while ((blocks.level.at(-1) ?? 0) > level) {
    blocks.level.pop();
    blocks.block.pop();
    blocks.vrs.pop();
  }
  if (blocks.level.length >= MAX_BLOCKS || end - start > LONGEST_CREATOR) return;
  owners ??= readOwners();
  const creator = bytes.toString('latin1', start, end).replace(/[ \0]+$/, '');
  blocks.level.push(level);
  blocks.block.push(((tag >>> 16) << 8) | (tag & 0xff));
  blocks.vrs.push(owners.get(creator) ?? NOTHING);
}

/** VR code of a private element at a nesting level by its creator; 0 where its block was not reserved there, or nobody knows. */
export function privateVr(blocks: Blocks, level: number, tag: number): number {
  const group = tag >>> 16;
  const wanted = (group << 8) | ((tag >>> 8) & 0xff);
  for (let at = blocks.level.length - 1; at >= 0; at--) {
    if (blocks.level[at] === level && blocks.block[at] === wanted) return blocks.vrs[at]?.get((group << 8) | (tag & 0xff)) ?? 0;
  }
  return 0;
}

const CREATOR_PATH = /\([0-9A-F]{3}[13579BDF],00[1-9A-F][0-9A-F]\)$/;
const PRIVATE_PATH = /^(.*)\(([0-9A-F]{3}[13579BDF]),([0-9A-F]{2})[0-9A-F]{2}\)(?:\[\d+\])?$/;

/**
 * The private creators of a message, in clear, by the leaf that they own: of a block reserved in several items of a sequence the nearest before it, since
 * elements come in the order of their tags. One pass over the leaves. A creator is a value of the message and must not be shown as it is.
 */
export function creatorsIn(leaves: Leaves): ReadonlyMap<number, string> {
  const reserved = new Map<string, string>();
  const owners = new Map<number, string>();
  for (let leaf = 0; leaf < leaves.count; leaf++) {
    const path = leaves.path(leaf);
    const [, prefix, group, block] = PRIVATE_PATH.exec(path) ?? [];
    if (block === undefined) continue;
    if (CREATOR_PATH.test(path)) reserved.set(path, leaves.text(leaf).trim());
    const owner = reserved.get(`${prefix}(${group},00${block})`);
    if (owner !== undefined) owners.set(leaf, owner);
  }
  return owners;
}

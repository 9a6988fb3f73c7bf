import type { Leaves } from '../core/format.ts';
import type { Relative } from './dotted.ts';
import type { Purse } from './siblings.ts';

/** Leaves looked at for one condition, and values taken: what holds more than that is no object of a real message. */
const FARTHEST = 4096;
const MOST = 64;

/**
 * The values at a relative place, in their order: `.type.coding.code` of an identifier that has three codings gives three. Empty where
 * there is none, where the message ends above it, and in formats whose leaves lie in no objects. Each leaf passed is a step of the scan's budget.
 */
export function relativeTexts(leaves: Leaves, leaf: number, { up, down }: Relative, purse: Purse): readonly string[] {
  const { tree } = leaves;
  if (tree === undefined) return [];
  let object = tree.objectOf(leaf);
  for (let step = 0; step < up && object >= 0; step++) object = tree.parentOf(object);
  if (object < 0) return [];
  const wanted = tree.pathOf(object) + down;
  const first = tree.first(object);
  const after = Math.min(tree.after(object), first + FARTHEST);
  const found: string[] = [];
  for (let other = first; other < after && purse.budget >= 0 && found.length < MOST; other++) {
    purse.budget--;
    if (leaves.addressOf(other).path === wanted) found.push(leaves.text(other));
  }
  return found;
}

import { CharClass } from '../../core/format.ts';
import { type Columns, PLACE_WIDTH } from '../columns.ts';
import { CDATA_OPEN } from './markup.ts';
import { Flag, Kind, NO_NODE, NODE_WIDTH, Node, Place, type State } from './nodes.ts';

/** Leaves and elements of one element that are looked through for one text: made-up nesting must not have them moved at every level. */
const MOST = 4096;

/**
 * Makes one leaf of the text of an element that ends and of the elements in it, where they are parts of one text: all of a narrative, and what has
 * sentences with marked words in it (`J<content>ane</content>`). Markup must not cut a name in two.
 */
export function mergeText(state: State, node: number): void {
  const { columns, narrative } = state;
  const slot = node * NODE_WIDTH;
  const flags = state.nodes[slot + Node.flags] ?? 0;
  const first = state.nodes[slot + Node.first] ?? 0;
  const isMixed = (flags & (Flag.text | Flag.children | Flag.rough | Flag.parts)) === (Flag.text | Flag.children);
  const isSmall = columns.count - first <= MOST && state.count - node <= MOST;
  const merges = narrative === NO_NODE ? isMixed && isSmall : narrative === node;
  if (!merges || (flags & Flag.children) === 0) return;
  const head = firstText(columns, first);
  if (head < 0) return;
  merge(state, node, head);
  addMerged(state, node);
}

const kindOf = ({ place }: Columns, leaf: number): number => place[leaf * PLACE_WIDTH + Place.kind] ?? Kind.text;
const isText = (kind: number): boolean => kind === Kind.text || kind === Kind.cdata || kind === Kind.merged;

function firstText(columns: Columns, first: number): number {
  for (let leaf = first; leaf < columns.count; leaf++) if (isText(kindOf(columns, leaf))) return leaf;
  return -1;
}

/** The first text becomes the whole; the others give up their place. */
function merge({ buffer, columns }: State, node: number, head: number): void {
  const { start, end, classes, place } = columns;
  let last = end[head] ?? 0;
  let all = classes[head] ?? 0;
  let to = head + 1;
  for (let leaf = head + 1; leaf < columns.count; leaf++) {
    if (isText(kindOf(columns, leaf))) {
      last = Math.max(last, end[leaf] ?? 0);
      all |= classes[leaf] ?? 0;
      continue;
    }
    start[to] = start[leaf] ?? 0;
    end[to] = end[leaf] ?? 0;
    // It lies within the text, which is no text of its own there.
    classes[to] = (classes[leaf] ?? 0) | CharClass.escape;
    place.copyWithin(to * PLACE_WIDTH, leaf * PLACE_WIDTH, (leaf + 1) * PLACE_WIDTH);
    to++;
  }
  if (kindOf(columns, head) === Kind.cdata) start[head] = buffer.lastIndexOf(CDATA_OPEN, start[head], 'latin1');
  end[head] = last;
  // Spaces and line breaks come in between.
  classes[head] = all | CharClass.escape | CharClass.space;
  place[head * PLACE_WIDTH + Place.node] = node;
  place[head * PLACE_WIDTH + Place.kind] = Kind.merged;
  columns.count = to;
}

/** Elements in it have no leaves of their own that lie together any more: they share those of the whole. */
function addMerged(state: State, node: number): void {
  const { nodes, columns } = state;
  const slot = node * NODE_WIDTH;
  nodes[slot + Node.flags] = (nodes[slot + Node.flags] ?? 0) | Flag.merged;
  for (let inner = node + 1; inner < state.count; inner++) {
    nodes[inner * NODE_WIDTH + Node.first] = nodes[slot + Node.first] ?? 0;
    nodes[inner * NODE_WIDTH + Node.after] = columns.count;
  }
}

import { BYTE_CLASSES } from '../classes.ts';
import { growColumns, PLACE_WIDTH } from '../columns.ts';
import { isSpace } from './markup.ts';
import { Place, type State } from './nodes.ts';

const MAX_LEAVES = 1 << 22;

/** A leaf of the innermost element; -1 where there are too many. */
export function emit(state: State, start: number, end: number, classes: number, name: number, kind: number): number {
  const { columns } = state;
  if (columns.count >= MAX_LEAVES) {
    state.stopped = 'size';
    return -1;
  }
  if (columns.count === columns.capacity) growColumns(columns);
  const leaf = columns.count++;
  columns.start[leaf] = start;
  columns.end[leaf] = end;
  columns.classes[leaf] = classes;
  const slot = leaf * PLACE_WIDTH;
  columns.place[slot + Place.node] = state.node;
  columns.place[slot + Place.name] = name;
  columns.place[slot + Place.kind] = kind;
  return leaf;
}

/** A stretch without the white space around it. */
export function trimmed(buffer: Buffer, from: number, to: number): [number, number] {
  let [start, end] = [from, to];
  while (start < end && isSpace(buffer[start])) start++;
  while (end > start && isSpace(buffer[end - 1])) end--;
  return [start, end];
}

export function classesOf(buffer: Buffer, start: number, end: number): number {
  let classes = 0;
  for (let at = start; at < end; at++) classes |= BYTE_CLASSES[buffer[at] ?? 0] ?? 0;
  return classes;
}

import type { Leaves, Parsed } from '../core/format.ts';
import { parseRelative, RELATIVE_PATTERN, type Relative } from './dotted.ts';
import type { Position, Positions } from './places.ts';

/** Where a condition looks: another component of the same repetition, a field of the same segment, an element of the data set, a leaf near by. */
export interface Sibling {
  readonly text: string;
  /** A place in the same object, or in one around it, of a format with dotted paths. */
  readonly relative: Relative | null;
  /** `text` names a data element at the top level of a DICOM object. */
  readonly element: boolean;
  /** A data element of the same item of a DICOM sequence, or beneath it: its path from there. */
  readonly item: string | null;
  /** Segment and field; null for a component of the same repetition. */
  readonly field: { segment: string; number: number } | null;
  /** Component and subcomponent, counted from 1. */
  readonly numbers: readonly number[];
}

/** `.5`, `.4.1`, `GT1-11`, `IN1-17.1`, `(0012,0062)`, `.type.coding.code`, `..url` */
export function parseSibling(text: string): Sibling {
  const relative = RELATIVE_PATTERN.test(text) ? parseRelative(text) : null;
  if (relative !== null) return { text, relative, element: false, item: null, field: null, numbers: [] };
  if (text.startsWith('.(')) return { text, relative, element: false, item: text.slice(1), field: null, numbers: [] };
  if (text.startsWith('(')) return { text, relative, element: true, item: null, field: null, numbers: [] };
  if (text.startsWith('.'))
    return { text, relative, element: false, item: null, field: null, numbers: text.slice(1).split('.').map(Number) };
  const [segment = '', rest = ''] = text.split('-');
  const [number = 0, ...numbers] = rest.split('.').map(Number);
  return {
    text,
    relative,
    element: false,
    item: null,
    field: { segment, number },
    numbers: numbers.length === 0 ? [1] : numbers,
  };
}

function positionAt(parsed: Parsed, positions: Positions, leaf: number): Position {
  return (positions.plans[parsed.leaves.address[leaf] ?? -1] ?? positions.forAddress(parsed.leaves.addressOf(leaf))).position;
}

/** Steps a scan has left. */
export interface Purse {
  budget: number;
}

/** Leaves looked at to find a sibling: more than a field or a segment of any real message has on the way. */
const FARTHEST = 256;

/**
 * The leaf of the sibling; -1 where it is empty. Leaves come in the order of their bytes, so a sibling is found by walking towards it until
 * the repetition or the segment ends. Every leaf passed is a step of the scan's budget: a made-up message may have millions in one field.
 */
export function findSibling(parsed: Parsed, positions: Positions, leaf: number, sibling: Sibling, purse: Purse): number {
  const here = positionAt(parsed, positions, leaf);
  // Leaves lie in the order of their numbers, so only one side can hold it, unless it is another part of the same component.
  const wanted = sibling.field?.number ?? sibling.numbers[0] ?? 1;
  const own = sibling.field === null ? (here.numbers[1] ?? 1) : (here.numbers[0] ?? 0);
  for (let step = wanted < own ? -1 : 1; step >= (wanted > own ? 1 : -1); step -= 2) {
    const found = walk(parsed, positions, leaf, sibling, step, purse);
    if (found >= 0) return found;
  }
  return -1;
}

/** The first value of a top-level element; null where it is empty, and in other formats. Elements may be out of order, so all are looked at. */
export function elementText({ leaves, format }: Parsed, tag: string, purse: Purse): string | null {
  if (format !== 'dicom') return null;
  for (let leaf = 0; leaf < leaves.count && purse.budget >= 0; leaf++) {
    purse.budget--;
    if (leaves.addressOf(leaf).path === tag) return leaves.text(leaf);
  }
  return null;
}

/**
 * The value of an element in the same item of a sequence: elements of an item are neighbours, so it is looked for on both sides until the item ends. Null where it is
 * empty, and in other formats.
 */
export function itemText({ leaves, format }: Parsed, leaf: number, wanted: string, purse: Purse): string | null {
  if (format !== 'dicom') return null;
  const path = leaves.path(leaf);
  const item = path.slice(0, path.lastIndexOf('.') + 1);
  for (const step of [-1, 1]) {
    for (let walked = 1; walked <= FARTHEST && purse.budget >= 0; walked++) {
      const other = leaf + walked * step;
      if (other < 0 || other >= leaves.count) break;
      // A path is written for each.
      purse.budget -= 8;
      const there = leaves.path(other);
      if (!there.startsWith(item)) break;
      if (there === item + wanted) return leaves.text(other);
    }
  }
  return null;
}

function walk(parsed: Parsed, positions: Positions, leaf: number, sibling: Sibling, step: number, purse: Purse): number {
  const { count } = parsed.leaves;
  const here = positionAt(parsed, positions, leaf);
  let before = here;
  for (let walked = 1; walked <= FARTHEST && purse.budget >= 0; walked++) {
    const other = leaf + walked * step;
    if (other < 0 || other >= count) return -1;
    purse.budget--;
    const there = positionAt(parsed, positions, other);
    if (hasEnded(before, there, step, sibling.field === null)) return -1;
    if (isSibling(here, there, sibling)) return sameStem(parsed, leaf, other, sibling, purse) ? other : -1;
    before = there;
  }
  return -1;
}

/** Numbers that run against the walk, or stand still, belong to the next (or the previous) occurrence of the segment or repetition. */
function hasEnded(before: Position, there: Position, step: number, inRepetition: boolean): boolean {
  if (there.segment !== before.segment) return true;
  const field = ((there.numbers[0] ?? 0) - (before.numbers[0] ?? 0)) * step;
  if (field < 0 || !inRepetition) return field < 0;
  if (field > 0) return true;
  const component = ((there.numbers[1] ?? 1) - (before.numbers[1] ?? 1)) * step;
  return component < 0 || (component === 0 && ((there.numbers[2] ?? 1) - (before.numbers[2] ?? 1)) * step <= 0);
}

function isSibling(here: Position, there: Position, { field, numbers }: Sibling): boolean {
  if (there.numbers[0] !== (field === null ? here.numbers[0] : field.number)) return false;
  for (let depth = 0; depth < numbers.length; depth++) if ((there.numbers[depth + 1] ?? 1) !== numbers[depth]) return false;
  return true;
}

function sameStem(parsed: Parsed, leaf: number, other: number, { field }: Sibling, purse: Purse): boolean {
  const { leaves } = parsed;
  if (field !== null && leaves.ascii !== undefined && (leaves.start[leaf] ?? -1) >= 0)
    return !crossesLine(leaves.ascii, leaves, Math.min(leaf, other), Math.max(leaf, other), purse);
  if (field === null && leaves.isBeside !== undefined) return leaves.isBeside(leaf, other);
  return stem(leaves.path(leaf), field === null) === stem(leaves.path(other), field === null);
}

/** Whether a segment ends between two leaves. Cheaper than comparing paths, which have to be written out. */
function crossesLine(bytes: Uint8Array, { start, end }: Leaves, first: number, second: number, purse: Purse): boolean {
  const from = end[first] ?? 0;
  const to = start[second] ?? 0;
  purse.budget -= to - from;
  if (purse.budget < 0) return true;
  for (let at = from; at < to; at++) if (bytes[at] === 0x0d || bytes[at] === 0x0a) return true;
  return false;
}

/** What two leaves of one repetition (or of one segment) have in common: `PID-3[2]` of `PID-3[2].4.1`, `NK1[2]` of `NK1[2]-3.1`. */
function stem(path: string, repetition: boolean): string {
  // In a document inside the message the dash is the one of its own path.
  const dash = path.indexOf('-', path.lastIndexOf('/') + 1);
  if (!repetition) return path.slice(0, dash);
  const dot = path.indexOf('.', dash);
  return dot < 0 ? path : path.slice(0, dot);
}

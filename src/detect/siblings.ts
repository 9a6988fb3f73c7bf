import type { Leaves, Parsed } from '../core/format.ts';
import type { Position, Positions } from './places.ts';

/** Where a condition looks: another component of the same repetition, or a field of the same segment. */
export interface Sibling {
  readonly text: string;
  /** Segment and field; null for a component of the same repetition. */
  readonly field: { segment: string; number: number } | null;
  /** Component and subcomponent, counted from 1. */
  readonly numbers: readonly number[];
}

/** `.5`, `.4.1`, `GT1-11`, `IN1-17.1` */
export function parseSibling(text: string): Sibling {
  if (text.startsWith('.')) return { text, field: null, numbers: text.slice(1).split('.').map(Number) };
  const [segment = '', rest = ''] = text.split('-');
  const [number = 0, ...numbers] = rest.split('.').map(Number);
  return { text, field: { segment, number }, numbers: numbers.length === 0 ? [1] : numbers };
}

function positionAt(parsed: Parsed, positions: Positions, leaf: number): Position {
  return (positions.plans[parsed.leaves.address[leaf] ?? -1] ?? positions.forAddress(parsed.leaves.addressOf(leaf))).position;
}

/**
 * The text of the sibling; null where it is empty. Leaves come in the order of their bytes, so a sibling is found by walking
 * towards it until the segment or the repetition ends; the indexed paths tell one repetition from the next.
 */
export function siblingText(parsed: Parsed, positions: Positions, leaf: number, sibling: Sibling): string | null {
  const here = positionAt(parsed, positions, leaf);
  // Leaves lie in the order of their numbers, so only one side can hold it, unless it is another part of the same component.
  const wanted = sibling.field?.number ?? sibling.numbers[0] ?? 1;
  const own = sibling.field === null ? (here.numbers[1] ?? 1) : (here.numbers[0] ?? 0);
  for (let step = wanted < own ? -1 : 1; step >= (wanted > own ? 1 : -1); step -= 2) {
    for (let other = leaf + step; other >= 0 && other < parsed.leaves.count; other += step) {
      const there = positionAt(parsed, positions, other);
      if (hasEnded(here, there, step, sibling)) break;
      if (isSibling(here, there, sibling) && sameStem(parsed, leaf, other, sibling)) return parsed.leaves.text(other);
    }
  }
  return null;
}

/** Numbers that run against the walk belong to the next (or the previous) occurrence of the segment or repetition. */
function hasEnded(here: Position, there: Position, step: number, sibling: Sibling): boolean {
  if (there.segment !== here.segment) return true;
  const ahead = ((there.numbers[0] ?? 0) - (here.numbers[0] ?? 0)) * step;
  return ahead < 0 || (sibling.field === null && ahead > 0);
}

function isSibling(here: Position, there: Position, { field, numbers }: Sibling): boolean {
  if (there.numbers[0] !== (field === null ? here.numbers[0] : field.number)) return false;
  for (let depth = 0; depth < numbers.length; depth++) if ((there.numbers[depth + 1] ?? 1) !== numbers[depth]) return false;
  return true;
}

function sameStem(parsed: Parsed, leaf: number, other: number, { field }: Sibling): boolean {
  const { leaves } = parsed;
  if (field !== null && leaves.ascii !== undefined)
    return !crossesLine(leaves.ascii, leaves, Math.min(leaf, other), Math.max(leaf, other));
  return stem(leaves.path(leaf), field === null) === stem(leaves.path(other), field === null);
}

/** Whether a segment ends between two leaves. Cheaper than comparing paths, which have to be written out. */
function crossesLine(bytes: Uint8Array, { start, end }: Leaves, first: number, second: number): boolean {
  const to = start[second] ?? 0;
  for (let at = end[first] ?? 0; at < to; at++) if (bytes[at] === 0x0d || bytes[at] === 0x0a) return true;
  return false;
}

/** What two leaves of one repetition (or of one segment) have in common: `PID-3[2]` of `PID-3[2].4.1`, `NK1[2]` of `NK1[2]-3.1`. */
function stem(path: string, repetition: boolean): string {
  const dash = path.indexOf('-');
  if (!repetition) return path.slice(0, dash);
  const dot = path.indexOf('.', dash);
  return dot < 0 ? path : path.slice(0, dot);
}

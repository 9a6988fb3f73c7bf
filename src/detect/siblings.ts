import type { Parsed } from '../core/format.ts';
import { type Position, positionOf } from './places.ts';

/** Where a condition looks: another component of the same repetition, or a field of the same segment. */
export interface Sibling {
  /** Segment and field; null for a component of the same repetition. */
  readonly field: { segment: string; number: number } | null;
  /** Component and subcomponent, counted from 1. */
  readonly numbers: readonly number[];
}

/** `.5`, `.4.1`, `GT1-11`, `IN1-17.1` */
export function parseSibling(text: string): Sibling {
  if (text.startsWith('.')) return { field: null, numbers: text.slice(1).split('.').map(Number) };
  const [segment = '', rest = ''] = text.split('-');
  const [number = 0, ...numbers] = rest.split('.').map(Number);
  return { field: { segment, number }, numbers: numbers.length === 0 ? [1] : numbers };
}

const positions = new WeakMap<object, Position>();

function positionAt(parsed: Parsed, leaf: number): Position {
  const address = parsed.leaves.addressOf(leaf);
  const known = positions.get(address);
  if (known !== undefined) return known;
  const made = positionOf(address);
  positions.set(address, made);
  return made;
}

/**
 * The text of the sibling, upper case; null where it is empty. Leaves come in the order of their bytes, so a sibling is found by walking
 * to both sides until the segment or the repetition ends; the indexed paths tell one repetition from the next.
 */
export function siblingText(parsed: Parsed, leaf: number, sibling: Sibling): string | null {
  for (const step of [1, -1]) {
    for (let other = leaf + step; other >= 0 && other < parsed.leaves.count; other += step) {
      const found = compare(parsed, leaf, other, sibling);
      if (found === 'end') break;
      if (found === 'hit') return parsed.leaves.text(other).trim().toUpperCase();
    }
  }
  return null;
}

function compare(parsed: Parsed, leaf: number, other: number, sibling: Sibling): 'end' | 'no' | 'hit' {
  const here = positionAt(parsed, leaf);
  const there = positionAt(parsed, other);
  if (there.segment !== here.segment) return 'end';
  const [field, ...rest] = there.numbers;
  // The walk ends where numbers run against it: that is the next (or the previous) occurrence of the segment.
  const back = other < leaf;
  const ahead = (field ?? 0) - (here.numbers[0] ?? 0);
  if (back ? ahead > 0 : ahead < 0) return 'end';
  const wanted = sibling.field === null ? here.numbers[0] : sibling.field.number;
  if (sibling.field === null && ahead !== 0) return 'end';
  if (field !== wanted || !sibling.numbers.every((number, depth) => (rest[depth] ?? 1) === number)) return 'no';
  return stem(parsed.leaves.path(leaf), sibling.field === null) === stem(parsed.leaves.path(other), sibling.field === null) ? 'hit' : 'no';
}

/** What two leaves of one repetition (or of one segment) have in common: `PID-3[2]` of `PID-3[2].4.1`, `NK1[2]` of `NK1[2]-3.1`. */
function stem(path: string, repetition: boolean): string {
  const dash = path.indexOf('-');
  if (!repetition) return path.slice(0, dash);
  const dot = path.indexOf('.', dash);
  return dot < 0 ? path : path.slice(0, dot);
}

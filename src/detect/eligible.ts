import { CharClass } from '../core/format.ts';
import type { Entry } from './entry.ts';

/** Patterns that a leaf of certain character classes can match at all. */
export interface Candidates {
  readonly entries: readonly Entry[];
  /** A shorter leaf matches none of them. */
  readonly minLength: number;
}

/** Candidates by class bits, filled as classes are met. */
export interface Eligible {
  readonly patterns: readonly Entry[];
  readonly table: (Candidates | undefined)[];
}

/** What `table` holds for classes that no pattern can match. */
export const NONE: Candidates = { entries: [], minLength: Number.POSITIVE_INFINITY };
/** Bits of the classes that tables go by. */
export const CLASSES = 4095;

/**
 * Makes tables from character classes to patterns. Most leaves then cost one array read and run nothing. Addresses with the same
 * patterns for the same subjects share a table: there are thousands of addresses and a handful of tables.
 */
export function eligibleEntries(): (patterns: readonly Entry[]) => Eligible {
  const shared = new Map<string, Eligible>();
  return (patterns) => {
    const key = patterns
      .map(({ rule, subjects }) => `${rule.id} ${subjects.map(({ subject, severity }) => `${subject} ${severity}`).join(',')}`)
      .join('|');
    const known = shared.get(key);
    if (known !== undefined) return known;
    const made: Eligible = { patterns, table: new Array<Candidates | undefined>(CLASSES + 1).fill(undefined) };
    shared.set(key, made);
    return made;
  };
}

/** The patterns a leaf with these class bits can match. */
export function candidates(eligible: Eligible, classes: number): Candidates {
  return eligible.table[classes & CLASSES] ?? fill(eligible, classes);
}

function fill({ patterns, table }: Eligible, classes: number): Candidates {
  // Through an escape (`\X40\`) any character may come; the bytes do not tell.
  const any = (classes & CharClass.escape) !== 0;
  const entries = patterns.filter(
    ({ rule: { gate } }) =>
      any || ((classes & gate.classes) === gate.classes && (gate.oneOf === 0 || (classes & gate.oneOf) !== 0)),
  );
  const made = entries.length === 0 ? NONE : { entries, minLength: Math.min(...entries.map(({ rule }) => rule.gate.minLength)) };
  table[classes & CLASSES] = made;
  return made;
}

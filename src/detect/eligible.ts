import { CharClass } from '../core/format.ts';
import type { Hits } from './automaton.ts';
import type { Gate } from './compile-rule.ts';
import type { Entry } from './entry.ts';
import type { Shape } from './shape.ts';

/**
 * Patterns that a leaf of certain character classes can match at all. Sets of them are bits by place in `entries`, 32 a word, so that what a leaf
 * costs hardly grows with the number of rules (docs/performance.md).
 */
export interface Candidates {
  readonly entries: readonly Entry[];
  /** A shorter leaf matches none of them. */
  readonly minLength: number;
  /** Those that wait for no keyword. */
  readonly free: Uint32Array;
  /** Those that a text of so many can match, by what their gates ask of its shape: a text that has more has those of the last. */
  readonly shapes: Readonly<Record<keyof Shape, readonly Uint32Array[]>>;
  /** Those that a keyword lets run, by the keyword's number. */
  readonly woken: ReadonlyMap<number, readonly number[]>;
  /** A shorter leaf wakes none of them. */
  readonly wakeLength: number;
  /** Scratch: those to run on the leaf being read. */
  readonly bits: Uint32Array;
}

/** A text that none of the patterns matched: what running them costs, and the rules on names, which hang on more than the text. */
export interface Quiet {
  readonly cost: number;
  readonly names: readonly Entry[];
}

/** Candidates by class bits, filled as classes are met. */
export interface Eligible {
  readonly patterns: readonly Entry[];
  readonly table: (Candidates | undefined)[];
}

/** What `table` holds for classes that no pattern can match. */
export const NONE: Candidates = {
  entries: [],
  minLength: Number.POSITIVE_INFINITY,
  free: new Uint32Array(0),
  shapes: { digits: [], capitals: [], letters: [] },
  woken: new Map(),
  wakeLength: Number.POSITIVE_INFINITY,
  bits: new Uint32Array(0),
};
/** Bits of the classes that tables go by. */
export const CLASSES = 4095;

/**
 * Makes tables from character classes to patterns. Most leaves then cost one array read and run nothing. Addresses with the same
 * patterns for the same subjects share a table: there are thousands of addresses and a handful of tables.
 */
export function eligibleEntries(): (patterns: readonly Entry[]) => Eligible {
  const shared = new Map<string, Eligible>();
  const numberOf = numbering();
  return (patterns) => {
    const key = patterns.map(numberOf).join(' ');
    const known = shared.get(key);
    if (known !== undefined) return known;
    const made: Eligible = { patterns, table: new Array<Candidates | undefined>(CLASSES + 1).fill(undefined) };
    shared.set(key, made);
    return made;
  };
}

/** Numbers for entries, the same for the same pattern for the same subjects: hundreds of them name a table, for every address that is met. */
function numbering(): (entry: Entry) => number {
  const alike = new Map<string, number>();
  const known = new WeakMap<Entry, number>();
  return (entry) => {
    const before = known.get(entry);
    if (before !== undefined) return before;
    const { rule, subjects } = entry;
    const told = `${rule.id} ${subjects.map(({ subject, severity }) => `${subject} ${severity}`).join(',')}`;
    const number = alike.get(told) ?? alike.size;
    alike.set(told, number);
    known.set(entry, number);
    return number;
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
  const made = entries.length === 0 ? NONE : candidatesOf(entries);
  table[classes & CLASSES] = made;
  return made;
}

function candidatesOf(entries: readonly Entry[]): Candidates {
  const gates = entries.map(({ rule }) => rule.gate);
  const waits = (gate: Gate): boolean => wordsOf(gate).length > 0;
  const size = (entries.length + 31) >> 5;
  const woken = new Map<number, number[]>();
  gates.forEach((gate, place) => {
    for (const word of wordsOf(gate)) woken.set(word, [...(woken.get(word) ?? []), place]);
  });
  return {
    entries,
    minLength: Math.min(...gates.map(({ minLength }) => minLength)),
    free: setOf(gates, size, (gate) => !waits(gate)),
    shapes: {
      digits: byShape(gates, size, 'digits'),
      capitals: byShape(gates, size, 'capitals'),
      letters: byShape(gates, size, 'letters'),
    },
    woken,
    wakeLength: Math.min(...gates.filter(waits).map(({ minLength }) => minLength)),
    bits: new Uint32Array(size),
  };
}

function setOf(gates: readonly Gate[], size: number, has: (gate: Gate) => boolean): Uint32Array {
  const bits = new Uint32Array(size);
  gates.forEach((gate, place) => {
    if (has(gate)) add(bits, place);
  });
  return bits;
}

function byShape(gates: readonly Gate[], size: number, what: keyof Shape): Uint32Array[] {
  const most = Math.max(0, ...gates.map((gate) => gate[what]));
  return Array.from({ length: most + 1 }, (_, least) => setOf(gates, size, (gate) => gate[what] <= least));
}

/** One of these is needed; of a rule that has keywords and a context, the keywords, which are fewer. */
function wordsOf({ keywords, context }: Gate): Int32Array | readonly number[] {
  return keywords ?? context?.words ?? [];
}

function add(bits: Uint32Array, place: number): void {
  bits[place >> 5] = (bits[place >> 5] ?? 0) | (1 << (place & 31));
}

/** The candidates that a text of this shape and these keywords can match: `bits`, until the next leaf. */
export function selected({ free, shapes, woken, bits }: Candidates, shape: Shape, hits: Hits | null): Uint32Array {
  bits.set(free);
  if (hits !== null) {
    for (let index = 0; index < hits.count; index++) {
      const places = woken.get(hits.found[index] ?? -1);
      if (places !== undefined) for (const place of places) add(bits, place);
    }
  }
  const digits = rowOf(shapes.digits, shape.digits);
  const capitals = rowOf(shapes.capitals, shape.capitals);
  const letters = rowOf(shapes.letters, shape.letters);
  for (let word = 0; word < bits.length; word++) {
    bits[word] = (bits[word] ?? 0) & (digits[word] ?? 0) & (capitals[word] ?? 0) & (letters[word] ?? 0);
  }
  return bits;
}

function rowOf(rows: readonly Uint32Array[], has: number): Uint32Array {
  return rows[Math.min(has, rows.length - 1)] ?? NOBODY;
}
const NOBODY = new Uint32Array(0);

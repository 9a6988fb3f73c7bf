import { CharClass } from '../core/format.ts';
import type { Hits } from './automaton.ts';
import type { Gate } from './compile-rule.ts';
import type { Entry } from './entry.ts';
import type { Shape } from './shape.ts';

/**
 * The patterns of a table, as sets by what they ask of a text. Sets are bits by place in `entries`, 32 a word, so that what a leaf costs hardly grows with
 * the number of rules (docs/performance.md).
 */
interface Sets {
  readonly entries: readonly Entry[];
  /** Those that wait for no keyword. */
  readonly free: Uint32Array;
  /** Those that a text of so many can match, by what their gates ask of its shape: a text that has more has those of the last. */
  readonly shapes: Readonly<Record<keyof Shape, readonly Uint32Array[]>>;
  /** Those that a keyword lets run, by the keyword's number. */
  readonly woken: ReadonlyMap<number, readonly number[]>;
  /** Scratch: those to run on the leaf being read. */
  readonly bits: Uint32Array;
}

/** Which of a table's patterns a leaf of certain character classes can match at all: there are hundreds of these, and each is small. */
export interface Candidates {
  readonly sets: Sets;
  readonly possible: Uint32Array;
  /** A shorter leaf matches none of them. */
  readonly minLength: number;
  /** A shorter leaf wakes none of them. */
  readonly wakeLength: number;
}

/** A text in which no pattern matched anything of a person. */
export interface Quiet {
  /** What running all of its patterns costs. */
  readonly cost: number;
  /** What has to run again: patterns that matched in it, and rules on names, which hang on more than the text. */
  readonly entries: readonly Entry[];
  /** Whether no pattern matched. */
  readonly isUnmatched: boolean;
}

/** Candidates by class bits, filled as classes are met. */
export interface Eligible {
  readonly patterns: readonly Entry[];
  readonly table: (Candidates | undefined)[];
  /** Null until a leaf can match any of the patterns. */
  sets: Sets | null;
}

/** What `table` holds for classes that no pattern can match. */
export const NONE: Candidates = {
  sets: setsOf([]),
  possible: new Uint32Array(0),
  minLength: Number.POSITIVE_INFINITY,
  wakeLength: Number.POSITIVE_INFINITY,
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
    const made: Eligible = { patterns, table: new Array<Candidates | undefined>(CLASSES + 1).fill(undefined), sets: null };
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

function fill(eligible: Eligible, classes: number): Candidates {
  // Through an escape (`\X40\`) any character may come; the bytes do not tell.
  const any = (classes & CharClass.escape) !== 0;
  const isPossible = ({ classes: all, oneOf }: Gate): boolean =>
    any || ((classes & all) === all && (oneOf === 0 || (classes & oneOf) !== 0));
  const gates = eligible.patterns.map(({ rule }) => rule.gate);
  const possible = gates.filter(isPossible);
  let made = NONE;
  if (possible.length > 0) {
    eligible.sets ??= setsOf(eligible.patterns);
    made = {
      sets: eligible.sets,
      possible: setOf(gates, isPossible),
      minLength: Math.min(...possible.map(({ minLength }) => minLength)),
      wakeLength: Math.min(...possible.filter(waits).map(({ minLength }) => minLength)),
    };
  }
  eligible.table[classes & CLASSES] = made;
  return made;
}

function setsOf(entries: readonly Entry[]): Sets {
  const gates = entries.map(({ rule }) => rule.gate);
  const woken = new Map<number, number[]>();
  gates.forEach((gate, place) => {
    for (const word of wordsOf(gate)) {
      const places = woken.get(word);
      if (places === undefined) woken.set(word, [place]);
      else places.push(place);
    }
  });
  return {
    entries,
    free: setOf(gates, (gate) => !waits(gate)),
    shapes: {
      digits: byShape(gates, 'digits'),
      capitals: byShape(gates, 'capitals'),
      letters: byShape(gates, 'letters'),
      scripts: byShape(gates, 'scripts'),
    },
    woken,
    bits: setOf(gates, () => false),
  };
}

function waits(gate: Gate): boolean {
  return wordsOf(gate).length > 0;
}

function setOf(gates: readonly Gate[], has: (gate: Gate) => boolean): Uint32Array {
  const bits = new Uint32Array((gates.length + 31) >> 5);
  gates.forEach((gate, place) => {
    if (has(gate)) add(bits, place);
  });
  return bits;
}

function byShape(gates: readonly Gate[], what: keyof Shape): Uint32Array[] {
  const most = Math.max(0, ...gates.map((gate) => gate[what]));
  return Array.from({ length: most + 1 }, (_, least) => setOf(gates, (gate) => gate[what] <= least));
}

/** One of these is needed; of a rule that has keywords and a context, the keywords, which are fewer. */
function wordsOf({ keywords, context }: Gate): Int32Array | readonly number[] {
  return keywords ?? context?.words ?? [];
}

function add(bits: Uint32Array, place: number): void {
  bits[place >> 5] = (bits[place >> 5] ?? 0) | (1 << (place & 31));
}

/** Those of the candidates that a text of this shape and these keywords can match: `sets.bits`, until the next leaf. */
export function selected({ sets, possible }: Candidates, shape: Shape, hits: Hits | null): Uint32Array {
  const { free, shapes, woken, bits } = sets;
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
  const scripts = rowOf(shapes.scripts, shape.scripts);
  for (let word = 0; word < bits.length; word++) {
    bits[word] =
      (bits[word] ?? 0) &
      (possible[word] ?? 0) &
      (digits[word] ?? 0) &
      (capitals[word] ?? 0) &
      (letters[word] ?? 0) &
      (scripts[word] ?? 0);
  }
  return bits;
}

function rowOf(rows: readonly Uint32Array[], has: number): Uint32Array {
  return rows[Math.min(has, rows.length - 1)] ?? NOBODY;
}
const NOBODY = new Uint32Array(0);

import { ALL, commonOf, has, SECOND_HALF, type SymbolSet, type Tree, treeOf, unionOf } from './pattern-tree.ts';
import {
  AT_CAPITAL,
  AT_DIGIT,
  AT_SYMBOL,
  DEPTH,
  HIGH,
  isCapital,
  isDigit,
  isLetter,
  isSmall,
  NOT_AFTER_DIGIT,
  NOT_AFTER_LETTER,
  SET,
  SYMBOLS,
} from './text-starts.ts';

/** How whatever a pattern matches begins (text-starts.ts): more texts begin so, and nothing that matches begins otherwise. */
export interface Start {
  /** Bits by pair of symbols, of the first character and the second, then of the second and the third, and so on: `DEPTH` sets one after the other. */
  readonly pairs: Uint32Array;
  /** The symbols that may stand before it. */
  readonly before: SymbolSet;
  /** The kind of the places where it may begin. */
  readonly kind: number;
}

/** How matches of a regular expression of JavaScript (flag `u`) begin. Null where that can't be told. `source` has to compile. */
export function startOf(source: string, ignoreCase: boolean): Start | null {
  const tree = treeOf(source, ignoreCase);
  if (tree === null) return null;
  const pairs = pairsOf(tree);
  const before = beforeOf(tree);
  return { pairs, before, kind: kindOf(pairs, before) };
}

/** Of a hundred pairs of small letters, so many may begin a match: of a pattern that begins with any word, one search through the text is cheaper. */
const SELECTIVE = 50;

const ALL_SYMBOLS = Array.from({ length: SYMBOLS }, (_, symbol) => symbol);
const SMALL = ALL_SYMBOLS.filter(isSmall);

/** Whether so few words begin a match that trying it at each costs less than a search. */
export function isSelective({ pairs }: Start): boolean {
  let count = 0;
  for (const first of SMALL) for (const second of SMALL) if (has(rowOf(pairs, first), second)) count++;
  return count * 100 < SMALL.length ** 2 * SELECTIVE;
}

/** The second symbols that stand behind a first one. */
function rowOf(pairs: Uint32Array, first: number): SymbolSet {
  return [pairs[first * 2] ?? 0, pairs[first * 2 + 1] ?? 0];
}

function kindOf(pairs: Uint32Array, before: SymbolSet): number {
  const begins = ALL_SYMBOLS.filter((first) => rowOf(pairs, first).some((word) => word !== 0));
  const [only] = begins;
  if (begins.length === 1 && only !== undefined) return AT_SYMBOL + only;
  const isHighOr = (holds: (symbol: number) => boolean): boolean => begins.every((symbol) => symbol === HIGH || holds(symbol));
  const lead = isHighOr(isDigit) ? AT_DIGIT : isHighOr((symbol) => isDigit(symbol) || isCapital(symbol)) ? AT_CAPITAL : 0;
  const isForbidden = (holds: (symbol: number) => boolean): boolean =>
    !ALL_SYMBOLS.some((symbol) => holds(symbol) && has(before, symbol));
  return lead | (isForbidden(isLetter) ? NOT_AFTER_LETTER : 0) | (isForbidden(isDigit) ? NOT_AFTER_DIGIT : 0);
}

/** The symbols that may stand before a match. */
function beforeOf(tree: Tree): SymbolSet {
  switch (tree.kind) {
    case 'around':
      return tree.before;
    case 'either':
      return tree.among.map(beforeOf).reduce(unionOf, [0, 0]);
    case 'sequence': {
      let all = ALL;
      for (const part of tree.parts) {
        all = commonOf(all, beforeOf(part));
        if (part.kind !== 'around') break;
      }
      return all;
    }
    case 'repeat':
      return tree.least === 0 ? ALL : beforeOf(tree.part);
    case 'any':
    case 'one':
      return ALL;
  }
}

/** A state of the automaton that reads a match: it takes a symbol of `of` and goes on to `next`; without `of` it goes on to each of `next` at once. */
interface State {
  readonly of: SymbolSet | null;
  readonly next: State[];
  /** Those that take a symbol and can be reached at once from here, once asked for. */
  reached: readonly State[] | null;
}

function state(of: SymbolSet | null, ...next: State[]): State {
  return { of, next, reached: null };
}

/** Nothing is asked any more of what comes. */
const ANYTHING = state(ALL);
ANYTHING.next.push(ANYTHING);

/**
 * Reads `tree`, then goes on to `next`. Repetitions have no most, and what is asked ahead within them (`loops`) is not asked: more is matched so, never less.
 */
function reading(tree: Tree, next: State, loops = false): State {
  switch (tree.kind) {
    case 'around':
      return tree.ahead === null || loops ? next : together(reading(tree.ahead, ANYTHING), next, DEPTH + 1, new Map());
    case 'any':
      return ANYTHING;
    case 'one':
      // A character outside the first plane has two halves.
      return state(tree.of, has(tree.of, HIGH) ? state(null, state(SECOND_HALF, next), next) : next);
    case 'either':
      return state(null, ...tree.among.map((one) => reading(one, next, loops)));
    case 'sequence':
      return tree.parts.reduceRight((behind, part) => reading(part, behind, loops), next);
    case 'repeat': {
      const { part, least, most } = tree;
      let entry = next;
      if (most > least) {
        const again = state(null, next);
        again.next.push(reading(part, again, true));
        entry = again;
      }
      // What stands behind so many of them is not reached.
      for (let count = Math.min(least, DEPTH + 1); count > 0; count--) entry = reading(part, entry, loops);
      return entry;
    }
  }
}

/** States that two readers are in at once, by both and by how many symbols are still looked at. */
type Met = Map<State, Map<State, State[]>>;

/** Reads what both read, so many symbols far. */
function together(one: State, other: State, depth: number, met: Met): State {
  if (depth === 0) return other;
  const meetings = reachedFrom(one).flatMap((first) =>
    reachedFrom(other).flatMap((second) => meet(first, second, depth, met) ?? []),
  );
  return state(null, ...meetings);
}

function meet(first: State, second: State, depth: number, met: Met): State | null {
  if (first === ANYTHING) return second;
  if (second === ANYTHING) return first;
  const of = commonOf(first.of ?? ALL, second.of ?? ALL);
  if (of[0] === 0 && of[1] === 0) return null;
  const others = met.get(first) ?? new Map<State, State[]>();
  met.set(first, others);
  const depths = others.get(second) ?? [];
  others.set(second, depths);
  const known = depths[depth];
  if (known !== undefined) return known;
  const made = state(of);
  depths[depth] = made;
  for (const one of first.next) for (const two of second.next) made.next.push(together(one, two, depth - 1, met));
  return made;
}

function reachedFrom(from: State): readonly State[] {
  if (from.reached !== null) return from.reached;
  const found = new Set<State>();
  const seen = new Set<State>([from]);
  const open = [from];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at.of !== null) found.add(at);
    else
      for (const other of at.next) {
        if (seen.has(other)) continue;
        seen.add(other);
        open.push(other);
      }
  }
  from.reached = [...found];
  return from.reached;
}

function pairsOf(tree: Tree): Uint32Array {
  const pairs = new Uint32Array(DEPTH * SET);
  let states: readonly State[] = reachedFrom(reading(tree, ANYTHING));
  for (let depth = 0; depth < DEPTH; depth++) {
    const rows = pairs.subarray(depth * SET, (depth + 1) * SET);
    const following = new Set<State>();
    for (const each of states) {
      const { of } = each;
      if (of === null) continue;
      let behind: SymbolSet = [0, 0];
      for (const other of each.next.flatMap(reachedFrom)) {
        following.add(other);
        behind = unionOf(behind, other.of ?? ALL);
      }
      for (let symbol = 0; symbol < SYMBOLS; symbol++) {
        if (!has(of, symbol)) continue;
        rows[symbol * 2] = (rows[symbol * 2] ?? 0) | behind[0];
        rows[symbol * 2 + 1] = (rows[symbol * 2 + 1] ?? 0) | behind[1];
      }
    }
    states = [...following];
  }
  return pairs;
}

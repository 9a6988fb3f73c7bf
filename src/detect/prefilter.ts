import { createLazyDfa } from './lazy-dfa.ts';
import { followsAnyWord, type Narrowed, type NfaState, reachedFrom, statesOf } from './pattern-states.ts';
import { treeOf } from './pattern-tree.ts';
import { symbolsOf } from './symbols.ts';

/** A regular expression of JavaScript (flag `u`) that compiles. */
export interface Source {
  readonly source: string;
  readonly ignoreCase: boolean;
}

/** Which of many patterns can match in a text at all: one pass over it by an automaton is cheaper than a search for each. */
export interface Prefilter {
  /** Takes the next text; nothing is read of it yet. */
  begin(text: string): void;
  /** Whether the pattern with this number can match in it: never false where it does. */
  canMatch(pattern: number): boolean;
}

/** Longer texts are searched: their symbols would have to be kept. */
const LONGEST = 262_144;

/** States of the automaton that are kept at once: 3 MB of transitions. */
const KEPT = 24_576;

/** So many letters of a word that any word is followed. */
const FOLLOWED = 5;

/** Of patterns by number; null for one that nothing is asked of. The automaton is made when a text is first asked about. */
export function createPrefilter(patterns: readonly (Source | null)[]): Prefilter {
  let automaton: Automaton | null = null;
  let text = '';
  let isRead = false;
  let read: Uint32Array | null = null;
  return {
    begin(next) {
      text = next;
      isRead = false;
    },
    canMatch(number) {
      if ((patterns[number] ?? null) === null || text.length > LONGEST) return true;
      automaton ??= automatonOf(patterns);
      if (!holds(automaton.covered, number)) return true;
      if (!isRead) read = automaton.read(text);
      isRead = true;
      return read === null || holds(read, number);
    },
  };
}

function holds(bits: Uint32Array, number: number): boolean {
  return ((bits[number >> 5] ?? 0) & (1 << (number & 31))) !== 0;
}

interface Automaton {
  /** Bits of the patterns that it tells of, 32 a word. */
  readonly covered: Uint32Array;
  /** Bits of those that can match, good until the next text; null where it can't tell. */
  read(text: string): Uint32Array | null;
}

/** A pattern that would follow each word of a text is left out: what is joined of many of those is hardly met twice. */
function automatonOf(patterns: readonly (Source | null)[]): Automaton {
  const covered = new Uint32Array((patterns.length + 31) >> 5);
  const found = new Uint32Array(covered.length);
  const narrowed: Narrowed = new Map();
  const begins: NfaState[] = [];
  for (const [number, pattern] of patterns.entries()) {
    const tree = pattern === null ? null : treeOf(pattern.source, pattern.ignoreCase);
    if (tree === null) continue;
    const begin = statesOf(tree, number);
    const first = reachedFrom([begin], narrowed);
    // What is accepted where nothing has been taken is accepted everywhere.
    if (first.some(({ to }) => to.accepts >= 0) || followsAnyWord(first, narrowed, FOLLOWED)) continue;
    begins.push(begin);
    covered[number >> 5] = (covered[number >> 5] ?? 0) | (1 << (number & 31));
  }
  const dfa = createLazyDfa(begins, narrowed, KEPT);
  return {
    covered,
    read(text) {
      found.fill(0);
      return dfa.read(symbolsOf(text), found) ? found : null;
    },
  };
}

import { type Narrowed, type NfaState, reachedFrom, type Step } from './pattern-states.ts';
import { EDGE, has, SYMBOLS, type Symbols } from './symbols.ts';

/** Reads many patterns as one automaton. */
export interface LazyDfa {
  /** Sets the bits of the patterns that can match in a text, 32 a word; returns false where it can't tell. */
  read(text: Symbols, found: Uint32Array): boolean;
}

/** A text that makes more than one state in so many characters is not worth accepting. */
const WORTH = 8;
/** After such texts, so many characters are not read. */
const PAUSE = 1_000_000;

/**
 * Of a text up to a place, the states that any of the patterns can be in are one state of the DFA, made when it is first met and kept (Thompson, CACM 11(6), 1968; as RE2 does it). At most
 * `most` of them (below 65,535) are kept, of two bytes for each symbol and their lists.
 */
export function createLazyDfa(begins: readonly NfaState[], narrowed: Narrowed, most: number): LazyDfa {
  const nfa = createNfa(reachedFrom(begins, narrowed), narrowed);
  let dfaStates: DfaState[] = [];
  /** By the sums of their states' hashes. */
  let known = new Map<number, DfaState[]>();
  /** By state and symbol one more than the number of the next state; 0 where it was not asked for. */
  let next = new Uint16Array(SYMBOLS * 64);
  /** 1 where something is accepted. */
  let accepting = new Uint8Array(64);
  let count = 0;
  let pause = 0;

  const stateOf = (reached: Reached, group: number): number => {
    const alike = known.get(reached.hash) ?? [];
    const found = alike.find((dfaState) => dfaState.group === group && nfa.holds(reached, dfaState.states));
    if (found !== undefined) return found.number;
    const number = dfaStates.length;
    if (number >= accepting.length) {
      next = longer(next, new Uint16Array(next.length * 2));
      accepting = longer(accepting, new Uint8Array(accepting.length * 2));
    }
    const states = reached.states.slice(0, reached.count);
    const made = { number, states, accepts: nfa.acceptsOf(states), group };
    known.set(reached.hash, [...alike, made]);
    dfaStates.push(made);
    accepting[number] = made.accepts.length > 0 ? 1 : 0;
    return number;
  };
  const begin = (): void => {
    dfaStates = [];
    known = new Map();
    next.fill(0);
    count = 0;
    stateOf(nfa.nothing(), nfa.groups.of[EDGE] ?? 0);
  };
  const step = (from: number, symbol: number): number => {
    const dfaState = dfaStates[from];
    const to = stateOf(nfa.after(dfaState?.states ?? NONE, dfaState?.group ?? 0, symbol), nfa.groups.of[symbol] ?? 0);
    next[from * SYMBOLS + symbol] = to + 1;
    return to;
  };
  begin();
  return {
    read({ of, length }, found) {
      if (pause > 0) {
        pause -= length;
        return false;
      }
      let at = 0;
      for (let place = 0; place < length; place++) {
        const symbol = of[place] ?? EDGE;
        const met = next[at * SYMBOLS + symbol] ?? 0;
        if (met !== 0) at = met - 1;
        else {
          at = step(at, symbol);
          if (dfaStates.length > most) {
            pause = dfaStates.length * WORTH > count + place ? PAUSE : 0;
            begin();
            return false;
          }
        }
        if (accepting[at] === 1) note(dfaStates[at]?.accepts ?? NOTHING_ACCEPTED, found);
      }
      count += length;
      return true;
    },
  };
}

const NONE = new Int32Array(0);
const NOTHING_ACCEPTED: readonly number[] = [];

/** The states of the NFA that a text up to a place can be in, as one state (subset construction). */
interface DfaState {
  readonly number: number;
  readonly states: Int32Array;
  /** The patterns that are accepted where it is reached, as pairs: a word of the bits and its bits. */
  readonly accepts: readonly number[];
  readonly group: number;
}

function longer<T extends Uint8Array | Uint16Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

function note(accepts: readonly number[], found: Uint32Array): void {
  for (let index = 0; index < accepts.length; index += 2) {
    const word = accepts[index] ?? 0;
    found[word] = (found[word] ?? 0) | (accepts[index + 1] ?? 0);
  }
}

/** States that are reached, in no order; good until the next ones. */
interface Reached {
  states: Int32Array;
  count: number;
  /** The same for the same states. */
  hash: number;
}

interface Nfa {
  /** The states after a symbol, of those before it and of matches that begin with it, behind a symbol of a group. */
  after(states: Int32Array, group: number, symbol: number): Reached;
  nothing(): Reached;
  /** Whether these are the states that were reached last. */
  holds(reached: Reached, states: Int32Array): boolean;
  /** Pairs, as a state of the DFA has them. */
  acceptsOf(states: Int32Array): readonly number[];
  readonly groups: Groups;
}

/** States by number, as tables: what is taken, where it leads, what is accepted. */
function createNfa(starts: readonly Step[], narrowed: Narrowed): Nfa {
  const groups = groupsOf(starts);
  const numbers = new Map<NfaState, number>();
  const all: NfaState[] = [];
  const low: number[] = [];
  const high: number[] = [];
  /** Threes: a state, and the two halves of the set of symbols behind which it is reached. */
  const followers: (Int32Array | undefined)[] = [];
  const firsts: (Int32Array | undefined)[] = [];
  let stamps = new Int32Array(1024);
  let stamp = 0;
  const reached: Reached = { states: new Int32Array(1024), count: 0, hash: 0 };

  const numberOf = (state: NfaState): number => {
    const known = numbers.get(state);
    if (known !== undefined) return known;
    const number = all.length;
    numbers.set(state, number);
    all.push(state);
    low.push(state.of?.[0] ?? 0);
    high.push(state.of?.[1] ?? 0);
    if (number >= stamps.length) {
      const wider = new Int32Array(stamps.length * 2);
      wider.set(stamps);
      stamps = wider;
      const states = new Int32Array(stamps.length);
      states.set(reached.states);
      reached.states = states;
    }
    return number;
  };
  const flat = (steps: readonly Step[]): Int32Array =>
    Int32Array.from(steps.flatMap(({ to, before }) => [numberOf(to), before[0], before[1]]));
  const add = (state: number): void => {
    if (stamps[state] === stamp) return;
    stamps[state] = stamp;
    reached.states[reached.count++] = state;
    reached.hash = (reached.hash + hashOf(state)) | 0;
  };
  /** Adds what is reached from a state by a symbol. */
  const step = (state: number, symbol: number): void => {
    const bit = 1 << (symbol & 31);
    if ((((symbol < 32 ? low[state] : high[state]) ?? 0) & bit) === 0) return;
    let threes = followers[state];
    if (threes === undefined) {
      threes = flat(reachedFrom(all[state]?.next ?? [], narrowed));
      followers[state] = threes;
    }
    for (let index = symbol < 32 ? 1 : 2; index < threes.length; index += 3)
      if (((threes[index] ?? 0) & bit) !== 0) add(threes[index - (symbol < 32 ? 1 : 2)] ?? 0);
  };
  const begin = (): void => {
    stamp++;
    reached.count = 0;
    reached.hash = 0;
  };
  /** What a match that begins with a symbol is in after it. */
  const firstsOf = (group: number, symbol: number): Int32Array => {
    const key = group * SYMBOLS + symbol;
    const known = firsts[key];
    if (known !== undefined) return known;
    begin();
    for (const { to, before } of starts) if (has(before, groups.first[group] ?? 0)) step(numberOf(to), symbol);
    const made = reached.states.slice(0, reached.count);
    firsts[key] = made;
    return made;
  };
  return {
    groups,
    nothing() {
      begin();
      return reached;
    },
    after(states, group, symbol) {
      const begun = firstsOf(group, symbol);
      begin();
      for (const state of begun) add(state);
      for (const state of states) step(state, symbol);
      return reached;
    },
    holds: ({ count }, states) => states.length === count && states.every((state) => stamps[state] === stamp),
    acceptsOf(states) {
      const bits = new Map<number, number>();
      for (const state of states) {
        const number = all[state]?.accepts ?? -1;
        if (number >= 0) bits.set(number >> 5, (bits.get(number >> 5) ?? 0) | (1 << (number & 31)));
      }
      return bits.size === 0 ? NOTHING_ACCEPTED : [...bits].flat();
    },
  };
}

/** Of numbers that follow each other, hashes that do not (the finalizer of MurmurHash3). */
function hashOf(state: number): number {
  let hash = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** Symbols behind which the same matches can begin are one group: the group of each, and a symbol of each group. */
interface Groups {
  readonly of: readonly number[];
  readonly first: readonly number[];
}

function groupsOf(starts: readonly Step[]): Groups {
  const numbers = new Map<string, number>();
  const first: number[] = [];
  const of = Array.from({ length: SYMBOLS }, (_, symbol) => {
    const key = starts.map(({ before }) => (has(before, symbol) ? '1' : '0')).join('');
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, first.length);
    first.push(symbol);
    return first.length - 1;
  });
  return { of, first };
}

import { type Narrowed, reachedFrom, type State, type Step } from './pattern-states.ts';
import { EDGE, has, SYMBOLS, type Symbols } from './symbols.ts';

/** Reads many patterns as one automaton. */
export interface LazyDfa {
  /** Sets the bits of the patterns that can match in a text, 32 a word; returns false where it can't tell. */
  read(text: Symbols, found: Uint32Array): boolean;
}

/** A text that makes more than one state in so many characters is not worth reading. */
const WORTH = 8;
/** After such texts, so many characters are not read. */
const PAUSE = 1_000_000;

/**
 * Of a text up to a place, the states that any of the patterns can be in are one state of the whole, made when it is first met and kept (Thompson, CACM 11(6), 1968; as RE2 does it). At most
 * `most` of them (below 65,535) are kept, of two bytes for each symbol and their lists.
 */
export function createLazyDfa(begins: readonly State[], narrowed: Narrowed, most: number): LazyDfa {
  const nfa = createNfa(reachedFrom(begins, narrowed), narrowed);
  let joints: Joint[] = [];
  /** By the sums of their states' hashes. */
  let known = new Map<number, Joint[]>();
  /** By state and symbol one more than the number of the next state; 0 where it was not asked for. */
  let next = new Uint16Array(SYMBOLS * 64);
  /** 1 where something is read. */
  let reading = new Uint8Array(64);
  let count = 0;
  let pause = 0;

  const join = (reached: Reached, group: number): number => {
    const alike = known.get(reached.hash) ?? [];
    const found = alike.find((joint) => joint.group === group && nfa.holds(reached, joint.states));
    if (found !== undefined) return found.number;
    const number = joints.length;
    if (number >= reading.length) {
      next = longer(next, new Uint16Array(next.length * 2));
      reading = longer(reading, new Uint8Array(reading.length * 2));
    }
    const states = reached.states.slice(0, reached.count);
    const made = { number, states, reads: nfa.readsOf(states), group };
    known.set(reached.hash, [...alike, made]);
    joints.push(made);
    reading[number] = made.reads.length > 0 ? 1 : 0;
    return number;
  };
  const begin = (): void => {
    joints = [];
    known = new Map();
    next.fill(0);
    count = 0;
    join(nfa.nothing(), nfa.groups.of[EDGE] ?? 0);
  };
  const step = (from: number, symbol: number): number => {
    const joint = joints[from];
    const to = join(nfa.after(joint?.states ?? NONE, joint?.group ?? 0, symbol), nfa.groups.of[symbol] ?? 0);
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
          if (joints.length > most) {
            pause = joints.length * WORTH > count + place ? PAUSE : 0;
            begin();
            return false;
          }
        }
        if (reading[at] === 1) note(joints[at]?.reads ?? NOTHING_READ, found);
      }
      count += length;
      return true;
    },
  };
}

const NONE = new Int32Array(0);
const NOTHING_READ: readonly number[] = [];

/** The states that a text up to a place can be in, as one. */
interface Joint {
  readonly number: number;
  readonly states: Int32Array;
  /** What is read where it is reached, as pairs: a word of the bits and its bits. */
  readonly reads: readonly number[];
  readonly group: number;
}

function longer<T extends Uint8Array | Uint16Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

function note(reads: readonly number[], found: Uint32Array): void {
  for (let index = 0; index < reads.length; index += 2) {
    const word = reads[index] ?? 0;
    found[word] = (found[word] ?? 0) | (reads[index + 1] ?? 0);
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
  /** Pairs, as a joint has them. */
  readsOf(states: Int32Array): readonly number[];
  readonly groups: Groups;
}

/** States by number, as tables: what is taken, where it leads, what is read. */
function createNfa(starts: readonly Step[], narrowed: Narrowed): Nfa {
  const groups = groupsOf(starts);
  const numbers = new Map<State, number>();
  const all: State[] = [];
  const low: number[] = [];
  const high: number[] = [];
  /** Threes: a state, and the two halves of the set of symbols behind which it is reached. */
  const followers: (Int32Array | undefined)[] = [];
  const firsts: (Int32Array | undefined)[] = [];
  let stamps = new Int32Array(1024);
  let stamp = 0;
  const reached: Reached = { states: new Int32Array(1024), count: 0, hash: 0 };

  const numberOf = (state: State): number => {
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
    readsOf(states) {
      const bits = new Map<number, number>();
      for (const state of states) {
        const number = all[state]?.reads ?? -1;
        if (number >= 0) bits.set(number >> 5, (bits.get(number >> 5) ?? 0) | (1 << (number & 31)));
      }
      return bits.size === 0 ? NOTHING_READ : [...bits].flat();
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

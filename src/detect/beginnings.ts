import type { Pattern } from './pattern.ts';
import type { Start } from './pattern-start.ts';
import { DEPTH, isLetter, LONGEST, pairsIn, SYMBOLS } from './text-starts.ts';

/**
 * Which patterns begin somewhere in a text at all, 32 of them at once: most begin nowhere, and what they are is not even looked at (docs/performance.md).
 * Patterns are numbered; what is not told of how they begin has no number.
 */
export interface Beginnings {
  readonly numbers: ReadonlyMap<Pattern, number>;
  /** Words of a set of patterns. */
  readonly words: number;
  /** Bits by pattern, for each pair of symbols at each depth; and for each symbol before. */
  readonly pairs: Uint32Array;
  readonly before: Uint32Array;
  /** Bits of the patterns that may begin behind a letter: within words hardly any. */
  readonly within: Uint32Array;
  /** Scratch: of the patterns asked for, those not met yet and those that were, and the first place of each of these. */
  readonly wanted: Uint32Array;
  readonly met: Uint32Array;
  readonly first: Int32Array;
  readonly live: Int32Array;
  readonly liveWithin: Int32Array;
}

const PAIRS = SYMBOLS * SYMBOLS;

/** Of patterns in the order given: those that are asked for together should stand together. */
export function beginningsOf(patterns: readonly Pattern[]): Beginnings {
  const told = patterns.filter(({ start }) => start !== undefined);
  const words = (told.length + 31) >> 5;
  const made: Beginnings = {
    numbers: new Map(told.map((pattern, number) => [pattern, number])),
    words,
    pairs: new Uint32Array(DEPTH * PAIRS * words),
    before: new Uint32Array(SYMBOLS * words),
    within: new Uint32Array(words),
    wanted: new Uint32Array(words),
    met: new Uint32Array(words),
    first: new Int32Array(told.length),
    live: new Int32Array(words),
    liveWithin: new Int32Array(words),
  };
  for (const [number, { start }] of told.entries()) {
    if (start === undefined) continue;
    // Sets of pairs stand one behind the other, here as there.
    for (const place of placesOf(start.pairs)) add(made.pairs, place * words, number);
    for (const symbol of placesOf(start.before)) add(made.before, symbol * words, number);
    if (beginsWithin(start)) add(made.within, 0, number);
  }
  return made;
}

/** Whether it may begin behind a letter. */
export function beginsWithin({ before }: Start): boolean {
  for (const symbol of placesOf(before)) if (isLetter(symbol)) return true;
  return false;
}

function* placesOf(set: Iterable<number>): Generator<number> {
  let from = 0;
  for (const word of set) {
    for (let left = word | 0; left !== 0; left &= left - 1) yield from + 31 - Math.clz32(left & -left);
    from += 32;
  }
}

function add(bits: Uint32Array, row: number, number: number): void {
  const place = row + (number >> 5);
  bits[place] = (bits[place] ?? 0) | (1 << (number & 31));
}

/** Whether a text is of those that can be asked. */
export function mayAsk(text: string): boolean {
  return text.length <= LONGEST;
}

/** Leaves in `met` those of `wanted` that may begin somewhere in the text, and in `first` where; `wanted` is spent. */
export function meetIn(text: string, beginnings: Beginnings): void {
  const { words, pairs, before, within, wanted, met, live, liveWithin } = beginnings;
  met.fill(0);
  let count = 0;
  let countWithin = 0;
  for (let word = 0; word < words; word++) {
    const bits = wanted[word] ?? 0;
    if (bits === 0) continue;
    live[count++] = word;
    if ((bits & (within[word] ?? 0)) !== 0) liveWithin[countWithin++] = word;
  }
  const symbols = pairsIn(text);
  const { length } = text;
  for (let place = 0; place < length; place++) {
    const row = (symbols[place + 1] ?? 0) * words;
    const previous = (symbols[place] ?? 0) >> 6;
    const isWithin = isLetter(previous);
    const list = isWithin ? liveWithin : live;
    const many = isWithin ? countWithin : count;
    for (let index = 0; index < many; index++) {
      const word = list[index] ?? 0;
      let bits = (wanted[word] ?? 0) & (pairs[row + word] ?? 0);
      if (bits === 0) continue;
      for (let depth = 1; depth < DEPTH; depth++)
        bits &= pairs[(depth * PAIRS + (symbols[place + 1 + depth] ?? 0)) * words + word] ?? 0;
      bits &= before[previous * words + word] ?? 0;
      if (bits !== 0) meet(beginnings, word, bits, place);
    }
  }
}

function meet({ wanted, met, first }: Beginnings, word: number, bits: number, place: number): void {
  met[word] = (met[word] ?? 0) | bits;
  wanted[word] = (wanted[word] ?? 0) & ~bits;
  for (let left = bits; left !== 0; left &= left - 1) first[word * 32 + 31 - Math.clz32(left & -left)] = place;
}

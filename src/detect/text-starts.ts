/**
 * Where in a text a pattern may begin, told by the characters from there on and the one before. Characters are told apart as far as it helps: letters of ASCII (rare ones
 * together), digits as dates and ages begin with them, everything outside ASCII together.
 */
export const SYMBOLS = 64;
/** Symbols before it are capitals; from it on, before the digits, small letters. */
const SMALL = 24;
const DIGITS = 47;
const AFTER_DIGITS = 53;
export const HIGH = 61;
/** The second half of a character outside the first plane: nothing begins there. */
export const TRAIL = 62;
/** What stands before the first character and behind the last. */
export const EDGE = 63;

const CONTROL = 54;
const PUNCTUATION = 55;
const GROUPS: readonly (readonly [first: number, groups: readonly string[]])[] = [
  [0, ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P', 'QXZ', 'R', 'S', 'T', 'U', 'V', 'W', 'Y']],
  [SMALL, ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'jqxz', 'k', 'l', 'm', 'n', 'o', 'p', 'r', 's', 't', 'u', 'v', 'w', 'y']],
  [DIGITS, ['0', '1', '2', '3', '45678', '9']],
  [AFTER_DIGITS, [' ']],
  [56, ['.', ',', '-', '/', ':#']],
];

/** The symbol of each character of ASCII. */
export const SYMBOL_OF: Uint8Array = symbols();

function symbols(): Uint8Array {
  const made = new Uint8Array(128).fill(PUNCTUATION);
  made.fill(CONTROL, 0, 0x20);
  made[0x7f] = CONTROL;
  for (const [first, groups] of GROUPS) {
    for (const [place, group] of groups.entries()) for (const character of group) made[character.charCodeAt(0)] = first + place;
  }
  return made;
}

export function isCapital(symbol: number): boolean {
  return symbol < SMALL;
}

export function isSmall(symbol: number): boolean {
  return symbol >= SMALL && symbol < DIGITS;
}

export function isLetter(symbol: number): boolean {
  return symbol < DIGITS;
}

export function isDigit(symbol: number): boolean {
  return symbol >= DIGITS && symbol < AFTER_DIGITS;
}

/** Kinds of places: where no letter stands before, where no digit does, and what is the first character: a capital or a digit, or a digit; or outside ASCII. */
export const NOT_AFTER_LETTER = 1;
export const NOT_AFTER_DIGIT = 2;
export const AT_CAPITAL = 4;
export const AT_DIGIT = 8;
/** Beyond these: where one symbol stands, its number added. */
export const AT_SYMBOL = 12;

/** Pairs of symbols one behind the other that are looked at: five characters. */
export const DEPTH = 4;
/** Words of a set of pairs: two for each first symbol. */
export const SET = (SYMBOLS * SYMBOLS) / 32;

/** Places in a text where something may begin, ascending. */
export interface Starts {
  at: Int32Array;
  count: number;
}

/** Longer texts are not read so: their places would take many times as much memory. */
export const LONGEST = 65_536;

/** One text after the other is read, each by many patterns: what is known of the last one is kept. */
let known: string | null = null;
const lists: readonly Starts[] = Array.from({ length: AT_SYMBOL + SYMBOLS }, () => ({ at: new Int32Array(0), count: -1 }));
const NONE: Starts = { at: new Int32Array(0), count: 0 };

/** The pair of symbols at each place of the text read last (first times 64 and second), one further on: first that of the edge, and `DEPTH` behind the end. */
let pairs = new Uint16Array(1024);

/** The places of a kind (bits as above) in a text of up to `LONGEST` characters. Good until the next text, as `beginsAt` is. */
export function startsOf(text: string, kind: number): Starts {
  if (text !== known) read(text);
  const list = lists[kind] ?? NONE;
  if (list.count < 0) fill(list, kind, text.length);
  return list;
}

/** Whether the text that was read last goes on from a place as `sets` ask, `DEPTH` sets of bits by pair, behind a symbol of `before`. */
export function beginsAt(place: number, sets: Uint32Array, before: readonly [low: number, high: number]): boolean {
  for (let depth = 0; depth < DEPTH; depth++) {
    const pair = pairs[place + 1 + depth] ?? 0;
    if (((sets[depth * SET + (pair >> 5)] ?? 0) & (1 << (pair & 31))) === 0) return false;
  }
  const symbol = (pairs[place] ?? 0) >> 6;
  return (before[symbol < 32 ? 0 : 1] & (1 << (symbol & 31))) !== 0;
}

function read(text: string): void {
  known = text;
  const { length } = text;
  if (pairs.length < length + 1 + DEPTH) pairs = new Uint16Array((length + 1 + DEPTH) * 2);
  let before = EDGE;
  for (let index = 0; index < length; index++) {
    const symbol = symbolAt(text, index);
    pairs[index] = before * SYMBOLS + symbol;
    before = symbol;
  }
  pairs[length] = before * SYMBOLS + EDGE;
  pairs.fill(EDGE * SYMBOLS + EDGE, length + 1, length + 1 + DEPTH);
  for (const list of lists) list.count = -1;
}

function symbolAt(text: string, index: number): number {
  const code = text.charCodeAt(index);
  if (code < 128) return SYMBOL_OF[code] ?? PUNCTUATION;
  const isSecondHalf = (code & 0xfc00) === 0xdc00 && index > 0 && (text.charCodeAt(index - 1) & 0xfc00) === 0xd800;
  return isSecondHalf ? TRAIL : HIGH;
}

function fill(list: Starts, kind: number, length: number): void {
  if (list.at.length < length) list.at = new Int32Array(pairs.length);
  const { at } = list;
  const befores = BEFORES[kind] ?? ALL_SYMBOLS;
  const firsts = FIRSTS[kind] ?? ALL_SYMBOLS;
  let count = 0;
  for (let index = 0; index < length; index++) {
    const pair = pairs[index] ?? 0;
    if (firsts[pair & 63] === 1 && befores[pair >> 6] === 1) at[count++] = index;
  }
  list.count = count;
}

const ALL_SYMBOLS = tableOf(() => true);

/** By kind: which symbols may stand before a place, and which at it. */
const BEFORES = kindsOf((kind) =>
  tableOf(
    (symbol) =>
      kind >= AT_SYMBOL ||
      (((kind & NOT_AFTER_LETTER) === 0 || symbol >= DIGITS) && ((kind & NOT_AFTER_DIGIT) === 0 || !isDigit(symbol))),
  ),
);
const FIRSTS = kindsOf((kind) =>
  tableOf((symbol) => {
    if (kind >= AT_SYMBOL) return symbol === kind - AT_SYMBOL;
    if (symbol === TRAIL) return false;
    if (symbol === HIGH || isDigit(symbol) || (kind & (AT_CAPITAL | AT_DIGIT)) === 0) return true;
    return (kind & AT_CAPITAL) !== 0 && isCapital(symbol);
  }),
);

function kindsOf(make: (kind: number) => Uint8Array): readonly Uint8Array[] {
  return Array.from({ length: AT_SYMBOL + SYMBOLS }, (_, kind) => make(kind));
}

function tableOf(holds: (symbol: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: SYMBOLS }, (_, symbol) => (holds(symbol) ? 1 : 0));
}

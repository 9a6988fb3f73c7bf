/**
 * What characters are told apart by where hundreds of patterns are read as one automaton (prefilter.ts): letters of ASCII (rare ones together), digits as
 * dates and ages begin with them, everything outside ASCII together.
 */
export const SYMBOLS = 64;
/** A character outside ASCII, or the first half of one outside the first plane. */
export const HIGH = 61;
/** The second half of a character outside the first plane. */
export const TRAIL = 62;
/** What stands before the first character and behind the last. */
export const EDGE = 63;

const CONTROL = 54;
const PUNCTUATION = 55;
const GROUPS: readonly (readonly [first: number, groups: readonly string[]])[] = [
  [0, ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P', 'QXZ', 'R', 'S', 'T', 'U', 'V', 'W', 'Y']],
  [24, ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'jqxz', 'k', 'l', 'm', 'n', 'o', 'p', 'r', 's', 't', 'u', 'v', 'w', 'y']],
  [47, ['0', '1', '2', '3', '45678', '9']],
  [53, [' ']],
  [56, ['.', ',', '-', '/', ':#']],
];

/** The symbol of each character of ASCII. */
export const SYMBOL_OF: Uint8Array = tableOfSymbols();

function tableOfSymbols(): Uint8Array {
  const made = new Uint8Array(128).fill(PUNCTUATION);
  made.fill(CONTROL, 0, 0x20);
  made[0x7f] = CONTROL;
  for (const [first, groups] of GROUPS) {
    for (const [place, group] of groups.entries()) for (const character of group) made[character.charCodeAt(0)] = first + place;
  }
  return made;
}

/** The symbols of a text, that of its end behind the last: `length` of them. Good until the next text is read. */
export interface Symbols {
  of: Uint8Array;
  length: number;
}

/** One text after the other is read, each for many patterns. */
const symbols: Symbols = { of: new Uint8Array(1024), length: 0 };

export function symbolsOf(text: string): Symbols {
  const { length } = text;
  if (symbols.of.length <= length) symbols.of = new Uint8Array(length * 2);
  const { of } = symbols;
  let before = 0;
  for (let place = 0; place < length; place++) {
    const code = text.charCodeAt(place);
    of[place] = code < 128 ? (SYMBOL_OF[code] ?? PUNCTUATION) : symbolBeyond(code, before);
    before = code;
  }
  of[length] = EDGE;
  symbols.length = length + 1;
  return symbols;
}

function symbolBeyond(code: number, before: number): number {
  return (code & 0xfc00) === 0xdc00 && (before & 0xfc00) === 0xd800 ? TRAIL : HIGH;
}

/** Symbols 0 to 31, and 32 to 63, as bits. */
export type SymbolSet = readonly [low: number, high: number];

export const ALL: SymbolSet = [-1, -1];
export const NO_SYMBOL: SymbolSet = [0, 0];

export function setOf(symbols: readonly number[]): SymbolSet {
  const set: [number, number] = [0, 0];
  for (const symbol of symbols) set[symbol < 32 ? 0 : 1] |= 1 << (symbol & 31);
  return set;
}

export function has(set: SymbolSet, symbol: number): boolean {
  return (set[symbol < 32 ? 0 : 1] & (1 << (symbol & 31))) !== 0;
}

export function isEmpty(set: SymbolSet): boolean {
  return (set[0] | set[1]) === 0;
}

export function isSame(one: SymbolSet, other: SymbolSet): boolean {
  return one[0] === other[0] && one[1] === other[1];
}

export function unionOf(one: SymbolSet, other: SymbolSet): SymbolSet {
  return [one[0] | other[0], one[1] | other[1]];
}

export function commonOf(one: SymbolSet, other: SymbolSet): SymbolSet {
  return [one[0] & other[0], one[1] & other[1]];
}

import type { Tree } from './pattern-tree.ts';
import { has, SYMBOL_OF, SYMBOLS, type SymbolSet } from './symbols.ts';

/** How often characters are met in clinical text, roughly, of a thousand: of two things that a text has to hold, the rarer is looked for. */
const OFTEN: readonly (readonly [characters: string, share: number])[] = [
  [' ', 150],
  ['etaoinsr', 60],
  ['hldcumfpgwybv', 20],
  ['kxjqz', 3],
  ['ABCDEFGHIJKLMNOPQRSTUVWXYZ', 2],
  ['0123456789', 4],
  ['.,-/:#', 8],
];

const SHARES = shares();

function shares(): Float64Array {
  const made = new Float64Array(SYMBOLS).fill(2);
  const listed = new Float64Array(SYMBOLS);
  for (const [characters, share] of OFTEN)
    for (const character of characters) {
      const symbol = SYMBOL_OF[character.charCodeAt(0)] ?? 0;
      listed[symbol] = (listed[symbol] ?? 0) + share;
    }
  return made.map((share, symbol) => (listed[symbol] === 0 ? share : (listed[symbol] ?? 0)));
}

/** How seldom a text holds what the tree matches, in bits: sums over sequences, the least of alternatives. */
export function weightOf(tree: Tree): number {
  switch (tree.kind) {
    case 'one':
      return weightOfSet(tree.of);
    case 'sequence':
      return weightOfAll(tree.parts);
    case 'either':
      return Math.min(...tree.among.map(weightOf));
    case 'repeat':
      return tree.least === 0 ? 0 : tree.least * weightOf(tree.part);
    case 'around':
      // What comes next is told by the parts behind it as well.
      return tree.coming === null ? 0 : weightOf(tree.coming) / 2;
    case 'any':
      return 0;
  }
}

export function weightOfAll(parts: readonly Tree[]): number {
  return parts.reduce((sum, part) => sum + weightOf(part), 0);
}

function weightOfSet(of: SymbolSet): number {
  let share = 0;
  for (let symbol = 0; symbol < SYMBOLS; symbol++) if (has(of, symbol)) share += SHARES[symbol] ?? 0;
  return share === 0 ? 100 : Math.max(0, -Math.log2(share / 1000));
}

/** A stream of pseudo-random choices that the same seed and name always repeat. Not for keys, ids or anything secret. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** Both ends included. */
  int(from: number, to: number): number;
  /** One of the list; throws RangeError when it is empty. */
  pick<T>(list: readonly T[]): T;
  chance(probability: number): boolean;
}

/** FNV-1a over UTF-16 units: spreads a stream's name over the seed. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value >>> 0;
}

/**
 * sfc32 (Chris Doty-Humphrey's small fast counter, 128 bits of state). Each part of the demo draws from a stream of its own name,
 * so that a change to one feed leaves the bytes of the others as they were.
 */
export function createRandom(seed: number, name: string): Random {
  let a = seed >>> 0;
  let b = hash(name);
  let c = hash(`${name}/${seed}`);
  let counter = 1;
  const next = (): number => {
    const result = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + result) | 0;
    return (result >>> 0) / 0x1_0000_0000;
  };
  for (let round = 0; round < 12; round++) next();

  const int = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    int,
    pick: (list) => {
      const chosen = list[int(0, list.length - 1)];
      if (chosen === undefined) throw new RangeError('nothing to pick from: the list is empty');
      return chosen;
    },
    chance: (probability) => next() < probability,
  };
}

/** What a guess costs. N is the number of blocks (a power of two), r their size, p how often. */
export interface ScryptCost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** OWASP Password Storage Cheat Sheet (scrypt): 128 MiB for each guess. In a file of its own, so that tests put a cheaper one in its place. */
export const COST: ScryptCost = { N: 2 ** 17, r: 8, p: 1 };

/** One measured ratio of two ways to do the same thing in the same run, so that the machine's speed cancels out. */
export interface Ratio {
  readonly name: string;
  /** What is divided by what, in words. */
  readonly of: string;
  readonly ratio: number;
  /** What the issue asks for; null where it only has to be known. */
  readonly bar: number | null;
  readonly ours: number;
  readonly theirs: number;
  readonly unit: string;
}

/** Runs `work` for at least `milliseconds` after a warm-up of a quarter of it; returns calls per second. */
export function rate(work: () => void, milliseconds: number): number {
  spend(work, milliseconds / 4);
  return spend(work, milliseconds);
}

function spend(work: () => void, milliseconds: number): number {
  const start = performance.now();
  let calls = 0;
  let elapsed = 0;
  do {
    for (let index = 0; index < 20; index++) work();
    calls += 20;
    elapsed = performance.now() - start;
  } while (elapsed < milliseconds);
  return (calls / elapsed) * 1000;
}

/** Alternates `a` and `b` over `rounds` and returns the median of each: a machine that drifts, drifts for both. */
export function compare(a: () => void, b: () => void, rounds = 5, milliseconds = 800): { a: number; b: number } {
  const as: number[] = [];
  const bs: number[] = [];
  for (let round = 0; round < rounds; round++) {
    as.push(rate(a, milliseconds));
    bs.push(rate(b, milliseconds));
  }
  return { a: median(as), b: median(bs) };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** The p-th percentile (0 to 100) of values. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * p) / 100))] ?? Number.NaN;
}

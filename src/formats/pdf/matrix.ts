/** A transformation (ISO 32000-1 §8.3.3): x' = a·x + c·y + e, y' = b·x + d·y + f. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

export const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

/** First `inner`, then `outer`. */
export function multiply(inner: Matrix, outer: Matrix): Matrix {
  const [a, b, c, d, e, f] = inner;
  const [p, q, r, s, t, u] = outer;
  return [a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u];
}

/** Six numbers as a matrix; the identity for anything else. */
export function matrixOf(numbers: readonly number[]): Matrix {
  const [a = Number.NaN, b = 0, c = 0, d = 0, e = 0, f = Number.NaN] = numbers;
  return numbers.slice(0, 6).every(Number.isFinite) && Number.isFinite(a) && Number.isFinite(f) ? [a, b, c, d, e, f] : IDENTITY;
}

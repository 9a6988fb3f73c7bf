/** The index of the last of `count` rising numbers that is no greater than a value; -1 where all are. */
export function lastBefore(rising: ArrayLike<number>, count: number, value: number): number {
  let low = -1;
  for (let high = count; high - low > 1; ) {
    const middle = (low + high) >> 1;
    if ((rising[middle] ?? 0) <= value) low = middle;
    else high = middle;
  }
  return low;
}

/** A number below `size`, the same for the same number, without a pattern that a reader would see. */
export function scattered(number: number, size: number): number {
  let mixed = Math.imul(number ^ (number >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return ((mixed ^ (mixed >>> 16)) >>> 0) % size;
}

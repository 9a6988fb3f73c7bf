/**
 * Several sorted streams as one, each read no further than it is needed. Holds one item of each.
 *
 * @param compare below 0 where the first comes before the second; of equal ones the earlier stream's comes first
 */
export async function* mergeSorted<T>(streams: readonly AsyncIterable<T>[], compare: (a: T, b: T) => number): AsyncGenerator<T> {
  const readers = streams.map((stream) => stream[Symbol.asyncIterator]());
  const heads: { readonly value: T; readonly reader: AsyncIterator<T> }[] = [];
  for (const reader of readers) {
    const first = await reader.next();
    if (first.done !== true) heads.push({ value: first.value, reader });
  }
  while (heads.length > 0) {
    const index = heads.reduce((best, head, at) => (compare(head.value, (heads[best] ?? head).value) < 0 ? at : best), 0);
    const head = heads[index];
    if (head === undefined) return;
    yield head.value;
    const next = await head.reader.next();
    if (next.done === true) heads.splice(index, 1);
    else heads[index] = { value: next.value, reader: head.reader };
  }
}

/** Items in groups of at most `size`. */
export async function* inChunks<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<readonly T[]> {
  let chunk: T[] = [];
  for await (const item of items) {
    chunk.push(item);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

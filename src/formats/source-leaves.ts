import type { Leaves } from '../core/format.ts';
import { addressById } from './address-book.ts';
import type { Columns } from './columns.ts';
import type { Mapped } from './text/mapped.ts';
import type { Source } from './text/source.ts';

/** The part of leaves that is the same in every format whose tokenizer reads a source: their columns, at offsets of the body as received. */
export function columnsOf(
  source: Source,
  { count, address, classes, start, end }: Columns,
): Pick<Leaves, 'count' | 'address' | 'classes' | 'start' | 'end' | 'ascii' | 'addressOf'> {
  const { transcoded, buffer } = source;
  return {
    count,
    address,
    classes,
    start: transcoded ? start.map((offset) => source.origin(offset)) : start,
    end: transcoded ? end.map((offset) => source.origin(offset)) : end,
    // Offsets of a body that was transcoded point into UTF-16.
    ascii: transcoded ? undefined : buffer,
    addressOf: (leaf) => addressById(address[leaf] ?? -1),
  };
}

/** `Leaves.spanOf` of leaves whose text was made of bytes: what was mapped last is kept, since a leaf is asked for each of its matches. */
export function spansBy(source: Source, mappedOf: (leaf: number) => Mapped): Leaves['spanOf'] {
  let located: { leaf: number; mapped: Mapped } | null = null;
  return (leaf, from, to) => {
    if (located?.leaf !== leaf) located = { leaf, mapped: mappedOf(leaf) };
    const found = located.mapped.find(from, to);
    return found === null ? null : { start: source.origin(found.start), end: source.origin(found.end) };
  };
}

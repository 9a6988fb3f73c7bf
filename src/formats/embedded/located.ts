import type { Leaves } from '../../core/format.ts';
import type { Mapped } from '../text/mapped.ts';
import type { Candidate, Locate } from './candidate.ts';
import type { Joined } from './lines.ts';

/** Where the bytes (UTF-8) of a document came from that was made of a leaf's text. */
export function locatedBy(leaves: Leaves, leaf: number, said: Mapped): Locate {
  return through(said, (from, to) => leaves.spanOf(leaf, from, to));
}

/** A document that was made of lines which are read as text as well. */
export function madeOf(leaf: number, said: Mapped, { spans, find }: Pick<Joined, 'spans' | 'find'>): Candidate {
  return {
    leaf,
    sealed: [],
    spans,
    bytes: Buffer.from(said.text),
    makesSense: true,
    isReadAnyway: true,
    locate: through(said, find),
  };
}

function through(said: Mapped, inBody: Locate): Locate {
  return byBytes(said.text, (from, to) => {
    const found = said.find(from, to);
    return found === null ? null : inBody(found.start, found.end);
  });
}

/** `find` by places of a text's UTF-16 units, for places of its bytes in UTF-8. */
export function byBytes(text: string, find: Locate): Locate {
  let units: Int32Array | null = null;
  return (from, to) => {
    units ??= unitsOf(Buffer.from(text));
    return find(units[from] ?? 0, units[to] ?? text.length);
  };
}

/** For each byte of UTF-8, and for the end, which unit of UTF-16 begins there or before. */
function unitsOf(bytes: Buffer): Int32Array {
  const units = new Int32Array(bytes.length + 1);
  let unit = -1;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if ((byte & 0xc0) !== 0x80) unit++;
    units[at] = unit;
    // Four bytes are two units.
    if (byte >= 0xf0) unit++;
  }
  units[bytes.length] = unit + 1;
  return units;
}

import type { Character } from '../characters.ts';
import { lastBefore } from '../last-before.ts';
import type { Source } from './source.ts';

/** Where a stretch of the working buffer that is not ASCII begins, and where it lies in the body: two numbers an entry, rising. */
interface Points {
  readonly working: Int32Array;
  readonly body: Int32Array;
  readonly count: number;
}

/**
 * A body in a set whose characters take bytes that mean something else alone (a vertical bar within a Chinese character), as UTF-8: one scanner then reads
 * it. `characters` are those of the source, in order; bytes that stand for none are left out. Offsets map back to whole characters, escape sequences before one included.
 */
export function transcodeCharacters(source: Source, characters: Iterable<Character>): Source {
  const { buffer: original } = source;
  let out = Buffer.allocUnsafe(original.length + (original.length >> 1) + 16);
  let points: Points = { working: new Int32Array(1024), body: new Int32Array(1024), count: 0 };
  let to = 0;
  let linear = true;
  let before = 0;
  for (const { from, to: end, text } of characters) {
    const isPlain = end - from === 1 && text.length === 1 && text.charCodeAt(0) < 0x80;
    // Between two points of plain text, offsets rise together, as long as nothing is left out.
    if (!isPlain || !linear || from !== before) points = addPoint(points, to, source.origin(from));
    linear = isPlain;
    before = end;
    if (to + text.length * 3 > out.length) out = Buffer.concat([out], out.length * 2);
    to += isPlain ? out.writeUInt8(text.charCodeAt(0), to) - to : out.write(text, to, 'utf8');
  }
  const { working, body, count } = points;
  const length = to;
  return {
    buffer: out.subarray(0, length),
    transcoded: true,
    bytes: source.bytes,
    undecodable: source.undecodable,
    origin(offset) {
      if (offset >= length) return source.bytes;
      const at = lastBefore(working, count, offset);
      if (at < 0) return source.origin(offset);
      const begin = working[at] ?? 0;
      const isCharacter = (out[begin] ?? 0) >= 0x80;
      return (body[at] ?? 0) + (isCharacter ? 0 : offset - begin);
    },
  };
}

function addPoint(points: Points, working: number, body: number): Points {
  const { count } = points;
  const room = count < points.working.length;
  const grown = room ? points : { working: doubled(points.working), body: doubled(points.body), count };
  grown.working[count] = working;
  grown.body[count] = body;
  return { ...grown, count: count + 1 };
}

function doubled(numbers: Int32Array): Int32Array {
  const larger = new Int32Array(numbers.length * 2);
  larger.set(numbers);
  return larger;
}

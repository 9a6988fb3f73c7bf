import type { Character } from '../characters.ts';
import type { ByteTable } from '../charset.ts';
import { plain } from '../text/utf8.ts';
import { charactersOfBytes, type Escaped } from './encoded-bytes.ts';

const [LF, CR, SPACE, TAB, EQUALS] = [0x0a, 0x0d, 0x20, 0x09, 0x3d];

/** A line of quoted-printable (RFC 2045 §6.7): `=E9`, and an equals sign at the end that takes the break with it. Returns where it was read to: a character may be cut by such a break. */
export function* quotedPrintable(
  buffer: Buffer,
  from: number,
  to: number,
  table: ByteTable | null,
): Generator<Character, number> {
  let at = from;
  while (at < to) {
    const sign = buffer.indexOf(EQUALS, at);
    const until = sign < 0 ? to : Math.min(sign, to);
    yield* plain(buffer, at, until);
    at = until;
    if (at >= to || softBreak(buffer, at) > 0) return to;
    const escaped = escapedFrom(buffer, at);
    if (escaped.length === 0) yield* plain(buffer, at, at + 1);
    else yield* charactersOfBytes(escaped, table);
    at = escaped.at(-1)?.to ?? at + 1;
  }
  return at;
}

/** How many bytes an equals sign at the end of a line takes, with its break; 0 where it is none. */
function softBreak(buffer: Buffer, at: number): number {
  let end = at + 1;
  while (buffer[end] === SPACE || buffer[end] === TAB) end++;
  if (end >= buffer.length) return end - at;
  if (buffer[end] === CR && buffer[end + 1] === LF) return end + 2 - at;
  return buffer[end] === LF || buffer[end] === CR ? end + 1 - at : 0;
}

/** The bytes that are escaped one after the other. */
function escapedFrom(buffer: Buffer, from: number): Escaped[] {
  const found: Escaped[] = [];
  for (let at = from; buffer[at] === EQUALS; ) {
    const byte = byteAt(buffer, at);
    if (byte >= 0) {
      found.push({ byte, from: at, to: at + 3 });
      at += 3;
      continue;
    }
    const size = softBreak(buffer, at);
    const next = at + size;
    if (size === 0 || buffer[next] !== EQUALS || byteAt(buffer, next) < 0) break;
    at = next;
  }
  return found;
}

function byteAt(buffer: Buffer, at: number): number {
  const hex = buffer.toString('latin1', at + 1, at + 3);
  return /^[\dA-Fa-f]{2}$/.test(hex) ? Number.parseInt(hex, 16) : -1;
}

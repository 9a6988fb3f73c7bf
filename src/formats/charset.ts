import { isUtf8 } from 'node:buffer';

/** The character of each byte of a single-byte character set. */
export type ByteTable = readonly string[];

const tables = new Map<string, ByteTable>();

/** The table of a single-byte set by its WHATWG label (`iso-8859-2`, `windows-1252`). Bytes that the set leaves open are read as Latin-1. */
export function byteTable(label: string): ByteTable {
  const existing = tables.get(label);
  if (existing !== undefined) return existing;
  const decoder = new TextDecoder(label);
  const made = Array.from({ length: 256 }, (_, byte) => {
    const character = byte < 0x80 ? String.fromCharCode(byte) : decoder.decode(Uint8Array.of(byte));
    return character === '\ufffd' || character.length !== 1 ? String.fromCharCode(byte) : character;
  });
  tables.set(label, made);
  return made;
}

/** What bytes over 0x7F mean when they are not UTF-8 and nothing says what they are. */
export const WINDOWS_1252 = byteTable('windows-1252');

/** How one leaf's bytes are read: as UTF-8 (null) or byte by byte. */
export function readingOf(buffer: Buffer, start: number, end: number, declared: ByteTable | null): ByteTable | null {
  if (declared !== null) return declared;
  return isUtf8(buffer.subarray(start, end)) ? null : WINDOWS_1252;
}

/** Decodes bytes read as `reading`. */
export function decodeBytes(buffer: Buffer, start: number, end: number, reading: ByteTable | null): string {
  if (reading === null) return buffer.toString('utf8', start, end);
  let text = '';
  for (let at = start; at < end; at++) text += reading[buffer[at] ?? 0] ?? '';
  return text;
}

/**
 * Finds byte offsets of UTF-16 offsets in the valid UTF-8 between `start` and `end`. It goes on from where it was asked last, so
 * that a leaf with many matches, asked in order, is walked once. Inside a surrogate pair: the character's first byte, or the byte
 * after it when `after` is set.
 */
export function utf8Cursor(buffer: Buffer, start: number, end: number): (units: number, after: boolean) => number {
  let at = start;
  let passed = 0;
  return (units, after) => {
    if (units < passed) {
      at = start;
      passed = 0;
    }
    while (passed < units && at < end) {
      const lead = buffer[at] ?? 0;
      const size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
      if (size === 4 && passed + 1 === units) return after ? at + size : at;
      at += size;
      passed += size === 4 ? 2 : 1;
    }
    return passed < units ? end + 1 : at;
  };
}

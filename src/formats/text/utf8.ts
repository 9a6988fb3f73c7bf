import type { Character } from '../characters.ts';

/** Bytes that say what they are: characters of UTF-8, and each byte that is in none as one of Latin-1. */
export function* plain(buffer: Buffer, from: number, to: number): Generator<Character> {
  for (let at = from; at < to; ) {
    const size = sizeAt(buffer, at, to);
    yield { from: at, to: at + size, text: buffer.toString(size === 1 ? 'latin1' : 'utf8', at, at + size) };
    at += size;
  }
}

/** Bytes of the character at an offset: of UTF-8 where it is one, else one. */
export function sizeAt(buffer: Buffer, at: number, to: number): number {
  const lead = buffer[at] ?? 0;
  const size = lead < 0xc2 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 1;
  if (at + size > to) return 1;
  for (let next = at + 1; next < at + size; next++) if (((buffer[next] ?? 0) & 0xc0) !== 0x80) return 1;
  return size;
}

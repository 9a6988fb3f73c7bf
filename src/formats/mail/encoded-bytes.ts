import type { Character } from '../characters.ts';
import { type ByteTable, byteTable } from '../charset.ts';
import { sizeAt } from '../text/utf8.ts';

/** A byte that is written with others, and where. */
export interface Escaped {
  readonly byte: number;
  readonly from: number;
  readonly to: number;
}

/** Sets of one byte a character; what else is declared is read as UTF-8, or as what its bytes are. */
const SINGLE_BYTE = /^(?:iso-8859-\d{1,2}|windows-125\d|koi8-[ru]|macintosh|ibm866)$/;

export function tableOf(charset: string): ByteTable | null {
  const label = charset.toLowerCase();
  return SINGLE_BYTE.test(label) ? byteTable(label) : null;
}

/** The characters that bytes are: by a table, or of UTF-8; each lies where its bytes do. */
export function* charactersOfBytes(escaped: readonly Escaped[], table: ByteTable | null): Generator<Character> {
  const bytes = Buffer.from(escaped.map(({ byte }) => byte));
  for (let at = 0; at < bytes.length; ) {
    const size = table === null ? sizeAt(bytes, at, bytes.length) : 1;
    const text = table === null ? bytes.toString(size === 1 ? 'latin1' : 'utf8', at, at + size) : (table[bytes[at] ?? 0] ?? '');
    const [first, last] = [escaped[at], escaped[at + size - 1]];
    if (first !== undefined && last !== undefined) yield { from: first.from, to: last.to, text };
    at += size;
  }
}

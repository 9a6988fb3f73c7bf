import type { Character } from '../characters.ts';
import { plain } from '../text/utf8.ts';
import { charactersOfBytes, type Escaped, tableOf } from './encoded-bytes.ts';

/** An encoded word (RFC 2047 §2), with the white space behind it where another follows (§6.2). */
const WORD =
  /=\?([\w-]{2,40})(?:\*[\w-]{1,20})?\?([QqBb])\?([!->@-~]{0,600})\?=(?:\s{1,8}(?==\?[\w*-]{2,60}\?[QqBb]\?[!->@-~]{0,600}\?=))?/g;
const FOLD = /\r?\n[ \t]+(?=[^\r\n])/g;

/** The characters of a header, in one line: encoded words are what they say, and a fold is a blank. */
export function* encodedWords(buffer: Buffer, from: number, to: number): Generator<Character> {
  const field = buffer.toString('latin1', from, to);
  let at = 0;
  for (const { 0: word, 1: charset = '', 2: encoding = '', 3: encoded = '', index } of field.matchAll(WORD)) {
    yield* unfolded(buffer, from, field.slice(at, index), at);
    const begins = from + index + word.indexOf('?', word.indexOf('?', 2) + 1) + 1;
    yield* charactersOfBytes(encoding.toUpperCase() === 'Q' ? fromQ(encoded, begins) : fromB(encoded, begins), tableOf(charset));
    at = index + word.length;
  }
  yield* unfolded(buffer, from, field.slice(at), at);
}

function* unfolded(buffer: Buffer, from: number, text: string, offset: number): Generator<Character> {
  const begin = from + offset;
  let at = 0;
  for (const { 0: fold, index } of text.matchAll(FOLD)) {
    yield* plain(buffer, begin + at, begin + index);
    yield { from: begin + index, to: begin + index + fold.length, text: ' ' };
    at = index + fold.length;
  }
  yield* plain(buffer, begin + at, begin + text.length);
}

/** `M=C3=BCller_Thoma`: an underscore is a blank (§4.2). */
function fromQ(encoded: string, begin: number): Escaped[] {
  return [...encoded.matchAll(/=([\dA-Fa-f]{2})|[\s\S]/g)].map(({ 0: written, 1: hex, index }) => ({
    byte: hex === undefined ? (written === '_' ? 0x20 : written.charCodeAt(0)) : Number.parseInt(hex, 16),
    from: begin + index,
    to: begin + index + written.length,
  }));
}

/** Four characters are three bytes; each of these lies in all four. */
function fromB(encoded: string, begin: number): Escaped[] {
  return [...Buffer.from(encoded, 'base64')].map((byte, index) => {
    const from = begin + Math.floor(index / 3) * 4;
    return { byte, from, to: Math.min(from + 4, begin + encoded.length) };
  });
}

/** Pieces of XML 1.0 (5th edition) by their bytes, as the tokenizer and the readers of its leaves both see them. */

export const LESS = 0x3c;
export const GREATER = 0x3e;
const EQUALS = 0x3d;
const SLASH = 0x2f;

export const CDATA_OPEN = '<![CDATA[';
export const CDATA_CLOSE = ']]>';

export const isSpace = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/** A letter, `_`, `:` or a byte outside ASCII. */
export function isNameStart(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  const letter = byte | 0x20;
  return (letter >= 0x61 && letter <= 0x7a) || byte === 0x5f || byte === 0x3a || byte > 0x7f;
}

/** Where a name that begins at an offset ends: before a space, `/`, `>`, `=` or `<`. */
export function nameEnd(buffer: Buffer, from: number): number {
  let at = from;
  while (at < buffer.length && !endsName(buffer[at] ?? 0)) at++;
  return at;
}

const endsName = (byte: number): boolean =>
  byte <= 0x20 || byte === SLASH || byte === GREATER || byte === EQUALS || byte === LESS;

export function startsWith(buffer: Buffer, at: number, mark: string): boolean {
  if (at + mark.length > buffer.length) return false;
  for (let index = 0; index < mark.length; index++) if (buffer[at + index] !== mark.charCodeAt(index)) return false;
  return true;
}

/** What follows the `<` at an offset. */
export type Piece = 'open' | 'close' | 'comment' | 'cdata' | 'instruction' | 'doctype' | 'text';

export function pieceAt(buffer: Buffer, at: number): Piece {
  const next = buffer[at + 1];
  if (isNameStart(next)) return 'open';
  if (next === SLASH && isNameStart(buffer[at + 2])) return 'close';
  if (next === 0x3f) return 'instruction';
  if (next !== 0x21) return 'text';
  if (startsWith(buffer, at, '<!--')) return 'comment';
  if (startsWith(buffer, at, CDATA_OPEN)) return 'cdata';
  return isNameStart(buffer[at + 2]) ? 'doctype' : 'text';
}

/** The inside of a comment, a CDATA section or a processing instruction, and where it is over; without an end it goes on to the end of the document. */
export function insideOf(buffer: Buffer, at: number, open: number, close: string): { start: number; end: number; next: number } {
  const start = Math.min(at + open, buffer.length);
  const found = buffer.indexOf(close, start, 'latin1');
  return found < 0 ? { start, end: buffer.length, next: buffer.length + 1 } : { start, end: found, next: found + close.length };
}

/** An attribute of a tag, filled anew by each call of `readAttribute`. `valueStart` is -1 where it has no value. */
export interface Attribute {
  start: number;
  end: number;
  valueStart: number;
  valueEnd: number;
  /** Where to go on. */
  next: number;
  /** XML does not allow it so: no value, no quotes, no closing quote. */
  faulty: boolean;
}

/**
 * Reads the next attribute of a tag from an offset behind the tag's name on. False where the tag ends: `next` is then the offset of its `>`, or of what
 * cuts it off (`<`, the end of the document).
 */
export function readAttribute(buffer: Buffer, from: number, into: Attribute): boolean {
  let at = from;
  while (isSpace(buffer[at]) || buffer[at] === SLASH || (buffer[at] ?? 0x21) < 0x20) at++;
  into.next = at;
  if (at >= buffer.length || buffer[at] === GREATER || buffer[at] === LESS) return false;
  into.start = at;
  at = nameEnd(buffer, at);
  into.end = at;
  while (isSpace(buffer[at])) at++;
  if (buffer[at] !== EQUALS) {
    into.valueStart = -1;
    into.valueEnd = -1;
    into.faulty = true;
    into.next = Math.max(into.end, into.start + 1);
    return true;
  }
  at++;
  while (isSpace(buffer[at])) at++;
  readValue(buffer, at, into);
  return true;
}

function readValue(buffer: Buffer, at: number, into: Attribute): void {
  const quote = buffer[at];
  if (quote !== 0x22 && quote !== 0x27) {
    let end = at;
    while (end < buffer.length && !isSpace(buffer[end]) && buffer[end] !== GREATER && buffer[end] !== LESS) end++;
    into.valueStart = at;
    into.valueEnd = end;
    into.next = end;
    into.faulty = true;
    return;
  }
  const close = buffer.indexOf(quote, at + 1);
  into.valueStart = at + 1;
  into.valueEnd = close < 0 ? buffer.length : close;
  into.next = close < 0 ? buffer.length : close + 1;
  into.faulty = close < 0;
}

/** Where the tag that opens or closes at an offset is over: behind its `>`, or where it is cut off. */
export function tagEnd(buffer: Buffer, at: number): number {
  const attribute: Attribute = { start: 0, end: 0, valueStart: 0, valueEnd: 0, next: 0, faulty: false };
  let from = nameEnd(buffer, at + (buffer[at + 1] === SLASH ? 2 : 1));
  while (readAttribute(buffer, from, attribute)) from = attribute.next;
  return buffer[attribute.next] === GREATER ? attribute.next + 1 : attribute.next;
}

/** Where a document type declaration (XML 1.0 §2.8), internal subset included, is over. Nothing in it is expanded or followed. */
export function doctypeEnd(buffer: Buffer, from: number): number {
  let depth = 0;
  let at = from + 2;
  while (at < buffer.length) {
    const byte = buffer[at];
    if (byte === 0x22 || byte === 0x27) {
      const close = buffer.indexOf(byte, at + 1);
      if (close < 0) return buffer.length + 1;
      at = close;
    } else if (byte === 0x5b) depth++;
    else if (byte === 0x5d) depth = Math.max(0, depth - 1);
    else if (byte === GREATER && depth === 0) return at + 1;
    else if (startsWith(buffer, at, '<!--')) {
      const { next } = insideOf(buffer, at, 4, '-->');
      at = next - 1;
    }
    at++;
  }
  return buffer.length + 1;
}

/** The part of a name behind its prefix (Namespaces in XML 1.0 §4). */
export function localName(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1);
}

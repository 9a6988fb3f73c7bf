import { type Dict, EMPTY_DICT, type Value } from './values.ts';

/** Reads objects and operators one after the other (ISO 32000-1 §7.2, §7.3). Whatever the bytes are, it goes on: a stray byte is passed over. */
export interface Lexer {
  readonly bytes: Buffer;
  at: number;
  readonly end: number;
}

/** Arrays and dictionaries inside each other; deeper ones are read as empty. */
const MAX_DEPTH = 64;

/** 1: white space; 2: a delimiter; 0: a regular character (§7.2.2). */
const CLASS = Uint8Array.from({ length: 256 }, (_, byte) => {
  if ([0, 9, 10, 12, 13, 32].includes(byte)) return 1;
  return '()<>[]{}/%'.includes(String.fromCharCode(byte)) ? 2 : 0;
});
const NUMBER = /^[+-]{0,2}(?:\d{1,30}\.?\d{0,30}|\.\d{1,30})(?:-\d*)?$/;
/** No operator, keyword or number is longer. */
const MAX_WORD = 127;

export function openLexer(bytes: Buffer, at = 0, end = bytes.length): Lexer {
  return { bytes, at, end };
}

export function isSpace(byte: number | undefined): boolean {
  return byte !== undefined && CLASS[byte] === 1;
}

export function skipSpace(lexer: Lexer): void {
  const { bytes, end } = lexer;
  while (lexer.at < end) {
    const byte = bytes[lexer.at] ?? 0;
    if (byte === 0x25) {
      while (lexer.at < end && bytes[lexer.at] !== 10 && bytes[lexer.at] !== 13) lexer.at++;
    } else if (CLASS[byte] !== 1) return;
    else lexer.at++;
  }
}

/** The next value or operator; undefined at the end. `refs`: `12 0 R` is a reference (not in content streams). */
export function readValue(lexer: Lexer, refs: boolean, depth = 0): Value | undefined {
  for (;;) {
    skipSpace(lexer);
    if (lexer.at >= lexer.end) return undefined;
    const byte = lexer.bytes[lexer.at];
    switch (byte) {
      case 0x2f:
        return readName(lexer);
      case 0x28:
        return { kind: 'text', bytes: readLiteral(lexer) };
      case 0x3c:
        if (lexer.bytes[lexer.at + 1] === 0x3c) return readDict(lexer, refs, depth);
        return { kind: 'text', bytes: readHex(lexer) };
      case 0x5b:
        return readList(lexer, refs, depth);
      case 0x5d:
      case 0x3e:
      case 0x29:
      case 0x7b:
      case 0x7d:
        lexer.at++;
        // A bracket that closes what is around is seen by its reader; here it is out of place.
        if (depth > 0 && byte !== 0x29) {
          lexer.at--;
          return undefined;
        }
        break;
      default:
        return readWord(lexer, refs);
    }
  }
}

function readWord(lexer: Lexer, refs: boolean): Value {
  const { bytes, end } = lexer;
  const start = lexer.at;
  while (lexer.at < end && CLASS[bytes[lexer.at] ?? 0] === 0) lexer.at++;
  const word = bytes.toString('latin1', start, Math.min(lexer.at, start + MAX_WORD));
  if (NUMBER.test(word)) {
    const number = Number.parseFloat(word.replace(/^[+-](?=[+-])/, ''));
    return refs && /^\d+$/.test(word) ? (readRef(lexer, number) ?? number) : number;
  }
  if (word === 'true' || word === 'false') return word === 'true';
  return word === 'null' ? null : { kind: 'operator', name: word };
}

/** The rest of `12 0 R` after its first number; null where it is none. */
function readRef(lexer: Lexer, id: number): Value {
  const { bytes } = lexer;
  let at = lexer.at;
  while (isSpace(bytes[at])) at++;
  const generation = at;
  while ((bytes[at] ?? 0) >= 0x30 && (bytes[at] ?? 0) <= 0x39) at++;
  if (at === generation || at - generation > 5) return null;
  while (isSpace(bytes[at])) at++;
  if (bytes[at] !== 0x52 || at >= lexer.end || (at + 1 < lexer.end && CLASS[bytes[at + 1] ?? 0] === 0)) return null;
  lexer.at = at + 1;
  return { kind: 'ref', id };
}

function readName(lexer: Lexer): Value {
  const { bytes, end } = lexer;
  const start = ++lexer.at;
  while (lexer.at < end && CLASS[bytes[lexer.at] ?? 0] === 0) lexer.at++;
  const name = bytes.toString('latin1', start, Math.min(lexer.at, start + MAX_WORD));
  const resolved = name.includes('#')
    ? name.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : name;
  return { kind: 'name', name: resolved };
}

const ESCAPED: Readonly<Record<number, number>> = { 110: 10, 114: 13, 116: 9, 98: 8, 102: 12 };

/** `(…)`: balanced parentheses, backslash escapes (§7.3.4.2). */
function readLiteral(lexer: Lexer): Buffer {
  const { bytes, end } = lexer;
  const out: number[] = [];
  let open = 1;
  for (lexer.at++; lexer.at < end; lexer.at++) {
    const byte = bytes[lexer.at] ?? 0;
    if (byte === 0x5c) {
      readEscape(lexer, out);
      continue;
    }
    if (byte === 0x28) open++;
    if (byte === 0x29 && --open === 0) break;
    out.push(byte);
  }
  lexer.at++;
  return Buffer.from(out);
}

function readEscape(lexer: Lexer, out: number[]): void {
  const { bytes } = lexer;
  const byte = bytes[++lexer.at] ?? 0;
  if (byte >= 0x30 && byte <= 0x37) {
    let code = 0;
    for (let digits = 0; digits < 3 && ((bytes[lexer.at] ?? 0) & 0xf8) === 0x30; digits++)
      code = code * 8 + ((bytes[lexer.at++] ?? 0) & 7);
    lexer.at--;
    out.push(code & 0xff);
  } else if (byte === 13) {
    if (bytes[lexer.at + 1] === 10) lexer.at++;
  } else if (byte !== 10) out.push(ESCAPED[byte] ?? byte);
}

function readHex(lexer: Lexer): Buffer {
  const { bytes, end } = lexer;
  const start = ++lexer.at;
  const close = bytes.indexOf(0x3e, start);
  const stop = close < 0 || close > end ? end : close;
  lexer.at = Math.min(stop + 1, end);
  const digits = bytes.toString('latin1', start, stop).replace(/[^0-9A-Fa-f]+/g, '');
  return Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, 'hex');
}

function readList(lexer: Lexer, refs: boolean, depth: number): Value {
  const items: Value[] = [];
  lexer.at++;
  for (;;) {
    skipSpace(lexer);
    if (lexer.at >= lexer.end) break;
    if (lexer.bytes[lexer.at] === 0x5d) {
      lexer.at++;
      break;
    }
    const item = depth < MAX_DEPTH ? readValue(lexer, refs, depth + 1) : skipped(lexer);
    if (item === undefined) {
      if (lexer.bytes[lexer.at] === 0x5d) continue;
      break;
    }
    items.push(item);
  }
  return { kind: 'list', items };
}

function skipped(lexer: Lexer): null {
  lexer.at++;
  return null;
}

function readDict(lexer: Lexer, refs: boolean, depth: number): Dict {
  const entries = new Map<string, Value>();
  lexer.at += 2;
  if (depth >= MAX_DEPTH) return EMPTY_DICT;
  for (;;) {
    skipSpace(lexer);
    if (lexer.at >= lexer.end) break;
    if (lexer.bytes[lexer.at] === 0x3e) {
      lexer.at += lexer.bytes[lexer.at + 1] === 0x3e ? 2 : 1;
      break;
    }
    const key = readValue(lexer, false, depth + 1);
    if (key === undefined) {
      if (lexer.bytes[lexer.at] === 0x3e) continue;
      break;
    }
    if (typeof key !== 'object' || key === null || key.kind !== 'name') {
      // What ends the object ends a dictionary that was not closed.
      if (typeof key === 'object' && key?.kind === 'operator' && (key.name === 'endobj' || key.name === 'stream')) {
        lexer.at -= key.name.length;
        break;
      }
      continue;
    }
    const value = readValue(lexer, refs, depth + 1);
    if (value === undefined) {
      if (lexer.bytes[lexer.at] === 0x3e) continue;
      break;
    }
    entries.set(key.name, value);
  }
  return { kind: 'dict', entries };
}

import { decodeBytes, readingOf, utf8Cursor } from '../charset.ts';
import { createMapper, type Mapped, type RunReader } from '../text/mapped.ts';

const BACKSLASH = 0x5c;
const U = 0x75;
/** RFC 8259 §7. */
const ESCAPES: Readonly<Record<number, string>> = { 110: '\n', 114: '\r', 116: '\t', 98: '\b', 102: '\f' };

/** Runs of a buffer's bytes: UTF-8, or what bytes mean that are none (charset.ts), judged by the whole value between `start` and `end`. */
export function byteRuns(buffer: Buffer, start: number, end: number): RunReader {
  const reading = readingOf(buffer, start, end, null);
  return {
    text: (from, to) => decodeBytes(buffer, from, to, reading),
    at: (from, to, units, after) => (reading === null ? utf8Cursor(buffer, from, to)(units, after) : from + units),
  };
}

/** The text of a JSON string (RFC 8259 §7) whose bytes lie between the quotes. Escapes that JSON does not have are read as what follows the backslash. */
export function jsonText(buffer: Buffer, start: number, end: number): Mapped {
  const mapper = createMapper(byteRuns(buffer, start, end));
  const bytes = buffer.subarray(0, end);
  for (let at = start; at < end; ) {
    const found = bytes.indexOf(BACKSLASH, at);
    const stop = found < 0 ? end : found;
    mapper.run(at, stop);
    if (stop >= end) break;
    const after = escapeEnd(buffer, stop, end);
    mapper.put(escapedText(buffer, stop, after), stop, after);
    at = after;
  }
  return mapper.done();
}

/** Where an escape ends; a surrogate pair in two escapes is one. */
function escapeEnd(buffer: Buffer, at: number, end: number): number {
  const unit = unitAt(buffer, at, end);
  // What follows may be a character of more than one byte.
  if (unit < 0) return (buffer[at + 1] ?? 0) > 0x7f ? at + 1 : Math.min(at + 2, end);
  const low = unit >= 0xd800 && unit < 0xdc00 ? unitAt(buffer, at + 6, end) : -1;
  return low >= 0xdc00 && low < 0xe000 ? at + 12 : at + 6;
}

function escapedText(buffer: Buffer, at: number, after: number): string {
  if (after - at === 12) return String.fromCharCode(unitAt(buffer, at, after), unitAt(buffer, at + 6, after));
  const unit = unitAt(buffer, at, after);
  // Half a surrogate pair is no character.
  if (unit >= 0) return String.fromCharCode(unit >= 0xd800 && unit < 0xe000 ? 0xfffd : unit);
  const code = buffer[at + 1] ?? BACKSLASH;
  if (code > 0x7f) return '';
  return ESCAPES[code] ?? (after - at < 2 ? '\\' : String.fromCharCode(code));
}

/** The code unit of `\uXXXX` at an offset; -1 where there is none. */
function unitAt(buffer: Buffer, at: number, end: number): number {
  if (at + 6 > end || buffer[at] !== BACKSLASH || buffer[at + 1] !== U) return -1;
  let unit = 0;
  for (let digit = at + 2; digit < at + 6; digit++) {
    const value = hexValue(buffer[digit] ?? 0);
    if (value < 0) return -1;
    unit = unit * 16 + value;
  }
  return unit;
}

function hexValue(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

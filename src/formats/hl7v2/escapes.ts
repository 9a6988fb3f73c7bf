import type { Delimiters } from './delimiters.ts';

/** A value with its escape sequences resolved, still as bytes of the message's character set. */
export interface Unescaped {
  readonly bytes: Buffer;
  /** For each byte: where what it was made from begins in the source. */
  readonly from: Int32Array;
  /** For each byte: where what it was made from ends in the source. */
  readonly to: Int32Array;
}

const FORMAT_BREAK = /^\.(?:br|ce|sp(?:[+-]?\d{1,4})?)$/i;
const FORMAT_SPACE = /^\.sk[+-]?\d{1,4}$/i;
const FORMAT_NONE = /^\.(?:fi|nf|(?:in|ti)[+-]?\d{1,4})$/i;
const HEX = /^X(?:[0-9A-Fa-f]{2})+$/;
/** Single- and multi-byte character set escapes: they switch what follows and stand for no text themselves. */
const CHARSET_SWITCH = /^(?:C[0-9A-Fa-f]{4}|M[0-9A-Fa-f]{4}(?:[0-9A-Fa-f]{2})?)$/;
const NOTHING = Buffer.alloc(0);

/**
 * Resolves the escape sequences of a value (HL7 v2.9 section 2.7). `\.br\`, `\.sp\` and `\.ce\` become a line feed, `\.skN\` a
 * space, highlighting, indents and character set switches nothing. What is no sequence the standard defines, or has no end, stays
 * as it is. Linear in the size of the value.
 */
export function unescapeValue(buffer: Buffer, start: number, end: number, delimiters: Delimiters): Unescaped {
  return resolve(buffer.subarray(start, end), start, delimiters, true);
}

/** The bytes of `unescapeValue` alone, for readers that ask for no spans. */
export function unescapedBytes(buffer: Buffer, start: number, end: number, delimiters: Delimiters): Buffer {
  return resolve(buffer.subarray(start, end), start, delimiters, false).bytes;
}

function resolve(value: Buffer, offset: number, delimiters: Delimiters, spans: boolean): Unescaped {
  // Nothing grows: the shortest sequence that gives a byte has three.
  const bytes = Buffer.allocUnsafe(value.length);
  const from = new Int32Array(spans ? value.length : 0);
  const to = new Int32Array(spans ? value.length : 0);
  let size = 0;
  const put = (byte: number, first: number, after: number): void => {
    bytes[size] = byte;
    if (spans) {
      from[size] = offset + first;
      to[size] = offset + after;
    }
    size++;
  };
  for (let at = 0; at < value.length; ) {
    const isEscape = value[at] === delimiters.escape;
    const next = value.indexOf(delimiters.escape, isEscape ? at + 1 : at);
    const meaning = isEscape && next > 0 ? meaningOf(value, at + 1, next, delimiters) : null;
    if (meaning === null) {
      // Up to the next escape character nothing can change, so no stretch is searched twice.
      const stop = next < 0 ? value.length : next;
      for (; at < stop; at++) put(value[at] ?? 0, at, at + 1);
      continue;
    }
    for (const made of meaning) put(made, at, next + 1);
    at = next + 1;
  }
  return { bytes: bytes.subarray(0, size), from, to };
}

/** The bytes that a sequence's body stands for; null when it is no known sequence. */
function meaningOf(buffer: Buffer, start: number, end: number, delimiters: Delimiters): Uint8Array | null {
  if (end - start === 1) return simple(buffer[start] ?? 0, delimiters);
  const first = buffer[start];
  if (first === 0x58) {
    const body = buffer.toString('latin1', start, end);
    return HEX.test(body) ? Buffer.from(body.slice(1), 'hex') : null;
  }
  if (end - start > 8) return null;
  const body = buffer.toString('latin1', start, end);
  if (FORMAT_BREAK.test(body)) return Buffer.of(0x0a);
  if (FORMAT_SPACE.test(body)) return Buffer.of(0x20);
  return FORMAT_NONE.test(body) || CHARSET_SWITCH.test(body) ? NOTHING : null;
}

function simple(letter: number, delimiters: Delimiters): Uint8Array | null {
  switch (letter) {
    case 0x46: // F
      return Buffer.of(delimiters.field);
    case 0x53: // S
      return given(delimiters.component, 0x5e);
    case 0x54: // T
      return given(delimiters.subcomponent, 0x26);
    case 0x52: // R
      return given(delimiters.repetition, 0x7e);
    case 0x45: // E
      return Buffer.of(delimiters.escape);
    case 0x50: // P, from 2.7 on
      return given(delimiters.truncation, 0x23);
    case 0x48: // H, N: highlighting
    case 0x4e:
      return NOTHING;
    default:
      return null;
  }
}

/** A delimiter that the sender did not declare is the recommended one. */
function given(delimiter: number, recommended: number): Uint8Array {
  return Buffer.of(delimiter >= 0 ? delimiter : recommended);
}

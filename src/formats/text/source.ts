import type { Span, Unexamined } from '../../core/vocabulary.ts';

/**
 * A body as bytes whose ASCII is ASCII, so that one scanner reads it: UTF-16 is transcoded to UTF-8, everything else is taken as it
 * is. Offsets in `buffer` are working offsets; `origin` gives the byte in the body as received.
 */
export interface Source {
  readonly buffer: Buffer;
  readonly transcoded: boolean;
  /** Size of the body as received. */
  readonly bytes: number;
  /** Where the character at or around a working offset begins in the body; the body's size for the end of the buffer. */
  origin(offset: number): number;
  /** Bytes of the body that no character could be made of, in order. */
  readonly undecodable: readonly Unexamined[];
}

type Order = 'little' | 'big';

const SAMPLE = 1024;
const MARK_EVERY = 64;
const MAX_UNDECODABLE = 1000;
const VT = 0x0b;

/** Opens a body. UTF-16 is known by its byte order mark, or by NULs in every other byte (ISO/IEC 10646; MSH-18 comes too late for it). */
export function openSource(bytes: Uint8Array): Source {
  const skip = bytes[0] === VT ? 1 : 0;
  const order = utf16Order(bytes, skip);
  if (order === null) {
    const buffer = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return { buffer, transcoded: false, bytes: bytes.length, origin: (offset) => offset, undecodable: [] };
  }
  return transcode(bytes, skip, order);
}

function utf16Order(bytes: Uint8Array, skip: number): Order | null {
  if (bytes[skip] === 0xff && bytes[skip + 1] === 0xfe) return 'little';
  if (bytes[skip] === 0xfe && bytes[skip + 1] === 0xff) return 'big';
  const pairs = Math.min(SAMPLE, bytes.length - skip) >> 1;
  if (pairs < 4 || !bytes.subarray(0, SAMPLE + 1).includes(0)) return null;
  let first = 0;
  let second = 0;
  for (let pair = 0; pair < pairs; pair++) {
    if (bytes[skip + pair * 2] === 0) first++;
    if (bytes[skip + pair * 2 + 1] === 0) second++;
  }
  // Most of what a message begins with is ASCII in any language (delimiters, digits, names of segments); binary is less regular.
  if (second * 3 >= pairs * 2 && first * 50 <= pairs) return 'little';
  if (first * 3 >= pairs * 2 && second * 50 <= pairs) return 'big';
  return null;
}

interface Transcoding {
  readonly out: Buffer;
  readonly marks: Uint32Array;
  readonly undecodable: Unexamined[];
}

function transcode(bytes: Uint8Array, skip: number, order: Order): Source {
  const units = (bytes.length - skip) >> 1;
  const state: Transcoding = { out: Buffer.allocUnsafe(units * 3 + skip), marks: newMarks(units * 3 + skip), undecodable: [] };
  if (skip > 0) state.out[0] = VT;
  const length = writeUtf8(bytes, skip, order, state);
  const rest = skip + units * 2;
  if (rest < bytes.length) note(state.undecodable, { start: rest, end: bytes.length });
  const buffer = state.out.subarray(0, length);
  const { marks, undecodable } = state;
  return {
    buffer,
    transcoded: true,
    bytes: bytes.length,
    origin: (offset) => (offset >= length ? bytes.length : origin(buffer, marks, offset, skip)),
    undecodable,
  };
}

/** Two numbers for every MARK_EVERY working bytes: where the last character begun before them lies in the buffer and in the body. */
function newMarks(size: number): Uint32Array {
  return new Uint32Array(((size / MARK_EVERY) | 0) * 2 + 4);
}

/** Writes the body's characters as UTF-8 and returns how many bytes they took. */
function writeUtf8(bytes: Uint8Array, skip: number, order: Order, { out, marks, undecodable }: Transcoding): number {
  const high = order === 'little' ? 1 : 0;
  const low = 1 - high;
  const unit = (at: number): number => ((bytes[at + high] ?? 0) << 8) | (bytes[at + low] ?? 0);
  const last = bytes.length - 1;
  let to = skip;
  let mark = 1;
  for (let at = skip; at < last; ) {
    if (to >= mark * MARK_EVERY) {
      marks[mark * 2] = to;
      marks[mark * 2 + 1] = at;
      mark++;
    }
    let code = unit(at);
    let taken = 2;
    if (code >= 0xd800 && code <= 0xdfff) {
      const next = code < 0xdc00 && at + 2 < last ? unit(at + 2) : 0;
      if (next >= 0xdc00 && next <= 0xdfff) {
        code = 0x10000 + ((code - 0xd800) << 10) + (next - 0xdc00);
        taken = 4;
      } else {
        code = 0xfffd;
        note(undecodable, { start: at, end: at + 2 });
      }
    }
    to = writeCodePoint(out, to, code);
    at += taken;
  }
  return to;
}

function writeCodePoint(out: Buffer, to: number, code: number): number {
  if (code < 0x80) {
    out[to] = code;
    return to + 1;
  }
  if (code < 0x800) {
    out[to] = 0xc0 | (code >> 6);
    out[to + 1] = 0x80 | (code & 0x3f);
    return to + 2;
  }
  if (code < 0x10000) {
    out[to] = 0xe0 | (code >> 12);
    out[to + 1] = 0x80 | ((code >> 6) & 0x3f);
    out[to + 2] = 0x80 | (code & 0x3f);
    return to + 3;
  }
  out[to] = 0xf0 | (code >> 18);
  out[to + 1] = 0x80 | ((code >> 12) & 0x3f);
  out[to + 2] = 0x80 | ((code >> 6) & 0x3f);
  out[to + 3] = 0x80 | (code & 0x3f);
  return to + 4;
}

/** Neighbours are joined; past the limit everything up to the newest counts as one span, which errs to the safe side. */
function note(spans: Unexamined[], span: Span): void {
  const before = spans.at(-1);
  if (before !== undefined && (before.end === span.start || spans.length >= MAX_UNDECODABLE)) {
    spans[spans.length - 1] = { ...before, end: span.end };
    return;
  }
  spans.push({ ...span, reason: 'undecodable' });
}

function origin(buffer: Buffer, marks: Uint32Array, offset: number, skip: number): number {
  if (offset < skip) return offset;
  // The nearest mark at or before the offset; a character that straddles a boundary is marked after it.
  let mark = (offset / MARK_EVERY) | 0;
  if ((marks[mark * 2] ?? 0) > offset) mark--;
  let at = Math.max(marks[mark * 2] ?? 0, skip);
  let source = Math.max(marks[mark * 2 + 1] ?? 0, skip);
  for (;;) {
    const lead = buffer[at] ?? 0;
    const size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (at + size > offset) return source;
    at += size;
    source += size === 4 ? 4 : 2;
  }
}

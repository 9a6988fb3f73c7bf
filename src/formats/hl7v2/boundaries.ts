import { encodingEnd } from './delimiters.ts';

/**
 * Where messages begin and end in a body. An MSH counts at the start of a line only: after a terminator, a framing byte, a NUL, a
 * byte order mark, or blanks after one of those. Everything between messages is handed on as `raw`.
 */
const LF = 0x0a;
const VT = 0x0b;
const CR = 0x0d;
const FS = 0x1c;

const name = (text: string): number => (text.charCodeAt(0) << 16) | (text.charCodeAt(1) << 8) | text.charCodeAt(2);
export const MSH = name('MSH');
const ENVELOPES: ReadonlySet<number> = new Set(['FHS', 'BHS', 'BTS', 'FTS'].map(name));

/** Three bytes as one number; not a number of any name when there are fewer. */
export function nameAt(buffer: Buffer, at: number, to: number): number {
  return at + 2 < to ? ((buffer[at] ?? 0) << 16) | ((buffer[at + 1] ?? 0) << 8) | (buffer[at + 2] ?? 0) : 0;
}

/** Whether a message header begins at `at`. */
export function isHeader(buffer: Buffer, at: number, to: number): boolean {
  return nameAt(buffer, at, to) === MSH && encodingEnd(buffer, at, to) >= 0;
}

/** Whether a batch or file envelope segment begins at `at` (HL7 v2.9 section 2.10.3); `BTS` and `FTS` may stand alone on their line. */
export function isEnvelope(buffer: Buffer, at: number, to: number, field: number): boolean {
  if (!ENVELOPES.has(nameAt(buffer, at, to))) return false;
  const next = at + 3 < to ? buffer[at + 3] : CR;
  return next === field || next === CR || next === LF || encodingEnd(buffer, at, to) >= 0;
}

/** The first message header at or after `from`; -1 without one. */
export function findHeader(buffer: Buffer, from: number, to: number): number {
  for (let at = buffer.indexOf('MSH', from, 'latin1'); at >= 0 && at + 3 < to; at = buffer.indexOf('MSH', at + 3, 'latin1')) {
    if (beginsLine(buffer, from, at) && isHeader(buffer, at, to)) return at;
  }
  return -1;
}

function beginsLine(buffer: Buffer, from: number, at: number): boolean {
  let before = at - 1;
  while (before >= from && at - before < 64 && (buffer[before] === 0x20 || buffer[before] === 0x09)) before--;
  if (before < from) return true;
  const byte = buffer[before] ?? 0;
  if (byte === CR || byte === LF || byte === VT || byte === FS || byte === 0) return true;
  return byte === 0xbf && buffer[before - 1] === 0xbb && buffer[before - 2] === 0xef;
}

/** Whether the framing byte at `at` ends the message that is being read: an end block, or a start block before a header. */
export function isFrame(buffer: Buffer, at: number, to: number): boolean {
  const next = at + 1 < to ? buffer[at + 1] : CR;
  if (buffer[at] === FS) return next === CR || next === LF || next === VT || next === FS;
  return isHeader(buffer, at + 1, to);
}

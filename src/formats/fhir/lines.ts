const LF = 0x0a;
const CR = 0x0d;
const OPEN = 0x7b;
const CLOSE = 0x7d;

/** Lines looked at to tell resources a line from a document that goes over many. */
const LOOKED_AT = 1000;
/** What a line ends in that goes on in the next one: `{`, `[`, `,`, `:`. */
const GOES_ON = new Set([0x7b, 0x5b, 0x2c, 0x3a]);

/** Past a byte order mark (UTF-8). */
export function skipMark(buffer: Buffer, at: number): number {
  return buffer[at] === 0xef && buffer[at + 1] === 0xbb && buffer[at + 2] === 0xbf ? at + 3 : at;
}

export function skipSpace(buffer: Buffer, from: number, to: number): number {
  let at = from;
  for (let byte = buffer[at]; at < to && (byte === 0x20 || byte === LF || byte === CR || byte === 0x09); byte = buffer[at]) at++;
  return at;
}

/** Where the line that an offset lies in is over: after its line break. */
export function lineEnd(buffer: Buffer, at: number): number {
  const found = buffer.indexOf(LF, at);
  return found < 0 ? buffer.length : found + 1;
}

/**
 * Whether a body has one document a line (NDJSON): some line is `{…}` from its first column on, and neither what is before nor what comes after makes it a part
 * of something larger. A document that is all on one line counts as one.
 */
export function hasLines(buffer: Buffer, begin: number): boolean {
  let before = LF;
  for (let at = begin, looked = 0; at < buffer.length && looked < LOOKED_AT; looked++) {
    const next = lineEnd(buffer, at);
    const last = lastOf(buffer, at, next);
    if (last < at) {
      at = next;
      continue;
    }
    const whole = buffer[at] === OPEN && buffer[last] === CLOSE && last > at + 1;
    if (whole && !GOES_ON.has(before) && !isClosing(buffer[skipSpace(buffer, next, buffer.length)])) return true;
    before = buffer[last] ?? LF;
    at = next;
  }
  return false;
}

/** Offset of the last byte of a line that is no space; before its first where there is none. */
function lastOf(buffer: Buffer, from: number, to: number): number {
  let at = to - 1;
  for (
    let byte = buffer[at] ?? 0;
    at >= from && (byte === 0x20 || byte === LF || byte === CR || byte === 0x09);
    byte = buffer[at] ?? 0
  )
    at--;
  return at;
}

/** `]`, `}` and `,` at the beginning of a line belong to what was begun before. */
function isClosing(byte: number | undefined): boolean {
  return byte === 0x5d || byte === CLOSE || byte === 0x2c;
}

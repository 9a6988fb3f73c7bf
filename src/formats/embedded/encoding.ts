/**
 * Base64 (RFC 4648, the URL alphabet included) and hexadecimal as they travel in text: folded over lines, padded in the middle where an
 * engine encoded piece by piece.
 */

/** 1: a character of either base64 alphabet; 2: padding; 4: white space that folds lines; 8: also a hexadecimal digit; 16: a letter or digit. */
const KIND = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[0-9A-Fa-f]/.test(character)) return 1 | 8 | 16;
  if (/[A-Za-z]/.test(character)) return 1 | 16;
  if (/[+/_-]/.test(character)) return 1;
  if (character === '=') return 2;
  return /[\s]/.test(character) ? 4 : 0;
});

function kindAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < 128 ? (KIND[code] ?? 0) : 0;
}

/** What a text is made of, from end to end. */
export interface Spelling {
  readonly base64: boolean;
  readonly hex: boolean;
  /** Characters that carry data. */
  readonly size: number;
}

const NEITHER: Spelling = { base64: false, hex: false, size: 0 };

/** Share of characters outside the alphabet that a declared value may have: stray escapes and controls of a bad engine. */
const STRAY = 0.02;

/** Looks at all of a text. `lenient`: it is declared to be encoded, so a few stray characters do not tell otherwise. */
export function spellingOf(text: string, lenient: boolean): Spelling {
  const allowed = lenient ? Math.floor(text.length * STRAY) : 0;
  let stray = 0;
  let size = 0;
  let digits = 0;
  for (let at = 0; at < text.length; at++) {
    const kind = kindAt(text, at);
    if ((kind & 1) !== 0) size++;
    if ((kind & 8) !== 0) digits++;
    if (kind === 0 && ++stray > allowed) return NEITHER;
  }
  return { base64: size > 0, hex: size > 0 && digits === size && size % 2 === 0, size };
}

/** The bytes of a base64 text; what is no character of it is passed over, and padding may stand anywhere. */
export function fromBase64(text: string): Buffer {
  const padded = text.indexOf('=');
  if (padded < 0 || /^[=\s]*$/.test(text.slice(padded))) return Buffer.from(text, 'base64');
  return Buffer.concat(text.split(/=+/).map((piece) => Buffer.from(piece, 'base64')));
}

export function fromHex(text: string): Buffer {
  return Buffer.from(text.replace(/[^0-9A-Fa-f]+/g, ''), 'hex');
}

/** Fewest characters of an encoded run that stands in other text: no word, code or digest is as long. */
export const MIN_RUN = 68;
/** A line that goes on with a run, unless it ends it. */
const MIN_LINE = 40;
const RUN_STEP = MIN_RUN >> 1;

/**
 * Runs of base64 inside a text, half-open, their folded lines included. Looks at every 34th character only, which no run can slip through, so
 * that prose costs next to nothing.
 */
export function* encodedRuns(text: string): Generator<{ from: number; to: number }> {
  let done = 0;
  for (let probe = RUN_STEP; probe < text.length; probe += RUN_STEP) {
    if (probe < done || (kindAt(text, probe) & 1) === 0) continue;
    let from = probe;
    while (from > done && (kindAt(text, from - 1) & 1) !== 0) from--;
    let to = probe + 1;
    while ((kindAt(text, to) & 1) !== 0) to++;
    if (to - from < MIN_RUN) {
      done = to;
      continue;
    }
    to = foldedEnd(text, to);
    done = to;
    yield { from, to };
  }
}

function foldedEnd(text: string, end: number): number {
  let to = end;
  for (;;) {
    while (kindAt(text, to) === 2) to++;
    if (to > end && text.charAt(to - 1) === '=') return to;
    let next = to;
    while (next - to < 4 && kindAt(text, next) === 4) next++;
    if (next === to) return to;
    let stop = next;
    while ((kindAt(text, stop) & 3) !== 0) stop++;
    const whole = stop === text.length || kindAt(text, stop) === 4;
    // The last line is short, on a line of its own, and ends a group of four.
    const ends = (stop - next) % 4 === 0 && /[\r\n]/.test(text.slice(to, next));
    if (stop === next || !whole || (stop - next < MIN_LINE && !ends)) return to;
    to = stop;
  }
}

/** Fewest characters of a short run, padding included: so many bytes that are all plain text are no accident. */
export const MIN_SHORT_RUN = 12;
const SHORT_STEP = MIN_SHORT_RUN - 3;
/** As base64 mixes its alphabet: a capital after a small letter, and a digit or padding. */
const MIXED = /(?=.*[a-z+/_-][A-Z])(?=.*[0-9=])/;
const PLAIN_TEXT = /^[ -~]{6,}$/;
const WORDS = /[A-Za-z0-9 ]/g;

/**
 * Runs of base64 that are too short for a document and hold a plain text (a name, a record number in a link). Half-open; the decoded text tells them from
 * words and codes.
 */
export function* shortRuns(text: string): Generator<{ from: number; to: number }> {
  let done = 0;
  for (let probe = SHORT_STEP; probe < text.length; probe += SHORT_STEP) {
    if (probe < done || !isPlain(text, probe)) continue;
    let from = probe;
    while (from > done && isPlain(text, from - 1)) from--;
    let to = probe + 1;
    while (isPlain(text, to)) to++;
    while (kindAt(text, to) === 2 && to - from < MIN_RUN) to++;
    done = to;
    const size = to - from;
    if (size >= MIN_SHORT_RUN && size < MIN_RUN && holdsText(text.slice(from, to))) yield { from, to };
  }
}

/** Letters and digits: the other two of the alphabet come out of plain text next to never, and stand beside a run in paths and links. */
function isPlain(text: string, at: number): boolean {
  return (kindAt(text, at) & 16) !== 0;
}

function holdsText(run: string): boolean {
  if (!MIXED.test(run)) return false;
  const decoded = Buffer.from(run, 'base64').toString('latin1');
  return PLAIN_TEXT.test(decoded) && (decoded.match(WORDS)?.length ?? 0) * 10 >= decoded.length * 6;
}

/** Different characters in a text, which tells encoded binary (nearly all 64) from sequences and repeated codes. */
export function distinctCharacters(text: string): number {
  const seen = new Uint8Array(128);
  let count = 0;
  for (let at = 0; at < Math.min(text.length, 4096); at++) {
    const code = text.charCodeAt(at) & 0x7f;
    if (seen[code] === 0) {
      seen[code] = 1;
      count++;
    }
  }
  return count;
}

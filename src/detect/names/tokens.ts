import { CUES } from './cues.ts';
import { foldedLetters, HASH_SEED, hashEnd, hashNext, isForeignLetter, isMark, isUpper } from './letters.ts';

/** How a word is written. */
export const Kind = {
  lower: 0,
  /** `Jane` */
  capital: 1,
  /** `JANE` */
  upper: 2,
  /** `J` */
  initial: 3,
  /** `McDonald`, `IgG` */
  mixed: 4,
  /** Touches a digit, or is of another script. */
  other: 5,
} as const;

/** What stands between a word and the one before it: a bit for each kind of character. */
export const Gap = {
  blank: 1,
  newline: 2,
  dot: 4,
  comma: 8,
  colon: 16,
  hyphen: 32,
  open: 64,
  caret: 128,
  slash: 256,
  /** Three blanks or more, a tab, underscores. */
  wide: 512,
  close: 1024,
  digit: 2048,
  other: 4096,
  quote: 8192,
  /** The `'s` of a possessive. */
  possessive: 16384,
} as const;

/** The words of a stretch of text as columns: nothing is allocated for a word. */
export interface Tokens {
  count: number;
  capacity: number;
  start: Int32Array;
  end: Int32Array;
  hash: Uint32Array;
  kind: Uint8Array;
  gap: Uint16Array;
  cue: Uint32Array;
}

function columns(capacity: number): Omit<Tokens, 'count'> {
  return {
    capacity,
    start: new Int32Array(capacity),
    end: new Int32Array(capacity),
    hash: new Uint32Array(capacity),
    kind: new Uint8Array(capacity),
    gap: new Uint16Array(capacity),
    cue: new Uint32Array(capacity),
  };
}

/** Room for the words of a stretch of `length` characters, one read after the other. */
export function createTokens(length: number): Tokens {
  return { count: 0, ...columns((length >> 1) + 2) };
}

const GAPS = new Uint16Array(128).fill(Gap.other);
for (const [characters, gap] of [
  [' ', Gap.blank],
  ['\n\r\v\f', Gap.newline],
  ['.', Gap.dot],
  [',', Gap.comma],
  [':=', Gap.colon],
  ['-', Gap.hyphen],
  ['([<', Gap.open],
  [')]>', Gap.close],
  ['^', Gap.caret],
  ['/', Gap.slash],
  ['\t_', Gap.wide],
  ['0123456789', Gap.digit],
  ['"', Gap.quote],
] as const)
  for (const character of characters) GAPS[character.charCodeAt(0)] = gap;

const DASHES = new Set([0x2010, 0x2011, 0x2012, 0x2013, 0x2014]);
const QUOTES = new Set([0x201c, 0x201d, 0x201e, 0xab, 0xbb]);

function gapOf(code: number): number {
  if (code < 128) return GAPS[code] ?? Gap.other;
  if (code === 0xa0 || code === 0x2009 || code === 0x202f) return Gap.blank;
  if (DASHES.has(code)) return Gap.hyphen;
  if (QUOTES.has(code)) return Gap.quote;
  return Gap.other;
}

/** The bits of what stands from `from` to the end of a text, which has no word there. */
export function trailingGap(text: string, from: number): number {
  let gap = 0;
  for (let at = from; at < text.length; at++) gap |= gapOf(text.charCodeAt(at));
  return gap;
}

/** Letters by ASCII code, with bit 8 where upper case; what most of a text is. */
const ASCII = new Uint16Array(128);
for (let code = 0x41; code <= 0x5a; code++) {
  ASCII[code] = code | 0x100;
  ASCII[code + 32] = code;
}

function isApostrophe(code: number): boolean {
  return code === 0x27 || code === 0x2019 || code === 0x2bc || code === 0x2bb || code === 0x60;
}

/** Whether the text has a letter of ours there. */
export function isLetterAt(text: string, at: number): boolean {
  return at < text.length && foldedLetters(text.charCodeAt(at)) !== 0;
}

/** Whether the apostrophe belongs to the word: `O'Brien` and `D’Angelo`, but not `Smith's`. */
function joins(text: string, at: number): boolean {
  if (!isLetterAt(text, at + 1)) return false;
  return isLetterAt(text, at + 2);
}

/** Reads the words of `text[from, to)`, which are fewer than the tokens have room for. */
export function tokenize(text: string, from: number, to: number, tokens: Tokens): void {
  const { start, end, hash, kind, gap, cue } = tokens;
  let count = 0;
  let before = 0;
  let blanks = 0;
  let dots = 0;
  let at = from;
  while (at < to) {
    const code = text.charCodeAt(at);
    const letter = code < 128 ? (ASCII[code] ?? 0) : foldedLetters(code);
    if (letter === 0) {
      if (code === 0x20) {
        if (++blanks > 2) before |= Gap.wide;
      } else blanks = 0;
      dots = code === 0x2e ? dots + 1 : 0;
      // `Given names ......... Rhys`: a leader does what a colon does.
      if (dots > 3) {
        before = (before & ~Gap.dot) | Gap.colon;
        at++;
        continue;
      }
      before |= isForeignLetter(code) ? Gap.other | Gap.digit : gapOf(code);
      at++;
      continue;
    }
    const head = at;
    let word = HASH_SEED;
    let uppers = 0;
    let letters = 0;
    const first = code < 128 ? letter > 0xff : isUpper(code);
    while (at < to) {
      const each = text.charCodeAt(at);
      if (each < 128) {
        const one = ASCII[each] ?? 0;
        if (one === 0) {
          if (isApostrophe(each) && joins(text, at)) {
            at++;
            continue;
          }
          break;
        }
        word = hashNext(word, one & 0xff);
        if (one > 0xff) uppers++;
      } else {
        const pair = foldedLetters(each);
        if (pair === 0) {
          if (isMark(each) || (isApostrophe(each) && joins(text, at))) {
            at++;
            continue;
          }
          break;
        }
        word = hashNext(word, pair & 0xff);
        if (pair > 0xff) word = hashNext(word, pair >> 8);
        if (isUpper(each)) uppers++;
      }
      letters++;
      at++;
    }
    start[count] = head;
    const hashed = hashEnd(word);
    hash[count] = hashed;
    gap[count] = before;
    cue[count] = CUES.get(hashed);
    const how = kindOf(first, uppers, letters);
    if (how === Kind.capital && letters > 2) at = pastNumber(text, at, to);
    end[count] = at;
    kind[count] = touchesDigit(text, head, at) ? Kind.other : how;
    count++;
    before = 0;
    blanks = 0;
    dots = 0;
    // The s of a possessive is no word.
    if (
      at + 1 < to &&
      isApostrophe(text.charCodeAt(at)) &&
      (text.charCodeAt(at + 1) | 0x20) === 0x73 &&
      !isLetterAt(text, at + 2)
    ) {
      at += 2;
      before = Gap.possessive;
    }
  }
  tokens.count = count;
}

function kindOf(first: boolean, uppers: number, letters: number): number {
  if (!first) return Kind.lower;
  if (letters === 1) return Kind.initial;
  if (uppers === letters) return Kind.upper;
  return uppers === 1 ? Kind.capital : Kind.mixed;
}

/** Generators of synthetic patients mark names with a number (`Abe604 Frami345`): up to three digits are part of a capitalized word. */
function pastNumber(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && at - from < 4 && isDigit(text.charCodeAt(at))) at++;
  return at - from < 4 && !isLetterAt(text, at) ? at : from;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function touchesDigit(text: string, head: number, end: number): boolean {
  return (head > 0 && isDigit(text.charCodeAt(head - 1))) || (end < text.length && isDigit(text.charCodeAt(end)));
}

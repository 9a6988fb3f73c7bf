import { CharClass, type Leaves } from '../../core/format.ts';
import { BYTE_CLASSES } from '../classes.ts';
import { resolveEntities } from '../text/entities.ts';
import { createMapper, type Mapped, stringRuns } from '../text/mapped.ts';
import type { Candidate } from './candidate.ts';
import { locatedBy } from './located.ts';
import { looksLikeMarkup } from './markup.ts';

// Text that is written with escapes of other formats: percent-encoding (RFC 3986 §2.1), character references (HTML), \u0041 and \x41 (JSON, JavaScript), bytes in hexadecimal with something
// between them, characters without width in the middle of words, letters of full width (Unicode Standard Annex 11).

/** A stretch of a text that says something else than it shows. */
interface Escaped {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** It is the whole of its text, which is read instead. */
  readonly whole: boolean;
  /** Where in its text a part of what it says came from; left out where that is told of the stretch alone. */
  readonly said?: Mapped;
}

/** Fewer escapes in a stretch are signs that somebody could not write otherwise: `50%25`, `Tom &amp; Jerry`. */
const FEWEST = 3;

const TOKEN = /\S{12,}/g;

type Decode = (token: string) => string | null;

const PERCENTS = /%[0-9A-Fa-f]{2}/;

const WAYS: readonly { readonly mark: string; readonly escapes: RegExp; readonly decode: Decode }[] = [
  // A blank is a plus sign in forms; without any other escape it is none.
  {
    mark: '%',
    escapes: /%[0-9A-Fa-f]{2}|(?<=\w)\+(?=\w)/g,
    decode: (token) => (PERCENTS.test(token) ? fromPercent(token) : null),
  },
  { mark: '&', escapes: /&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]\w{1,9});/g, decode: resolveEntities },
  {
    mark: '\\u',
    escapes: /\\u[0-9A-Fa-f]{4}/g,
    decode: (token) =>
      token.replace(/\\u([0-9A-Fa-f]{4})/g, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
  },
  { mark: '\\x', escapes: /\\x[0-9A-Fa-f]{2}/g, decode: (token) => token.replace(/(?:\\x[0-9A-Fa-f]{2})+/g, fromBytes) },
];

/** Bytes as UTF-8, or as Latin-1 where they are none. */
function asText(bytes: Buffer): string {
  const utf8 = bytes.toString('utf8');
  return utf8.includes('\uFFFD') ? bytes.toString('latin1') : utf8;
}

/** The text that bytes in hexadecimal are, whatever stands between these. */
function fromBytes(written: string): string {
  return asText(Buffer.from(written.replace(/0x|[^0-9A-Fa-f]/g, ''), 'hex'));
}

/** Parts of a query are lines of their own; in forms a plus sign is a blank (HTML, application/x-www-form-urlencoded). */
function fromPercent(token: string): string {
  const spaced = token.includes('%20') ? token : token.replaceAll('+', ' ');
  return spaced.replace(/[?&]/g, '\n').replace(/(?:%[0-9A-Fa-f]{2})+/g, fromBytes);
}

/** Two dozen digits in pairs, each with `0x` before it or a blank, a colon, a comma or a hyphen between them; or `0x` and digits. */
const HEX =
  /(?<![0-9A-Za-z])(?:(?:0x)?[0-9A-Fa-f]{2}(?:[ :,-]{1,2}(?:0x)?[0-9A-Fa-f]{2}){11,}|0x(?:[0-9A-Fa-f]{2}){12,})(?![0-9A-Za-z])/g;
const PLAIN = /^[\t\n\r -~\u00a0-\u024f]+$/;
const WORDY = /[A-Za-z0-9 ]/g;

function* hexIn(text: string): Generator<Escaped> {
  for (const { 0: run, index } of text.matchAll(HEX)) {
    const decoded = fromBytes(run);
    const isWords = PLAIN.test(decoded) && (decoded.match(WORDY)?.length ?? 0) * 5 >= decoded.length * 4;
    if (isWords) yield { from: index, to: index + run.length, text: decoded, whole: false };
  }
}

/** Nothing to see between two letters or digits of ASCII. Persian and the scripts of India need such characters. */
const UNSEEN = /(?<=[A-Za-z0-9])[\u00ad\u200b-\u200d\u2060\ufeff]+(?=[A-Za-z0-9])/;
/** Blanks at which no line is broken, or of another width, in numbers, names and what else is told by its blanks. */
const BLANKS = /(?<=[\p{L}\p{N}.,:;)])[\u00a0\u2000-\u200a\u202f\u205f]+(?=[\p{L}\p{N}(+])/u;
const ODD = new RegExp(`${UNSEEN.source}|${BLANKS.source}`, 'gu');
/** Words in Latin letters of full width. */
const WIDE = /[\uff01-\uff5e\u3000]{8,}/g;
const WIDE_WORD = /[\uff21-\uff3a\uff41-\uff5a]{3}/;

function withoutOddities(text: string): Mapped {
  const mapper = createMapper(stringRuns(text));
  let at = 0;
  for (const { 0: odd, index } of text.matchAll(ODD)) {
    mapper.run(at, index);
    at = index + odd.length;
    if (BLANKS.test(text.slice(Math.max(0, index - 1), at + 2))) mapper.put(' ', index, at);
  }
  mapper.run(at, text.length);
  return mapper.done();
}

function* unusualIn(text: string): Generator<Escaped> {
  if (UNSEEN.test(text) || BLANKS.test(text)) {
    const said = withoutOddities(text);
    yield { from: 0, to: text.length, text: said.text, whole: true, said };
    return;
  }
  for (const { 0: run, index } of text.matchAll(WIDE)) {
    if (WIDE_WORD.test(run)) yield { from: index, to: index + run.length, text: run.normalize('NFKC'), whole: false };
  }
}

function* escapedIn(text: string): Generator<Escaped> {
  for (const { mark, escapes, decode } of WAYS) {
    if (!text.includes(mark)) continue;
    for (const { 0: token, index } of text.matchAll(TOKEN)) {
      if ((token.match(escapes)?.length ?? 0) < FEWEST) continue;
      const decoded = decode(token);
      if (decoded !== null && decoded !== token) yield { from: index, to: index + token.length, text: decoded, whole: false };
    }
  }
}

/** Markup for how a text looks, in a field: `<b>KATHERINE</b> RIVERA`. */
const MARKUP = /<(?:p|b|i|u|br|div|span|td|tr|table|li|ul|ol|strong|em|font|h[1-6])(?: [^<>]{0,200})?\/?>/i;

const [PERCENT, AMPERSAND, BACKSLASH, LESS, ZERO, SMALL_X] = [0x25, 0x26, 0x5c, 0x3c, 0x30, 0x78];

/** The bytes that say what a leaf is: its own, or those of its text where that is written in other ones. */
interface Shown {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly to: number;
  readonly mask: number;
}

function shownBy(leaves: Leaves, leaf: number, mask: number): Shown {
  const bytes = bytesOf(leaves, leaf, mask);
  if (bytes !== null) return { bytes, from: leaves.start[leaf] ?? 0, to: leaves.end[leaf] ?? 0, mask };
  const text = Buffer.from(leaves.text(leaf));
  return { bytes: text, from: 0, to: text.length, mask: text.reduce((sum, byte) => sum | (BYTE_CLASSES[byte] ?? 0), 0) };
}

function bytesOf({ ascii, start }: Leaves, leaf: number, mask: number): Uint8Array | null {
  return ascii === undefined || (start[leaf] ?? -1) < 0 || (mask & CharClass.escape) !== 0 ? null : ascii;
}

/** Whether bytes have what escapes are written with: few have, and nothing else is decoded to know. */
function mayBeEscaped({ bytes, from, to, mask }: Shown): boolean {
  if ((mask & CharClass.other) === 0) return false;
  let escapes = 0;
  for (let at = from; at < to; at++) {
    const byte = bytes[at];
    if (byte === LESS) return true;
    if (byte === PERCENT || byte === AMPERSAND || byte === BACKSLASH) escapes++;
  }
  return escapes >= 2;
}

/** Whether these may be bytes in pairs with something between them, or behind `0x`. */
function mayBeHex({ bytes, from, to, mask }: Shown): boolean {
  if ((mask & CharClass.digit) === 0 || (mask & (CharClass.upper | CharClass.lower)) === 0) return false;
  if (bytes[from] === ZERO && ((bytes[from + 1] ?? 0) | 0x20) === SMALL_X) return true;
  return to - from >= PAIRS && (mask & (CharClass.space | CharClass.colon | CharClass.hyphen)) !== 0;
}

/** A dozen pairs and what stands between them. */
const PAIRS = 35;
/** Shorter texts hold no identifier in escapes, or are read as what they look like. */
const SHORTEST = 24;

/** What a leaf says in escapes of other formats, all of it as one document; null where it says nothing so. */
export function escapedCandidate(leaves: Leaves, leaf: number, mask: number): Candidate | null {
  const shown = shownBy(leaves, leaf, mask);
  if (shown.to - shown.from < SHORTEST) return null;
  const isUnusual = (shown.mask & CharClass.high) !== 0;
  const hasEscapes = mayBeEscaped(shown);
  const hasHex = hasEscapes || mayBeHex(shown);
  if (!isUnusual && !hasHex) return null;
  const text = leaves.text(leaf);
  const isMarkup = hasEscapes && leaves.addressOf(leaf).path !== 'raw' && MARKUP.test(text) && looksLikeMarkup(Buffer.from(text));
  if (isMarkup) return candidateOf(leaves, leaf, [{ from: 0, to: text.length, text, whole: true }]);
  for (const stretches of [isUnusual ? unusualIn : null, hasEscapes ? escapedIn : null, hasHex ? hexIn : null]) {
    const found = stretches === null ? [] : [...stretches(text)];
    if (found.length > 0) return candidateOf(leaves, leaf, found);
  }
  return null;
}

/** More stretches than that have no spans of their own: they are those of the leaf. */
const MOST_SPANS = 64;

/** Stretches are lines of the document: what stands between them is read where it is. */
function candidateOf(leaves: Leaves, leaf: number, stretches: readonly Escaped[]): Candidate {
  const last = stretches.at(-1)?.to ?? 0;
  const { said } = stretches.length === 1 ? (stretches[0] ?? {}) : {};
  const places = stretches.length > MOST_SPANS ? [{ from: stretches[0]?.from ?? 0, to: last }] : stretches;
  return {
    leaf,
    sealed: stretches[0]?.whole === true ? [leaf] : [],
    spans: places.flatMap(({ from, to }) => leaves.spanOf(leaf, from, to) ?? []),
    bytes: Buffer.from(stretches.map(({ text }) => text).join('\n')),
    makesSense: true,
    // Only blanks are others: that was read as it is.
    isReadAnyway: said?.text.length === last,
    ...(said === undefined ? {} : { locate: locatedBy(leaves, leaf, said) }),
  };
}

import { isUtf8 } from 'node:buffer';
import { CharClass, type Leaves } from '../../core/format.ts';
import { addressById } from '../address-book.ts';
import { decodeBytes, readingOf, utf8Cursor } from '../charset.ts';
import { PLACE_WIDTH } from '../columns.ts';
import type { TextReader } from './charset.ts';
import { tagText } from './dictionary.ts';
import { DEFAULT_READER, Mode, NODE_WIDTH, PREAMBLE_NODE, RAW_NODE } from './reading.ts';
import { originAfter, originOf, type Splice } from './splice.ts';
import type { Tokens } from './tokenize.ts';
import { VR_NAMES } from './vr-code.ts';

/** Columns of core hold 32 bits; what lies further out in an original has no span. */
const MAX_OFFSET = 0x7fffffff;
/** From here on a run that is no UTF-8 is read as Latin-1 and not as its superset Windows-1252. */
const LONG_RUN = 4096;
const DECODED = CharClass.high | CharClass.escape;

/**
 * The leaves of a tokenized object. `inflatedAt`: kept offset from which nothing has a place in the original, Infinity without a
 * deflated data set. Text is decoded when asked for, and kept: several detectors read the same leaf.
 */
export function dicomLeaves(tokens: Tokens, inflatedAt: number): Leaves {
  const { splice, columns } = tokens;
  const { bytes } = splice;
  const { count, address, classes, place } = columns;
  const last = count === 0 ? 0 : (columns.end[count - 1] ?? 0);
  const isWhole = inflatedAt >= last && (splice.gapAt[0] ?? last) >= last;
  const edge = (leaf: number, which: number): number => place[leaf * PLACE_WIDTH + which] ?? 0;
  const isPlain = (leaf: number): boolean => ((classes[leaf] ?? 0) & DECODED) === 0;
  const decode = (leaf: number, start: number, end: number): string => {
    if (isPlain(leaf)) return bytes.toString('latin1', start, end);
    const mode = edge(leaf, 4);
    if (mode === Mode.wide) return bytes.toString('utf16le', start, end);
    // Windows of noise: making a string of it byte by byte would cost more than it tells.
    if (mode === Mode.run && end - start > LONG_RUN && !isUtf8(bytes.subarray(start, end)))
      return bytes.toString('latin1', start, end);
    if (mode === Mode.run) return decodeBytes(bytes, start, end, readingOf(bytes, start, end, null));
    return readerOf(tokens, edge(leaf, 1)).text(bytes, start, end, VR_NAMES[edge(leaf, 3)] ?? '');
  };
  let texts: (string | undefined)[] | null = null;
  return {
    count,
    address,
    classes,
    start: isWhole ? columns.start : columns.start.map((kept) => (kept >= inflatedAt ? -1 : fits(originOf(splice, kept)))),
    end: isWhole ? columns.end : columns.end.map((kept) => (kept > inflatedAt ? -1 : fits(originAfter(splice, kept)))),
    // With bytes left out before a leaf, or a data set that was inflated, offsets do not point into these bytes.
    ascii: isWhole ? bytes : undefined,
    addressOf: (leaf) => addressById(address[leaf] ?? -1),
    text(leaf) {
      texts ??= new Array<string | undefined>(count);
      const known = texts[leaf];
      if (known !== undefined) return known;
      const made = decode(leaf, columns.start[leaf] ?? 0, columns.end[leaf] ?? 0);
      texts[leaf] = made;
      return made;
    },
    path: (leaf) => pathOf(tokens, leaf),
    spanOf(leaf, from, to) {
      const end = columns.end[leaf] ?? 0;
      if (from < 0 || from >= to || end > inflatedAt) return null;
      const span = bytesOf(tokens, leaf, from, to, isPlain(leaf));
      return span === null || span.start >= span.end || span.end > end ? null : spanIn(splice, span.start, span.end);
    },
  };
}

function fits(origin: number): number {
  return origin > MAX_OFFSET ? -1 : origin;
}

function spanIn(splice: Splice, from: number, to: number): { start: number; end: number } | null {
  const span = { start: originOf(splice, from), end: originAfter(splice, to) };
  return span.end > MAX_OFFSET ? null : span;
}

/** The reader of the innermost item around a node that declares its character set. */
function readerOf({ readers, nodes }: Tokens, node: number): TextReader {
  for (let at = node; at >= 0; at = nodes[at * NODE_WIDTH] ?? -1) {
    const reader = readers.get(at);
    if (reader !== undefined) return reader;
  }
  return DEFAULT_READER;
}

/** Kept bytes of a stretch of a leaf's text; characters that it begins or ends within are taken whole. */
function bytesOf(tokens: Tokens, leaf: number, from: number, to: number, plain: boolean): { start: number; end: number } | null {
  const { splice, columns } = tokens;
  const { bytes } = splice;
  const start = columns.start[leaf] ?? 0;
  const end = columns.end[leaf] ?? 0;
  if (plain) return { start: start + from, end: start + to };
  const [, node = 0, , vr = 0, mode] = columns.place.subarray(leaf * PLACE_WIDTH, (leaf + 1) * PLACE_WIDTH);
  if (mode === Mode.wide) return { start: start + from * 2, end: start + to * 2 };
  if (mode === Mode.run) {
    if (readingOf(bytes, start, end, null) !== null) return { start: start + from, end: start + to };
    const cursor = utf8Cursor(bytes, start, end);
    return { start: cursor(from, false), end: cursor(to, true) };
  }
  const reader = readerOf(tokens, node);
  const name = VR_NAMES[vr] ?? '';
  const begin = reader.byteAt(bytes, start, end, name, from, false);
  const stop = reader.byteAt(bytes, start, end, name, to, true);
  return begin === null || stop === null ? null : { start: begin, end: stop };
}

/** `(0010,0010)`, `(0040,A730)[2].(0040,A160)`, `(0010,1000)[2]`: numbers of items and values from 1, `[1]` left out. */
export function pathOf({ columns, nodes }: Pick<Tokens, 'columns' | 'nodes'>, leaf: number): string {
  const [tag = 0, node = 0, value = 1] = columns.place.subarray(leaf * PLACE_WIDTH, (leaf + 1) * PLACE_WIDTH);
  if (node === RAW_NODE) return 'raw';
  if (node === PREAMBLE_NODE) return 'preamble';
  let path = tagText(tag) + indexOf(value);
  for (let at = node; at > 0; at = nodes[at * NODE_WIDTH] ?? 0) {
    path = `${tagText(nodes[at * NODE_WIDTH + 1] ?? 0)}${indexOf(nodes[at * NODE_WIDTH + 2] ?? 1)}.${path}`;
  }
  return path;
}

function indexOf(number: number): string {
  return number > 1 ? `[${number}]` : '';
}

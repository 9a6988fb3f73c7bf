import type { Leaves, Parsed } from '../../core/format.ts';
import { CharClass } from '../../core/format.ts';
import type { Problem } from '../../core/vocabulary.ts';
import { addressById, createAddressBook } from '../address-book.ts';
import { decodeBytes, readingOf, utf8Cursor } from '../charset.ts';
import { BYTE_CLASSES } from '../classes.ts';
import { type Columns, createColumns, growColumns, takeColumns } from '../columns.ts';
import { coverageOf } from '../coverage.ts';
import type { Source } from './source.ts';

const RAW = createAddressBook('raw', 0).intern('raw', 'raw', '', true);

const LF = 0x0a;
const VT = 0x0b;
const CR = 0x0d;
const FS = 0x1c;
/** No identifier is shorter: runs between NULs below this length are counted as examined and make no leaf. */
const MIN_BINARY_RUN = 3;
/** Characters of UTF-16 in a row before binary is taken for text. */
const MIN_WIDE_RUN = 4;
/** From here on a line ends a leaf only when the leaf has COARSE bytes: a body of bare line feeds must not become a leaf each. */
const FINE_LEAVES = 1 << 22;
const COARSE = 1 << 16;

const columns = createColumns();

/**
 * The part of a body between two working offsets as format `raw`: a leaf per line, whatever its length (detection is linear, and
 * windows would cut identifiers or report them twice). Binary, known by its NULs, gives a leaf per printable run, UTF-16LE
 * runs included. Never throws; all bytes that decode are examined.
 */
export function rawParsed(source: Source, from: number, to: number, problems: readonly Problem[]): Parsed {
  const { buffer } = source;
  const start = source.origin(from);
  if (buffer.subarray(from, to).includes(0)) splitBinary(buffer, from, to);
  else splitLines(buffer, from, to);
  return {
    format: 'raw',
    type: '',
    start,
    end: source.origin(to),
    leaves: rawLeaves(source, takeColumns(columns, false)),
    coverage: coverageOf(source, from, to),
    identity: { values: [] },
    routing: { fields: {}, processing: '' },
    problems,
  };
}

function emit(start: number, end: number, classes: number): void {
  if (columns.count === columns.capacity) growColumns(columns);
  const leaf = columns.count++;
  columns.address[leaf] = RAW;
  columns.start[leaf] = start;
  columns.end[leaf] = end;
  columns.classes[leaf] = classes;
}

function isBreak(byte: number): boolean {
  // The MLLP framing bytes belong to no text.
  return byte === CR || byte === LF || byte === VT || byte === FS;
}

function splitLines(buffer: Buffer, from: number, to: number): void {
  let start = from;
  if (buffer[from] === 0xef && buffer[from + 1] === 0xbb && buffer[from + 2] === 0xbf && from + 3 <= to) start = from + 3;
  let classes = 0;
  for (let at = start; at < to; at++) {
    const byte = buffer[at] ?? 0;
    if (!isBreak(byte) || (columns.count >= FINE_LEAVES && at - start < COARSE)) {
      classes |= BYTE_CLASSES[byte] ?? 0;
      continue;
    }
    if (at > start) emit(start, at, classes);
    start = at + 1;
    classes = 0;
  }
  if (to > start) emit(start, to, classes);
}

function splitBinary(buffer: Buffer, from: number, to: number): void {
  let at = from;
  while (at < to && columns.count < FINE_LEAVES) {
    const wide = wideEnd(buffer, at, to);
    const end = wide > at ? wide : narrowEnd(buffer, at, to);
    if (wide > at || end - at >= MIN_BINARY_RUN) emit(at, end, classesOf(buffer, at, end));
    at = Math.max(end, at + 1);
  }
  for (; at < to; at += COARSE) {
    const end = Math.min(at + COARSE, to);
    emit(at, end, classesOf(buffer, at, end));
  }
}

function classesOf(buffer: Buffer, start: number, end: number): number {
  let classes = 0;
  for (let at = start; at < end; at++) classes |= BYTE_CLASSES[buffer[at] ?? 0] ?? 0;
  return classes;
}

function isPrintable(byte: number | undefined): boolean {
  return byte !== undefined && ((byte >= 0x20 && byte < 0x7f) || byte >= 0xa0);
}

/** Where a run of UTF-16LE text from `at` ends; `at` when there is none of MIN_WIDE_RUN characters. */
function wideEnd(buffer: Buffer, at: number, to: number): number {
  let end = at;
  while (end + 1 < to && isPrintable(buffer[end]) && buffer[end + 1] === 0) end += 2;
  return end - at >= MIN_WIDE_RUN * 2 ? end : at;
}

function narrowEnd(buffer: Buffer, at: number, to: number): number {
  let end = at;
  while (end < to && buffer[end] !== 0 && !isBreak(buffer[end] ?? 0)) end++;
  return end;
}

function rawLeaves(source: Source, taken: Columns): Leaves {
  const { buffer } = source;
  const { count, address, classes, start, end } = taken;
  const edge = (column: Int32Array): Int32Array => (source.transcoded ? column.map((offset) => source.origin(offset)) : column);
  const startOf = (leaf: number): number => start[leaf] ?? 0;
  const endOf = (leaf: number): number => end[leaf] ?? 0;
  // Narrow runs hold no NUL, so a NUL in second place tells a wide one; coarse windows hold anything and are read narrow.
  const isWide = (leaf: number): boolean =>
    leaf < FINE_LEAVES && endOf(leaf) - startOf(leaf) > 1 && buffer[startOf(leaf) + 1] === 0;
  const reading = (leaf: number) => readingOf(buffer, startOf(leaf), endOf(leaf), null);
  const isAscii = (leaf: number): boolean => ((classes[leaf] ?? 0) & CharClass.high) === 0;
  const cursorOf = (leaf: number) =>
    isWide(leaf) || isAscii(leaf) || reading(leaf) !== null ? null : utf8Cursor(buffer, startOf(leaf), endOf(leaf));
  const read = (leaf: number): string => {
    if (isWide(leaf)) return buffer.toString('utf16le', startOf(leaf), endOf(leaf));
    if (isAscii(leaf)) return buffer.toString('latin1', startOf(leaf), endOf(leaf));
    return decodeBytes(buffer, startOf(leaf), endOf(leaf), reading(leaf));
  };
  // The last text alone: whoever judges a thousand matches of a long run asks for it a thousand times, and all together may be as large as the body.
  let last: { leaf: number; text: string } | null = null;
  let located: { leaf: number; cursor: ReturnType<typeof utf8Cursor> | null } | null = null;
  return {
    count,
    address,
    classes,
    start: edge(start),
    end: edge(end),
    addressOf: () => addressById(RAW),
    path: () => 'raw',
    text(leaf) {
      if (last?.leaf !== leaf) last = { leaf, text: read(leaf) };
      return last.text;
    },
    spanOf(leaf, from, to) {
      if (from < 0 || from >= to) return null;
      if (located?.leaf !== leaf) located = { leaf, cursor: cursorOf(leaf) };
      const { cursor } = located;
      const size = isWide(leaf) ? 2 : 1;
      const begin = cursor === null ? startOf(leaf) + from * size : cursor(from, false);
      const stop = cursor === null ? startOf(leaf) + to * size : cursor(to, true);
      return begin >= stop || stop > endOf(leaf) ? null : { start: source.origin(begin), end: source.origin(stop) };
    },
  };
}

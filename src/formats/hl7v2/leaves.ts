import { CharClass, type Leaves } from '../../core/format.ts';
import { type ByteTable, decodeBytes, readingOf, utf8Cursor } from '../charset.ts';
import { PLACE_WIDTH } from '../columns.ts';
import { columnsOf } from '../source-leaves.ts';
import type { Source } from '../text/source.ts';
import type { Delimiters } from './delimiters.ts';
import { unescapedBytes, unescapeValue } from './escapes.ts';
import { SEGMENT_WIDTH, type Tokens } from './tokenize.ts';

/** What it takes to decode a message's values. */
export interface Reader {
  readonly source: Source;
  readonly delimiters: Delimiters;
  /** Charset.table. */
  readonly table: ByteTable | null;
}

/** Decoded text of a stretch of a message, escapes and character set resolved. */
export function readText({ source, delimiters, table }: Reader, start: number, end: number, classes: number): string {
  const { buffer } = source;
  const high = (classes & CharClass.high) !== 0;
  if ((classes & CharClass.escape) === 0) {
    return high ? decodeBytes(buffer, start, end, readingOf(buffer, start, end, table)) : buffer.toString('latin1', start, end);
  }
  // \X..\ makes bytes over 0x7F out of ASCII, so what was resolved is looked at anew.
  const bytes = unescapedBytes(buffer, start, end, delimiters);
  return decodeBytes(bytes, 0, bytes.length, readingOf(bytes, 0, bytes.length, table));
}

/** A slice keeps the whole string alive as long as itself; someone may remember a value, so large messages are not sliced. */
const SLICED = 16 * 1024;

/** The leaves of a tokenized message. Text is decoded when asked for, and kept: several detectors read the same leaf. */
export function hl7Leaves(reader: Reader, tokens: Tokens): Leaves {
  const { source } = reader;
  const { columns } = tokens;
  const { count, classes, start, end } = columns;
  let texts: (string | undefined)[] | null = null;
  let located: { leaf: number; locate: Locate } | null = null;
  let whole: string | null = null;
  const base = start[0] ?? 0;
  const size = (end[count - 1] ?? 0) - base;
  /** Plain ASCII out of one string of the whole message: a slice costs a tenth of a call to the decoder. */
  const plainText = (leaf: number): string | null => {
    if (size > SLICED || ((classes[leaf] ?? 0) & (CharClass.high | CharClass.escape)) !== 0) return null;
    whole ??= source.buffer.toString('latin1', base, base + size);
    return whole.slice((start[leaf] ?? 0) - base, (end[leaf] ?? 0) - base);
  };
  // Names of capped segments are not in their address, so a path is always made from the place and the source.
  return {
    ...columnsOf(source, columns),
    text(leaf) {
      texts ??= new Array<string | undefined>(count);
      const known = texts[leaf];
      if (known !== undefined) return known;
      const made = plainText(leaf) ?? readText(reader, start[leaf] ?? 0, end[leaf] ?? 0, classes[leaf] ?? 0);
      texts[leaf] = made;
      return made;
    },
    isBeside: (leaf, other) => isBeside(columns.place, leaf * PLACE_WIDTH, other * PLACE_WIDTH),
    path: (leaf) => pathOf(reader, tokens, leaf),
    spanOf(leaf, from, to) {
      if (from < 0 || from >= to) return null;
      if (located?.leaf !== leaf)
        located = { leaf, locate: locator(reader, start[leaf] ?? 0, end[leaf] ?? 0, classes[leaf] ?? 0) };
      return located.locate(from, to);
    },
  };
}

/** Whether two places have the same segment, field and repetition; lines that are no segment have none. */
function isBeside(place: Int32Array, slot: number, other: number): boolean {
  const field = place[slot + 1];
  return field === place[other + 1] && (field === 0 || (place[slot] === place[other] && place[slot + 2] === place[other + 2]));
}

/** `PID-3[2].4.1`, `OBX[3]-5`, `ZPI-2`: indices from 1, `[1]` left out (DESIGN §6.1); `raw` for a line that is no segment. */
function pathOf({ source }: Reader, { columns, segments }: Tokens, leaf: number): string {
  const slot = leaf * PLACE_WIDTH;
  const [segment = 0, field = 0, repetition = 1, component = 0, subcomponent = 0] = columns.place.subarray(
    slot,
    slot + PLACE_WIDTH,
  );
  if (field === 0) return 'raw';
  const lineStart = segments[segment * SEGMENT_WIDTH] ?? 0;
  const occurrence = segments[segment * SEGMENT_WIDTH + 1] ?? 1;
  const name = source.buffer.toString('latin1', lineStart, lineStart + 3).toUpperCase();
  let path = occurrence > 1 ? `${name}[${occurrence}]-${field}` : `${name}-${field}`;
  if (repetition > 1) path += `[${repetition}]`;
  if (component > 0) path += `.${component}`;
  return subcomponent > 0 ? `${path}.${subcomponent}` : path;
}

type Locate = (from: number, to: number) => { start: number; end: number } | null;

/** Finds the bytes of a stretch of one value's text. A stretch that begins or ends within an escape sequence or a character takes it whole. */
function locator({ source, delimiters, table }: Reader, start: number, end: number, classes: number): Locate {
  const { buffer } = source;
  const escaped = (classes & CharClass.escape) !== 0 ? unescapeValue(buffer, start, end, delimiters) : null;
  const bytes = escaped?.bytes ?? buffer;
  const first = escaped === null ? start : 0;
  const last = escaped === null ? end : escaped.bytes.length;
  const plain = escaped === null && (classes & CharClass.high) === 0;
  const cursor = plain || readingOf(bytes, first, last, table) !== null ? null : utf8Cursor(bytes, first, last);
  return (from, to) => {
    const begin = cursor === null ? first + from : cursor(from, false);
    const stop = cursor === null ? first + to : cursor(to, true);
    if (begin >= stop || stop > last) return null;
    const firstByte = escaped === null ? begin : (escaped.from[begin] ?? start);
    const afterByte = escaped === null ? stop : (escaped.to[stop - 1] ?? end);
    return { start: source.origin(firstByte), end: source.origin(afterByte) };
  };
}

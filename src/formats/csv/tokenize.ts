import { CharClass } from '../../core/format.ts';
import { BYTE_CLASSES } from '../classes.ts';
import { type Columns, createColumns, growColumns, PLACE_WIDTH, takeColumns } from '../columns.ts';

/** Numbers in `Columns.place`, both from 1. */
export const Place = { row: 0, column: 1 } as const;

export interface Tokens {
  readonly columns: Columns;
  /** Where the table ends: the end of the body, unless it holds too many cells. */
  readonly end: number;
  /** Cells whose quotes do not close as RFC 4180 asks. */
  readonly faults: number;
  readonly full: boolean;
  /** Rows under or between those of the table that have hardly any of its cells: totals and remarks. */
  readonly remarks: ReadonlySet<number>;
}

export const MAX_LEAVES = 1 << 22;
/** From so many columns on, a row with half of them or fewer is a remark. */
const WIDE = 5;
const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;

const columns = createColumns();

interface State {
  readonly buffer: Buffer;
  readonly delimiter: number;
  readonly width: number;
  readonly remarks: Set<number>;
  at: number;
  row: number;
  column: number;
  faults: number;
  /** From here on no quote closes a cell. */
  unclosed: number;
}

/**
 * Reads a table from an offset to the end of the body, in one pass: a leaf per cell that is not empty, without the quotes and the space around it. A quote that
 * nothing closes is a character like any other. `width`: columns of the table. Never throws.
 */
export function tokenize(buffer: Buffer, from: number, { delimiter, width }: { delimiter: number; width: number }): Tokens {
  columns.count = 0;
  const remarks = new Set<number>();
  const ends = { faults: 0, unclosed: buffer.length };
  const state: State = { buffer, delimiter, width, remarks, at: from, row: 1, column: 1, ...ends };
  while (state.at < buffer.length && columns.count < MAX_LEAVES) step(state);
  endRow(state);
  const full = state.at < buffer.length;
  return { columns: takeColumns(columns, true), end: state.at, faults: state.faults, full, remarks };
}

function step(state: State): void {
  const { buffer, delimiter, at } = state;
  const byte = buffer[at] ?? 0;
  if (byte === delimiter) {
    state.column++;
    state.at++;
  } else if (byte === LF || byte === CR) {
    endRow(state);
    state.at += byte === CR && buffer[at + 1] === LF ? 2 : 1;
    state.row++;
    state.column = 1;
  } else if (byte <= 0x20) state.at++;
  else if (byte === QUOTE && at < state.unclosed) quoted(state);
  else plain(state, at);
}

function endRow({ width, row, column, remarks }: State): void {
  const last = (columns.count - 1) * PLACE_WIDTH;
  // A blank line is no row.
  if (width >= WIDE && column * 2 <= width && columns.count > 0 && columns.place[last + Place.row] === row) remarks.add(row);
}

function plain(state: State, from: number): void {
  const { buffer, delimiter } = state;
  let end = from;
  let classes = 0;
  let at = from;
  for (let byte = buffer[at]; byte !== undefined && byte !== delimiter && byte !== LF && byte !== CR; byte = buffer[++at]) {
    if (byte > 0x20) end = at + 1;
    classes |= BYTE_CLASSES[byte] ?? 0;
  }
  state.at = at;
  emit(state, from, end, classes);
}

/** A cell in quotes: two of them in a row stand for one (RFC 4180 §2.7). It may hold delimiters and line breaks. */
function quoted(state: State): void {
  const { buffer } = state;
  const start = state.at + 1;
  let classes = 0;
  let at = start;
  for (let byte = buffer[at]; at < buffer.length; byte = buffer[++at]) {
    if (byte === QUOTE) {
      if (buffer[at + 1] !== QUOTE) break;
      classes |= CharClass.escape;
      at++;
    }
    classes |= BYTE_CLASSES[byte ?? 0] ?? 0;
  }
  if (at >= buffer.length) {
    state.faults++;
    state.unclosed = state.at;
    plain(state, state.at);
    return;
  }
  const [first, last] = trimmed(buffer, start, at);
  state.at = at + 1;
  emit(state, first, last, classes);
  // What follows a closing quote up to the delimiter belongs to the cell, though it should not be there.
  if (endsCell(state)) return;
  state.faults++;
}

function endsCell({ buffer, delimiter, at }: State): boolean {
  let next = at;
  while (buffer[next] === 0x20) next++;
  const byte = buffer[next];
  return byte === undefined || byte === delimiter || byte === LF || byte === CR;
}

/** A stretch without the blanks around it. */
export function trimmed(buffer: Buffer, from: number, to: number): [number, number] {
  let [start, end] = [from, to];
  while (start < end && (buffer[start] ?? 0) <= 0x20) start++;
  while (end > start && (buffer[end - 1] ?? 0) <= 0x20) end--;
  return [start, end];
}

function emit({ row, column }: State, start: number, end: number, classes: number): void {
  addCell(columns, { row, column, start, end, classes });
}

/** One cell of a table: a leaf, unless it is empty. */
export function addCell(
  into: Columns,
  cell: { readonly row: number; readonly column: number; readonly start: number; readonly end: number; readonly classes: number },
): void {
  if (cell.end <= cell.start) return;
  if (into.count === into.capacity) growColumns(into);
  const leaf = into.count++;
  into.start[leaf] = cell.start;
  into.end[leaf] = cell.end;
  into.classes[leaf] = cell.classes;
  into.place[leaf * PLACE_WIDTH + Place.row] = cell.row;
  into.place[leaf * PLACE_WIDTH + Place.column] = cell.column;
}

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
}

export const MAX_LEAVES = 1 << 22;
const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;

const columns = createColumns();

interface State {
  readonly buffer: Buffer;
  readonly delimiter: number;
  at: number;
  row: number;
  column: number;
  faults: number;
  /** From here on no quote closes a cell. */
  unclosed: number;
}

/**
 * Reads a table from an offset to the end of the body, in one pass: a leaf per cell that is not empty, without the quotes and the space around it. A quote that
 * nothing closes is a character like any other. Never throws.
 */
export function tokenize(buffer: Buffer, from: number, delimiter: number): Tokens {
  columns.count = 0;
  const state: State = { buffer, delimiter, at: from, row: 1, column: 1, faults: 0, unclosed: buffer.length };
  while (state.at < buffer.length && columns.count < MAX_LEAVES) step(state);
  const full = state.at < buffer.length;
  return { columns: takeColumns(columns, true), end: state.at, faults: state.faults, full };
}

function step(state: State): void {
  const { buffer, delimiter, at } = state;
  const byte = buffer[at] ?? 0;
  if (byte === delimiter) {
    state.column++;
    state.at++;
  } else if (byte === LF || byte === CR) {
    state.at += byte === CR && buffer[at + 1] === LF ? 2 : 1;
    state.row++;
    state.column = 1;
  } else if (byte <= 0x20) state.at++;
  else if (byte === QUOTE && at < state.unclosed) quoted(state);
  else plain(state, at);
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

function trimmed(buffer: Buffer, from: number, to: number): [number, number] {
  let [start, end] = [from, to];
  while (start < end && (buffer[start] ?? 0) <= 0x20) start++;
  while (end > start && (buffer[end - 1] ?? 0) <= 0x20) end--;
  return [start, end];
}

function emit({ row, column }: State, start: number, end: number, classes: number): void {
  if (end <= start) return;
  if (columns.count === columns.capacity) growColumns(columns);
  const leaf = columns.count++;
  columns.start[leaf] = start;
  columns.end[leaf] = end;
  columns.classes[leaf] = classes;
  columns.place[leaf * PLACE_WIDTH + Place.row] = row;
  columns.place[leaf * PLACE_WIDTH + Place.column] = column;
}

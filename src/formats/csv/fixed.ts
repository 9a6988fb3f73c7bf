import { isUtf8 } from 'node:buffer';
import { BYTE_CLASSES } from '../classes.ts';
import { createColumns, takeColumns } from '../columns.ts';
import { isKnown, isName, saysColumns } from './dialect.ts';
import { addCell, MAX_LEAVES, type Tokens, trimmed } from './tokenize.ts';

/** A table whose columns begin at the same place of each line, as reports are printed. */
export interface Fixed {
  /** Characters of a line before each column. */
  readonly starts: readonly number[];
  /** Where its header begins, behind titles; bytes. */
  readonly at: number;
}

const LF = 0x0a;

/** Lines that are looked at, and among how many of them the header has to be. */
const LOOKED_AT = 60;
const TITLES = 8;
/** Columns and rows that are enough where a line is drawn beneath each column's name, and where none is. */
const RULED = { columns: 3, rows: 2, filled: 0, known: 2 };
const PLAIN = { columns: 4, rows: 3, filled: 0.5 };
/** The same where the names of columns stand one blank apart, and how many of them have to be known. */
const MANY = { columns: 7, rows: 4, filled: 0.6, known: 3 };
/** `----  --------  ---`, beneath a header. */
const RULER = /^\s*[-=]{2,}(?:\s+[-=]{2,})+\s*$/;
const DRAWN = /^[-=_*+ ]*$/;

interface Line {
  readonly start: number;
  readonly text: string;
}

/**
 * The columns of a printed table, told by a header whose names stand apart by two blanks or more, or by a line beneath them. Null where there is none, or where it is only a part of the body:
 * a note with a list of drugs in it is a note.
 */
export function fixedOf(buffer: Buffer): Fixed | null {
  const lines = linesOf(buffer, LOOKED_AT).filter(({ text }) => text.trim() !== '');
  for (let index = 0; index < Math.min(TITLES, lines.length - 1); index++) {
    const header = lines[index];
    const ruler = RULER.test(lines[index + 1]?.text ?? '') ? lines[index + 1] : undefined;
    if (header === undefined || DRAWN.test(header.text)) continue;
    const below = lines.slice(index + 1).flatMap(({ text }) => (DRAWN.test(text) ? [] : [text]));
    const starts = columnsOf(header.text, ruler?.text ?? null, below);
    if (starts !== null) return { starts, at: header.start };
  }
  return null;
}

function columnsOf(header: string, ruler: string | null, below: readonly string[]): readonly number[] | null {
  if (ruler !== null) {
    const starts = startsOf(ruler, /\s+/g);
    return isTable(header, starts, below, RULED) && saysSome(cellsOf(header, starts), RULED.known) ? starts : null;
  }
  const apart = startsOf(header, / {2,}/g);
  if (isTable(header, apart, below, PLAIN) && saysAll(cellsOf(header, apart))) return apart;
  // Names that stand one blank apart: only where each begins a column of most rows.
  const begins = (start: number): number => below.filter((text) => isAligned(text, [start])).length;
  const each = startsOf(header, /\s+/g).filter((start) => begins(start) * 10 >= below.length * 9);
  return isTable(header, each, below, MANY) && saysSome(cellsOf(header, each), MANY.known) ? each : null;
}

/** What a table has to have: columns, rows, and the share of its columns that a row fills. */
interface Asked {
  readonly columns: number;
  readonly rows: number;
  readonly filled: number;
}

/** Whether most of the lines below a header are rows of these columns. */
function isTable(header: string, starts: readonly number[], below: readonly string[], asked: Asked): boolean {
  if (starts.length < asked.columns || !isAligned(header, starts)) return false;
  const filled = (text: string): number => cellsOf(text, starts).filter((cell) => cell !== '').length;
  if (filled(header) * 4 < starts.length * 3) return false;
  const least = Math.max(2, starts.length * asked.filled);
  const even = below.filter((text) => isAligned(text, starts) && filled(text) >= least);
  return even.length >= asked.rows && even.length * 5 >= below.length * 3;
}

const saysAll = (header: readonly string[]): boolean => {
  const names = header.filter((name) => name !== '');
  return names.every(isName) && saysColumns(names);
};

/** Something else says already that these are columns: `Who`, `0-30`. */
const saysSome = (names: readonly string[], known: number): boolean =>
  names.filter(isName).length * 2 > names.length && names.filter(isKnown).length >= known;

/** Where what stands between gaps begins. */
function startsOf(text: string, gap: RegExp): number[] {
  const first = text.length - text.trimStart().length;
  const ends = [...text.trimEnd().matchAll(gap)].map(({ 0: blanks, index }) => index + blanks.length);
  return [first, ...ends.filter((end) => end > first)];
}

/** Whether no column begins within a word of the line. */
function isAligned(text: string, starts: readonly number[]): boolean {
  return starts.every((start) => start === 0 || start >= text.length || text[start - 1] === ' ' || text[start] === ' ');
}

function cellsOf(text: string, starts: readonly number[]): string[] {
  return starts.map((start, index) => text.slice(index === 0 ? 0 : start, starts[index + 1]).trim());
}

/** A character for each: what is no UTF-8 is read a byte a character, which is as wide. */
function linesOf(buffer: Buffer, most: number): Line[] {
  const encoding = isUtf8(buffer) ? 'utf8' : 'latin1';
  const lines: Line[] = [];
  for (let start = 0; start < buffer.length && lines.length < most; ) {
    const end = endOfLine(buffer, start);
    lines.push({ start, text: buffer.toString(encoding, start, end).replace(/\r$/, '') });
    start = end + 1;
  }
  return lines;
}

function endOfLine(buffer: Buffer, start: number): number {
  const end = buffer.indexOf(LF, start);
  return end < 0 ? buffer.length : end;
}

const columns = createColumns();

/** A leaf per cell that is not empty. A line that a column would cut within a word (a title, a total, a remark) is one cell, its first. Never throws. */
export function tokenizeFixed(buffer: Buffer, from: number, { starts }: Fixed): Tokens {
  columns.count = 0;
  const encoding = isUtf8(buffer) ? 'utf8' : 'latin1';
  const remarks = new Set<number>();
  let begin = from;
  for (let row = 1; begin < buffer.length && columns.count < MAX_LEAVES; row++) {
    const lineEnd = endOfLine(buffer, begin);
    const text = buffer.toString(encoding, begin, lineEnd);
    const isRow = isAligned(text, starts) && !DRAWN.test(text.trim());
    if (!isRow) remarks.add(row);
    let at = begin;
    for (const [index] of (isRow ? starts : [0]).entries()) {
      const next = isRow ? starts[index + 1] : undefined;
      const to =
        next === undefined ? lineEnd : at + Buffer.byteLength(text.slice(index === 0 ? 0 : starts[index], next), encoding);
      const [start, end] = trimmed(buffer, at, to);
      addCell(columns, { row, column: index + 1, start, end, classes: classesOf(buffer, start, end) });
      at = to;
    }
    begin = lineEnd + 1;
  }
  return {
    columns: takeColumns(columns, true),
    end: Math.min(begin, buffer.length),
    faults: 0,
    full: begin < buffer.length,
    remarks,
  };
}

function classesOf(buffer: Buffer, start: number, end: number): number {
  let classes = 0;
  for (let at = start; at < end; at++) classes |= BYTE_CLASSES[buffer[at] ?? 0] ?? 0;
  return classes;
}

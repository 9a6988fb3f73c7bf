import type { Content, Style, TableCell } from 'pdfmake';

/** How a report looks: one accent, borders rather than fills, tabular columns. Sizes are points. */

export const COLOURS = {
  text: '#1c2733',
  faint: '#5b6875',
  line: '#d5dbe1',
  accent: '#1d5fbf',
  soft: '#f3f6f9',
  good: '#1a7f4b',
  bad: '#b3261e',
  warn: '#8a5a00',
} as const;

export const STYLES = {
  title: { fontSize: 22, bold: true, color: COLOURS.text, margin: [0, 0, 0, 4] },
  lead: { fontSize: 11, color: COLOURS.text, lineHeight: 1.3, margin: [0, 0, 0, 12] },
  heading: { fontSize: 14, bold: true, color: COLOURS.text, margin: [0, 18, 0, 4] },
  sub: { fontSize: 10, bold: true, color: COLOURS.text, margin: [0, 10, 0, 3] },
  faint: { fontSize: 8, color: COLOURS.faint, margin: [0, 3, 0, 0] },
  cell: { fontSize: 8.5, color: COLOURS.text },
  head: { fontSize: 8, bold: true, color: COLOURS.faint },
} satisfies Record<string, Style>;

/** Thin lines between rows, none beside. */
export const LAYOUT = {
  hLineWidth: (row: number) => (row === 0 ? 0 : 0.5),
  vLineWidth: () => 0,
  hLineColor: () => COLOURS.line,
  paddingLeft: (column: number) => (column === 0 ? 0 : 6),
  paddingRight: () => 4,
  paddingTop: () => 3,
  paddingBottom: () => 3,
};

/** What stands in a cell: a text, or one that is marked. */
export type Cell = string | { readonly text: string; readonly color?: string; readonly bold?: true };

export interface Column {
  readonly title: string;
  readonly width: number | 'auto' | '*';
  readonly right?: true;
}

/** A table whose head comes again on each page. `empty` stands in the place of one without rows. */
export function table(columns: readonly Column[], rows: readonly (readonly Cell[])[], empty: string): Content {
  if (rows.length === 0) return { text: empty, style: 'faint' };
  const aligned = (content: Cell, { right }: Column, style: string): TableCell => {
    const cell = typeof content === 'string' ? { text: content } : content;
    return { ...cell, style, alignment: right === true ? 'right' : 'left' };
  };
  return {
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: columns.map(({ width }) => width),
      body: [
        columns.map((column) => aligned(column.title, column, 'head')),
        ...rows.map((row) => columns.map((column, index) => aligned(row[index] ?? '', column, 'cell'))),
      ],
    },
    layout: LAYOUT,
  };
}

/** So many of a list of `total`, and where the rest of it is. */
export function shown<T>(
  rows: readonly T[],
  most: number,
  file: string,
  total = rows.length,
): { rows: readonly T[]; rest: Content } {
  const rest = total > most ? `${number(total - most)} more are in ${file}.` : `The same rows are in ${file}.`;
  return { rows: rows.slice(0, most), rest: { text: rest, style: 'faint' } };
}

/** One large number over what it counts. */
export function tile(value: string, label: string, colour: string = COLOURS.text): Content {
  return {
    stack: [
      { text: value, fontSize: 17, bold: true, color: colour },
      { text: label, fontSize: 8, color: COLOURS.faint },
    ],
    margin: [8, 6, 4, 6],
  };
}

export function number(value: number): string {
  return value.toLocaleString('en-US');
}

/** Rounded down: only all of it is 100 %. */
export function percent(part: number, whole: number): string {
  return whole === 0 ? 'none' : `${(Math.floor((part / whole) * 1000) / 10).toFixed(1)} %`;
}

/** `2026-11-24 16:51` (UTC) */
export function minute(at: number): string {
  return new Date(at).toISOString().slice(0, 16).replace('T', ' ');
}

/** Long names break nowhere by themselves: after their separators they may. */
export function breakable(text: string): string {
  return text.replaceAll(/([|/:@._=&^-])/g, '$1\u200b');
}

import { dialectOf } from '../../csv/dialect.ts';
import { createMapper, type Mapped, type Mapper, stringRuns } from '../../text/mapped.ts';
import type { Cell, Told } from './statements.ts';

/** Statements whose rows are read one by one. */
const MOST_SINGLE = 64;

/**
 * What statements tell as tables (RFC 4180), so that a column's name says what its values are as it does there: one with a row for each, or a face sheet for each row where that would not be
 * taken for a table. Each value still leads to where it stands in the text.
 */
export function tablesOf(text: string, told: Told): Mapped[] {
  if (told.rows.length > 1 || told.columns.length === 0) {
    const table = tableOf(text, told);
    if (told.columns.length === 0 || dialectOf(Buffer.from(table.text.slice(0, 8192))) !== null) return [table];
  }
  return told.rows.slice(0, MOST_SINGLE).map((row) => sheetOf(text, told.columns, row));
}

function tableOf(text: string, { columns, rows }: Told): Mapped {
  const mapper = createMapper(stringRuns(text));
  if (columns.length > 0) mapper.put(`${columns.map(quoted).join(',')}\r\n`, 0, 0);
  for (const row of rows) {
    for (const [index, cell] of row.entries()) {
      if (index > 0) mapper.put(',', 0, 0);
      write(mapper, text, cell);
    }
    mapper.put('\r\n', 0, 0);
  }
  return mapper.done();
}

/** A row as fields and their values. */
function sheetOf(text: string, columns: readonly string[], row: readonly (Cell | null)[]): Mapped {
  const mapper = createMapper(stringRuns(text));
  mapper.put('field,value\r\n', 0, 0);
  for (const [index, cell] of row.entries()) {
    if (cell === null) continue;
    mapper.put(`${quoted(columns[index] ?? '')},`, 0, 0);
    write(mapper, text, cell);
    mapper.put('\r\n', 0, 0);
  }
  // A sheet has three rows at least.
  mapper.put('end,\r\nend,\r\n', 0, 0);
  return mapper.done();
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

const ESCAPE = /''|\\['"\\nrt0%_]|"/g;
const SAID: Readonly<Record<string, string>> = {
  "''": "'",
  '\\n': ' ',
  '\\r': ' ',
  '\\t': ' ',
  '\\0': ' ',
  '\\"': '""',
  '"': '""',
};

/** A literal as a cell in quotes. */
function write(mapper: Mapper, text: string, cell: Cell | null): void {
  if (cell === null) return;
  mapper.put('"', cell.from, cell.from);
  let at = cell.from;
  for (const { 0: written, index } of text.slice(cell.from, cell.to).matchAll(ESCAPE)) {
    mapper.run(at, cell.from + index);
    at = cell.from + index + written.length;
    mapper.put(SAID[written] ?? written.slice(1), cell.from + index, at);
  }
  mapper.run(at, cell.to);
  mapper.put('"', cell.to, cell.to);
}

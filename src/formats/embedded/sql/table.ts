import { dialectOf } from '../../csv/dialect.ts';
import type { Mapped } from '../../text/mapped.ts';
import { createSheet, type Writing } from '../sheet.ts';
import type { Told } from './statements.ts';

/** Statements whose rows are read one by one. */
const MOST_SINGLE = 64;
/** What tells a table by. */
const HEAD = 8192;

const SAID: Readonly<Record<string, string>> = { "''": "'", '\\n': ' ', '\\r': ' ', '\\t': ' ', '\\0': ' ', '"': '"' };
const LITERAL: Writing = { escapes: /''|\\['"\\nrt0%_]|"/g, said: (written) => SAID[written] ?? written.slice(1) };

/**
 * What statements tell as tables, so that a column's name says what its values are as it does there: one with a row for each, or a sheet of fields for each row where that would not be
 * taken for a table.
 */
export function tablesOf(text: string, told: Told): Mapped[] {
  const { columns, rows } = told;
  if (rows.length === 0) return [];
  if (rows.length > 1 || columns.length === 0) {
    const table = createSheet(text, LITERAL, false);
    if (columns.length > 0) table.header(columns);
    for (const row of rows) table.row(row);
    const made = table.done();
    if (columns.length === 0 || dialectOf(Buffer.from(made.text.slice(0, HEAD))) !== null) return [made];
  }
  return rows.slice(0, MOST_SINGLE).map((row) => {
    const sheet = createSheet(text, LITERAL, true);
    for (const [index, cell] of row.entries()) if (cell !== null) sheet.field(columns[index] ?? '', cell);
    return sheet.done();
  });
}

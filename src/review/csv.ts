import { stringify } from 'csv-stringify/sync';

export type CsvCell = string | number | null;

/**
 * Rows as CSV (RFC 4180, CRLF), under a line that names the columns unless those are null. A cell that a spreadsheet would take for a formula gets an apostrophe before it, which
 * spreadsheets hide: names come from messages, and from whoever writes them.
 */
export function csvOf(columns: readonly string[] | null, rows: readonly (readonly CsvCell[])[]): string {
  return stringify([...(columns === null ? [] : [[...columns]]), ...rows.map((row) => [...row])], {
    record_delimiter: 'windows',
    escape_formulas: true,
  });
}

/** Headers of an answer that a browser saves as a file of this name. */
export function csvHeaders(name: string): Record<string, string> {
  return { 'Content-Type': 'text/csv; charset=utf-8', 'Content-Disposition': `attachment; filename="${name}.csv"` };
}

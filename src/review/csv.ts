import { stringify } from 'csv-stringify/sync';
import type { Context } from 'hono';
import { stream } from 'hono/streaming';
import type { Page } from '../ledger/page.ts';

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

/** How a list is written as a file: its name without the ending, its columns, and a row's cells. */
export interface CsvShape<Row> {
  readonly name: string;
  readonly columns: readonly string[];
  readonly cells: (row: Row) => readonly CsvCell[];
}

/** Answers with a file of any length: each slice is written when it was read, and reading ends with the reader. */
export function csvFile<Row>(c: Context, shape: CsvShape<Row>, slices: AsyncIterable<readonly Row[]>): Response {
  for (const [header, value] of Object.entries(csvHeaders(shape.name))) c.header(header, value);
  return stream(c, async (out) => {
    await out.write(csvOf(shape.columns, []));
    for await (const rows of slices) {
      if (out.aborted) return;
      if (rows.length > 0) await out.write(csvOf(null, rows.map(shape.cells)));
    }
  });
}

/** The rows of a list from its first page to its last; `read` is given where a page begins. */
export async function* slicesOf<Row>(
  read: (from: { readonly cursor?: string }) => Promise<Page<Row>>,
): AsyncGenerator<readonly Row[]> {
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await read(cursor === undefined ? {} : { cursor });
    yield page.rows;
    cursor = page.next;
  }
}

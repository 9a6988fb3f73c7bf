import type { Outcome } from '../../../core/evidence.ts';
import { type Cell, claimsEncryption, judgeCells } from '../cells.ts';
import { HEAD_BYTES, recogniseClear } from '../clear.ts';
import { type Finding, unknown } from '../evidence-row.ts';
import { type Reading, reasonOfPostgres } from './open.ts';

/** Tables that are looked into, the largest first, columns of each, and rows of each. */
const TABLES = 20;
const COLUMNS = 20;
const ROWS = 20;
/** Pages that TABLESAMPLE takes of a table; one with no more is read from its beginning. */
const PAGES = 50;
const SAMPLE_MS = 20_000;
/** Columns that lie, which the facts name. */
const NAMED = 10;

interface Column {
  /** As SQL wants them: quoted where they need it. */
  readonly table: string;
  readonly column: string;
  /** bytea, which is cut as bytes; the others as the text that they are written as. */
  readonly binary: boolean;
  readonly pages: number;
}

/** Tables of the database that this role may read, and of each the columns that can hold a text: no view, and no foreign table, is run. */
const READABLE = `
  SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS table_name, c.relpages AS pages,
    (array_agg(quote_ident(a.attname) ORDER BY a.attnum))[1:${COLUMNS}] AS columns,
    (array_agg(a.atttypid = 'bytea'::regtype ORDER BY a.attnum))[1:${COLUMNS}] AS binary
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  WHERE c.relkind IN ('r', 'm') AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
    AND a.atttypid IN ('text'::regtype, 'varchar'::regtype, 'bpchar'::regtype, 'bytea'::regtype, 'json'::regtype, 'jsonb'::regtype, 'xml'::regtype)
    AND has_schema_privilege(n.oid, 'USAGE') AND has_column_privilege(c.oid, a.attnum, 'SELECT')
  GROUP BY c.oid, n.nspname, c.relname, c.relpages
  ORDER BY c.relpages DESC, 1
  LIMIT ${TABLES}`;

/** Check `sample`: some cells of some tables. Of what was read only the format is kept. */
export async function sampleTables(session: Reading, volume: Outcome, signal: AbortSignal): Promise<Finding> {
  const cells: Cell[] = [];
  const lying = new Set<string>();
  let columns: readonly Column[];
  try {
    columns = (await session.all(READABLE)).flatMap(columnsOf);
  } catch (error) {
    return unknown('sample', reasonOfPostgres(error).reason);
  }
  const refused = new Set<string>();
  const end = performance.now() + SAMPLE_MS;
  for (const column of columns) {
    if (signal.aborted || performance.now() > end) break;
    if (refused.has(column.table)) continue;
    const claims = claimsEncryption(column.column);
    try {
      for (const format of await formatsIn(session, column)) {
        cells.push({ claims, format });
        if (claims && format !== null) lying.add(`${column.table}.${column.column}`);
      }
    } catch (error) {
      // Locked, too slow, or behind a policy: another table may say more.
      reasonOfPostgres(error);
      refused.add(column.table);
    }
  }
  const tables = new Set(columns.map(({ table }) => table)).size;
  const named = lying.size === 0 ? {} : { lying: [...lying].slice(0, NAMED) };
  return judgeCells(cells, { tables, columns: columns.length, tablesNotRead: refused.size, ...named }, volume);
}

function columnsOf({ table_name: table, pages, columns, binary }: Record<string, unknown>): Column[] {
  if (!Array.isArray(columns) || !Array.isArray(binary)) return [];
  return columns.map((column, i) => ({
    table: String(table),
    column: String(column),
    binary: binary[i] === true,
    pages: Number(pages),
  }));
}

/** The beginning of each cell as bytes, judged where it is and let go. ONLY: what inherits from a table may be a foreign table. */
async function formatsIn(session: Reading, { table, column, binary, pages }: Column): Promise<(string | null)[]> {
  const some = pages <= PAGES ? '' : ` TABLESAMPLE SYSTEM (${((100 * PAGES) / pages).toFixed(6)})`;
  const head = binary
    ? `substring(${column} FROM 1 FOR ${HEAD_BYTES})`
    : `convert_to(left(${column}::text, ${HEAD_BYTES}), 'UTF8')`;
  const rows = await session.all(`SELECT ${head} AS head FROM ONLY ${table}${some} WHERE ${column} IS NOT NULL LIMIT ${ROWS}`);
  return rows.map((row) => (Buffer.isBuffer(row.head) ? recogniseClear(row.head.subarray(0, HEAD_BYTES)) : null));
}

import type { Cell } from '../sheet.ts';
import { type Token, tokenAt } from './tokens.ts';

/** Values with the names of their columns: rows of a table, or what one statement says of columns. */
export interface Told {
  readonly table: string;
  /** Empty where the statement does not say them. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (Cell | null)[])[];
  /** Where it ends in the text. */
  readonly end: number;
}

/** The columns of each table whose definition was read. */
export type Tables = Map<string, readonly string[]>;

/** More columns are no table of people. */
const WIDEST = 400;

/** Steps over the tokens of a text. */
interface Cursor {
  readonly text: string;
  at: number;
}

function peek(cursor: Cursor): Token | null {
  return tokenAt(cursor.text, cursor.at);
}

function take(cursor: Cursor): Token | null {
  const token = peek(cursor);
  if (token !== null) cursor.at = token.to;
  return token;
}

function takes(cursor: Cursor, ...words: readonly string[]): boolean {
  const token = peek(cursor);
  if (token === null || !words.includes(token.text)) return false;
  cursor.at = token.to;
  return true;
}

/** `schema.table`: its last part, in lower case. */
function tableName(cursor: Cursor): string {
  let name = '';
  do name = take(cursor)?.text.toLowerCase() ?? '';
  while (takes(cursor, '.'));
  return name;
}

/** Names in brackets, from the opening one on; null where something else stands between them. */
function namesIn(cursor: Cursor): string[] | null {
  const names: string[] = [];
  if (!takes(cursor, '(')) return null;
  while (names.length < WIDEST) {
    const token = take(cursor);
    if (token === null || (token.kind !== 'word' && token.kind !== 'name')) return null;
    names.push(token.kind === 'word' ? cursor.text.slice(token.from, token.to) : token.text);
    if (takes(cursor, ')')) return names;
    if (!takes(cursor, ',')) return null;
  }
  return null;
}

/** `INSERT INTO t (a, b) VALUES (1, 'x'), …`, and those into the same columns right behind it; null where it has no values of its own. */
export function insertAt(text: string, at: number, tables: Tables): Told | null {
  const cursor: Cursor = { text, at };
  const first = oneInsert(cursor, tables);
  if (first === null) return null;
  const rows = [...first.rows];
  let { end } = first;
  for (;;) {
    while (takes(cursor, ';', 'GO'));
    const next = oneInsert(cursor, tables);
    if (next === null || next.table !== first.table || next.columns.join() !== first.columns.join()) break;
    for (const row of next.rows) rows.push(row);
    ({ end } = next);
  }
  return { ...first, rows, end };
}

function oneInsert(cursor: Cursor, tables: Tables): Told | null {
  if (!takes(cursor, 'INSERT', 'REPLACE')) return null;
  while (!takes(cursor, 'INTO')) if (take(cursor)?.kind !== 'word') return null;
  const table = tableName(cursor);
  const columns = peek(cursor)?.text === '(' ? namesIn(cursor) : (tables.get(table) ?? []);
  if (columns === null || !takes(cursor, 'VALUES', 'VALUE')) return null;
  const rows: (Cell | null)[][] = [];
  do {
    const row = rowAt(cursor);
    if (row === null) break;
    rows.push(row);
  } while (takes(cursor, ','));
  return rows.length === 0 ? null : { table, columns, rows, end: cursor.at };
}

/** The values in brackets; null where they do not close. */
function rowAt(cursor: Cursor): (Cell | null)[] | null {
  if (!takes(cursor, '(')) return null;
  const row: (Cell | null)[] = [];
  while (row.length < WIDEST) {
    row.push(valueAt(cursor));
    const sign = take(cursor)?.text;
    if (sign === ')') return row;
    if (sign !== ',') return null;
  }
  return null;
}

/** A value up to the comma or bracket behind it: a literal, or the first one in an expression (`to_date('1971-03-09', 'YYYY-MM-DD')`); null where it has none. */
function valueAt(cursor: Cursor): Cell | null {
  let [depth, found]: [number, Cell | null] = [0, null];
  for (let token = peek(cursor); token !== null; token = peek(cursor)) {
    if (depth === 0 && (token.text === ',' || token.text === ')' || token.text === ';')) break;
    if (token.text === '(') depth++;
    else if (token.text === ')') depth--;
    else if (token.kind === 'string' || token.kind === 'number' || (token.kind === 'name' && cursor.text[token.from] === '"'))
      found ??= token.inner;
    cursor.at = token.to;
  }
  return found !== null && found.from < found.to ? found : null;
}

/** `COPY t (a, b) FROM stdin;` and its rows, as PostgreSQL dumps them: cells parted by tabs, `\N` for null, up to `\.`. */
export function copyAt(text: string, at: number): Told | null {
  const cursor: Cursor = { text, at };
  if (!takes(cursor, 'COPY')) return null;
  const table = tableName(cursor);
  const columns = namesIn(cursor);
  if (columns === null || !takes(cursor, 'FROM') || !takes(cursor, 'STDIN')) return null;
  const rows: (Cell | null)[][] = [];
  let from = text.indexOf('\n', cursor.at) + 1;
  if (from === 0) return null;
  while (from < text.length && !text.startsWith('\\.', from)) {
    const end = text.indexOf('\n', from) < 0 ? text.length : text.indexOf('\n', from);
    let cell = from;
    rows.push(
      text
        .slice(from, end)
        .split('\t')
        .map((value) => {
          const place = { from: cell, to: cell + value.length };
          cell = place.to + 1;
          return value === '\\N' || value === '' ? null : place;
        }),
    );
    from = end + 1;
  }
  return rows.length === 0 ? null : { table, columns, rows, end: Math.min(from, text.length) };
}

const NO_COLUMN = new Set(['PRIMARY', 'KEY', 'CONSTRAINT', 'UNIQUE', 'INDEX', 'FOREIGN', 'CHECK', 'FULLTEXT', 'LIKE']);

/** Remembers the columns of `CREATE TABLE t (a int, b text, …)`. Null where it is no whole definition. */
export function noteTable(text: string, at: number, tables: Tables): Told | null {
  const cursor: Cursor = { text, at };
  while (!takes(cursor, 'TABLE')) if (take(cursor)?.kind !== 'word') return null;
  while (takes(cursor, 'IF', 'NOT', 'EXISTS'));
  const table = tableName(cursor);
  if (!takes(cursor, '(')) return null;
  const columns: string[] = [];
  let depth = 0;
  let isFirst = true;
  for (let token = take(cursor); token !== null && depth >= 0 && columns.length < WIDEST; token = take(cursor)) {
    if (isFirst && depth === 0 && !NO_COLUMN.has(token.text)) columns.push(text.slice(token.inner.from, token.inner.to));
    isFirst = depth === 0 && token.text === ',';
    if (token.text === '(') depth++;
    else if (token.text === ')') depth--;
  }
  if (depth >= 0) return null;
  if (tables.size < WIDEST) tables.set(table, columns);
  return { table, columns, rows: [], end: cursor.at };
}

/** `UPDATE t SET a = 'x' WHERE b = 2`, `EXEC p @a = 'x'`, `SELECT … WHERE a = 'x'`: each name that a literal is set to or compared with, up to the semicolon. */
export function pairsAt(text: string, at: number): Told | null {
  const cursor: Cursor = { text, at };
  const columns: string[] = [];
  const row: Cell[] = [];
  let name: string | null = null;
  for (let token = take(cursor); token !== null && token.text !== ';' && row.length < WIDEST; token = take(cursor)) {
    if ((token.text === '=' || token.text === '=>' || token.text === 'LIKE') && name !== null) {
      const value = literalAt(cursor);
      if (value !== null) {
        columns.push(name.replace(/^@/, ''));
        row.push(value);
      }
      name = null;
    } else name = token.kind === 'name' || token.kind === 'word' ? text.slice(token.inner.from, token.inner.to) : null;
  }
  return row.length === 0 ? null : { table: '', columns, rows: [row], end: cursor.at };
}

/** A literal, or the first one in the brackets of a function. */
function literalAt(cursor: Cursor): Cell | null {
  const first = peek(cursor);
  if (first?.kind === 'string' || first?.kind === 'number') return insideOf(cursor, first);
  if (first?.kind !== 'word') return null;
  cursor.at = first.to;
  if (!takes(cursor, '(')) return null;
  for (let token = take(cursor); token !== null && token.text !== ')' && token.text !== ';'; token = take(cursor))
    if (token.kind === 'string') return token.inner.from < token.inner.to ? token.inner : null;
  return null;
}

function insideOf(cursor: Cursor, token: Token): Cell | null {
  cursor.at = token.to;
  return token.inner.from < token.inner.to ? token.inner : null;
}

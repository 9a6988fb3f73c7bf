import type { Mapped } from '../../text/mapped.ts';
import { copyAt, insertAt, noteTable, pairsAt, type Tables, type Told } from './statements.ts';
import { tablesOf } from './table.ts';

/** What a statement begins with that tells values by the names of their columns, or the names themselves. */
export const STATEMENT =
  /\b(?:INSERT\s{1,8}(?:IGNORE\s{1,8}|OR\s{1,8}\w{1,10}\s{1,8})?INTO|REPLACE\s{1,8}INTO|COPY\s{1,8}[\w."]{1,130}\s{0,8}\(|CREATE\s{1,8}(?:\w{1,10}\s{1,8})?TABLE|UPDATE\s{1,8}[\w.[\]"`]{1,130}(?:\s{1,8}SET|\s{0,8}$)|DELETE\s{1,8}FROM|EXEC(?:UTE)?\s{1,8}[\w.[\]]{1,130}\s{1,8}@|SELECT\s[^;\n]{1,400}\sFROM|DECLARE\s{1,8}@)/i;

/** Whether the lines of a statement end with this one: its rows or its semicolon. Strings that hold line breaks go on. */
export function endsWith(begins: string, line: string): boolean {
  if (/^COPY/i.test(begins)) return line.startsWith('\\.');
  return /;\s{0,8}(?:--[^\n]{0,400})?$/.test(line) || /^\s{0,8}(?:GO)?\s{0,8}$/i.test(line);
}

/** What the statement at `at` tells, as tables, and where it ends; the columns of a definition are kept in `tables`. */
export function statementAt(
  text: string,
  at: number,
  begins: string,
  tables: Tables,
): { readonly tables: Mapped[]; readonly end: number } | null {
  const told = toldBy(text, at, begins.slice(0, 4).toUpperCase(), tables);
  return told === null ? null : { tables: tablesOf(text, told), end: told.end };
}

function toldBy(text: string, at: number, verb: string, tables: Tables): Told | null {
  switch (verb) {
    case 'INSE':
    case 'REPL':
      return insertAt(text, at, tables);
    case 'COPY':
      return copyAt(text, at);
    case 'CREA':
      return noteTable(text, at, tables);
    default:
      return pairsAt(text, at);
  }
}

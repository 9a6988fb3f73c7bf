import type { Leaves } from '../../../core/format.ts';
import type { Candidate } from '../candidate.ts';
import { isLine, type Joined, joinLines, MOST_LINES } from '../lines.ts';
import { madeOf } from '../located.ts';
import { endsWith, STATEMENT, statementAt } from './find.ts';
import type { Tables } from './statements.ts';

/** Lines of a statement that is none of rows. */
const FEW_LINES = 60;
const OF_ROWS = /^(?:INSERT|REPLACE|COPY|CREATE)/i;
const GOES_ON = /^\s{0,8}(?:INSERT|REPLACE)\s/i;

/** Statements of a body that tell nothing, or that more lines were read for than they have: after so many of them none is read beyond its line. */
const MOST_VAIN = 16;
/** The same in one line: after so many no more of it is read. */
const VAIN_IN_LINE = 4;

/** What is kept between the lines of a body. */
export interface Reading {
  /** The columns of tables that were defined so far. */
  readonly tables: Tables;
  vain: number;
}

/** Tables of what statements of SQL in a leaf, and in the lines that go on with them, tell by the names of columns (docs/adr/0074-sql-and-fields.md); and the last of those lines. */
export function statementsIn(
  leaves: Leaves,
  leaf: number,
  reading: Reading,
): { readonly candidates: Candidate[]; readonly last: number } {
  const candidates: Candidate[] = [];
  const line = joinLines(leaves, [{ leaf, from: 0 }], '');
  let [last, vain] = [leaf, 0];
  let next: Begin | null = beginIn(line.text, 0);
  while (next !== null && last === leaf && vain < VAIN_IN_LINE) {
    const { at, words }: Begin = next;
    // Only the last of a line goes on behind it.
    next = beginIn(line.text, at + words.length);
    const goesOn = next === null && reading.vain < MOST_VAIN && isLine(leaves, leaf);
    const joined = goesOn ? linesOf(leaves, leaf, words, line.text.slice(at)) : line;
    const told = statementAt(joined.text, at, words, reading.tables);
    for (const table of told?.tables ?? []) candidates.push(madeOf(leaf, table, joined));
    if (told === null) {
      vain++;
      reading.vain++;
    } else {
      last = joined.leafAt(Math.max(0, told.end - 1));
      // It ended long before its lines did.
      if (joined.lines > last - leaf + FEW_LINES) reading.vain++;
      next = beginIn(line.text, told.end);
    }
  }
  return { candidates, last };
}

interface Begin {
  readonly at: number;
  readonly words: string;
}

function beginIn(text: string, from: number): Begin | null {
  const found = STATEMENT.exec(from === 0 ? text : text.slice(from));
  return found === null ? null : { at: from + found.index, words: found[0] };
}

/** The line of a statement, and those that go on with it and with others into the same table. */
function linesOf(leaves: Leaves, leaf: number, begins: string, first: string): Joined {
  const lines = [{ leaf, from: 0 }];
  const most = OF_ROWS.test(begins) ? MOST_LINES : FEW_LINES;
  for (let line = leaf; line < leaves.count && line - leaf < most && isLine(leaves, line); line++) {
    if (line > leaf) lines.push({ leaf: line, from: 0 });
    const isLast = endsWith(begins, line === leaf ? first : leaves.text(line));
    if (isLast && !(GOES_ON.test(begins) && line + 1 < leaves.count && GOES_ON.test(leaves.text(line + 1)))) break;
  }
  return joinLines(leaves, lines, '\n');
}

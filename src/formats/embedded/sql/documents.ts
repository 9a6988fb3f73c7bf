import type { Leaves } from '../../../core/format.ts';
import type { Mapped } from '../../text/mapped.ts';
import type { Candidate } from '../candidate.ts';
import { isLine, type Joined, joinLines, MOST_LINES } from '../lines.ts';
import { byBytes } from '../located.ts';
import { endsWith, STATEMENT, statementAt } from './find.ts';
import type { Tables } from './statements.ts';

/** Lines of a statement that is none of rows. */
const FEW_LINES = 60;
const OF_ROWS = /^(?:INSERT|REPLACE|COPY|CREATE)/i;
const GOES_ON = /^\s{0,8}(?:INSERT|REPLACE)\s/i;

/** Statements of a body that tell nothing: after so many of them none is read beyond its line. */
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
  const text = leaves.text(leaf);
  let [last, vain, from] = [leaf, 0, 0];
  for (
    let found = STATEMENT.exec(text);
    found !== null && last === leaf && vain < VAIN_IN_LINE;
    found = STATEMENT.exec(text.slice(from))
  ) {
    const at = from + found.index;
    const joined = linesOf(leaves, leaf, at, found[0], reading.vain < MOST_VAIN);
    const told = statementAt(joined.text, 0, found[0], reading.tables);
    for (const table of told?.tables ?? []) candidates.push(candidateOf(leaf, table, joined));
    if (told === null) {
      vain++;
      if (!/^CREATE/i.test(found[0])) reading.vain++;
      from = at + found[0].length;
    } else {
      last = joined.leafAt(Math.max(0, told.end - 1));
      from = at + told.end;
    }
  }
  return { candidates, last };
}

function candidateOf(leaf: number, { text, find }: Mapped, { spans, find: inBody }: Joined): Candidate {
  const locate = byBytes(text, (start, end) => {
    const place = find(start, end);
    return place === null ? null : inBody(place.start, place.end);
  });
  return { leaf, sealed: [], spans, bytes: Buffer.from(text), makesSense: true, isReadAnyway: true, locate };
}

/** The lines of a statement, and of those into the same table behind it. */
function linesOf(leaves: Leaves, leaf: number, at: number, begins: string, mayGoOn: boolean): Joined {
  const lines = [{ leaf, from: at }];
  if (!mayGoOn || !isLine(leaves, leaf)) return joinLines(leaves, lines, '\n');
  const most = OF_ROWS.test(begins) ? MOST_LINES : FEW_LINES;
  for (let line = leaf; line < leaves.count && line - leaf < most && isLine(leaves, line); line++) {
    const text = leaves.text(line);
    if (line > leaf) lines.push({ leaf: line, from: 0 });
    const isLast = endsWith(begins, line === leaf ? text.slice(at) : text);
    if (isLast && !(GOES_ON.test(begins) && line + 1 < leaves.count && GOES_ON.test(leaves.text(line + 1)))) break;
  }
  return joinLines(leaves, lines, '\n');
}

import type { Body, Format, Leaves, Parsed } from '../../core/format.ts';
import { CharClass } from '../../core/format.ts';
import type { Problem } from '../../core/vocabulary.ts';
import { createAddressBook } from '../address-book.ts';
import { decodeBytes, readingOf } from '../charset.ts';
import { PLACE_WIDTH } from '../columns.ts';
import { coverageOf, withElided } from '../coverage.ts';
import { columnsOf, spansBy } from '../source-leaves.ts';
import { createMapper, type Mapped } from '../text/mapped.ts';
import { rawParsed } from '../text/raw.ts';
import { byteRuns } from '../text/runs.ts';
import { openSource, type Source } from '../text/source.ts';
import { spokenWords } from '../text/words.ts';
import { dialectOf } from './dialect.ts';
import { fixedOf, tokenizeFixed } from './fixed.ts';
import { isOfPeople, isOfStaff, SOMEBODY, STAFF } from './people.ts';
import { Place, type Tokens, tokenize } from './tokenize.ts';

const SNIFF = 8 * 1024;
const QUOTE = 0x22;

/** A column is known by the words of its header alone; senders make these up, so they are counted. */
const book = createAddressBook('csv', 32_768);
const PLAIN = book.intern('csv', 'csv', '', true);

/** Tables: RFC 4180, also with tabs, semicolons or vertical bars between the cells, or printed in columns. The first row names the columns, or what stands in them does. */
export const csv: Format = {
  name: 'csv',

  sniff(bytes) {
    const { buffer } = openSource(bytes.subarray(0, SNIFF));
    const begins = head(buffer, bytes.length > SNIFF);
    return dialectOf(begins) === null && fixedOf(begins) === null ? 0 : 0.5;
  },

  parse(body: Body): Parsed[] {
    const source = openSource(body.bytes);
    const { buffer } = source;
    const table = tableIn(buffer);
    if (table === null) return withElided([rawParsed(source, 0, buffer.length, [])], body.elided);
    const { tokens } = table;
    const parsed = [tableParsed(source, tokens, table)];
    if (tokens.full) parsed.push(rawParsed(source, tokens.end, buffer.length, []));
    return withElided(parsed, body.elided);
  },
};

function tableIn(buffer: Buffer): (Named & { readonly tokens: Tokens }) | null {
  const begins = head(buffer.subarray(0, SNIFF), buffer.length > SNIFF);
  const from = skipMark(buffer);
  const dialect = dialectOf(begins);
  if (dialect !== null) {
    return {
      tokens: tokenize(buffer, from, dialect),
      guessed: dialect.guessed ?? null,
      fields: dialect.fields === true,
      header: from + dialect.at,
    };
  }
  const fixed = fixedOf(begins);
  if (fixed === null) return null;
  return {
    tokens: tokenizeFixed(buffer, from, fixed),
    guessed: null,
    fields: false,
    header: from + fixed.at,
  };
}

function skipMark(buffer: Buffer): number {
  return buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf ? 3 : 0;
}

/** The lines that are all there. */
function head(buffer: Buffer, isCut: boolean): Buffer {
  const from = skipMark(buffer);
  return buffer.subarray(from, isCut ? Math.max(from, buffer.lastIndexOf(0x0a) + 1) : buffer.length);
}

/** What values are known by: what stands in their column, the cell before them, or the row that begins there. */
interface Named {
  readonly fields: boolean;
  readonly guessed: readonly string[] | null;
  readonly header: number;
}

function tableParsed(source: Source, tokens: Tokens, named: Named): Parsed {
  const end = source.origin(tokens.end);
  return {
    format: 'csv',
    type: '',
    start: 0,
    end,
    leaves: tableLeaves(source, tokens, named),
    coverage: coverageOf(source, 0, tokens.end),
    // Each row is about somebody else: there is nobody whom the table is about.
    identity: { values: [] },
    routing: { fields: {}, processing: '' },
    problems: problemsOf(tokens),
  };
}

function problemsOf({ faults, full }: Tokens): Problem[] {
  const problems: Problem[] = [];
  if (faults > 0)
    problems.push({ code: 'csv.quotes', detail: `${faults} cell(s) whose quotes do not close where the cell ends` });
  if (full)
    problems.push({ code: 'csv.size', detail: 'the table holds too many cells to keep apart; the rest is read as raw text' });
  return problems;
}

function tableLeaves(source: Source, tokens: Tokens, named: Named): Leaves {
  const { columns } = tokens;
  const { buffer } = source;
  const { classes, start, end, place } = columns;
  const mappedOf = (leaf: number): Mapped => cellText(buffer, start[leaf] ?? 0, end[leaf] ?? 0);
  const read = (leaf: number): string => {
    const [from = 0, to = 0, bits = 0] = [start[leaf], end[leaf], classes[leaf]];
    if ((bits & CharClass.escape) !== 0) return mappedOf(leaf).text;
    if ((bits & CharClass.high) === 0) return buffer.toString('latin1', from, to);
    return decodeBytes(buffer, from, to, readingOf(buffer, from, to, null));
  };
  if (!named.fields || !addressValues(columns, read)) addressCells(tokens, read, named);
  let last: { leaf: number; text: string } | null = null;
  return {
    ...columnsOf(source, columns),
    text(leaf) {
      if (last?.leaf !== leaf) last = { leaf, text: read(leaf) };
      return last.text;
    },
    path(leaf) {
      const row = place[leaf * PLACE_WIDTH + Place.row] ?? 1;
      return `csv${row > 1 ? `[${row}]` : ''}-${place[leaf * PLACE_WIDTH + Place.column] ?? 1}`;
    },
    spanOf: spansBy(source, mappedOf),
  };
}

/**
 * The first row, and titles above it, are text like any other; cells beneath have the address of their column. In a table of people its words end in SOMEBODY, in one of staff in STAFF, so that a rule may ask for a
 * name (`nombre somebody`) that catalogues have as well.
 */
function addressCells(
  { columns: { count, address, place, start }, remarks }: Tokens,
  read: (leaf: number) => string,
  { guessed, header: begins }: Named,
): void {
  const spoken = guessed?.map((words, index) => ({ column: index + 1, words })) ?? [];
  let leaf = 0;
  for (; leaf < count && (start[leaf] ?? 0) < begins; leaf++) address[leaf] = PLAIN;
  const first = place[leaf * PLACE_WIDTH + Place.row];
  for (; guessed === null && leaf < count && place[leaf * PLACE_WIDTH + Place.row] === first; leaf++) {
    spoken.push({ column: place[leaf * PLACE_WIDTH + Place.column] ?? 1, words: spokenWords(read(leaf)) });
    address[leaf] = PLAIN;
  }
  const header = spoken.map(({ words }) => words);
  const mark = isOfPeople(header) ? SOMEBODY : isOfStaff(header) ? STAFF : '';
  const ids: number[] = [];
  for (const { column, words } of spoken) ids[column] = addressOf(`${words} ${mark}`.trim());
  for (; leaf < count; leaf++) {
    const row = place[leaf * PLACE_WIDTH + Place.row] ?? 1;
    address[leaf] = remarks.has(row) ? PLAIN : (ids[place[leaf * PLACE_WIDTH + Place.column] ?? 1] ?? PLAIN);
  }
}

/** A face sheet has no more fields: what has is a list of two columns, and senders do not fill the book with what stands in one. */
const MOST_FIELDS = 256;

/** A value is addressed by the cell before it, as if that were the header of its column. False where there are too many for a face sheet; nothing is done then. */
function addressValues({ count, address, place }: Tokens['columns'], read: (leaf: number) => string): boolean {
  if ((place[(count - 1) * PLACE_WIDTH + Place.row] ?? 0) > MOST_FIELDS) return false;
  const rowOf = (leaf: number): number => place[leaf * PLACE_WIDTH + Place.row] ?? 0;
  const isField = (leaf: number): boolean => place[leaf * PLACE_WIDTH + Place.column] === 1;
  const fields: string[] = [];
  for (let leaf = 0; leaf < count; leaf++) if (isField(leaf)) fields.push(spokenWords(read(leaf)));
  const mark = isOfPeople(fields) ? SOMEBODY : '';
  for (let leaf = 0; leaf < count; leaf++) {
    const before = !isField(leaf) && leaf > 0 && isField(leaf - 1) && rowOf(leaf - 1) === rowOf(leaf);
    address[leaf] = before ? addressOf(`${spokenWords(read(leaf - 1))} ${mark}`.trim()) : PLAIN;
  }
  return true;
}

function addressOf(words: string): number {
  const id = book.intern('csv', 'csv', words, false);
  return id < 0 ? PLAIN : id;
}

/** The text of a cell, two quotes for one. */
function cellText(buffer: Buffer, start: number, end: number): Mapped {
  const mapper = createMapper(byteRuns(buffer, start, end, null));
  const bytes = buffer.subarray(0, end);
  let from = start;
  for (let at = bytes.indexOf(QUOTE, from); at >= 0; at = bytes.indexOf(QUOTE, at + 2)) {
    if (bytes[at + 1] !== QUOTE) break;
    mapper.run(from, at);
    mapper.put('"', at, at + 2);
    from = at + 2;
  }
  mapper.run(from, end);
  return mapper.done();
}

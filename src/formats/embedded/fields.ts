import type { Leaves } from '../../core/format.ts';
import { isOfPeople } from '../csv/people.ts';
import type { Mapped } from '../text/mapped.ts';
import { spokenWords } from '../text/words.ts';
import type { Candidate } from './candidate.ts';
import { isLine, joinLines } from './lines.ts';
import { madeOf } from './located.ts';
import { type Cell, createSheet, type Writing } from './sheet.ts';

// Values behind the names of fields: the query of an address, a form, lines of configuration and seeds, what services log of their objects (`Patient{lastName='Okonkwo', zip=02184}`).

interface Field {
  readonly name: string;
  readonly value: Cell;
}

const NAME = String.raw`[A-Za-z_][\w.-]{0,40}`;
const QUOTES = String.raw`"((?:[^"\\\n]|\\.){0,400})"|'((?:[^'\\\n]|\\.){0,400})'`;
const BARE = String.raw`([^\s"',;&|(){}<>[\]][^"'&|;\n{}<>]{0,200}?)`;
const ENDS = String.raw`(?=(?:,\s{0,4}|\s{1,4}|[;&|])["']?${NAME}["']?\s?[=:]|[,;)}\]&|]|\s*$)`;
/** `lastName='Okonkwo'`, `patient_name="Leif Brandvold"`, `zip=02184`: without quotes up to the next name, a comma or a bracket, and only behind an equals sign, since people write colons. */
const PAIR = new RegExp(String.raw`(?<![\w.-])(${NAME})["']?\s?(?:=>?\s?(?:${QUOTES}|${BARE}${ENDS})|:\s?(?:${QUOTES}))`, 'g');
/** `{line1: "88 Pequot Trl", zip: 06378}` */
const INLINE = new RegExp(String.raw`(?<![\w.-])(${NAME})["']?\s?[=:]>?\s?(?:${QUOTES}|${BARE}${ENDS})`, 'g');
const QUERY = /[\w.[\]%-]{1,60}=[^\s&"'<>#=]{0,400}(?:&(?:amp;)?[\w.[\]%-]{1,60}=[^\s&"'<>#=]{0,400})+/g;
/** A line of YAML, TOML, INI or a file of properties: names as programs have them. */
const LINE = new RegExp(String.raw`^\s{0,40}(?:- )?(?:export |set )?["']?(${NAME})["']?\s{0,20}[:=]\s{0,20}`);
/** Names that only programs write. */
const OF_PROGRAMS = /_[A-Za-z]|[a-z][A-Z]|[a-z]\.[a-z]/;

const QUOTED: Writing = { escapes: /\\.|"/g, said: (written) => (written.length > 1 ? written.slice(1) : written) };
const PERCENT: Writing = { escapes: /(?:%[0-9A-Fa-f]{2})+|\+|"/g, said: fromPercent };

function fromPercent(written: string): string {
  if (written === '+') return ' ';
  return written.startsWith('%') ? Buffer.from(written.replaceAll('%', ''), 'hex').toString('utf8') : written;
}

/** An equals sign, or a name and a colon. */
const MAY = /[A-Za-z\d]["']?\s?=|^\s{0,40}(?:- )?["']?[A-Za-z_][\w.-]{0,40}["']?\s{0,20}:/;

/** Whether a text may have fields at all. */
export const mayHaveFields = (text: string): boolean => MAY.test(text);

/** Whether names of fields say that it is about somebody; of anything else nothing is made. */
function isOfSomebody(fields: readonly Field[]): boolean {
  return fields.length > 1 && isOfPeople(fields.map(({ name }) => spokenWords(name)));
}

/** Lines of one sheet. */
const MOST_LINES = 200;
const FEWEST_LINES = 3;

/** What is kept between the lines of a body. */
export interface Plain {
  /** Up to which leaf lines have names, and are no sheet together. */
  until: number;
}

/** Fields and their values in a leaf, or in the lines from there on that have one each, as sheets; and the last of these lines. */
export function fieldsIn(
  leaves: Leaves,
  leaf: number,
  plain: Plain,
): { readonly candidates: Candidate[]; readonly last: number } {
  const text = leaves.text(leaf);
  if (leaf > plain.until && isLine(leaves, leaf) && LINE.test(text)) {
    const lines = linesFrom(leaves, leaf);
    if (lines.candidates.length > 0) return lines;
    plain.until = lines.last;
  }
  const joined = joinLines(leaves, [{ leaf, from: 0 }], '');
  const line = joined.text;
  const sheets: Mapped[] = [];
  for (const { 0: query, index } of line.matchAll(QUERY)) addSheet(sheets, line, queryFields(query, index), PERCENT);
  if (sheets.length === 0) addSheet(sheets, line, pairsIn(line, PAIR), QUOTED);
  return { candidates: sheets.map((sheet) => madeOf(leaf, sheet, joined)), last: leaf };
}

function addSheet(sheets: Mapped[], text: string, fields: readonly Field[], writing: Writing): void {
  if (!isOfSomebody(fields)) return;
  const sheet = createSheet(text, writing, true);
  for (const { name, value } of fields) sheet.field(name, value);
  sheets.push(sheet.done());
}

function queryFields(query: string, from: number): Field[] {
  const fields: Field[] = [];
  let at = from;
  for (const part of query.split('&')) {
    const name = part.slice(0, part.indexOf('='));
    const begin = at + name.length + 1;
    if (begin < at + part.length) fields.push({ name: name.replace(/^amp;/, ''), value: { from: begin, to: at + part.length } });
    at += part.length + 1;
  }
  return fields;
}

function pairsIn(text: string, pattern: RegExp, from = 0, to = text.length): Field[] {
  return [...text.slice(from, to).matchAll(pattern)].flatMap(
    ({ 0: pair, 1: name = '', 2: double, 3: single, 4: bare, 5: more, 6: other, index }) => {
      const value = double ?? single ?? bare ?? more ?? other ?? '';
      const end = from + index + pair.length - (bare === undefined ? 1 : 0);
      return value === '' ? [] : [{ name, value: { from: end - value.length, to: end } }];
    },
  );
}

/** What stands behind a name on its line: without quotes, and without a remark behind it. */
const VALUE =
  /^(?:"((?:[^"\\]|\\.){0,400})"|'([^']{0,400})'|([^\s"'#{[|>&*][^\n]{0,400}?))\s{0,40}(?:[,;]?\s{0,40}(?:#[^\n]{0,400})?)$/;

function linesFrom(leaves: Leaves, leaf: number): { readonly candidates: Candidate[]; readonly last: number } {
  const lines: { leaf: number; from: number }[] = [];
  for (let line = leaf; line < leaves.count && lines.length < MOST_LINES && isLine(leaves, line); line++) {
    if (!LINE.test(leaves.text(line))) break;
    lines.push({ leaf: line, from: 0 });
  }
  const last = leaf + lines.length - 1;
  if (lines.length < FEWEST_LINES) return { candidates: [], last };
  const joined = joinLines(leaves, lines, '\n');
  const { text } = joined;
  const fields: Field[] = [];
  let at = 0;
  for (const line of text.split('\n')) {
    fields.push(...lineFields(text, line, at));
    at += line.length + 1;
  }
  const sheets: Mapped[] = [];
  if (fields.some(({ name }) => OF_PROGRAMS.test(name))) addSheet(sheets, text, fields, QUOTED);
  return { candidates: sheets.map((sheet) => madeOf(leaf, sheet, joined)), last };
}

function lineFields(text: string, line: string, at: number): Field[] {
  const [begins = '', name = ''] = LINE.exec(line) ?? [];
  const rest = line.slice(begins.length);
  if (/^[{[]/.test(rest)) return pairsIn(text, INLINE, at + begins.length, at + line.length);
  const [, double, single, bare] = VALUE.exec(rest) ?? [];
  const value = double ?? single ?? bare ?? '';
  if (value === '') return [];
  const from = at + begins.length + (bare === undefined ? 1 : 0);
  return [{ name, value: { from, to: from + value.length } }];
}

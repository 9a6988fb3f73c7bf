import { CharClass, type Leaves } from '../../core/format.ts';
import type { Span } from '../../core/vocabulary.ts';
import type { Candidate } from './candidate.ts';
import { fieldsIn, mayHaveFields, type Plain } from './fields.ts';
import { MESSAGE, messageAt, segmentIn } from './hl7-in-text.ts';
import type { Closes, InText } from './in-text.ts';
import { jsonAt, jsonLines } from './json-in-text.ts';
import { isLabel, labelAt } from './labels.ts';
import { isLine, joinLines, MOST_LINES } from './lines.ts';
import { byBytes, locatedBy } from './located.ts';
import { type Reading, statementsIn } from './sql/documents.ts';
import { STATEMENT } from './sql/find.ts';
import { elementAt, xmlLines } from './xml-in-text.ts';

// Messages that stand in a text as they are, in a log, a ticket, a mail or a string of JSON: engines hand HL7 v2 on so, and services what they were sent.

/** Shorter ones hold no identifier. */
const SHORTEST = 24;
/** `UPDATE p`; what is set stands on the next line. */
const SHORTEST_STATEMENT = 8;
/** Characters of one text that are read in vain: one of brackets is not read from each of them to its end. */
const MOST_IN_VAIN = 4_000_000;

const BEGINS = /\{(?:\s{0,8}\\{0,3}"|\s{0,8}$)|<[A-Za-z_?]|MSH\|/g;
const [BRACE, LESS, CAPITAL_M, CAPITAL_S] = [0x7b, 0x3c, 0x4d, 0x53];

/** Up to which leaf lines belong to a message that was found before, and how often lines were read to no end. */
export interface Taken {
  until: number;
  vain: number;
  readonly sql: Reading;
  readonly plain: Plain;
}
/** A body that opens brackets on each line is not read from each of them to its end. */
const MOST_VAIN = 16;

/** Whether bytes may hold one: few texts have a brace, an opening tag or a header, and nothing else is decoded to know. */
function mayHold({ ascii, start, end, classes }: Leaves, leaf: number): boolean {
  const from = start[leaf] ?? -1;
  if (ascii === undefined || from < 0 || ((classes[leaf] ?? 0) & CharClass.escape) !== 0) return true;
  const to = end[leaf] ?? 0;
  for (let at = from; at < to; at++) {
    const byte = ascii[at];
    if (byte === BRACE || byte === LESS || (byte === CAPITAL_M && ascii[at + 1] === CAPITAL_S)) return true;
  }
  return false;
}

/** Adds the messages that stand in a leaf as they are, and what statements of SQL in it tell; returns whether it holds nothing else. */
export function addMessages(leaves: Leaves, leaf: number, found: Candidate[], taken: Taken): boolean {
  const messages = messagesIn(leaves, leaf, taken);
  found.push(...messages);
  if (leaf > taken.until && messages.length === 0) {
    const told = toldBy(leaves, leaf, taken);
    found.push(...told.candidates);
    taken.until = told.last;
  }
  return messages.some(({ sealed }) => sealed.length > 0);
}

/** What a line, and those that go on with it, tell by names of columns and fields, or print. */
function toldBy(
  leaves: Leaves,
  leaf: number,
  taken: Taken,
): { readonly candidates: readonly Candidate[]; readonly last: number } {
  const [from = -1, to = -1] = [leaves.start[leaf], leaves.end[leaf]];
  const text = from >= 0 && to - from < SHORTEST_STATEMENT ? '' : leaves.text(leaf);
  if (STATEMENT.test(text)) {
    const tables = statementsIn(leaves, leaf, taken.sql);
    if (tables.candidates.length > 0 || tables.last > leaf) return tables;
  }
  if (isLabel(text)) return labelAt(leaves, leaf);
  return mayHaveFields(text) ? fieldsIn(leaves, leaf, taken.plain) : { candidates: [], last: leaf };
}

/** The messages in one leaf, and in the lines that go on with it. They were read as text already, so what is not opened is not unexamined for it. */
function messagesIn(leaves: Leaves, leaf: number, taken: Taken): Candidate[] {
  if (leaf <= taken.until || ((leaves.classes[leaf] ?? 0) & CharClass.sealed) !== 0 || !mayHold(leaves, leaf)) return [];
  const text = leaves.text(leaf);
  const found: Candidate[] = [];
  BEGINS.lastIndex = 0;
  let vain = 0;
  for (let begin = BEGINS.exec(text); begin !== null && vain < MOST_IN_VAIN; begin = BEGINS.exec(text)) {
    const inText = inTextAt(text, begin.index, begin[0]);
    const lines = inText === null ? linesFrom(leaves, leaf, text, begin, taken) : null;
    if (lines !== null) {
      taken.until = lines.last;
      return [...found, lines.candidate];
    }
    if (inText === null) vain += text.length - begin.index;
    if (inText === null || inText.to - inText.from < SHORTEST || isWhole(leaves, leaf, leaf, text, inText)) continue;
    found.push(candidateOf(leaves, leaf, text, inText));
    BEGINS.lastIndex = Math.max(inText.to, begin.index + 1);
  }
  return found;
}

function inTextAt(text: string, at: number, begins: string): InText | null {
  if (begins === MESSAGE) return messageAt(text, at);
  return begins.startsWith('{') ? jsonAt(text, at) : elementAt(text, at);
}

/** Whether it is all of a body: that was tried in its own format, and is text because it failed there. */
function isWhole(leaves: Leaves, first: number, last: number, text: string, { from, to }: Pick<InText, 'from' | 'to'>): boolean {
  return first === 0 && last === leaves.count - 1 && from === 0 && to === text.length && leaves.addressOf(0).path === 'raw';
}

function candidateOf(leaves: Leaves, leaf: number, text: string, { from, to, said }: InText): Candidate {
  const spans = [leaves.spanOf(leaf, from, to) ?? []].flat();
  const [span] = spans;
  const bytes = Buffer.from(said.text);
  const asIs = span !== undefined && said.text === text.slice(from, to) && span.end - span.start === bytes.length;
  // The label that a value of JSON is read with is not in its bytes.
  const isAll = to === text.length && (from === 0 || leaves.spanOf(leaf, 0, from) === null);
  return {
    ...read(leaf, bytes, spans),
    sealed: isAll ? [leaf] : [],
    ...(asIs ? { offset: span.start } : { locate: locatedBy(leaves, leaf, said) }),
  };
}

function read(leaf: number, bytes: Buffer, spans: readonly Span[]): Candidate {
  return { leaf, sealed: [], spans, bytes, makesSense: true, isReadAnyway: true };
}

/** A message that goes on over the lines behind the one it begins on. */
function linesFrom(
  leaves: Leaves,
  leaf: number,
  text: string,
  { 0: begins, index: at }: RegExpExecArray,
  taken: Taken,
): Lines | null {
  if (!isLine(leaves, leaf)) return null;
  if (begins === MESSAGE) return segmentsFrom(leaves, leaf, at);
  const closes = begins.startsWith('{') ? jsonLines() : xmlLines(text, at);
  if (closes === null || taken.vain >= MOST_VAIN) return null;
  const lines = linesUntil(leaves, leaf, at, closes);
  if (lines === null) taken.vain++;
  return lines;
}

interface Lines {
  readonly candidate: Candidate;
  readonly last: number;
}

/** From the line on which something begins to the one on which it closes. */
function linesUntil(leaves: Leaves, leaf: number, at: number, closes: Closes): Lines | null {
  const { start, end } = leaves;
  const said: string[] = [];
  for (let line = leaf; line < leaves.count && line - leaf < MOST_LINES && isLine(leaves, line); line++) {
    const from = line === leaf ? at : 0;
    const text = leaves.text(line);
    const to = closes(text, from);
    // As many breaks as there are bytes between lines, so that offsets stay.
    if (line > leaf) said.push('\n'.repeat(Math.max(1, (start[line] ?? 0) - (end[line - 1] ?? 0))));
    said.push(text.slice(from, to < 0 ? text.length : to));
    if (to < 0) continue;
    const first = leaves.spanOf(leaf, at, at + 1)?.start;
    const last = leaves.spanOf(line, to - 1, to)?.end;
    if (line === leaf || first === undefined || last === undefined) return null;
    if (at === 0 && isWhole(leaves, leaf, line, text, { from: 0, to })) return null;
    const bytes = Buffer.from(said.join(''));
    const offset = bytes.length === last - first ? first : undefined;
    const spans = [{ start: first, end: last }];
    return { candidate: { ...read(leaf, bytes, spans), offset }, last: line };
  }
  return null;
}

/** A message each of whose segments is on a line of its own, behind what a log writes before all of them. */
function segmentsFrom(leaves: Leaves, leaf: number, at: number): Lines | null {
  const lines = [{ leaf, from: at }];
  for (let line = leaf + 1; line < leaves.count && lines.length < MOST_LINES && isLine(leaves, line); line++) {
    const from = segmentIn(leaves.text(line), at);
    if (from < 0) break;
    lines.push({ leaf: line, from });
  }
  if (lines.length < 2) return null;
  const { text, spans, find } = joinLines(leaves, lines, '\r');
  return { candidate: { ...read(leaf, Buffer.from(text), spans), locate: byBytes(text, find) }, last: leaf + lines.length - 1 };
}

import { CharClass } from '../../core/format.ts';
import { type ByteTable, byteTable, WINDOWS_1252 } from '../charset.ts';
import { entityAt, LONGEST_ENTITY } from '../text/entities.ts';
import { createMapper, type Mapped, type Mapper } from '../text/mapped.ts';
import { byteRuns } from '../text/runs.ts';
import { CDATA_CLOSE, CDATA_OPEN, insideOf, isSpace, LESS, localName, nameEnd, pieceAt, tagEnd } from './markup.ts';
import { isInlineName } from './names.ts';
import { Kind } from './nodes.ts';

const AMPERSAND = 0x26;
const SPACE = 0x20;
const DECODED = CharClass.high | CharClass.escape;

/** Sets of one byte a character that a declaration may name (XML 1.0 §4.3.3), by their WHATWG labels. */
const SINGLE_BYTE = /^(?:iso-8859-(?:[2-8]|1[03-6])|windows-125\d|koi8-[ru]|macintosh|ibm866)$/;

/** What bytes over 0x7F mean that are no UTF-8, by the declared character set. */
export function tableOf(encoding: string): ByteTable {
  const label = encoding.toLowerCase().replace(/^cp(?=125\d)/, 'windows-');
  return SINGLE_BYTE.test(label) ? byteTable(label) : WINDOWS_1252;
}

/** The text of a leaf whose bytes are not simply it: references resolved, markup inside left out, the space that only lays markup out as well. */
export function mappedText(buffer: Buffer, start: number, end: number, kind: number, table: ByteTable): Mapped {
  const mapper = createMapper(byteRuns(buffer, start, end, table));
  const writer: Writer = { mapper, folds: kind === Kind.merged, atBreak: true };
  if (kind === Kind.text || kind === Kind.merged) mixed(writer, buffer, start, end);
  else if (kind === Kind.attribute) characters(writer, buffer, start, end);
  else mapper.run(start, end);
  return mapper.done();
}

interface Writer {
  readonly mapper: Mapper;
  /** Whether a stretch of white space is one space. */
  readonly folds: boolean;
  /** Nothing, or a line break, stands before: no space needs to. */
  atBreak: boolean;
}

/** The text of a leaf. */
export function textOf(buffer: Buffer, start: number, end: number, classes: number, kind: number, table: ByteTable): string {
  if ((classes & DECODED) === 0) return buffer.toString('latin1', start, end);
  return mappedText(buffer, start, end, kind, table).text;
}

/** Text between tags, with what is left out of it. Linear in its size. */
function mixed(writer: Writer, buffer: Buffer, start: number, end: number): void {
  const bytes = buffer.subarray(0, end);
  let at = start;
  while (at < end) {
    const found = bytes.indexOf(LESS, at);
    const open = found < 0 ? end : found;
    characters(writer, buffer, at, open);
    if (open >= end) return;
    at = afterPiece(writer, buffer, open, end);
  }
}

function afterPiece(writer: Writer, buffer: Buffer, open: number, end: number): number {
  switch (pieceAt(buffer, open)) {
    case 'cdata': {
      const inside = insideOf(buffer, open, CDATA_OPEN.length, CDATA_CLOSE);
      run(writer, buffer, inside.start, Math.min(inside.end, end));
      return inside.next;
    }
    case 'comment':
      return insideOf(buffer, open, 4, '-->').next;
    case 'instruction':
      return insideOf(buffer, open, 2, '?>').next;
    case 'open':
    case 'close': {
      const first = open + (buffer[open + 1] === 0x2f ? 2 : 1);
      const last = Math.min(nameEnd(buffer, first), first + 64);
      const next = tagEnd(buffer, open);
      if (!writer.atBreak && !isInlineName(localName(buffer.toString('latin1', first, last)))) {
        writer.mapper.put('\n', open, next);
        writer.atBreak = true;
      }
      return next;
    }
    default:
      run(writer, buffer, open, open + 1);
      return open + 1;
  }
}

/** Text without markup: its character and entity references. */
function characters(writer: Writer, buffer: Buffer, start: number, end: number): void {
  const bytes = buffer.subarray(0, end);
  let from = start;
  for (let at = bytes.indexOf(AMPERSAND, start); at >= 0; at = bytes.indexOf(AMPERSAND, at + 1)) {
    const found = entityAt(buffer.toString('latin1', at, Math.min(at + LONGEST_ENTITY, end)), 0);
    if (found === null) continue;
    run(writer, buffer, from, at);
    writer.mapper.put(found.character, at, at + found.length);
    writer.atBreak = false;
    from = at + found.length;
  }
  run(writer, buffer, from, end);
}

function run(writer: Writer, buffer: Buffer, start: number, end: number): void {
  if (!writer.folds) {
    writer.mapper.run(start, end);
    return;
  }
  let from = start;
  for (let at = start; at < end; at++) {
    if (!isSpace(buffer[at])) continue;
    let after = at + 1;
    while (after < end && isSpace(buffer[after])) after++;
    // One space between two words stays in their run.
    if (after === at + 1 && buffer[at] === SPACE && at > from) continue;
    word(writer, from, at);
    if (!writer.atBreak) writer.mapper.put(' ', at, after);
    writer.atBreak = true;
    from = after;
    at = after;
  }
  word(writer, from, end);
}

function word(writer: Writer, start: number, end: number): void {
  if (start >= end) return;
  writer.mapper.run(start, end);
  writer.atBreak = false;
}

import { CharClass } from '../../core/format.ts';
import { BYTE_CLASSES } from '../classes.ts';
import { createColumns, PLACE_WIDTH, takeColumns } from '../columns.ts';
import { addFlag, close, leave, open } from './elements.ts';
import { classesOf, emit, trimmed } from './emit.ts';
import { CDATA_CLOSE, CDATA_OPEN, doctypeEnd, insideOf, isSpace, LESS, pieceAt, startsWith } from './markup.ts';
import { createNames } from './names.ts';
import { Flag, Kind, NO_NODE, NODE_WIDTH, Place, type State, type Tokens } from './nodes.ts';

const columns = createColumns();
let nodes: Int32Array = new Int32Array(1024 * NODE_WIDTH);
const FEW = 1 << 20;

/**
 * Reads one XML document (its prolog, root element, and comments behind it) that begins at `from`, in one pass over its bytes. What is not well-formed is read as
 * what it looks like, so nothing is passed over: texts, attributes, comments, processing instructions and the document type become leaves.
 * Entities that the document declares are not expanded. Never throws.
 */
export function tokenize(buffer: Buffer, from: number): Tokens {
  columns.count = 0;
  const state: State = {
    buffer,
    columns,
    names: createNames(),
    attribute: { start: 0, end: 0, valueStart: 0, valueEnd: 0, next: 0, faulty: false },
    nodes,
    at: from,
    count: 0,
    depth: 0,
    node: NO_NODE,
    narrative: NO_NODE,
    run: -1,
    faults: 0,
    stopped: null,
    encoding: '',
  };
  while (state.at < buffer.length && state.stopped === null && !isOver(state)) step(state);
  if (state.node !== NO_NODE && state.stopped === null) state.faults++;
  while (state.node !== NO_NODE) leave(state);
  const made = state.nodes.slice(0, state.count * NODE_WIDTH);
  nodes = state.nodes.length > FEW ? new Int32Array(1024 * NODE_WIDTH) : state.nodes;
  const { names, faults, stopped, encoding } = state;
  return {
    buffer,
    columns: takeColumns(columns, true),
    nodes: made,
    names,
    end: Math.min(state.at, buffer.length),
    faults,
    stopped,
    encoding,
  };
}

/** Behind the root stand comments, instructions and space; anything else is another document's, or none's. */
function isOver({ buffer, at, node, count }: State): boolean {
  if (node !== NO_NODE || count === 0) return false;
  let next = at;
  while (isSpace(buffer[next])) next++;
  if (buffer[next] !== LESS || isDeclaration(buffer, next)) return true;
  const piece = pieceAt(buffer, next);
  return piece !== 'comment' && piece !== 'instruction';
}

function isDeclaration(buffer: Buffer, at: number): boolean {
  return startsWith(buffer, at, '<?xml') && isSpace(buffer[at + 5]);
}

function step(state: State): void {
  const { buffer, at } = state;
  if (buffer[at] !== LESS) {
    text(state, at);
    return;
  }
  switch (pieceAt(buffer, at)) {
    case 'open':
      open(state);
      return;
    case 'close':
      close(state);
      return;
    case 'comment':
      aside(state, insideOf(buffer, at, 4, '-->'), Kind.comment);
      return;
    case 'cdata':
      cdata(state);
      return;
    case 'instruction':
      instruction(state);
      return;
    case 'doctype': {
      const next = doctypeEnd(buffer, at);
      aside(state, { start: at + 2, end: Math.min(next - 1, buffer.length), next }, Kind.doctype);
      return;
    }
    default:
      // A `<` that opens nothing is one.
      state.faults++;
      text(state, at + 1);
  }
}

/** Text up to the next `<` from `search` on; white space around it is none of it. */
function text(state: State, search: number): void {
  const { buffer } = state;
  let start = state.at;
  while (start < buffer.length && isSpace(buffer[start])) start++;
  let end = start;
  let classes = 0;
  let at = start;
  for (let byte = buffer[at]; byte !== undefined && (byte !== LESS || at < search); byte = buffer[++at]) {
    if (byte > 0x20) end = at + 1;
    classes |= byte === 0x26 ? CharClass.escape | CharClass.other : (BYTE_CLASSES[byte] ?? 0);
  }
  state.at = at;
  if (end > start) addText(state, start, end, classes, Kind.text, start);
}

/** A CDATA section holds text as it is; what stands before and behind it goes on. */
function cdata(state: State): void {
  const { buffer, at } = state;
  const inside = insideOf(buffer, at, CDATA_OPEN.length, CDATA_CLOSE);
  if (inside.next > buffer.length) state.faults++;
  state.at = Math.min(inside.next, buffer.length);
  const [start, end] = trimmed(buffer, inside.start, inside.end);
  if (end > start) addText(state, start, end, classesOf(buffer, start, end), Kind.cdata, at);
}

/** Text that comments, instructions and CDATA sections alone part is one leaf: a comment inside a name does not hide it. */
function addText(state: State, start: number, end: number, classes: number, kind: number, openAt: number): void {
  const { run, node } = state;
  if (node !== NO_NODE) addFlag(state, node, Flag.text);
  if (run < 0) {
    state.run = emit(state, start, end, classes, -1, kind);
    return;
  }
  const slot = run * PLACE_WIDTH + Place.kind;
  if (columns.place[slot] === Kind.cdata) columns.start[run] = state.buffer.lastIndexOf(CDATA_OPEN, columns.start[run], 'latin1');
  columns.place[slot] = Kind.text;
  columns.end[run] = Math.max(end, openAt);
  columns.classes[run] = (columns.classes[run] ?? 0) | classes | CharClass.escape;
}

/** What stands in a document and is no text of it. */
function aside(state: State, { start, end, next }: ReturnType<typeof insideOf>, kind: number): void {
  const { buffer } = state;
  if (next > buffer.length) state.faults++;
  state.at = Math.min(next, buffer.length);
  const [first, last] = trimmed(buffer, start, end);
  // It may lie within a text that goes on behind it.
  if (last > first) emit(state, first, last, classesOf(buffer, first, last) | CharClass.escape, -1, kind);
}

const DECLARATION =
  /^xml\s+version\s*=\s*["']1\.\d["'](?:\s+encoding\s*=\s*["']([A-Za-z][\w.-]{0,40})["'])?(?:\s+standalone\s*=\s*["'](?:yes|no)["'])?\s*$/;

/** A processing instruction; the XML declaration says nothing but the character set. */
function instruction(state: State): void {
  const inside = insideOf(state.buffer, state.at, 2, '?>');
  if (isDeclaration(state.buffer, state.at)) {
    const found = DECLARATION.exec(state.buffer.toString('latin1', inside.start, Math.min(inside.end, inside.start + 256)));
    if (found !== null) {
      state.encoding = found[1] ?? '';
      state.at = Math.min(inside.next, state.buffer.length);
      return;
    }
  }
  aside(state, inside, Kind.instruction);
}

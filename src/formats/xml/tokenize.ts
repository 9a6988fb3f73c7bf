import { CharClass } from '../../core/format.ts';
import { BYTE_CLASSES } from '../classes.ts';
import { createColumns, growColumns, PLACE_WIDTH, takeColumns } from '../columns.ts';
import {
  CDATA_CLOSE,
  CDATA_OPEN,
  doctypeEnd,
  GREATER,
  insideOf,
  isSpace,
  LESS,
  localName,
  nameEnd,
  pieceAt,
  readAttribute,
  startsWith,
} from './markup.ts';
import { mergeText } from './merge.ts';
import { createNames } from './names.ts';
import { Flag, Kind, NO_NODE, NODE_WIDTH, Node, Place, type State, type Tokens } from './nodes.ts';

const MAX_LEAVES = 1 << 22;
const MAX_NODES = 1 << 22;
const MAX_DEPTH = 256;

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
  if (node !== NO_NODE || count === 0 || isSpace(buffer[at])) return false;
  if (buffer[at] !== LESS || isDeclaration(buffer, at)) return true;
  const piece = pieceAt(buffer, at);
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

function trimmed(buffer: Buffer, from: number, to: number): [number, number] {
  let [start, end] = [from, to];
  while (start < end && isSpace(buffer[start])) start++;
  while (end > start && isSpace(buffer[end - 1])) end--;
  return [start, end];
}

function classesOf(buffer: Buffer, start: number, end: number): number {
  let classes = 0;
  for (let at = start; at < end; at++) classes |= BYTE_CLASSES[buffer[at] ?? 0] ?? 0;
  return classes;
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

function open(state: State): void {
  const { buffer, at, attribute } = state;
  if (state.depth >= MAX_DEPTH || state.count >= MAX_NODES) {
    state.stopped = state.depth >= MAX_DEPTH ? 'depth' : 'size';
    return;
  }
  const end = nameEnd(buffer, at + 1);
  const node = enter(state, state.names.numberOf(localName(buffer.toString('utf8', at + 1, Math.min(end, at + 257)))));
  if (!state.names.isPlain(state.nodes[node * NODE_WIDTH + Node.name] ?? 0)) emitName(state, at + 1, end);
  let next = end;
  while (readAttribute(buffer, next, attribute) && state.stopped === null) {
    next = attribute.next;
    readAttributeLeaf(state, node);
  }
  if (state.stopped !== null) {
    state.at = at;
    return;
  }
  const isClosed = buffer[attribute.next] === GREATER;
  if (!isClosed) state.faults++;
  state.at = isClosed ? attribute.next + 1 : attribute.next;
  if (isClosed && buffer[attribute.next - 1] === 0x2f) leave(state);
}

function readAttributeLeaf(state: State, node: number): void {
  const { buffer, attribute, names } = state;
  const { start, end, valueStart, valueEnd } = attribute;
  if (attribute.faulty) state.faults++;
  const written = buffer.toString('utf8', start, Math.min(end, start + 256));
  const isNamespace = written === 'xmlns' || written.startsWith('xmlns:');
  const name = isNamespace ? 'xmlns' : localName(written);
  const number = names.numberOf(name);
  if (valueStart < 0 || !names.isPlain(number)) emitName(state, start, end);
  const [first, last] = trimmed(buffer, valueStart, valueEnd);
  if (last <= first) return;
  let classes = classesOf(buffer, first, last);
  if (buffer.subarray(first, last).includes(0x26)) classes |= CharClass.escape;
  emit(state, first, last, classes | within(state), number, Kind.attribute);
  const slot = node * NODE_WIDTH;
  if (isNamespace) addFlag(state, node, namespaceFlag(buffer.toString('latin1', first, Math.min(last, first + 64))));
  else if (name === 'type' && written !== 'type')
    state.nodes[slot + Node.xsi] = names.numberOf(localName(buffer.toString('latin1', first, Math.min(last, first + 64))));
  else if (name === 'representation' && startsWith(buffer, first, 'B64')) addFlag(state, node, Flag.base64);
}

/** Leaves in the middle of a text that is one leaf itself are looked at by themselves, as those whose bytes are not their text. */
const within = ({ narrative }: State): number => (narrative === NO_NODE ? 0 : CharClass.escape);

function namespaceFlag(uri: string): number {
  if (uri === 'urn:hl7-org:v3') return Flag.v3;
  if (uri === 'http://hl7.org/fhir') return Flag.fhir;
  return uri === 'urn:hl7-org:v2xml' ? Flag.v2 : 0;
}

/** A name that could be somebody's. */
function emitName(state: State, start: number, end: number): void {
  if (end > start) emit(state, start, end, classesOf(state.buffer, start, end) | within(state), -1, Kind.name);
}

function addFlag({ nodes: all }: State, node: number, flag: number): void {
  const slot = node * NODE_WIDTH + Node.flags;
  all[slot] = (all[slot] ?? 0) | flag;
}

const INHERITED = Flag.v3 | Flag.fhir | Flag.v2;

function enter(state: State, name: number): number {
  const { node: parent, names } = state;
  const node = state.count++;
  const slot = node * NODE_WIDTH;
  if (slot + NODE_WIDTH > state.nodes.length) {
    const larger = new Int32Array(state.nodes.length * 2);
    larger.set(state.nodes);
    state.nodes = larger;
  }
  const around = parent === NO_NODE ? 0 : (state.nodes[parent * NODE_WIDTH + Node.flags] ?? 0);
  state.nodes[slot + Node.parent] = parent;
  state.nodes[slot + Node.name] = name;
  state.nodes[slot + Node.first] = columns.count;
  state.nodes[slot + Node.flags] = around & INHERITED;
  state.nodes[slot + Node.xsi] = -1;
  if (parent !== NO_NODE) addFlag(state, parent, names.isPart(name) ? Flag.children | Flag.parts : Flag.children);
  const outer = parent === NO_NODE ? -1 : (state.nodes[parent * NODE_WIDTH + Node.name] ?? -1);
  if (state.narrative === NO_NODE && names.isNarrative(name, outer)) state.narrative = node;
  state.node = node;
  state.run = -1;
  state.depth++;
  return node;
}

function leave(state: State): void {
  const { node, names } = state;
  const slot = node * NODE_WIDTH;
  const parent = state.nodes[slot + Node.parent] ?? NO_NODE;
  mergeText(state, node);
  if (state.narrative === node) state.narrative = NO_NODE;
  state.nodes[slot + Node.after] = columns.count;
  const flags = state.nodes[slot + Node.flags] ?? 0;
  const isPhrase =
    (flags & Flag.children) === 0 || (flags & Flag.merged) !== 0 || names.isInline(state.nodes[slot + Node.name] ?? 0);
  if (parent !== NO_NODE && !isPhrase) addFlag(state, parent, Flag.rough);
  state.node = parent;
  state.run = -1;
  state.depth--;
}

/** Closes the innermost element of the name, and what was left open in it; a tag that closes nothing is passed over. */
function close(state: State): void {
  const { buffer, at, attribute } = state;
  const end = nameEnd(buffer, at + 2);
  const name = state.names.numberOf(localName(buffer.toString('utf8', at + 2, Math.min(end, at + 258))));
  let next = end;
  while (readAttribute(buffer, next, attribute)) {
    next = attribute.next;
    // An end tag has no attributes; what stands there is read as well.
    state.faults++;
    emitName(state, attribute.start, attribute.next);
  }
  if (buffer[attribute.next] !== GREATER) state.faults++;
  state.at = buffer[attribute.next] === GREATER ? attribute.next + 1 : attribute.next;
  let node = state.node;
  while (node !== NO_NODE && state.nodes[node * NODE_WIDTH + Node.name] !== name)
    node = state.nodes[node * NODE_WIDTH + Node.parent] ?? NO_NODE;
  if (node !== state.node) state.faults++;
  if (node === NO_NODE) {
    if (!state.names.isPlain(name)) emitName(state, at + 2, end);
    return;
  }
  while (state.node !== node) leave(state);
  leave(state);
}

function emit(state: State, start: number, end: number, classes: number, name: number, kind: number): number {
  if (columns.count >= MAX_LEAVES) {
    state.stopped = 'size';
    return -1;
  }
  if (columns.count === columns.capacity) growColumns(columns);
  const leaf = columns.count++;
  columns.start[leaf] = start;
  columns.end[leaf] = end;
  columns.classes[leaf] = classes;
  const slot = leaf * PLACE_WIDTH;
  columns.place[slot + Place.node] = state.node;
  columns.place[slot + Place.name] = name;
  columns.place[slot + Place.kind] = kind;
  return leaf;
}

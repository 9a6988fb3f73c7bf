import { CharClass } from '../../core/format.ts';
import { BYTE_CLASSES } from '../classes.ts';
import { createColumns, growColumns, PLACE_WIDTH, takeColumns } from '../columns.ts';
import { jsonText } from './json-text.ts';
import { createNameNumbers, type NameNumbers } from './name-numbers.ts';
import { NAME_IDS, SHAPES, Shape } from './names.ts';
import { HIDDEN_NAME, Kind, NO_NAME, NODE_WIDTH, Node, Place, type Tokens } from './tokens.ts';

const MAX_LEAVES = 1 << 22;
const MAX_NODES = 1 << 22;
/** FHIR's own recursions (items of a questionnaire, nested extensions) stay far below. */
const MAX_DEPTH = 256;

const columns = createColumns();
let nodes = new Int32Array(1024 * NODE_WIDTH);

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const isSpace = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

interface State {
  readonly buffer: Buffer;
  readonly end: number;
  readonly names: NameNumbers;
  at: number;
  count: number;
  depth: number;
  /** The innermost open node; -1 when the document has ended. */
  node: number;
  /** The name whose value comes next; NO_NAME where a name has to come. */
  name: number;
  faults: number;
  stopped: 'depth' | 'size' | null;
}

/**
 * Reads one JSON document (RFC 8259) that begins with `{` or `[` at `from` and may go on to `to`, in one pass over its bytes; or, for `many`, all
 * that stand one after the other. Whatever stands where JSON has no place for it becomes a leaf as well, so nothing is passed over. Never throws.
 */
export function tokenize(buffer: Buffer, from: number, to: number, many = false): Tokens {
  columns.count = 0;
  const names = createNameNumbers();
  const state: State = {
    buffer,
    end: to,
    names,
    at: from,
    count: 0,
    depth: 0,
    node: -1,
    name: NO_NAME,
    faults: 0,
    stopped: null,
  };
  do step(state);
  while ((many || state.node >= 0) && state.at < to && state.stopped === null);
  if (state.node >= 0 && state.stopped === null) state.faults++;
  while (state.node >= 0) leave(state);
  const taken = takeColumns(columns, true);
  const made = nodes.slice(0, state.count * NODE_WIDTH);
  if (nodes.length > 1 << 20) nodes = new Int32Array(1024 * NODE_WIDTH);
  return {
    columns: taken,
    nodes: made,
    nameOf: names.nameOf,
    wordOf: names.wordOf,
    end: state.at,
    faults: state.faults,
    stopped: state.stopped,
  };
}

function step(state: State): void {
  const byte = state.buffer[state.at] ?? 0;
  switch (byte) {
    case 0x20:
    case 0x0a:
    case 0x0d:
    case 0x09:
      state.at++;
      return;
    case 0x2c:
    case COLON:
      // A name without a value.
      if (state.name !== NO_NAME || byte === COLON) state.faults++;
      state.name = NO_NAME;
      state.at++;
      return;
    case 0x7b:
    case 0x5b:
      enter(state, byte === 0x5b);
      return;
    case 0x7d:
    case 0x5d:
      close(state, byte === 0x5d);
      return;
    case QUOTE:
      string(state);
      return;
    default:
      bare(state);
  }
}

/** Where the next value stands: under its name, or at the next index. */
function nextIndex(state: State): number {
  const slot = state.node * NODE_WIDTH;
  if (state.node < 0 || nodes[slot + Node.isArray] !== 1) return -1;
  const index = nodes[slot + Node.shape] ?? 0;
  nodes[slot + Node.shape] = index + 1;
  return index;
}

function enter(state: State, isArray: boolean): void {
  if (state.depth >= MAX_DEPTH || state.count >= MAX_NODES) {
    state.stopped = state.depth >= MAX_DEPTH ? 'depth' : 'size';
    return;
  }
  const index = nextIndex(state);
  if (index < 0 && state.node >= 0 && state.name === NO_NAME) {
    state.faults++;
    state.name = HIDDEN_NAME;
  }
  const slot = state.count * NODE_WIDTH;
  if (slot + NODE_WIDTH > nodes.length) {
    const larger = new Int32Array(nodes.length * 2);
    larger.set(nodes);
    nodes = larger;
  }
  nodes[slot + Node.parent] = state.node;
  nodes[slot + Node.isArray] = isArray ? 1 : 0;
  nodes[slot + Node.name] = index < 0 ? state.name : NO_NAME;
  nodes[slot + Node.index] = index;
  nodes[slot + Node.shape] = 0;
  nodes[slot + Node.resource] = NO_NAME;
  nodes[slot + Node.first] = columns.count;
  nodes[slot + Node.reference] = -1;
  nodes[slot + Node.id] = -1;
  state.node = state.count++;
  state.name = NO_NAME;
  state.depth++;
  state.at++;
}

function leave(state: State): void {
  nodes[state.node * NODE_WIDTH + Node.after] = columns.count;
  state.node = nodes[state.node * NODE_WIDTH + Node.parent] ?? -1;
  state.name = NO_NAME;
  state.depth--;
}

/** Closes the innermost node of the kind, and what was left open in it; a bracket that closes nothing is passed over. */
function close(state: State, isArray: boolean): void {
  state.at++;
  const wanted = isArray ? 1 : 0;
  let node = state.node;
  while (node >= 0 && nodes[node * NODE_WIDTH + Node.isArray] !== wanted) node = nodes[node * NODE_WIDTH + Node.parent] ?? -1;
  if (node !== state.node || state.name !== NO_NAME) state.faults++;
  if (node < 0) return;
  while (state.node !== node) leave(state);
  leave(state);
}

/** A string is a name where a colon follows it and a name has to come. */
function string(state: State): void {
  const { buffer, end } = state;
  const start = state.at + 1;
  let classes = 0;
  let at = start;
  for (let byte = buffer[at]; at < end && byte !== QUOTE; byte = buffer[at]) {
    if (byte === BACKSLASH) {
      classes |= CharClass.escape;
      at += 2;
      continue;
    }
    classes |= BYTE_CLASSES[byte ?? 0] ?? 0;
    at++;
  }
  const stop = Math.min(at, end);
  state.at = Math.min(at + 1, end);
  const inObject = nodes[state.node * NODE_WIDTH + Node.isArray] === 0;
  if (inObject && state.name === NO_NAME) {
    let colon = state.at;
    while (colon < end && isSpace(buffer[colon])) colon++;
    if (buffer[colon] === COLON && colon < end) {
      state.at = colon + 1;
      named(state, start, stop, classes);
      return;
    }
    state.faults++;
    state.name = HIDDEN_NAME;
  }
  value(state, start, stop, classes, Kind.string);
}

/** Takes a string as the name of what comes next. A name that could be anything is a leaf too. */
function named(state: State, start: number, stop: number, classes: number): void {
  const { buffer } = state;
  const escaped = (classes & CharClass.escape) !== 0;
  const text = escaped ? jsonText(buffer, start, stop).text : buffer.toString('latin1', start, Math.min(stop, start + 128));
  const id = state.names.numberOf(text);
  if (!state.names.isPlain(id)) emit(state, start, stop, classes, HIDDEN_NAME, -1, Kind.name);
  const slot = state.node * NODE_WIDTH + Node.shape;
  nodes[slot] = (nodes[slot] ?? 0) | (SHAPES[id] ?? Shape.other);
  state.name = id;
}

function value(state: State, start: number, stop: number, classes: number, kind: number): void {
  const slot = state.node * NODE_WIDTH;
  const index = nextIndex(state);
  const { name } = state;
  state.name = NO_NAME;
  if (kind === Kind.string && index < 0) {
    const type = name === RESOURCE_TYPE ? typeName(state, start, stop, classes) : NO_NAME;
    if (type !== NO_NAME) {
      nodes[slot + Node.resource] = type;
      return;
    }
    if (start < stop) mark(slot, name, classes, stop - start);
  }
  emit(state, start, stop, classes, name, index, kind);
}

const RESOURCE_TYPE = NAME_IDS.get('resourceType') ?? NO_NAME;
const REFERENCE = NAME_IDS.get('reference') ?? NO_NAME;
const ID = NAME_IDS.get('id') ?? NO_NAME;
const SYSTEM = NAME_IDS.get('system') ?? NO_NAME;
const VALUE = NAME_IDS.get('value') ?? NO_NAME;
const TEXT = NAME_IDS.get('text') ?? NO_NAME;
/** `phone`, `email`, `pager`, `other` are the longest words for the system of a ContactPoint. */
const LONGEST_SYSTEM = 5;

/** Notes what tells an object's type besides the names in it. */
function mark(slot: number, name: number, classes: number, size: number): void {
  if (name === REFERENCE) {
    nodes[slot + Node.reference] = columns.count;
    nodes[slot + Node.shape] = (nodes[slot + Node.shape] ?? 0) | Shape.reference;
  } else if (name === ID) nodes[slot + Node.id] = columns.count;
  else if (name === SYSTEM && size <= LONGEST_SYSTEM && classes === CharClass.lower)
    nodes[slot + Node.shape] = (nodes[slot + Node.shape] ?? 0) | Shape.contact;
  else if (name === VALUE) nodes[slot + Node.shape] = (nodes[slot + Node.shape] ?? 0) | Shape.valueString;
  else if (name === TEXT) nodes[slot + Node.shape] = (nodes[slot + Node.shape] ?? 0) | Shape.text;
}

/** A resource type is 48 characters at most, each perhaps an escape. */
const LONGEST_TYPE = 6 * 48;

function typeName({ buffer, names }: State, start: number, stop: number, classes: number): number {
  if (stop - start > LONGEST_TYPE) return NO_NAME;
  const escaped = (classes & CharClass.escape) !== 0;
  return names.typeNumberOf(escaped ? jsonText(buffer, start, stop).text : buffer.toString('latin1', start, stop));
}

/** What a word or number without quotes ends at. */
const BARE_ENDS = Uint8Array.from({ length: 256 }, (_, byte) => (',:"{}[] \n\r\t'.includes(String.fromCharCode(byte)) ? 1 : 0));

/** `true`, `false`, `null`, a number, or what has no place here. */
function bare(state: State): void {
  const { buffer, end } = state;
  const start = state.at;
  let classes = 0;
  let at = start;
  while (at < end && (at === start || BARE_ENDS[buffer[at] ?? 0] === 0)) classes |= BYTE_CLASSES[buffer[at++] ?? 0] ?? 0;
  state.at = at;
  const byte = buffer[start] ?? 0;
  const number = byte === 0x2d || (byte >= 0x30 && byte <= 0x39);
  const word = !number && at - start <= 5 ? buffer.toString('latin1', start, at) : '';
  // A digit alone is of nobody.
  if (word === 'true' || word === 'false' || word === 'null' || (number && at - start < 2)) {
    nextIndex(state);
    state.name = NO_NAME;
    return;
  }
  if (!number || (state.name === NO_NAME && nodes[state.node * NODE_WIDTH + Node.isArray] === 0)) state.faults++;
  value(state, start, at, classes, number ? Kind.number : Kind.stray);
}

function emit(state: State, start: number, end: number, classes: number, name: number, index: number, kind: number): void {
  if (start >= end) return;
  if (columns.count >= MAX_LEAVES) {
    state.stopped = 'size';
    state.at = start;
    return;
  }
  if (columns.count === columns.capacity) growColumns(columns);
  const leaf = columns.count++;
  columns.start[leaf] = start;
  columns.end[leaf] = end;
  columns.classes[leaf] = classes;
  const slot = leaf * PLACE_WIDTH;
  columns.place[slot + Place.node] = state.node;
  columns.place[slot + Place.name] = name;
  columns.place[slot + Place.index] = index;
  columns.place[slot + Place.kind] = kind;
}

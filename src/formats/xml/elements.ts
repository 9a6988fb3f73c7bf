import { CharClass } from '../../core/format.ts';
import { classesOf, emit, trimmed } from './emit.ts';
import { GREATER, localName, nameEnd, readAttribute, startsWith } from './markup.ts';
import { mergeText } from './merge.ts';
import { Flag, Kind, NO_NODE, NODE_WIDTH, Node, type State } from './nodes.ts';

const MAX_NODES = 1 << 22;
/** The nesting of real documents stays far below. */
const MAX_DEPTH = 256;

/** An element's tag at the reader's place: its node, and its attributes as leaves. */
export function open(state: State): void {
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

export function addFlag({ nodes: all }: State, node: number, flag: number): void {
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
  state.nodes[slot + Node.first] = state.columns.count;
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

/** Ends the innermost element. */
export function leave(state: State): void {
  const { node, names } = state;
  const slot = node * NODE_WIDTH;
  const parent = state.nodes[slot + Node.parent] ?? NO_NODE;
  mergeText(state, node);
  if (state.narrative === node) state.narrative = NO_NODE;
  state.nodes[slot + Node.after] = state.columns.count;
  const flags = state.nodes[slot + Node.flags] ?? 0;
  const isPhrase =
    (flags & Flag.children) === 0 || (flags & Flag.merged) !== 0 || names.isInline(state.nodes[slot + Node.name] ?? 0);
  if (parent !== NO_NODE && !isPhrase) addFlag(state, parent, Flag.rough);
  state.node = parent;
  state.run = -1;
  state.depth--;
}

/** Closes the innermost element of the name, and what was left open in it; a tag that closes nothing is passed over. */
export function close(state: State): void {
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

import { CharClass } from '../../core/format.ts';
import { BYTE_CLASSES } from '../classes.ts';
import { type Columns, createColumns, growColumns, PLACE_WIDTH, takeColumns } from '../columns.ts';
import { addressOf, OBX, observationNode, RAW_ADDRESS, type SegmentNode, segmentNode, UNKNOWN_SEGMENT } from './addresses.ts';
import { isEnvelope, isFrame, isHeader, MSH, nameAt } from './boundaries.ts';
import { type Delimiters, Role, scanTable } from './delimiters.ts';

/**
 * One message as columns. `place` of a leaf: index of its segment, field, repetition, component, subcomponent, all but the first
 * counted from 1; component and subcomponent are 0 where the value has no such delimiter; field 0 is a line that is no segment.
 */
export interface Tokens {
  /** Where the message ends: after its last terminator, or where something that is not its own begins. */
  readonly end: number;
  readonly columns: Columns;
  /** Three numbers a segment (lines that are none included): where its line begins, which of its name it is, its first leaf. */
  readonly segments: Int32Array;
  /** All classes of all leaves. */
  readonly classes: number;
  readonly rawLines: number;
  /** The message goes on at `end`: it holds more leaves than are kept together. */
  readonly more: boolean;
}

export const SEGMENT_WIDTH = 3;

/** Two million leaves, 70 MB of columns: a message that has more of them ends its part after a segment. */
const PART_LEAVES = 1 << 21;
/** A segment of more than two million is cut between two of its values; what is left of its line is no segment. */
const MAX_LEAVES = 1 << 22;

const ROLE = 0xf000;
const columns = createColumns();
let segments = new Int32Array(256 * SEGMENT_WIDTH);
let segmentCount = 0;
let epoch = 0;
/** Occurrences of segment names that share UNKNOWN_SEGMENT, by name; of the message being tokenized. */
const strange = new Map<number, number>();

/**
 * Tokenizes the message whose header is at `from`, in one pass over the bytes: each byte is looked up once for its role and its
 * class; a value becomes a leaf when its delimiter is met. No string is made but for a place seen for the first time.
 * With `continued`, the message whose header came before and that was left at `from` a moment ago: its segments are counted on.
 */
export function tokenize(buffer: Buffer, from: number, to: number, delimiters: Delimiters, continued = false): Tokens {
  const table = scanTable(delimiters);
  const state: State = { buffer, to, delimiters, table, classes: 0 };
  columns.count = 0;
  segmentCount = 0;
  // A map that is cleared leaves its old table pointing to its new one: a chain that each collection would copy on.
  if (!continued && strange.size > 0) strange.clear();
  if (!continued) epoch++;
  let rawLines = 0;
  let at = from;
  let more = false;
  while (at < to) {
    const role = (table[buffer[at] ?? 0] ?? 0) & ROLE;
    if (role === Role.terminator) {
      at++;
      continue;
    }
    if (at > from && endsMessage(buffer, at, to, delimiters.field, role)) break;
    more = columns.count >= PART_LEAVES;
    if (more) break;
    const code = segmentCode(buffer, at, to, delimiters.field);
    if (code === 0) rawLines++;
    at = code === 0 ? rawLine(state, at) : segment(state, at, code, !continued && at === from);
  }
  const taken = takeColumns(columns, true);
  const lines = segments.slice(0, segmentCount * SEGMENT_WIDTH);
  if (segments.length > 1 << 16) segments = new Int32Array(256 * SEGMENT_WIDTH);
  return { end: at, columns: taken, segments: lines, classes: state.classes, rawLines, more };
}

interface State {
  readonly buffer: Buffer;
  readonly to: number;
  readonly delimiters: Delimiters;
  readonly table: Uint16Array;
  classes: number;
}

function endsMessage(buffer: Buffer, at: number, to: number, field: number, role: number): boolean {
  if (role === Role.frame) return isFrame(buffer, at, to);
  const first = buffer[at];
  if (first === 0x4d) return isHeader(buffer, at, to);
  return (first === 0x46 || first === 0x42) && isEnvelope(buffer, at, to, field);
}

/**
 * The upper-case name of the segment at `at` as a number; 0 when the line is none. A name is a capital and two capitals or digits
 * before a separator (2.5.2); Z segments are also read in lower case. A name without a separator is a word.
 */
function segmentCode(buffer: Buffer, at: number, to: number, field: number): number {
  if (at + 3 >= to || buffer[at + 3] !== field) return 0;
  const code = nameAt(buffer, at, to);
  const first = code >> 16;
  if (first === 0x7a || first === 0x5a) {
    const second = upper((code >> 8) & 0xff);
    const third = upper(code & 0xff);
    return isNameByte(second) && isNameByte(third) ? 0x5a0000 | (second << 8) | third : 0;
  }
  return first >= 0x41 && first <= 0x5a && isNameByte((code >> 8) & 0xff) && isNameByte(code & 0xff) ? code : 0;
}

function upper(byte: number): number {
  return byte >= 0x61 && byte <= 0x7a ? byte - 0x20 : byte;
}

function isNameByte(byte: number): boolean {
  return (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x30 && byte <= 0x39);
}

function beginSegment(at: number, occurrence: number): void {
  const slot = segmentCount++ * SEGMENT_WIDTH;
  if (slot >= segments.length) {
    const larger = new Int32Array(segments.length * 2);
    larger.set(segments);
    segments = larger;
  }
  segments[slot] = at;
  segments[slot + 1] = occurrence;
  segments[slot + 2] = columns.count;
}

function occurrenceOf(node: SegmentNode, code: number): number {
  if (node === UNKNOWN_SEGMENT) {
    const count = (strange.get(code) ?? 0) + 1;
    strange.set(code, count);
    return count;
  }
  const { tally } = node;
  if (tally.epoch !== epoch) {
    tally.epoch = epoch;
    tally.count = 0;
  }
  return ++tally.count;
}

/** Reads a segment from its name on; returns the offset of its terminator, or of what ends the message inside it. */
function segment(state: State, lineStart: number, code: number, isFirst: boolean): number {
  const { buffer, to, table, delimiters } = state;
  let node = segmentNode(code);
  beginSegment(lineStart, occurrenceOf(node, code));
  // MSH-1 is the separator itself and MSH-2 the encoding characters: delimiters, not values.
  const isHeaderSegment = isFirst && code === MSH;
  let at = isHeaderSegment ? delimiters.end : lineStart + 4;
  let field = isHeaderSegment ? 2 : 1;
  let repetition = 1;
  let component = 1;
  let subcomponent = 1;
  let start = at;
  let fieldStart = at;
  let classes = 0;
  let all = 0;
  let role: number;
  let leaf = columns.count;
  let { address, start: starts, end: ends, classes: masks, place, capacity } = columns;
  const line = segmentCount - 1;
  for (;;) {
    // The whole of the work on an ordinary byte.
    role = Role.terminator;
    while (at < to) {
      const entry = table[buffer[at] as number] as number;
      if (entry >= Role.field) {
        role = entry;
        break;
      }
      classes |= entry;
      at++;
    }
    if (role === Role.frame && !isFrame(buffer, at, to)) {
      classes |= CharClass.other;
      at++;
      continue;
    }
    if (at > start) {
      const inner = subcomponent > 1 || role === Role.subcomponent ? subcomponent : 0;
      const outer = inner > 0 || component > 1 || role === Role.component ? component : 0;
      if (leaf === capacity) {
        columns.count = leaf;
        growColumns(columns);
        ({ address, start: starts, end: ends, classes: masks, place, capacity } = columns);
      }
      address[leaf] = addressOf(node, field, outer, inner);
      starts[leaf] = start;
      ends[leaf] = at;
      masks[leaf] = classes;
      all |= classes;
      const slot = leaf * PLACE_WIDTH;
      place[slot] = line;
      place[slot + 1] = field;
      place[slot + 2] = repetition;
      place[slot + 3] = outer;
      place[slot + 4] = inner;
      leaf++;
    }
    start = at + 1;
    classes = 0;
    if (role === Role.field) {
      if (field === 2 && code === OBX) node = observationNode(node, typeCode(buffer, fieldStart, at));
      field++;
      repetition = component = subcomponent = 1;
      fieldStart = start;
    } else if (role === Role.component) {
      component++;
      subcomponent = 1;
    } else if (role === Role.subcomponent) {
      subcomponent++;
    } else if (role === Role.repetition) {
      repetition++;
      component = subcomponent = 1;
    } else break;
    at++;
    if (leaf >= MAX_LEAVES) break;
  }
  columns.count = leaf;
  state.classes |= all;
  return at;
}

/** The two or three characters of OBX-2 as one number; 0 for anything else, which is no data type. */
function typeCode(buffer: Buffer, start: number, end: number): number {
  if (end - start === 2) return ((buffer[start] ?? 0) << 8) | (buffer[start + 1] ?? 0);
  return end - start === 3 ? nameAt(buffer, start, end) : 0;
}

/** A line that is no segment: one leaf, its escapes resolved, since it may go on with a field that a sender broke. Returns the offset of its terminator. */
function rawLine(state: State, lineStart: number): number {
  const { buffer, to, table, delimiters } = state;
  beginSegment(lineStart, 0);
  let classes = 0;
  let at = lineStart;
  for (; at < to; at++) {
    const byte = buffer[at] ?? 0;
    const role = table[byte] ?? 0;
    if (role === Role.terminator || (role === Role.frame && isFrame(buffer, at, to))) break;
    classes |= (BYTE_CLASSES[byte] ?? 0) | (byte === delimiters.escape ? CharClass.escape : 0);
  }
  if (columns.count === columns.capacity) growColumns(columns);
  const leaf = columns.count++;
  columns.address[leaf] = RAW_ADDRESS;
  columns.start[leaf] = lineStart;
  columns.end[leaf] = at;
  columns.classes[leaf] = classes;
  columns.place.set([segmentCount - 1, 0, 1, 0, 0], leaf * PLACE_WIDTH);
  state.classes |= classes;
  return at;
}

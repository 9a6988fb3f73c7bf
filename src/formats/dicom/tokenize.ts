import type { Body } from '../../core/format.ts';
import type { Problem } from '../../core/vocabulary.ts';
import { type Columns, takeColumns } from '../columns.ts';
import { ROOT } from './addresses.ts';
import type { TextReader } from './charset.ts';
import { tagOf } from './dictionary.ts';
import { begin, createLog } from './duplicates.ts';
import { readElement } from './elements.ts';
import { looksExplicit, read16, read32, UNDEFINED } from './guess.ts';
import { emptyNesting, IS_PIXELS, IS_UNKNOWN, isOpen, Level, push } from './nesting.ts';
import { beginObject, changesPhase, INFLATE_CAP } from './phases.ts';
import {
  crossGap,
  DEFAULT_READER,
  hide,
  note,
  type Opaque,
  openReading,
  PIXEL_DATA,
  type Reading,
  skip,
  takeNodes,
} from './reading.ts';
import { openSplice, type Splice } from './splice.ts';
import { isFull, MIN_RUN, type Owner, RAW_OWNER, runLeaves } from './values.ts';
import { VR_OB } from './vr-code.ts';
import { type Deflated, enterItem, isBlank, leave, leaveEnded, leftover, lose, rest, type Walk } from './walk.ts';

/** One object as columns: `start` and `end` are kept offsets in `splice.bytes`; what `place` holds is said at `Mode`. */
export interface Tokens {
  /** The bytes that were read: those of the body, the data set inflated. */
  readonly splice: Splice;
  readonly columns: Columns;
  readonly nodes: Int32Array;
  /** By node: text in its items is read so, unless one further in has a reader of its own. */
  readonly readers: ReadonlyMap<number, TextReader>;
  readonly opaque: readonly Opaque[];
  readonly documents: Reading['documents'];
  readonly deflated: Deflated | null;
  readonly transferSyntax: string;
  readonly problems: readonly Problem[];
}

const ITEM = 0xe000;
const ITEM_END = 0xe00d;
const SEQUENCE_END = 0xe0dd;

/**
 * Reads an object in one pass and without recursion: whatever is nested is a row on a stack of numbers. Every byte is claimed by an
 * element, or read as raw text, or listed as opaque. Stops before the first top-level tag over `until`.
 */
export function tokenize(body: Body, until: number = 0xffffffff, cap: number = INFLATE_CAP): Tokens {
  const reading = openReading(openSplice(body));
  const owner: Owner = { tag: 0, node: 0, vr: 0, address: 0 };
  const walk: Walk = {
    reading,
    nesting: emptyNesting(),
    log: createLog(),
    readers: [DEFAULT_READER],
    owner,
    given: body.inflated,
    cap,
    until,
    phase: 'data',
    transferSyntax: '',
    deflated: null,
    stopped: false,
    vr: 0,
    length: 0,
    head: 0,
  };
  push(walk.nesting, reading, Level.items, false, reading.splice.size, 0, 0, ROOT);
  begin(walk.log, walk.nesting);
  beginObject(walk);
  while (step(walk));
  while (walk.nesting.depth > 0) leave(walk);
  return {
    splice: reading.splice,
    columns: takeColumns(reading.columns, true),
    nodes: takeNodes(reading),
    readers: reading.readers,
    opaque: reading.opaque,
    documents: reading.documents,
    deflated: walk.deflated,
    transferSyntax: walk.transferSyntax,
    problems: reading.problems,
  };
}

/** Reads one header and what belongs to it; false at the end of the object. */
function step(walk: Walk): boolean {
  const { reading, nesting } = walk;
  if (nesting.depth > 0) leaveEnded(walk);
  const position = reading.at + reading.shift;
  reading.element = position;
  if (position === reading.nextGap) {
    crossGap(reading);
    return true;
  }
  if (reading.at >= reading.buffer.length || walk.stopped) return false;
  const end = nesting.end[nesting.depth] ?? 0;
  if (position >= end) return trailing(walk);
  if (isFull(reading)) {
    note(reading, 'dicom.size', 'the object holds too many values to keep apart; the rest is read as raw text', position);
    runLeaves(reading, RAW_OWNER, reading.at, reading.buffer.length, MIN_RUN);
    return false;
  }
  const room = Math.min(end, reading.nextGap) - position;
  if (room < 8) leftover(walk, room);
  else if (nesting.kind[nesting.depth] === Level.items) readNext(walk, room);
  else if (nesting.kind[nesting.depth] === Level.sequence) readItem(walk);
  else readFragment(walk);
  return true;
}

/** What follows the stream of a deflated data set. */
function trailing(walk: Walk): false {
  const { reading } = walk;
  const { buffer, at } = reading;
  if (isBlank(buffer, at, buffer.length)) return false;
  note(reading, 'dicom.trailing', 'bytes that belong to no data element; read as raw text', reading.element);
  runLeaves(reading, RAW_OWNER, at, buffer.length, MIN_RUN);
  return false;
}

function readNext(walk: Walk, room: number): void {
  const { reading, nesting } = walk;
  const { buffer, at } = reading;
  const group = read16(buffer, at, reading.bigEndian);
  if (walk.phase !== 'data' && nesting.depth === 0 && changesPhase(walk, group)) return;
  const element = read16(buffer, at + 2, reading.bigEndian);
  if (group === 0xfffe) {
    readDelimiter(walk, element);
    return;
  }
  const tag = tagOf(group, element);
  if (tag === 0 && isBlank(buffer, at, at + 8)) {
    if (isBlank(buffer, at, buffer.length)) rest(walk);
    else lose(walk);
  } else if (walk.until < tag >>> 0 && nesting.depth === 0 && walk.phase === 'data') {
    walk.stopped = true;
  } else {
    readElement(walk, tag, room);
  }
}

/** A delimiter among the elements of a data set: the end of the item, or one that is out of place. */
function readDelimiter(walk: Walk, element: number): void {
  const { reading, nesting } = walk;
  const top = nesting.depth;
  const inOpenItem = top > 0 && isOpen(nesting, top);
  if (element === ITEM_END && inOpenItem) {
    reading.at += 8;
    leave(walk);
    return;
  }
  if (element !== ITEM_END && element !== SEQUENCE_END && element !== ITEM) {
    lose(walk);
    return;
  }
  note(reading, 'dicom.delimiter', 'an item or delimiter is out of place', reading.element);
  // The item has no delimiter of its own; the sequence reads what is here.
  if (inOpenItem && element !== ITEM_END) leave(walk);
  else reading.at += 8;
}

/** The next item of a sequence, or its end. */
function readItem(walk: Walk): void {
  const { reading, nesting } = walk;
  const { buffer, at, bigEndian } = reading;
  const element = read16(buffer, at, bigEndian) === 0xfffe ? read16(buffer, at + 2, bigEndian) : 0;
  const end = nesting.end[nesting.depth] ?? 0;
  if (element === ITEM) {
    const length = read32(buffer, at + 4, bigEndian);
    const left = end - reading.element - 8;
    const opens = length === UNDEFINED;
    if (!opens && length > left) note(reading, 'dicom.length', 'an item is longer than what is around it', reading.element);
    reading.at += 8;
    const unknown = ((nesting.flags[nesting.depth] ?? 0) & IS_UNKNOWN) !== 0;
    const size = opens ? left : Math.min(length, left);
    enterItem(walk, opens, reading.element + 8 + size);
    if (unknown) reading.explicit = looksExplicit(buffer, reading.at, Math.min(reading.at + size, buffer.length), bigEndian);
  } else if (element === SEQUENCE_END || element === ITEM_END) {
    reading.at += 8;
    if (element === SEQUENCE_END && isOpen(nesting, nesting.depth)) leave(walk);
    else note(reading, 'dicom.delimiter', 'an item or delimiter is out of place', reading.element);
  } else {
    lose(walk);
  }
}

/** The next fragment of an encapsulated value, or its end (PS3.5 §A.4). */
function readFragment(walk: Walk): void {
  const { reading, nesting, owner } = walk;
  const { buffer, at, bigEndian } = reading;
  const element = read16(buffer, at, bigEndian) === 0xfffe ? read16(buffer, at + 2, bigEndian) : 0;
  if (element === SEQUENCE_END) {
    leave(walk);
    reading.at += 8;
    return;
  }
  const isPixels = ((nesting.flags[nesting.depth] ?? 0) & IS_PIXELS) !== 0;
  if (element !== ITEM) {
    // Pixel data up to here; what follows is read, since nobody says that it is an image.
    const start = nesting.count[nesting.depth] ?? 0;
    if (isPixels) hide(reading, start, at, PIXEL_DATA);
    lose(walk);
    nesting.count[nesting.depth] = reading.at;
    return;
  }
  const left = (nesting.end[nesting.depth] ?? 0) - reading.element - 8;
  const length = read32(buffer, at + 4, bigEndian);
  if (length > left)
    note(reading, 'dicom.truncated', 'a fragment is longer than what is left; what is there is read', reading.element);
  reading.at += 8;
  const from = reading.at;
  skip(reading, Math.min(length, left));
  if (isPixels) return;
  owner.tag = nesting.tag[nesting.depth] ?? 0;
  owner.node = nesting.node[nesting.depth] ?? 0;
  owner.vr = VR_OB;
  owner.address = nesting.context[nesting.depth] ?? 0;
  runLeaves(reading, owner, from, reading.at, MIN_RUN);
}

import type { Inflated } from '../../core/format.ts';
import type { TextReader } from './charset.ts';
import { begin, type Log } from './duplicates.ts';
import { IS_PIXELS, isOpen, Level, type Nesting, pop, push } from './nesting.ts';
import { addNode, DEFAULT_READER, hide, note, PIXEL_DATA, type Reading, skip } from './reading.ts';
import { MIN_RUN, type Owner, RAW_OWNER, runLeaves } from './values.ts';

/** A deflated data set that was inflated here: where its stream begins (kept offset), and how it ended. */
export interface Deflated {
  readonly from: number;
  readonly consumed: number;
  readonly outcome: 'complete' | 'cap' | 'broken';
}

/** An object while it is read: what `Reading` knows of bytes and leaves, and where in the object we are. */
export interface Walk {
  readonly reading: Reading;
  readonly nesting: Nesting;
  readonly log: Log;
  /** Reader of each open level. */
  readonly readers: TextReader[];
  readonly owner: Owner;
  /** Inflated on the way in. */
  readonly given: Inflated | undefined;
  /** Inflates at most so many bytes. */
  readonly cap: number;
  /** Stops before the first top-level tag over this one. */
  readonly until: number;
  phase: 'meta' | 'command' | 'data';
  transferSyntax: string;
  deflated: Deflated | null;
  stopped: boolean;
  /** The header of the element that is read: VR code, length, bytes of the header. */
  vr: number;
  length: number;
  head: number;
}

/** Levels of nesting that paths and character sets keep apart: real objects have a dozen, and each level makes a path longer. */
const MAX_DEPTH = 128;

/** Whether the innermost data set lies deeper than paths tell. */
export function isTooDeep({ nesting }: Walk): boolean {
  return nesting.depth > MAX_DEPTH * 2;
}

/** The reader for text in the innermost data set. */
export function readerHere({ readers, nesting }: Walk): TextReader {
  return readers[nesting.depth] ?? DEFAULT_READER;
}

/** Opens a sequence, or the fragments of an encapsulated value, whose header has just been passed. */
export function enter(walk: Walk, kind: number, opens: boolean, end: number, tag: number, context: number, flags: number): void {
  const { reading, nesting, readers } = walk;
  const reader = readerHere(walk);
  push(nesting, reading, kind, opens, end, tag, nesting.node[nesting.depth] ?? 0, context, flags);
  if (kind === Level.fragments) nesting.count[nesting.depth] = reading.at;
  readers[nesting.depth] = reader;
}

/** Opens the next item of the innermost sequence, its header passed. */
export function enterItem(walk: Walk, opens: boolean, end: number): void {
  const { reading, nesting, readers, log } = walk;
  const top = nesting.depth;
  const reader = readerHere(walk);
  const around = nesting.node[top] ?? 0;
  const number = (nesting.count[top] ?? 0) + 1;
  nesting.count[top] = number;
  const deep = isTooDeep(walk);
  if (deep)
    note(reading, 'dicom.depth', `items nested deeper than ${MAX_DEPTH} have the path of what is around them`, reading.element);
  const node = deep ? around : addNode(reading, around, nesting.tag[top] ?? 0, number);
  push(nesting, reading, Level.items, opens, end, 0, node, nesting.context[top] ?? 0);
  begin(log, nesting);
  readers[nesting.depth] = reader;
}

/** Closes the innermost level. */
export function leave(walk: Walk): void {
  const { reading, nesting } = walk;
  const top = nesting.depth;
  if (nesting.kind[top] === Level.fragments && ((nesting.flags[top] ?? 0) & IS_PIXELS) !== 0) {
    hide(reading, nesting.count[top] ?? 0, reading.at, PIXEL_DATA);
  }
  pop(nesting, reading);
}

/** Closes what ends where we are, because its length says so or because what is around it ends. */
export function leaveEnded(walk: Walk): void {
  const { reading, nesting } = walk;
  const position = reading.at + reading.shift;
  while (nesting.depth > 0 && position >= (nesting.end[nesting.depth] ?? 0)) {
    if (isOpen(nesting, nesting.depth) && !isCut(reading)) {
      note(reading, 'dicom.truncated', 'a sequence, item or encapsulated value of undefined length has no end', position);
    }
    leave(walk);
  }
}

/** Whether the end of the body was left out of it for its size: then nobody need be told again that something is missing. */
export function isCut({ splice }: Reading): boolean {
  const last = splice.gaps.at(-1);
  return last?.reason === 'over-limit' && last.end === splice.size;
}

/** No element makes sense here: what is left of the innermost level that says where it ends is read as raw text. */
export function lose(walk: Walk): void {
  const { reading, nesting } = walk;
  const position = reading.at + reading.shift;
  note(
    reading,
    'dicom.lost-sync',
    nesting.depth === 0
      ? 'no data element could be read here; the rest of the object is read as raw text'
      : 'no data element could be read here; the rest of the sequence is read as raw text',
    position,
  );
  rest(walk);
}

/** Reads as raw text what is left of the innermost level. */
export function rest(walk: Walk): void {
  const { reading, nesting } = walk;
  const from = reading.at;
  skip(reading, (nesting.end[nesting.depth] ?? 0) - from - reading.shift);
  runLeaves(reading, RAW_OWNER, from, reading.at, MIN_RUN);
}

/** Fewer bytes than a header before the end of the level or a gap: padding, or what somebody appended. */
export function leftover(walk: Walk, room: number): void {
  const { reading } = walk;
  const from = reading.at;
  skip(reading, room);
  if (isBlank(reading.buffer, from, reading.at)) return;
  runLeaves(reading, RAW_OWNER, from, reading.at, 1);
  if (!isCut(reading)) note(reading, 'dicom.trailing', 'bytes that belong to no data element; read as raw text', reading.element);
}

/** Whether there are only NULs. */
export function isBlank(buffer: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (buffer[at] !== 0) return false;
  return true;
}

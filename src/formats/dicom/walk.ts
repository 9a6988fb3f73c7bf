import type { Inflated } from '../../core/format.ts';
import type { TextReader } from './charset.ts';
import { begin, type Log } from './duplicates.ts';
import { Frame, type Frames, IS_PIXELS, isOpen, pop, push } from './frames.ts';
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
  readonly frames: Frames;
  readonly log: Log;
  /** Reader of each open frame. */
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
export function isTooDeep({ frames }: Walk): boolean {
  return frames.depth > MAX_DEPTH * 2;
}

/** The reader for text in the innermost data set. */
export function readerHere({ readers, frames }: Walk): TextReader {
  return readers[frames.depth] ?? DEFAULT_READER;
}

/** Opens a sequence, or the fragments of an encapsulated value, whose header has just been passed. */
export function enter(walk: Walk, kind: number, opens: boolean, end: number, tag: number, context: number, flags: number): void {
  const { reading, frames, readers } = walk;
  const reader = readerHere(walk);
  push(frames, reading, kind, opens, end, tag, frames.node[frames.depth] ?? 0, context, flags);
  if (kind === Frame.fragments) frames.count[frames.depth] = reading.at;
  readers[frames.depth] = reader;
}

/** Opens the next item of the innermost sequence, its header passed. */
export function enterItem(walk: Walk, opens: boolean, end: number): void {
  const { reading, frames, readers, log } = walk;
  const top = frames.depth;
  const reader = readerHere(walk);
  const around = frames.node[top] ?? 0;
  const number = (frames.count[top] ?? 0) + 1;
  frames.count[top] = number;
  const deep = isTooDeep(walk);
  if (deep)
    note(reading, 'dicom.depth', `items nested deeper than ${MAX_DEPTH} have the path of what is around them`, reading.element);
  const node = deep ? around : addNode(reading, around, frames.tag[top] ?? 0, number);
  push(frames, reading, Frame.items, opens, end, 0, node, frames.context[top] ?? 0);
  begin(log, frames);
  readers[frames.depth] = reader;
}

/** Closes the innermost frame. */
export function leave(walk: Walk): void {
  const { reading, frames } = walk;
  const top = frames.depth;
  if (frames.kind[top] === Frame.fragments && ((frames.flags[top] ?? 0) & IS_PIXELS) !== 0) {
    hide(reading, frames.count[top] ?? 0, reading.at, PIXEL_DATA);
  }
  pop(frames, reading);
}

/** Closes what ends where we are, because its length says so or because what is around it ends. */
export function leaveEnded(walk: Walk): void {
  const { reading, frames } = walk;
  const position = reading.at + reading.shift;
  while (frames.depth > 0 && position >= (frames.end[frames.depth] ?? 0)) {
    if (isOpen(frames, frames.depth) && !isCut(reading)) {
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

/** No element makes sense here: what is left of the innermost frame that says where it ends is read as raw text. */
export function lose(walk: Walk): void {
  const { reading, frames } = walk;
  const position = reading.at + reading.shift;
  note(
    reading,
    'dicom.lost-sync',
    frames.depth === 0
      ? 'no data element could be read here; the rest of the object is read as raw text'
      : 'no data element could be read here; the rest of the sequence is read as raw text',
    position,
  );
  rest(walk);
}

/** Reads as raw text what is left of the innermost frame. */
export function rest(walk: Walk): void {
  const { reading, frames } = walk;
  const from = reading.at;
  skip(reading, (frames.end[frames.depth] ?? 0) - from - reading.shift);
  runLeaves(reading, RAW_OWNER, from, reading.at, MIN_RUN);
}

/** Fewer bytes than a header before the end of the frame or a gap: padding, or what somebody appended. */
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

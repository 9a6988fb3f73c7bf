import type { Reading } from './reading.ts';

/**
 * What is open around the element that is read: data sets (the object's own and those of items), sequences, and the fragments of
 * encapsulated values. A stack of numbers, so that neither depth nor width costs more than bytes.
 */
export const Frame = { items: 0, sequence: 1, fragments: 2 } as const;

const IS_OPEN = 1;
const EXPLICIT = 2;
const BIG_ENDIAN = 4;
/** A sequence in a value of VR UN: its items may be written otherwise than what is around them. */
export const IS_UNKNOWN = 8;
/** Fragments of pixel data. */
export const IS_PIXELS = 16;

export interface Frames {
  depth: number;
  capacity: number;
  kind: Uint8Array;
  flags: Uint8Array;
  /** Origin offset where it ends at the latest; that of what is around it where it is open. */
  end: Float64Array;
  /** Of a sequence: its tag. Of a data set: the highest tag so far. */
  tag: Int32Array;
  node: Int32Array;
  /** Of fragments: the address of their element. */
  context: Int32Array;
  /** Items so far; of fragments: kept offset where the value begins. */
  count: Int32Array;
  /** Which of all frames it is, and how many elements had been read before it. */
  serial: Int32Array;
  first: Int32Array;
}

/** Frames beyond which they are given back after use. */
const KEEP = 1 << 12;

function columns(capacity: number): Omit<Frames, 'depth'> {
  return {
    capacity,
    kind: new Uint8Array(capacity),
    flags: new Uint8Array(capacity),
    end: new Float64Array(capacity),
    tag: new Int32Array(capacity),
    node: new Int32Array(capacity),
    context: new Int32Array(capacity),
    count: new Int32Array(capacity),
    serial: new Int32Array(capacity),
    first: new Int32Array(capacity),
  };
}

const stack: Frames = { depth: -1, ...columns(64) };

/** The stack, empty; one serves every object of a thread. */
export function emptyFrames(): Frames {
  if (stack.capacity > KEEP) Object.assign(stack, columns(64));
  stack.depth = -1;
  return stack;
}

function grow(frames: Frames): void {
  const larger = columns(frames.capacity * 2);
  larger.kind.set(frames.kind);
  larger.flags.set(frames.flags);
  larger.end.set(frames.end);
  larger.tag.set(frames.tag);
  larger.node.set(frames.node);
  larger.context.set(frames.context);
  larger.count.set(frames.count);
  larger.serial.set(frames.serial);
  larger.first.set(frames.first);
  Object.assign(frames, larger);
}

/** Opens a frame, with the encoding of the moment to go back to. */
export function push(
  frames: Frames,
  reading: Reading,
  kind: number,
  isOpen: boolean,
  end: number,
  tag: number,
  node: number,
  context: number,
  flags = 0,
): void {
  if (frames.depth + 1 === frames.capacity) grow(frames);
  const top = ++frames.depth;
  frames.kind[top] = kind;
  frames.flags[top] = flags | (isOpen ? IS_OPEN : 0) | (reading.explicit ? EXPLICIT : 0) | (reading.bigEndian ? BIG_ENDIAN : 0);
  frames.end[top] = end;
  frames.tag[top] = tag;
  frames.node[top] = node;
  frames.context[top] = context;
  frames.count[top] = 0;
}

/** Closes the innermost frame; what is around it goes on in the encoding that it had. */
export function pop(frames: Frames, reading: Reading): void {
  const flags = frames.flags[frames.depth--] ?? 0;
  reading.explicit = (flags & EXPLICIT) !== 0;
  reading.bigEndian = (flags & BIG_ENDIAN) !== 0;
}

export function isOpen(frames: Frames, at: number): boolean {
  return ((frames.flags[at] ?? 0) & IS_OPEN) !== 0;
}

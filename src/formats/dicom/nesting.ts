import type { Reading } from './reading.ts';

/**
 * What is open around the element that is read: data sets (the object's own and those of items), sequences, and the fragments of
 * encapsulated values. A stack of numbers, so that neither depth nor width costs more than bytes.
 */
export const Level = { items: 0, sequence: 1, fragments: 2 } as const;

const IS_OPEN = 1;
const EXPLICIT = 2;
const BIG_ENDIAN = 4;
/** A sequence in a value of VR UN: its items may be written otherwise than what is around them. */
export const IS_UNKNOWN = 8;
/** Fragments of pixel data. */
export const IS_PIXELS = 16;

export interface Nesting {
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
  /** Which of all levels it is, and how many elements had been read before it. */
  serial: Int32Array;
  first: Int32Array;
}

/** Nesting beyond which they are given back after use. */
const KEEP = 1 << 12;

function columns(capacity: number): Omit<Nesting, 'depth'> {
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

const stack: Nesting = { depth: -1, ...columns(64) };

/** The stack, empty; one serves every object of a thread. */
export function emptyNesting(): Nesting {
  if (stack.capacity > KEEP) Object.assign(stack, columns(64));
  stack.depth = -1;
  return stack;
}

function grow(nesting: Nesting): void {
  const larger = columns(nesting.capacity * 2);
  larger.kind.set(nesting.kind);
  larger.flags.set(nesting.flags);
  larger.end.set(nesting.end);
  larger.tag.set(nesting.tag);
  larger.node.set(nesting.node);
  larger.context.set(nesting.context);
  larger.count.set(nesting.count);
  larger.serial.set(nesting.serial);
  larger.first.set(nesting.first);
  Object.assign(nesting, larger);
}

/** Opens a level, with the encoding of the moment to go back to. */
export function push(
  nesting: Nesting,
  reading: Reading,
  kind: number,
  isOpen: boolean,
  end: number,
  tag: number,
  node: number,
  context: number,
  flags = 0,
): void {
  if (nesting.depth + 1 === nesting.capacity) grow(nesting);
  const top = ++nesting.depth;
  nesting.kind[top] = kind;
  nesting.flags[top] = flags | (isOpen ? IS_OPEN : 0) | (reading.explicit ? EXPLICIT : 0) | (reading.bigEndian ? BIG_ENDIAN : 0);
  nesting.end[top] = end;
  nesting.tag[top] = tag;
  nesting.node[top] = node;
  nesting.context[top] = context;
  nesting.count[top] = 0;
}

/** Closes the innermost level; what is around it goes on in the encoding that it had. */
export function pop(nesting: Nesting, reading: Reading): void {
  const flags = nesting.flags[nesting.depth--] ?? 0;
  reading.explicit = (flags & EXPLICIT) !== 0;
  reading.bigEndian = (flags & BIG_ENDIAN) !== 0;
}

export function isOpen(nesting: Nesting, at: number): boolean {
  return ((nesting.flags[at] ?? 0) & IS_OPEN) !== 0;
}

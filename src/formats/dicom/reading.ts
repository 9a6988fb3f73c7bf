import type { Problem } from '../../core/vocabulary.ts';
import { type Columns, createColumns } from '../columns.ts';
import { type TextReader, textReaderOf } from './charset.ts';
import { type Blocks, createBlocks } from './private.ts';
import type { Splice } from './splice.ts';

/** What the bytes of a leaf are; `place` of a leaf: tag, node, index of the value from 1, VR code, mode. */
export const Mode = {
  /** A value of text, or a part of it between NULs. */
  text: 0,
  /** A run of text in binary, or in what no element claims. */
  run: 1,
  /** The same in UTF-16LE. */
  wide: 2,
} as const;
export type Mode = (typeof Mode)[keyof typeof Mode];

/** Three numbers a node: the node around it, the tag of the sequence, the number of the item from 1. Node 0 is the data set itself. */
export const NODE_WIDTH = 3;
/** Instead of a node: bytes that no element claims, and the preamble. */
export const RAW_NODE = -1;
export const PREAMBLE_NODE = -2;

/** Kept bytes that nobody looks into. */
export interface Opaque {
  readonly from: number;
  readonly to: number;
  readonly reason: string;
}

/** One object while it is read. One set of columns serves every object of a thread. */
export interface Reading {
  splice: Splice;
  buffer: Buffer;
  /** Kept offset of what is read next; `at + shift` is its origin offset. */
  at: number;
  shift: number;
  /** Origin offset of the element that is read. */
  element: number;
  /** The next gap, and where it begins (origin); Infinity when there is none. */
  gap: number;
  nextGap: number;
  explicit: boolean;
  bigEndian: boolean;
  readonly columns: Columns;
  nodes: Int32Array;
  nodeCount: number;
  /** Readers of nodes with a SpecificCharacterSet of their own, by node. */
  readers: Map<number, TextReader>;
  blocks: Blocks;
  opaque: Opaque[];
  /** Values that are documents of other formats, in kept offsets. */
  documents: { readonly leaf: number; readonly from: number; readonly to: number }[];
  problems: Problem[];
  noted: Set<string>;
}

/** Flows accept pixel data without saying so; no other reason may hide behind it. */
export const PIXEL_DATA = 'pixel-data';

const MAX_OPAQUE = 1000;
const MAX_PROBLEMS = 100;
/** Four million leaves are what HL7 may have; ours come with nodes. */
export const MAX_LEAVES = 1 << 21;
export const MAX_NODES = 1 << 21;

const columns = createColumns();
let nodes = new Int32Array(256 * NODE_WIDTH);

export function openReading(splice: Splice): Reading {
  columns.count = 0;
  nodes[0] = -1;
  return {
    splice,
    buffer: splice.bytes,
    at: 0,
    shift: 0,
    element: 0,
    gap: 0,
    nextGap: splice.gaps[0]?.start ?? Number.POSITIVE_INFINITY,
    explicit: true,
    bigEndian: false,
    columns,
    nodes,
    nodeCount: 1,
    readers: new Map(),
    blocks: createBlocks(),
    opaque: [],
    documents: [],
    problems: [],
    noted: new Set(),
  };
}

/** Notes a problem, each text once and at most MAX_PROBLEMS: a damaged object must not give one for every element. */
export function note(reading: Reading, code: string, detail: string, start: number): void {
  if (reading.problems.length >= MAX_PROBLEMS || reading.noted.has(detail)) return;
  reading.noted.add(detail);
  reading.problems.push({ code, detail, start });
}

/** Kept bytes that nobody looks into. Past MAX_OPAQUE they are joined with the last ones, which errs to the safe side. */
export function hide({ opaque }: Reading, from: number, to: number, reason: string): void {
  if (to <= from) return;
  const last = opaque.at(-1);
  if (last === undefined || opaque.length < MAX_OPAQUE) opaque.push({ from, to, reason });
  else opaque[opaque.length - 1] = { from: last.from, to, reason: last.reason === PIXEL_DATA ? reason : last.reason };
}

/** Goes on by `length` bytes of the original, over what is missing of them. */
export function skip(reading: Reading, length: number): void {
  let target = reading.at + reading.shift + length;
  while (reading.nextGap < target) target = Math.max(target, crossGap(reading));
  reading.at = Math.min(target - reading.shift, reading.buffer.length);
}

/** Steps over the gap that is next; returns where it ends. */
export function crossGap(reading: Reading): number {
  const { gaps } = reading.splice;
  const gap = gaps[reading.gap];
  if (gap === undefined) throw new RangeError('there is no gap');
  reading.shift += gap.end - gap.start;
  reading.gap++;
  reading.nextGap = gaps[reading.gap]?.start ?? Number.POSITIVE_INFINITY;
  return gap.end;
}

/** A node for an item; past the limit its elements count as those of what is around it. */
export function addNode(reading: Reading, parent: number, sequence: number, item: number): number {
  if (reading.nodeCount >= MAX_NODES) {
    note(
      reading,
      'dicom.size',
      'the object holds too many items to keep apart; paths of later ones are those of what is around them',
      0,
    );
    return parent;
  }
  const node = reading.nodeCount++;
  const slot = node * NODE_WIDTH;
  if (slot >= nodes.length) {
    const larger = new Int32Array(nodes.length * 2);
    larger.set(nodes);
    nodes = larger;
    reading.nodes = larger;
  }
  nodes[slot] = parent;
  nodes[slot + 1] = sequence;
  nodes[slot + 2] = item;
  return node;
}

/** The nodes as an array of exact size; large ones are not kept for the next object. */
export function takeNodes(reading: Reading): Int32Array {
  const taken = nodes.slice(0, reading.nodeCount * NODE_WIDTH);
  if (nodes.length > 1 << 16) nodes = new Int32Array(256 * NODE_WIDTH);
  return taken;
}

/** Reads text where no SpecificCharacterSet says how. */
export const DEFAULT_READER = textReaderOf([]);
const readers = new Map<string, TextReader>();
/** Senders may make up as many as they like. */
const MAX_READERS = 256;

/** The reader for the value of (0008,0005) between two kept offsets. */
export function readerOf(bytes: Buffer, from: number, to: number): TextReader {
  const declared = bytes.toString('latin1', from, Math.min(to, from + 1024));
  return readers.get(declared) ?? addReader(declared);
}

function addReader(declared: string): TextReader {
  const made = textReaderOf(declared.split('\\'));
  if (readers.size < MAX_READERS) readers.set(declared, made);
  return made;
}

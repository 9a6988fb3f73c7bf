import type { Columns } from '../columns.ts';
import { NAME_IDS } from './names.ts';

/** Numbers of a node. Nodes are the objects and arrays of a document, in the order in which they begin. */
export const NODE_WIDTH = 10;
export const Node = {
  /** Node around it; -1 for the document. */
  parent: 0,
  isArray: 1,
  /** Name it has in its object, or NO_NAME. */
  name: 2,
  /** Index in the array around it; -1 in an object. */
  index: 3,
  /** Of an object: which names it has (Shape). Of an array: how many items so far. */
  shape: 4,
  /** Name of its resource type, or NO_NAME. */
  resource: 5,
  /** Leaves from here on, */
  first: 6,
  /** before here. */
  after: 7,
  /** Leaf of its `reference` and of its `id`; -1 for none. */
  reference: 8,
  id: 9,
} as const;

/** Numbers in `Columns.place`. */
export const Place = { node: 0, name: 1, index: 2, kind: 3 } as const;
/** What a leaf is: a string, a number, a name that is none of FHIR's, or what JSON has no word for. */
export const Kind = { string: 0, number: 1, name: 2, stray: 3 } as const;

export const NO_NAME = -1;
/** Stands in paths for a name that could be somebody's (`{"Jane Doe": …}`). */
export const HIDDEN = '?';
export const HIDDEN_NAME = NAME_IDS.get(HIDDEN) ?? 0;

export interface Tokens {
  readonly columns: Columns;
  readonly nodes: Int32Array;
  /** Names by number, as they may stand in a path: HIDDEN for one that could be somebody's. */
  nameOf(name: number): string;
  /** Names by number as they are written. */
  wordOf(name: number): string;
  /** Where the document ends. */
  readonly end: number;
  /** What is no JSON, and how often; 0 for a sound document. */
  readonly faults: number;
  /** Why the rest was not read; null where all was. */
  readonly stopped: 'depth' | 'size' | null;
}

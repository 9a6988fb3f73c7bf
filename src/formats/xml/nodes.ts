import type { Columns } from '../columns.ts';
import type { Attribute } from './markup.ts';
import type { Names } from './names.ts';

/** Numbers a node: the elements of a document in the order in which they begin. */
export const NODE_WIDTH = 6;
export const Node = {
  /** Element around it; -1 for the root. */
  parent: 0,
  /** Number of its local name. */
  name: 1,
  /** Leaves from here on, */
  first: 2,
  /** before here. */
  after: 3,
  /** Bits of Flag. */
  flags: 4,
  /** What `xsi:type` says it is (XSI); 0 where nothing. */
  xsi: 5,
} as const;

export const Flag = {
  /** It has text of its own. */
  text: 1,
  /** It has elements in it. */
  children: 2,
  /** One of these holds elements that are no parts of a sentence. */
  rough: 4,
  /** Its text and that in its elements are one leaf. */
  merged: 8,
  /** `representation="B64"` (HL7 v3 ED). */
  base64: 16,
  /** It, or what it lies in, is of HL7 v3; of FHIR; of the XML encoding of HL7 v2. */
  v3: 32,
  fhir: 64,
  v2: 128,
  /** It has parts of a name, an address or an interval in it: what stands beside them is no sentence. */
  parts: 256,
} as const;

/** Numbers in `Columns.place`. */
export const Place = { node: 0, name: 1, kind: 2 } as const;
/** What a leaf is: text between tags; an attribute's value; what one CDATA section holds; text with markup in it; and what is no text of the document. */
export const Kind = { text: 0, attribute: 1, cdata: 2, merged: 3, comment: 4, instruction: 5, doctype: 6, name: 7 } as const;

export const NO_NODE = -1;

export interface Tokens {
  readonly buffer: Buffer;
  readonly columns: Columns;
  readonly nodes: Int32Array;
  readonly names: Names;
  /** Where the document ends. */
  readonly end: number;
  /** How often it is no well-formed XML. */
  readonly faults: number;
  /** Why the rest was not read; null where all was. */
  readonly stopped: 'depth' | 'size' | null;
  /** The character set that the declaration names; empty where it names none. */
  readonly encoding: string;
}

/** What the tokenizer carries along. */
export interface State {
  readonly buffer: Buffer;
  readonly columns: Columns;
  readonly names: Names;
  readonly attribute: Attribute;
  nodes: Int32Array;
  at: number;
  count: number;
  depth: number;
  /** The innermost open element; NO_NODE outside of the root. */
  node: number;
  /** The element whose text, with that of all elements in it, is one leaf (the text of a CDA section); NO_NODE outside of one. */
  narrative: number;
  /** The leaf of the text that is being read, which comments and CDATA sections do not end; -1 where there is none. */
  run: number;
  faults: number;
  stopped: 'depth' | 'size' | null;
  encoding: string;
}

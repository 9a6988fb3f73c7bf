import type { Leaves, Tree } from '../../core/format.ts';
import type { ByteTable } from '../charset.ts';
import { PLACE_WIDTH } from '../columns.ts';
import { columnsOf, spansBy } from '../source-leaves.ts';
import type { Mapped } from '../text/mapped.ts';
import type { Source } from '../text/source.ts';
import { type Place as At, leafAddress, placeOf } from './addresses.ts';
import { Flag, Kind, NO_NODE, NODE_WIDTH, Node, Place, type Tokens } from './nodes.ts';
import { mappedText, textOf } from './text.ts';
import { leafType, typeOfXsi } from './types.ts';

/** Where each element of a document is in its schema, by its node. */
export type Places = readonly At[];

/** What stands outside of the root element has its place. */
const NOWHERE = 0;

const ASIDES: Readonly<Record<number, string>> = {
  [Kind.comment]: 'comment()',
  [Kind.instruction]: 'processing-instruction()',
  [Kind.doctype]: 'doctype()',
  [Kind.name]: 'name()',
};

/** What a leaf adds to the path of its element. */
export function addedPath({ columns, names }: Tokens, leaf: number): string {
  const slot = leaf * PLACE_WIDTH;
  const kind = columns.place[slot + Place.kind] ?? Kind.text;
  if (kind === Kind.attribute) return `@${names.shown(columns.place[slot + Place.name] ?? 0)}`;
  return ASIDES[kind] ?? '';
}

/** Gives every element its place and every leaf its address. */
export function resolve(tokens: Tokens): Places {
  const { columns, nodes, names } = tokens;
  const places: At[] = [];
  for (let node = 0; node < nodes.length / NODE_WIDTH; node++) {
    const slot = node * NODE_WIDTH;
    const around = places[nodes[slot + Node.parent] ?? NO_NODE] ?? null;
    const v3 = ((nodes[slot + Node.flags] ?? 0) & Flag.v3) !== 0 || around?.v3 === true;
    places.push(placeOf(around, names.shown(nodes[slot + Node.name] ?? 0), v3));
  }
  for (let leaf = 0; leaf < columns.count; leaf++) {
    const node = nodeOf(tokens, leaf);
    const at = places[node];
    if (at !== undefined) columns.address[leaf] = leafAddress(at, addedPath(tokens, leaf), typeAt(tokens, leaf, node, at));
  }
  return places;
}

/** The element that holds a leaf. */
export function nodeOf({ columns }: Tokens, leaf: number): number {
  const node = columns.place[leaf * PLACE_WIDTH + Place.node] ?? NO_NODE;
  return node === NO_NODE ? NOWHERE : node;
}

/** Elements of FHIR in XML whose values are codes, addresses of definitions and references. */
const FHIR_CODES = new Set(
  'system code status use type fullUrl profile reference implicitRules language contentType unit resourceType'.split(' '),
);
const FHIR_CODE = 'code';

function isFhirCode({ columns, nodes, names }: Tokens, leaf: number, slot: number, at: At): boolean {
  if (((nodes[slot + Node.flags] ?? 0) & Flag.fhir) === 0) return false;
  const place = leaf * PLACE_WIDTH;
  if (columns.place[place + Place.kind] !== Kind.attribute) return false;
  const attribute = names.shown(columns.place[place + Place.name] ?? 0);
  return attribute === 'url' || (attribute === 'value' && FHIR_CODES.has(at.name));
}

function typeAt(tokens: Tokens, leaf: number, node: number, at: At): string {
  const { columns, nodes, names } = tokens;
  const slot = node * NODE_WIDTH;
  const isBase64 = ((nodes[slot + Node.flags] ?? 0) & Flag.base64) !== 0;
  const kind = columns.place[leaf * PLACE_WIDTH + Place.kind] ?? Kind.text;
  if (!at.v3 && isFhirCode(tokens, leaf, slot, at)) return FHIR_CODE;
  if (!at.v3) return isBase64 ? 'base64Binary' : '';
  const said = typeOfXsi(names.word(nodes[slot + Node.xsi] ?? 0));
  const outer =
    at.type === 'PQ' ? typeOfXsi(names.word(nodes[(nodes[slot + Node.parent] ?? 0) * NODE_WIDTH + Node.xsi] ?? 0)) : '';
  const element = said !== '' ? said : outer === 'TS' ? outer : at.type;
  return leafType(element, kind, names.shown(columns.place[leaf * PLACE_WIDTH + Place.name] ?? 0), isBase64);
}

/** The leaves of a document whose addresses are resolved. Text is decoded when asked for, and kept: several detectors read the same leaf. */
export function xmlLeaves(source: Source, tokens: Tokens, table: ByteTable, tree: Tree, path: (leaf: number) => string): Leaves {
  const { buffer } = source;
  const { columns } = tokens;
  const { count, classes, start, end } = columns;
  const texts = new Array<string | undefined>(count);
  const kindOf = (leaf: number): number => columns.place[leaf * PLACE_WIDTH + Place.kind] ?? Kind.text;
  const mappedOf = (leaf: number): Mapped => mappedText(buffer, start[leaf] ?? 0, end[leaf] ?? 0, kindOf(leaf), table);
  return {
    ...columnsOf(source, columns),
    tree,
    text(leaf) {
      const known = texts[leaf];
      if (known !== undefined) return known;
      const made = textOf(buffer, start[leaf] ?? 0, end[leaf] ?? 0, classes[leaf] ?? 0, kindOf(leaf), table);
      texts[leaf] = made;
      return made;
    },
    path,
    spanOf: spansBy(source, mappedOf),
  };
}

/** Elements as the objects that leaves lie in. */
export function treeOf(tokens: Tokens, places: Places): Tree {
  const { nodes } = tokens;
  return {
    objectOf: (leaf) => nodeOf(tokens, leaf),
    parentOf: (object) => nodes[object * NODE_WIDTH + Node.parent] ?? NO_NODE,
    pathOf: (object) => places[object]?.path ?? '',
    first: (object) => nodes[object * NODE_WIDTH + Node.first] ?? 0,
    after: (object) => nodes[object * NODE_WIDTH + Node.after] ?? 0,
  };
}

/** `ClinicalDocument.recordTarget.patientRole.patient.name.given[2]`, `….telecom.@value`: elements of one name are counted from 1, `[1]` is left out. */
export function pathReader(tokens: Tokens): (leaf: number) => string {
  const { nodes, names } = tokens;
  let numbers: Int32Array | null = null;
  return (leaf) => {
    // Counted once, when somebody asks: most documents are asked for few paths, and some for none.
    numbers ??= numbered(nodes);
    const parts: string[] = [];
    for (let node = nodeOf(tokens, leaf); node >= 0; node = nodes[node * NODE_WIDTH + Node.parent] ?? NO_NODE) {
      const number = numbers[node] ?? 1;
      parts.push(names.shown(nodes[node * NODE_WIDTH + Node.name] ?? 0) + (number > 1 ? `[${number}]` : ''));
    }
    const added = addedPath(tokens, leaf);
    return (added === '' ? parts.reverse() : [...parts.reverse(), added]).join('.');
  };
}

/** Which of its name each element is in the one around it. */
function numbered(nodes: Int32Array): Int32Array {
  const count = nodes.length / NODE_WIDTH;
  const numbers = new Int32Array(count);
  const seen = new Map<number, number>();
  for (let node = 0; node < count; node++) {
    const slot = node * NODE_WIDTH;
    const key = ((nodes[slot + Node.parent] ?? NO_NODE) + 1) * NAMES + (nodes[slot + Node.name] ?? 0);
    const number = (seen.get(key) ?? 0) + 1;
    seen.set(key, number);
    numbers[node] = number;
  }
  return numbers;
}

/** More than a document has names (names.ts). */
const NAMES = 1 << 15;

import { CharClass } from '../../core/format.ts';
import { PLACE_WIDTH } from '../columns.ts';
import { type Place as At, leafAddress, partOf, resourcePlace } from './addresses.ts';
import { jsonText } from './json-text.ts';
import { NAME_IDS } from './names.ts';
import { HIDDEN, Kind, NO_NAME, NODE_WIDTH, Node, Place, type Tokens } from './tokens.ts';
import { displayType, numberType, objectType, stringType, targetOf } from './types.ts';

/** Where each object of a document is in its resource, by its node; arrays have the place of the object they lie in. */
export type Places = readonly At[];

/** Gives every leaf its address, and every node its place. `textOf` reads a string of the document. */
export function resolve(buffer: Buffer, tokens: Tokens, textOf: (leaf: number) => string): Places {
  const places = placesOf(tokens);
  const targets = targetReader(tokens, textOf);
  const { columns } = tokens;
  for (let leaf = 0; leaf < columns.count; leaf++) {
    const slot = leaf * PLACE_WIDTH;
    const node = columns.place[slot + Place.node] ?? 0;
    const at = places[node];
    if (at === undefined) continue;
    const name = leafName(tokens, columns.place[slot + Place.name] ?? NO_NAME, node);
    const kind = columns.place[slot + Place.kind] ?? 0;
    columns.address[leaf] = leafAddress(
      at,
      name,
      leafType(buffer, tokens, leaf, at, name, kind, () => targets(node, at)),
    );
  }
  return places;
}

const plain = (name: string): string => (name.startsWith('_') ? name.slice(1) : name);

/** A leaf in an array has the array's name. */
function leafName({ nodes, nameOf }: Tokens, name: number, node: number): string {
  let own = name;
  for (let at = node; own === NO_NAME && at >= 0; at = nodes[at * NODE_WIDTH + Node.parent] ?? -1)
    own = nodes[at * NODE_WIDTH + Node.name] ?? NO_NAME;
  return own === NO_NAME ? HIDDEN : plain(nameOf(own));
}

function placesOf(tokens: Tokens): At[] {
  const { nodes, nameOf } = tokens;
  const places: At[] = [];
  const count = nodes.length / NODE_WIDTH;
  for (let node = 0; node < count; node++) {
    const slot = node * NODE_WIDTH;
    const parent = nodes[slot + Node.parent] ?? -1;
    const around = places[parent];
    const resource = nodes[slot + Node.resource] ?? NO_NAME;
    if (nodes[slot + Node.isArray] === 1 && around !== undefined) places.push(around);
    else if (resource !== NO_NAME || around === undefined)
      places.push(resourcePlace(resource === NO_NAME ? HIDDEN : nameOf(resource)));
    else {
      const name = leafName(tokens, nodes[slot + Node.name] ?? NO_NAME, parent);
      places.push(partOf(around, name, objectType(name, nodes[slot + Node.shape] ?? 0)));
    }
  }
  return places;
}

function leafType(
  buffer: Buffer,
  { columns }: Tokens,
  leaf: number,
  at: At,
  name: string,
  kind: number,
  target: () => string,
): string {
  if (kind === Kind.name || kind === Kind.stray) return 'string';
  if (kind === Kind.number) return numberType(at.type, name);
  if (at.type === 'Reference' && name === 'display') return displayType(target());
  const start = columns.start[leaf] ?? 0;
  const end = columns.end[leaf] ?? 0;
  const type = stringType(at.type, name);
  if (type !== '' && type !== 'string' && type !== 'markdown') return type;
  const shape =
    ((columns.classes[leaf] ?? 0) & CharClass.escape) === 0 ? shapeOf(buffer, start, end) : escapedShape(buffer, start, end);
  if (shape === 'markup') return 'xhtml';
  return shape === 'date' && type === '' ? 'dateTime' : type === '' ? 'string' : type;
}

type Shape = 'markup' | 'date' | null;

const LESS = 0x3c;
const BACKSLASH = 0x5c;
/** A day and a time, each character as an escape of six. */
const LONGEST_DATE = 6 * 40;

/** What a value looks like whose characters are hidden behind escapes. */
function escapedShape(buffer: Buffer, start: number, end: number): Shape {
  if (end - start > LONGEST_DATE && buffer[start] !== LESS && buffer[start] !== BACKSLASH) return null;
  const text = Buffer.from(jsonText(buffer, start, end).text);
  return shapeOf(text, 0, text.length);
}

function shapeOf(buffer: Buffer, start: number, end: number): Shape {
  return isMarkup(buffer, start, end) ? 'markup' : isDate(buffer, start, end) ? 'date' : null;
}

/** A value that begins as a tag does and ends as one does. */
function isMarkup(buffer: Buffer, start: number, end: number): boolean {
  let last = end - 1;
  while (last > start && (buffer[last] ?? 0) <= 0x20) last--;
  if (buffer[start] !== LESS || last - start < 6 || buffer[last] !== 0x3e) return false;
  const letter = (buffer[start + 1] ?? 0) | 0x20;
  return letter >= 0x61 && letter <= 0x7a;
}

/** `YYYY-MM`, `YYYY-MM-DD`, or the latter with a time behind it (FHIR §2.24.0.1, also with a space). */
function isDate(buffer: Buffer, start: number, end: number): boolean {
  const size = end - start;
  if (size !== 7 && size !== 10 && (size < 13 || size > 40)) return false;
  for (let at = 0; at < Math.min(size, 10); at++) {
    const byte = buffer[start + at] ?? 0;
    if (at === 4 || at === 7 ? byte !== 0x2d : byte < 0x30 || byte > 0x39) return false;
  }
  const after = buffer[start + 10];
  return size <= 10 || after === 0x54 || (after === 0x20 && (buffer[start + 11] ?? 0) <= 0x39 && size <= 32);
}

const FULL_URL = NAME_IDS.get('fullUrl') ?? NO_NAME;
const CONTAINED = NAME_IDS.get('contained') ?? NO_NAME;
/** Of a reference, in characters: no server has longer addresses, and to search all of one would take the square of its length. */
export const LONGEST_REFERENCE = 4096;
const TYPED = /(?:^|\/)([A-Z][A-Za-z]{1,47})(?:\/[^/?#]+(?:\/_history\/[^/]+)?|\?.*)$/;

/**
 * Says which resource type a reference points to: by its url (`Patient/7`), by what the document holds (`#p1`, `urn:uuid:…`), by its `type`, by its name. Empty where
 * nothing says. What the document holds is looked through once, when it is asked for.
 */
function targetReader(tokens: Tokens, textOf: (leaf: number) => string): (node: number, at: At) => string {
  const { nodes } = tokens;
  let held: Map<string, string> | null = null;
  return (node, at) => {
    let object = node;
    while (object > 0 && nodes[object * NODE_WIDTH + Node.isArray] === 1) object = nodes[object * NODE_WIDTH + Node.parent] ?? -1;
    const leaf = nodes[object * NODE_WIDTH + Node.reference] ?? -1;
    const reference = leaf < 0 ? '' : textOf(leaf);
    const typed = reference.length > LONGEST_REFERENCE ? undefined : TYPED.exec(reference)?.[1];
    if (typed !== undefined) return typed;
    if (reference.startsWith('#') || reference.includes(':')) {
      held ??= heldResources(tokens, textOf);
      const found = held.get(reference.startsWith('#') ? `${outermost(nodes, object)}${reference}` : reference);
      if (found !== undefined) return found;
    }
    return typeBeside(tokens, object, textOf) ?? targetOf(at.name, at.path);
  };
}

const TYPE = NAME_IDS.get('type') ?? NO_NAME;

/** Reference.type: among the few leaves that a reference has. */
function typeBeside({ columns, nodes }: Tokens, object: number, textOf: (leaf: number) => string): string | null {
  const first = nodes[object * NODE_WIDTH + Node.first] ?? 0;
  const after = Math.min(nodes[object * NODE_WIDTH + Node.after] ?? 0, first + 8);
  for (let leaf = first; leaf < after; leaf++) {
    const slot = leaf * PLACE_WIDTH;
    if (columns.place[slot + Place.node] === object && columns.place[slot + Place.name] === TYPE) return textOf(leaf);
  }
  return null;
}

/** The resource around a node that is contained in no other. */
function outermost(nodes: Int32Array, node: number): number {
  let found = node;
  for (let at = node; at >= 0; at = nodes[at * NODE_WIDTH + Node.parent] ?? -1) {
    if (nodes[at * NODE_WIDTH + Node.resource] === NO_NAME) continue;
    found = at;
    const parent = nodes[at * NODE_WIDTH + Node.parent] ?? -1;
    if (parent < 0 || nodes[parent * NODE_WIDTH + Node.name] !== CONTAINED) return found;
  }
  return found;
}

/** Resource types by full url, and of contained resources by the outer one's node and `#id`. */
function heldResources({ columns, nodes, nameOf }: Tokens, textOf: (leaf: number) => string): Map<string, string> {
  const held = new Map<string, string>();
  const urls = new Map<number, string>();
  for (let leaf = 0; leaf < columns.count; leaf++) {
    const slot = leaf * PLACE_WIDTH;
    if (columns.place[slot + Place.name] === FULL_URL) urls.set(columns.place[slot + Place.node] ?? -1, textOf(leaf));
  }
  for (let node = 0; node < nodes.length / NODE_WIDTH; node++) {
    const slot = node * NODE_WIDTH;
    const resource = nodes[slot + Node.resource] ?? NO_NAME;
    if (resource === NO_NAME) continue;
    const parent = nodes[slot + Node.parent] ?? -1;
    const url = urls.get(parent);
    if (url !== undefined) held.set(url, nameOf(resource));
    const id = nodes[slot + Node.id] ?? -1;
    if (id >= 0 && parent >= 0 && nodes[parent * NODE_WIDTH + Node.name] === CONTAINED)
      held.set(`${outermost(nodes, node)}#${textOf(id)}`, nameOf(resource));
  }
  return held;
}

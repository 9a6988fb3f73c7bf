import { CharClass, type Leaves, type Tree } from '../../core/format.ts';
import { addressById } from '../address-book.ts';
import { decodeBytes, readingOf } from '../charset.ts';
import { PLACE_WIDTH } from '../columns.ts';
import { columnsOf, spansBy } from '../source-leaves.ts';
import { createMapper, type Mapped } from '../text/mapped.ts';
import type { Source } from '../text/source.ts';
import { byteRuns, jsonText } from './json-text.ts';
import { markupText } from './markup.ts';
import type { Places } from './resolve.ts';
import { HIDDEN, NO_NAME, NODE_WIDTH, Node, Place, type Tokens } from './tokens.ts';

/** A slice keeps the whole string alive as long as itself; someone may remember a value, so large messages are not sliced. */
const SLICED = 16 * 1024;
const DECODED = CharClass.high | CharClass.escape;

/** Text of one string of a document, by the bytes between its quotes. */
export function stringText(buffer: Buffer, start: number, end: number, classes: number): string {
  if ((classes & DECODED) === 0) return buffer.toString('latin1', start, end);
  if ((classes & CharClass.escape) !== 0) return jsonText(buffer, start, end).text;
  return decodeBytes(buffer, start, end, readingOf(buffer, start, end, null));
}

/** The leaves of a document whose addresses are resolved. Text is decoded when asked for, and kept: several detectors read the same leaf. */
export function fhirLeaves(source: Source, tokens: Tokens, places: Places): Leaves {
  const { buffer } = source;
  const { columns } = tokens;
  const { count, address, classes, start, end } = columns;
  const texts = new Array<string | undefined>(count);
  const base = start[0] ?? 0;
  const size = (end[count - 1] ?? 0) - base;
  let whole: string | null = null;
  const isMarkup = (leaf: number): boolean => addressById(address[leaf] ?? -1).typePath === 'xhtml';
  for (let leaf = 0; leaf < count; leaf++) {
    // Tags and entities make the text another than the bytes.
    if (isMarkup(leaf)) classes[leaf] = (classes[leaf] ?? 0) | CharClass.escape;
  }
  const mappedOf = (leaf: number): Mapped => {
    const json = mapString(buffer, start[leaf] ?? 0, end[leaf] ?? 0, classes[leaf] ?? 0);
    return isMarkup(leaf) ? through(markupText(json.text), json) : json;
  };
  const read = (leaf: number): string => {
    const bits = classes[leaf] ?? 0;
    if ((bits & DECODED) !== 0)
      return isMarkup(leaf) ? mappedOf(leaf).text : stringText(buffer, start[leaf] ?? 0, end[leaf] ?? 0, bits);
    if (size > SLICED) return buffer.toString('latin1', start[leaf] ?? 0, end[leaf] ?? 0);
    whole ??= buffer.toString('latin1', base, base + size);
    return whole.slice((start[leaf] ?? 0) - base, (end[leaf] ?? 0) - base);
  };
  return {
    ...columnsOf(source, columns),
    tree: treeOf(tokens, places),
    text(leaf) {
      const known = texts[leaf];
      if (known !== undefined) return known;
      const made = read(leaf);
      texts[leaf] = made;
      return made;
    },
    path: (leaf) => pathOf(tokens, leaf),
    spanOf: spansBy(source, mappedOf),
  };
}

function mapString(buffer: Buffer, start: number, end: number, classes: number): Mapped {
  if ((classes & CharClass.escape) !== 0) return jsonText(buffer, start, end);
  const mapper = createMapper(byteRuns(buffer, start, end));
  mapper.run(start, end);
  return mapper.done();
}

/** Text that was made of a text that was made of bytes. */
function through(outer: Mapped, inner: Mapped): Mapped {
  return {
    text: outer.text,
    find(from, to) {
      const found = outer.find(from, to);
      return found === null ? null : inner.find(found.start, found.end);
    },
  };
}

/** Objects are numbered as nodes, arrays among them left out of every answer. */
function treeOf({ columns, nodes }: Tokens, places: Places): Tree {
  const objectAt = (node: number): number => {
    let object = node;
    while (object >= 0 && nodes[object * NODE_WIDTH + Node.isArray] === 1)
      object = nodes[object * NODE_WIDTH + Node.parent] ?? -1;
    return object;
  };
  return {
    objectOf: (leaf) => objectAt(columns.place[leaf * PLACE_WIDTH + Place.node] ?? -1),
    parentOf: (object) => objectAt(nodes[object * NODE_WIDTH + Node.parent] ?? -1),
    pathOf: (object) => places[object]?.path ?? '',
    first: (object) => nodes[object * NODE_WIDTH + Node.first] ?? 0,
    after: (object) => nodes[object * NODE_WIDTH + Node.after] ?? 0,
  };
}

/** As FHIRPath writes it, indices from 0: `Bundle.entry[3].resource.name[0].family`. */
function pathOf({ columns, nodes, nameOf }: Tokens, leaf: number): string {
  const slot = leaf * PLACE_WIDTH;
  const parts: string[] = [];
  let name = columns.place[slot + Place.name] ?? NO_NAME;
  let index = columns.place[slot + Place.index] ?? -1;
  let node = columns.place[slot + Place.node] ?? -1;
  for (let steps = ''; node >= 0; ) {
    if (index >= 0) steps = `[${index}]${steps}`;
    if (name !== NO_NAME) {
      parts.push(plain(nameOf(name)) + steps);
      steps = '';
    }
    const at = node * NODE_WIDTH;
    name = nodes[at + Node.name] ?? NO_NAME;
    index = nodes[at + Node.index] ?? -1;
    if ((nodes[at + Node.parent] ?? -1) < 0) {
      const resource = nodes[at + Node.resource] ?? NO_NAME;
      parts.push((resource === NO_NAME ? HIDDEN : nameOf(resource)) + steps);
    }
    node = nodes[at + Node.parent] ?? -1;
  }
  return parts.reverse().join('.');
}

/** What an extension of a primitive value lies under is the value itself (`_birthDate`). */
const plain = (name: string): string => (name.startsWith('_') ? name.slice(1) : name);

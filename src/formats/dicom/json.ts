import type { Body, Format, Leaves, Parsed } from '../../core/format.ts';
import { type Columns, PLACE_WIDTH } from '../columns.ts';
import { coverageOf, withElided } from '../coverage.ts';
import { fhir } from '../fhir/format.ts';
import { jsonText } from '../fhir/json-text.ts';
import { stringText } from '../fhir/leaves.ts';
import { skipMark, skipSpace } from '../fhir/lines.ts';
import { tokenize } from '../fhir/tokenize.ts';
import { NODE_WIDTH as JSON_WIDTH, type Tokens as JsonTokens, Kind, NO_NAME, Node, Place } from '../fhir/tokens.ts';
import { ParsedOnDemand } from '../on-demand.ts';
import { columnsOf, spansBy } from '../source-leaves.ts';
import { openSource, type Source } from '../text/source.ts';
import { elementAddress, itemContext, RAW_ADDRESS, ROOT } from './addresses.ts';
import { standardVr, tagOf } from './dictionary.ts';
import { routingOf, typeOf } from './format.ts';
import { identityOf } from './identity.ts';
import { pathOf } from './leaves.ts';
import { NODE_WIDTH, RAW_NODE } from './reading.ts';
import { vrCode } from './vr-code.ts';

/** How far into a body an element is looked for before it is taken for other JSON. */
const SNIFF = 8 * 1024;
/** `"00100010": {"vr": "PN"`; the order of the names in an object is nobody's to rely on. */
const ELEMENT = /"[0-9A-Fa-f]{8}"\s{0,20}:\s{0,20}\{\s{0,20}"(?:vr|Value)"\s{0,20}:/;
const TAG = /^[0-9A-F]{8}$/i;
const VR = /^[A-Z]{2}$/;
/** The model's other words (PS3.18 §F.2.2). */
const OWN = new Set(['vr', 'Value', 'BulkDataURI', 'InlineBinary', 'Alphabetic', 'Ideographic', 'Phonetic']);

/** Data sets of one answer; what has more is read as other JSON. */
const MAX_DATA_SETS = 100_000;
const [OPEN, OPEN_ARRAY] = [0x7b, 0x5b];

/** Data sets in the DICOM JSON model (PS3.18 §F.2), as QIDO-RS, metadata of WADO-RS and event reports have them: one message a data set, with the places that the same has as an object of PS3.10. */
export const dicomJson: Format = {
  name: 'dicom',

  sniff(bytes) {
    const { buffer } = openSource(bytes.subarray(0, SNIFF));
    const first = buffer[skipSpace(buffer, skipMark(buffer, 0), buffer.length)];
    return (first === OPEN || first === OPEN_ARRAY) && ELEMENT.test(buffer.toString('latin1')) ? 0.95 : 0;
  },

  parse(body: Body): Parsed[] {
    const source = openSource(body.bytes);
    const parsed = dataSetsIn(source);
    // What is no sound JSON, or no data set after all, is read as JSON that nobody types.
    return parsed === null ? fhir.parse(body) : withElided(parsed, body.elided);
  },
};

/** The data sets of a body, which their spans cover; null where it is anything else as well. */
export function dataSetsIn(source: Source): Parsed[] | null {
  const { buffer } = source;
  const found: Parsed[] = [];
  let from = 0;
  for (let at = between(buffer, skipMark(buffer, 0)); at < buffer.length; ) {
    if (buffer[at] !== OPEN || found.length >= MAX_DATA_SETS) return null;
    const tokens = tokenize(buffer, at, buffer.length);
    if (tokens.faults > 0 || tokens.stopped !== null || tokens.end <= at) return null;
    at = between(buffer, tokens.end);
    found.push(dataSet(source, from, at, tokens));
    from = at;
  }
  return found.length === 0 ? null : found;
}

/** Over what stands between the data sets of an array. */
function between(buffer: Buffer, from: number): number {
  let at = from;
  while (at < buffer.length && ' \t\r\n,[]'.includes(String.fromCharCode(buffer[at] ?? 0))) at++;
  return at;
}

function dataSet(source: Source, from: number, to: number, json: JsonTokens): Parsed {
  const tokens = elementsOf(source, json);
  const leaves = leavesOf(source, tokens);
  return new ParsedOnDemand(
    {
      format: 'dicom',
      type: typeOf(leaves, tokens),
      start: source.origin(from),
      end: source.origin(to),
      leaves,
      coverage: coverageOf(source, from, to),
      problems: [],
    },
    { identity: () => identityOf(leaves, tokens), routing: () => routingOf(leaves, tokens) },
  );
}

/** Values and items of a data set, as the tokenizer of PS3.10 has them (`Columns.place`: tag, node, number of the value). */
interface Elements {
  readonly columns: Columns;
  readonly nodes: Int32Array;
}

/** What lies around a value: the elements from the outermost to its own, each with the number of the item (or value) that leads on. */
interface Around {
  readonly tag: number;
  readonly vr: number;
  readonly number: number;
}

function elementsOf({ buffer }: Source, json: JsonTokens): Elements {
  const { columns } = json;
  const vrs = new Map<number, number>();
  const nameOf = (leaf: number): string => wordAt(json, columns.place[leaf * PLACE_WIDTH + Place.name]);
  const nodeOf = (leaf: number): number => columns.place[leaf * PLACE_WIDTH + Place.node] ?? -1;
  for (let leaf = 0; leaf < columns.count; leaf++) {
    if (nameOf(leaf) === 'vr') vrs.set(nodeOf(leaf), vrCode(buffer.toString('latin1', columns.start[leaf], columns.end[leaf])));
  }
  const items = createItems();
  let count = 0;
  for (let leaf = 0; leaf < columns.count; leaf++) {
    const kind = columns.place[leaf * PLACE_WIDTH + Place.kind] ?? Kind.string;
    const [start, end] = [columns.start[leaf] ?? 0, columns.end[leaf] ?? 0];
    const text = end - start <= 12 ? buffer.toString('latin1', start, end) : '';
    // Tags, VRs and the model's own words are nobody's; a name that is none of them may be.
    if (
      (kind === Kind.name && (TAG.test(text) || OWN.has(text))) ||
      (kind === Kind.string && nameOf(leaf) === 'vr' && VR.test(text))
    )
      continue;
    const around = kind === Kind.name ? [] : aroundOf(json, leaf, vrs);
    const own = around.at(-1);
    let [context, node] = [ROOT, 0];
    for (const { tag, number } of around.slice(0, -1)) {
      context = itemContext(context, tag);
      node = items.number(node, tag, number);
    }
    columns.start[count] = start;
    columns.end[count] = end;
    columns.classes[count] = columns.classes[leaf] ?? 0;
    columns.address[count] = own === undefined ? RAW_ADDRESS : elementAddress(context, own.tag, own.vr);
    columns.place.set(
      [own?.tag ?? 0, own === undefined ? RAW_NODE : node, own?.number ?? 1, own?.vr ?? 0, 0],
      count * PLACE_WIDTH,
    );
    count++;
  }
  columns.count = count;
  return { columns, nodes: items.nodes() };
}

const wordAt = ({ wordOf }: JsonTokens, name: number = NO_NAME): string => (name === NO_NAME ? '' : wordOf(name));

/** The elements around a leaf. Those that say no VR have that of the dictionary. */
function aroundOf(json: JsonTokens, leaf: number, vrs: ReadonlyMap<number, number>): Around[] {
  const { columns, nodes } = json;
  const found: Around[] = [];
  let index = columns.place[leaf * PLACE_WIDTH + Place.index] ?? -1;
  for (
    let node = columns.place[leaf * PLACE_WIDTH + Place.node] ?? -1;
    node >= 0;
    node = nodes[node * JSON_WIDTH + Node.parent] ?? -1
  ) {
    const word = wordAt(json, nodes[node * JSON_WIDTH + Node.name]);
    if (TAG.test(word)) {
      const tag = tagOf(Number.parseInt(word.slice(0, 4), 16), Number.parseInt(word.slice(4), 16));
      found.push({ tag, vr: vrs.get(node) ?? standardVr(tag), number: Math.max(0, index) + 1 });
      index = -1;
    } else if (index < 0) index = nodes[node * JSON_WIDTH + Node.index] ?? -1;
  }
  return found.reverse();
}

/** Items of sequences by number, each once: parent, sequence and number of the item (`NODE_WIDTH`). 0 is the data set itself. */
function createItems(): { number(parent: number, sequence: number, item: number): number; nodes(): Int32Array } {
  const rows: number[] = [-1, 0, 0];
  const known = new Map<string, number>();
  return {
    number(parent, sequence, item) {
      const key = `${parent} ${sequence} ${item}`;
      const met = known.get(key);
      if (met !== undefined) return met;
      const made = rows.length / NODE_WIDTH;
      rows.push(parent, sequence, item);
      known.set(key, made);
      return made;
    },
    nodes: () => Int32Array.from(rows),
  };
}

function leavesOf(source: Source, tokens: Elements): Leaves {
  const { buffer } = source;
  const { classes, start, end } = tokens.columns;
  return {
    ...columnsOf(source, tokens.columns),
    text: (leaf) => stringText(buffer, start[leaf] ?? 0, end[leaf] ?? 0, classes[leaf] ?? 0),
    path: (leaf) => pathOf(tokens, leaf),
    spanOf: spansBy(source, (leaf) => jsonText(buffer, start[leaf] ?? 0, end[leaf] ?? 0)),
  };
}

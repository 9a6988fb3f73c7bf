import type { Leaves, Routing } from '../../core/format.ts';
import { PLACE_WIDTH } from '../columns.ts';
import { addressOf, OBX, observationNode, type SegmentNode, segmentNode } from '../hl7v2/addresses.ts';
import { typeOf } from '../hl7v2/peek.ts';
import { Flag, NO_NODE, NODE_WIDTH, Node, Place, type Tokens } from './nodes.ts';

/**
 * The XML encoding of HL7 v2 (HL7 v2 XML Encoding Syntax, Release 2): `<PID.5><XPN.1>Doe</XPN.1></PID.5>`. Its leaves get the addresses and the paths of the
 * vertical bar encoding, so that every rule on segments and data types holds for them (docs/adr/0054-xml-cda-and-tables.md).
 */
export interface V2Places {
  /** Numbers a leaf, PLACE_WIDTH of them: segment, field, repetition, component, subcomponent; field 0 for what is in none. */
  readonly place: Int32Array;
  /** Three numbers a segment: its node, which of its name it is, its first leaf. */
  readonly segments: Int32Array;
}

const STRUCTURE = /^(?:[A-Z][A-Z0-9]{2}_[A-Z0-9]{3}|ACK|[A-Z]{3})$/;
const SEGMENT = /^[A-Z][A-Z0-9]{2}$/;
const PART = /^[A-Z][A-Z0-9_]{1,16}\.(\d{1,3})$/;

/** Whether a document is a message of HL7 v2: its root says so by its namespace, or is called like one and has a header. */
export function isV2({ nodes, names }: Tokens): boolean {
  if (((nodes[Node.flags] ?? 0) & Flag.v2) !== 0) return true;
  if (!STRUCTURE.test(names.shown(nodes[Node.name] ?? 0))) return false;
  for (let node = 1; node < Math.min(nodes.length / NODE_WIDTH, FIRST); node++)
    if (names.shown(nodes[node * NODE_WIDTH + Node.name] ?? 0) === 'MSH' && nodes[node * NODE_WIDTH + Node.parent] === 0)
      return true;
  return false;
}

/** The header comes first (HL7 v2.5.1 §2.6). */
const FIRST = 16;

/** Where an element is in a message: numbers from 1, 0 where it is not so deep. */
interface At {
  readonly segment: number;
  readonly field: number;
  readonly repetition: number;
  readonly component: number;
  readonly subcomponent: number;
}

const NOWHERE: At = { segment: -1, field: 0, repetition: 0, component: 0, subcomponent: 0 };

/** Gives the leaves of segments the addresses of HL7 v2; the others keep what they have. */
export function resolveV2(tokens: Tokens): V2Places {
  const { columns, nodes, names } = tokens;
  const places: At[] = [];
  const segments: number[] = [];
  const occurrences = new Map<string, number>();
  const repetitions = new Map<number, number>();
  for (let node = 0; node < nodes.length / NODE_WIDTH; node++) {
    const slot = node * NODE_WIDTH;
    const around = places[nodes[slot + Node.parent] ?? NO_NODE] ?? NOWHERE;
    const name = names.shown(nodes[slot + Node.name] ?? 0);
    if (around.segment < 0 && SEGMENT.test(name)) {
      const occurrence = (occurrences.get(name) ?? 0) + 1;
      occurrences.set(name, occurrence);
      places.push({ ...NOWHERE, segment: segments.length / 3 });
      segments.push(node, occurrence, nodes[slot + Node.first] ?? 0);
      repetitions.clear();
    } else places.push(partOf(around, Number(PART.exec(name)?.[1] ?? 0), repetitions));
  }
  const place = new Int32Array(columns.count * PLACE_WIDTH);
  const reader = segmentReader(tokens, segments, places);
  for (let leaf = 0; leaf < columns.count; leaf++) {
    const at = places[columns.place[leaf * PLACE_WIDTH + Place.node] ?? NO_NODE] ?? NOWHERE;
    place.set([at.segment, at.field, at.repetition, at.component, at.subcomponent], leaf * PLACE_WIDTH);
    if (at.field > 0) columns.address[leaf] = addressOf(reader(at.segment), at.field, at.component, at.subcomponent);
  }
  return { place, segments: Int32Array.from(segments) };
}

/** An element inside a segment, a field or a component; deeper ones, and those that no part is called after, are what they lie in. */
function partOf(around: At, number: number, repetitions: Map<number, number>): At {
  if (around.segment < 0 || number === 0) return around;
  if (around.field === 0) {
    const repetition = (repetitions.get(number) ?? 0) + 1;
    repetitions.set(number, repetition);
    return { ...around, field: number, repetition };
  }
  if (around.component === 0) return { ...around, component: number };
  return around.subcomponent === 0 ? { ...around, subcomponent: number } : around;
}

/** The node of a segment in the dictionary; that of an OBX by the type that OBX-2 names. */
function segmentReader(
  { columns, nodes, names, buffer }: Tokens,
  segments: readonly number[],
  places: readonly At[],
): (segment: number) => SegmentNode {
  const types = new Map<number, number>();
  for (let leaf = 0; leaf < columns.count; leaf++) {
    const at = places[columns.place[leaf * PLACE_WIDTH + Place.node] ?? NO_NODE];
    if (at?.field !== 2 || at.component !== 0) continue;
    types.set(
      at.segment,
      codeOf(buffer.toString('latin1', columns.start[leaf], Math.min(columns.end[leaf] ?? 0, (columns.start[leaf] ?? 0) + 3))),
    );
  }
  return (segment) => {
    const name = codeOf(names.shown(nodes[(segments[segment * 3] ?? 0) * NODE_WIDTH + Node.name] ?? 0));
    const found = segmentNode(name);
    return name === OBX ? observationNode(found, types.get(segment) ?? 0) : found;
  };
}

/** Up to three characters as one number, as the dictionary has them: `OBX` → 0x4f4258, `TX` → 0x5458. */
function codeOf(name: string): number {
  return [...name].reduce((code, character) => code * 256 + (character.charCodeAt(0) & 0xff), 0);
}

/** `NK1[2]-5[2].1`; null for a leaf of no segment. */
export function v2Path({ place, segments }: V2Places, tokens: Tokens, leaf: number): string | null {
  const [segment = 0, field = 0, repetition = 1, component = 0, subcomponent = 0] = place.subarray(
    leaf * PLACE_WIDTH,
    (leaf + 1) * PLACE_WIDTH,
  );
  if (field === 0) return null;
  const occurrence = segments[segment * 3 + 1] ?? 1;
  const name = tokens.names.shown(tokens.nodes[(segments[segment * 3] ?? 0) * NODE_WIDTH + Node.name] ?? 0);
  const parts = [component, subcomponent].filter((number) => number > 0).map((number) => `.${number}`);
  return `${name}${occurrence > 1 ? `[${occurrence}]` : ''}-${field}${repetition > 1 ? `[${repetition}]` : ''}${parts.join('')}`;
}

const ROUTING = new Set([3, 4, 5, 6, 9, 10, 11, 12, 15, 16, 24]);
/** A header stands at the beginning. */
const WITHIN = 256;

/** What the header says of the message's way, and its type: fields as the vertical bar encoding writes them. */
export function v2Header(leaves: Leaves, { place }: V2Places): { routing: Routing; type: string } {
  const fields: Record<string, string> = {};
  const parts = new Map<string, string>();
  for (let leaf = 0; leaf < Math.min(leaves.count, WITHIN); leaf++) {
    const [, field = 0, repetition = 1, component = 0] = place.subarray(leaf * PLACE_WIDTH, (leaf + 1) * PLACE_WIDTH);
    if (leaves.addressOf(leaf).group !== 'MSH' || !ROUTING.has(field) || repetition > 1) continue;
    const key = `MSH-${field}`;
    const text = leaves.text(leaf);
    if (!parts.has(`${key}.${Math.max(component, 1)}`)) parts.set(`${key}.${Math.max(component, 1)}`, text);
    const before = fields[key];
    const missing = Math.max(component, 1) - 1 - (before === undefined ? 0 : before.split('^').length - 1);
    fields[key] = `${before ?? ''}${'^'.repeat(Math.max(missing, 0))}${text}`;
  }
  return {
    routing: { fields, processing: parts.get('MSH-11.1') ?? '' },
    type: typeOf(parts.get('MSH-9.1') ?? '', parts.get('MSH-9.2') ?? ''),
  };
}

import { createAddressBook, refuseAddress } from '../address-book.ts';
import { componentTypes, dataTypeOf, fieldCount, isStandardSegment, knownType, typePath } from './dictionary.ts';

/**
 * From a place in a message (segment, field, component, subcomponent) to an address id, through a trie of arrays: one array read a
 * level, no string made for a place seen before. The trie lives as long as the process, so what a sender can make up is bounded:
 * past a limit a place shares the address of its field, of its segment's unknown fields, or `raw`.
 */
export interface SegmentNode {
  readonly name: string;
  readonly group: string;
  readonly standard: boolean;
  /** Type of field 5 where another field decides it (OBX-2); null everywhere else. */
  readonly valueType: string | null;
  readonly fields: (FieldNode | undefined)[];
  /** Counts same-named segments of the message being tokenized; `epoch` says of which message. */
  readonly tally: { epoch: number; count: number };
}

interface FieldNode {
  readonly type: string;
  readonly known: boolean;
  readonly id: number;
  readonly components: (ComponentNode | undefined)[];
}

interface ComponentNode {
  readonly known: boolean;
  readonly id: number;
  /** Ids by subcomponent; 0-based holes are not made yet. */
  readonly subcomponents: (number | undefined)[];
}

const MAX_STRANGERS = 16_384;
const MAX_STRANGE_SEGMENTS = 1_024;
const MAX_FIELD = 512;
const MAX_COMPONENT = 64;
const MAX_SUBCOMPONENT = 64;

const book = createAddressBook('hl7v2', MAX_STRANGERS);

/** Lines that are no segment, and every place past the limits. */
export const RAW_ADDRESS = book.intern('raw', 'raw', '', true);

const segments = new Map<number, SegmentNode>();
const observations = new Map<number, SegmentNode>();
let strangeSegments = 0;

/** What made-up segment names share past the limit. */
export const UNKNOWN_SEGMENT: SegmentNode = node('', false, null);

export const OBX = 0x4f4258;

function node(name: string, standard: boolean, valueType: string | null): SegmentNode {
  return { name, group: name, standard, valueType, fields: [], tally: { epoch: 0, count: 0 } };
}

/** The three characters of a segment name as one number, `OBX` → 0x4f4258. */
function nameOf(code: number): string {
  return String.fromCharCode((code >> 16) & 0xff, (code >> 8) & 0xff, code & 0xff);
}

/** The node of a segment by its upper-case name as a 24-bit number. */
export function segmentNode(code: number): SegmentNode {
  return segments.get(code) ?? addSegment(code);
}

function addSegment(code: number): SegmentNode {
  const name = nameOf(code);
  const standard = isStandardSegment(name);
  if (!standard) {
    if (strangeSegments >= MAX_STRANGE_SEGMENTS) {
      refuseAddress();
      return UNKNOWN_SEGMENT;
    }
    strangeSegments++;
  }
  const made = node(name, standard, code === OBX ? '' : null);
  segments.set(code, made);
  return made;
}

/** The OBX node whose field 5 has the type that OBX-2 names (as a number, `CE` → 0x4345); untyped for a name that is no data type. */
export function observationNode(obx: SegmentNode, typeCode: number): SegmentNode {
  return typeCode === 0 ? obx : (observations.get(typeCode) ?? addObservation(obx, typeCode));
}

function addObservation(obx: SegmentNode, typeCode: number): SegmentNode {
  const type = knownType(nameOf(typeCode).replace('\0', ''));
  if (type === '') return obx;
  // Shares the tally: OBX[3] counts every OBX, whatever its type.
  const made: SegmentNode = { ...obx, valueType: type, fields: [] };
  observations.set(typeCode, made);
  return made;
}

/** The address id of a place; `component` and `subcomponent` 0 where the value has no such delimiter. Indices from 1. */
export function addressOf(segment: SegmentNode, field: number, component: number, subcomponent: number): number {
  const inField = segment.fields[field] ?? addField(segment, field);
  if (component === 0) return inField.id;
  const inComponent = inField.components[component] ?? addComponent(segment, inField, field, component);
  if (subcomponent === 0) return inComponent.id;
  return (
    inComponent.subcomponents[subcomponent] ?? addSubcomponent(segment, inField, inComponent, field, component, subcomponent)
  );
}

const UNKNOWN_FIELD: FieldNode = { type: '', known: false, id: RAW_ADDRESS, components: [] };

function addField(segment: SegmentNode, field: number): FieldNode {
  if (field > MAX_FIELD || segment === UNKNOWN_SEGMENT) return UNKNOWN_FIELD;
  const known = segment.standard && field <= fieldCount(segment.name);
  const type = segment.valueType !== null && field === 5 ? segment.valueType : dataTypeOf(segment.name, field);
  const id = book.intern(`${segment.name}-${field}`, segment.group, typePath(type, 0, 0), known);
  // Past the cap nothing is remembered: a later process start decides anew, and memory stays flat.
  if (id < 0) return UNKNOWN_FIELD;
  const made: FieldNode = { type, known, id, components: [] };
  segment.fields[field] = made;
  return made;
}

function addComponent(segment: SegmentNode, inField: FieldNode, field: number, component: number): ComponentNode {
  const shared: ComponentNode = { known: false, id: inField.id, subcomponents: [] };
  if (inField === UNKNOWN_FIELD || component > MAX_COMPONENT) return shared;
  const known = inField.known && component <= Math.max(componentTypes(inField.type).length, 1);
  const id = book.intern(`${segment.name}-${field}.${component}`, segment.group, typePath(inField.type, component, 0), known);
  if (id < 0) return shared;
  const made: ComponentNode = { known, id, subcomponents: [] };
  inField.components[component] = made;
  return made;
}

function addSubcomponent(
  segment: SegmentNode,
  inField: FieldNode,
  inComponent: ComponentNode,
  field: number,
  component: number,
  subcomponent: number,
): number {
  if (inField === UNKNOWN_FIELD || component > MAX_COMPONENT || subcomponent > MAX_SUBCOMPONENT) return inComponent.id;
  const parts = componentTypes(componentTypes(inField.type)[component - 1] ?? '').length;
  const known = inComponent.known && subcomponent <= Math.max(parts, 1);
  const path = `${segment.name}-${field}.${component}.${subcomponent}`;
  const id = book.intern(path, segment.group, typePath(inField.type, component, subcomponent), known);
  if (id < 0) return inComponent.id;
  inComponent.subcomponents[subcomponent] = id;
  return id;
}

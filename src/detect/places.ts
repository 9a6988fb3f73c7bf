import type { Address } from '../core/format.ts';
import { labelOf, ownerWordsOf, ownWordsAt } from './columns.ts';
import { type Dotted, dottedOf } from './dotted.ts';
import { lastTag, type Tag } from './tags.ts';

/** A place of a rule, taken apart: a field of a segment or a position in a data type. */
export interface Place {
  readonly text: string;
  /** Segment id or data type; `raw` for leaves of no format. */
  readonly head: string;
  readonly kind: 'path' | 'type' | 'raw';
  /** Field number and what is beneath; empty for `PID-*` and for a whole type. */
  readonly numbers: readonly number[];
}

/** `text`: what people write, or what no standard types; `typed`: codes, numbers, times, names in parts. */
export type Scope = 'text' | 'typed';

/** An address taken apart once, when its rules are looked up for the first time. */
export interface Position {
  /** The last tag of a DICOM path; null in other formats, and where a path has none (preamble, trailing bytes). */
  readonly tag: Tag | null;
  /** Value representation of a DICOM element; empty elsewhere. HL7 has types of the same names, so it is kept apart from them. */
  readonly vr: string;
  readonly dicom: boolean;
  /** Path and type of a leaf of a format with dotted paths (FHIR, XML); null in the others. */
  readonly dotted: Dotted | null;
  /** The words that the sender names the value by, in formats that no standard types (columns.ts); null in the others. */
  readonly label: string | null;
  /** From where on in it the words are its own (`ownWordsAt`). */
  readonly own: number;
  /** The words that say whose it is (`ownerWordsOf`). */
  readonly owner: string | null;
  readonly segment: string;
  /** Field, component, subcomponent; what the path does not name is left out. */
  readonly numbers: readonly number[];
  readonly type: string;
  readonly typeNumbers: readonly number[];
}

const PATH = /^([A-Z][A-Z0-9]{2})-(.+)$/;

/** Positions looked up by address id; a compiled ruleset is one. */
export interface Positions {
  readonly plans: readonly ({ readonly position: Position } | undefined)[];
  forAddress(address: Address): { readonly position: Position };
}

export function parsePlace(text: string): Place {
  if (text === 'raw') return { text, head: 'raw', kind: 'raw', numbers: [] };
  const path = PATH.exec(text);
  if (path === null) {
    const [head = '', ...rest] = text.split('.');
    return { text, head, kind: 'type', numbers: rest.map(Number) };
  }
  const [, head = '', rest = ''] = path;
  return { text, head, kind: 'path', numbers: rest === '*' ? [] : rest.split('.').map(Number) };
}

/** What a position has none of. */
const NOWHERE: Position = {
  tag: null,
  vr: '',
  dicom: false,
  dotted: null,
  label: null,
  own: 0,
  owner: null,
  segment: '',
  numbers: [],
  type: '',
  typeNumbers: [],
};

export function positionOf(address: Address): Position {
  if (address.format === 'dicom') return dicomPosition(address);
  const dotted = dottedOf(address);
  const label = labelOf(address);
  const own = label === null ? 0 : ownWordsAt(address);
  const owner = ownerWordsOf(address, label);
  if (dotted !== null) return { ...NOWHERE, dotted, label, own, owner, segment: address.group };
  if (label !== null) return { ...NOWHERE, label, own, owner, segment: address.group };
  const path = PATH.exec(address.path);
  const [type = '', ...typeNumbers] = address.typePath.split('.');
  return {
    ...NOWHERE,
    segment: path?.[1] ?? address.group,
    numbers: (path?.[2] ?? '').split('.').filter(Boolean).map(Number),
    type,
    typeNumbers: typeNumbers.map(Number),
  };
}

function dicomPosition({ path, group, typePath }: Address): Position {
  const segment = group === 'raw' ? 'raw' : '';
  return { ...NOWHERE, tag: lastTag(path), vr: typePath, dicom: true, segment };
}

/** Whether the address lies at or beneath the place. A path that stops short names the first component (HL7 v2.5.1 §2.5.3.3). */
export function within(place: Place, position: Position): boolean {
  if (place.kind === 'raw') return position.segment === 'raw';
  if (place.kind === 'path') return place.head === position.segment && startsWith(position.numbers, place.numbers);
  return !position.dicom && place.head === position.type && startsWith(position.typeNumbers, place.numbers);
}

function startsWith(numbers: readonly number[], prefix: readonly number[]): boolean {
  return prefix.every((number, depth) => (numbers[depth] ?? 1) === number);
}

import { createAddressBook } from '../address-book.ts';
import { standardVr, tagText } from './dictionary.ts';
import { moduleOf } from './module.ts';
import { VR_NAMES } from './vr-code.ts';

/**
 * From a place in a data set (the sequences around an element, its tag, its VR) to an address id, through one hash table of numbers:
 * no string is made for a place seen before. What a sender can make up is bounded: past the caps a place shares the address of its tag
 * anywhere deep, or of its VR.
 */

/** Where an element stands, without item indices: a number for each chain of at most two sequences that has been seen. */
export const ROOT = 0;
/** Everything that is nested deeper than an address says, or in more ways than are kept apart. */
const NESTED = 1;

/** Sequences that an address names; a third tag is the element itself. */
const MAX_SEQUENCES = 2;
const MAX_CONTEXTS = 4_096;
const MAX_STRANGERS = 32_768;
const MAX_ENTRIES = 1 << 17;

const book = createAddressBook('dicom', MAX_STRANGERS);

/** Bytes that no element claims. */
export const RAW_ADDRESS = book.intern('raw', 'raw', '', true);
/** The 128 bytes before `DICM` (PS3.10 §7.1). */
export const PREAMBLE_ADDRESS = book.intern('preamble', 'file', '', true);

interface Context {
  readonly prefix: string;
  readonly sequences: number;
  readonly isPrivate: boolean;
}

const contexts: Context[] = [
  { prefix: '', sequences: 0, isPrivate: false },
  { prefix: 'nested.', sequences: MAX_SEQUENCES, isPrivate: false },
];

/** Stands for a VR where the entry is the context of a sequence's items. */
const CHILD = 63;

/** Open addressing; a key is a tag and a context with a VR, a value of -1 is a free slot. */
let mask = 4095;
let tags = new Int32Array(mask + 1);
let places = new Int32Array(mask + 1);
let values = new Int32Array(mask + 1).fill(-1);
let entries = 0;

function slotOf(tag: number, place: number): number {
  let slot = (Math.imul(tag, 0x9e3779b1) ^ Math.imul(place, 0x85ebca6b)) >>> 12;
  for (;;) {
    slot &= mask;
    if (values[slot] === -1 || (tags[slot] === tag && places[slot] === place)) return slot;
    slot++;
  }
}

function remember(tag: number, place: number, value: number): void {
  if (entries >= MAX_ENTRIES) return;
  if (entries * 2 > mask) grow();
  const slot = slotOf(tag, place);
  tags[slot] = tag;
  places[slot] = place;
  values[slot] = value;
  entries++;
}

function grow(): void {
  const [oldTags, oldPlaces, oldValues] = [tags, places, values];
  mask = mask * 2 + 1;
  tags = new Int32Array(mask + 1);
  places = new Int32Array(mask + 1);
  values = new Int32Array(mask + 1).fill(-1);
  oldValues.forEach((value, old) => {
    if (value === -1) return;
    const slot = slotOf(oldTags[old] ?? 0, oldPlaces[old] ?? 0);
    tags[slot] = oldTags[old] ?? 0;
    places[slot] = oldPlaces[old] ?? 0;
    values[slot] = value;
  });
}

/** Set when the book takes no more strangers: they share one address for each VR, and cost no text. */
const strangers: { isFull: boolean } = { isFull: false };
const OTHERS = VR_NAMES.map((vr) => book.intern('other', 'other', vr, true));

/** The address id of an element in a context; `vr` is a code. */
export function elementAddress(context: number, tag: number, vr: number): number {
  const place = (context << 6) | vr;
  const known = values[slotOf(tag, place)] ?? -1;
  return known >= 0 ? known : addAddress(context, tag, vr, place);
}

function addAddress(context: number, tag: number, vr: number, place: number): number {
  const standard = standardVr(tag) === vr && (tag & 0x10000) === 0;
  if (strangers.isFull && !standard) return OTHERS[vr] ?? RAW_ADDRESS;
  const { prefix, isPrivate } = contexts[context] ?? { prefix: '', isPrivate: false };
  const type = VR_NAMES[vr] ?? '';
  const group = isPrivate ? 'private' : moduleOf(tag >>> 16, tag & 0xffff);
  let id = book.intern(`${prefix}${tagText(tag)}`, group, type, standard && (context === ROOT || context === NESTED));
  if (id < 0) {
    strangers.isFull = true;
    id = standard ? book.intern(`nested.${tagText(tag)}`, group, type, true) : (OTHERS[vr] ?? RAW_ADDRESS);
  }
  remember(tag, place, id);
  return id;
}

/** The context of the items of a sequence that stands in a context. */
export function itemContext(context: number, sequence: number): number {
  const place = (context << 6) | CHILD;
  const known = values[slotOf(sequence, place)] ?? -1;
  return known >= 0 ? known : addContext(context, sequence, place);
}

function addContext(context: number, sequence: number, place: number): number {
  const outer = contexts[context];
  let made = NESTED;
  if (outer !== undefined && outer.sequences < MAX_SEQUENCES && contexts.length < MAX_CONTEXTS) {
    const isPrivate = outer.isPrivate || (sequence & 0x10000) !== 0;
    made = contexts.push({ prefix: `${outer.prefix}${tagText(sequence)}.`, sequences: outer.sequences + 1, isPrivate }) - 1;
  }
  remember(sequence, place, made);
  return made;
}

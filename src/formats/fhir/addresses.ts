import { createAddressBook } from '../address-book.ts';
import { RESOURCE_TYPES } from './names.ts';
import { HIDDEN } from './tokens.ts';

/**
 * From a place in a resource to an address id, through a trie that lives as long as the process. Paths are relative to the resource a leaf lies in, so that
 * the patient of a Bundle has the addresses of a Patient. What senders can make up is bounded: past the cap a place shares the address
 * of all leaves of its type in its resource type.
 */
export interface Place {
  /** `Patient.name` */
  readonly path: string;
  /** Resource type. */
  readonly group: string;
  /** Data type of the object; empty for a resource and its backbone elements. */
  readonly type: string;
  /** Name it has where it lies; empty for a resource. */
  readonly name: string;
  readonly parts: Map<string, Place[]>;
  readonly leaves: Map<string, Leaf>;
}

interface Leaf {
  /** Addresses by type path. */
  readonly ids: Map<string, number>;
}

const MAX_ADDRESSES = 16_384;
/** As many objects of made-up names are remembered; further ones are made anew each time. */
const MAX_PLACES = 16_384;
/** Deeper paths share the path of what they lie in: nothing of FHIR is as deep but its recursions. */
const MAX_PATH = 24;

const book = createAddressBook('fhir', MAX_ADDRESSES);
const resources = new Map<string, Place>();
let places = 0;

export function resourcePlace(type: string): Place {
  const known = resources.get(type);
  if (known !== undefined) return known;
  const made = place(type, type, '', '');
  remember(() => resources.set(type, made), RESOURCE_TYPES.has(type));
  return made;
}

/** An object under a name of another. */
export function partOf(parent: Place, name: string, type: string): Place {
  const named = parent.parts.get(name);
  const known = named?.find((part) => part.type === type);
  if (known !== undefined) return known;
  const path = joined(parent.path, name);
  const made = place(path, parent.group, type, name);
  remember(() => {
    if (named === undefined) parent.parts.set(name, [made]);
    else named.push(made);
  }, false);
  return made;
}

function place(path: string, group: string, type: string, name: string): Place {
  return { path, group, type, name, parts: new Map(), leaves: new Map() };
}

function remember(keep: () => void, known: boolean): void {
  if (!known && places >= MAX_PLACES) return;
  if (!known) places++;
  keep();
}

function joined(path: string, name: string): string {
  return path.length > MAX_PATH * 20 ? path : `${path}.${name}`;
}

/** The address id of a leaf of this type under a name. */
export function leafAddress(parent: Place, name: string, type: string): number {
  const leaf = parent.leaves.get(name);
  const known = leaf?.ids.get(type);
  if (known !== undefined) return known;
  const own = book.intern(joined(parent.path, name), parent.group, type, false);
  const id = own >= 0 ? own : shared(parent.group, type);
  if (own < 0) return id;
  if (leaf === undefined) parent.leaves.set(name, { ids: new Map([[type, id]]) });
  else leaf.ids.set(type, id);
  return id;
}

/** Resource types and data types are finite. */
function shared(group: string, type: string): number {
  const known = RESOURCE_TYPES.has(group) ? group : 'raw';
  return book.intern(`${known}.${HIDDEN}`, known, type, true);
}

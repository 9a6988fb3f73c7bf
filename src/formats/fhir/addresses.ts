import { createAddressBook, refuseAddress } from '../address-book.ts';
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

const MAX_ADDRESSES = 32_768;
const MAX_PLACES = 32_768;
/** Characters from which on an address shares the path of what it lies in: nothing of FHIR is as deep but its recursions. */
const LONGEST_PATH = 480;

const book = createAddressBook('fhir', MAX_ADDRESSES);
const resources = new Map<string, Place>();
let places = 0;

export function resourcePlace(type: string): Place {
  const known = resources.get(type);
  if (known !== undefined) return known;
  if (!RESOURCE_TYPES.has(type) && places++ >= MAX_PLACES) return refused(type, '');
  const made = place(type, type, '', '');
  resources.set(type, made);
  return made;
}

/** An object under a name of another. */
export function partOf(parent: Place, name: string, type: string): Place {
  const named = parent.parts.get(name);
  const known = named?.find((part) => part.type === type);
  if (known !== undefined) return known;
  if (places++ >= MAX_PLACES) return refused(parent.group, type);
  const made = place(joined(parent.path, name), parent.group, type, name);
  if (named === undefined) parent.parts.set(name, [made]);
  else named.push(made);
  return made;
}

function refused(group: string, type: string): Place {
  refuseAddress();
  return sharedPlace(group, type);
}

function place(path: string, group: string, type: string, name: string): Place {
  return { path, group, type, name, parts: new Map(), leaves: new Map() };
}

/** Where everything of a data type in a resource type is past the caps: both are finite. */
const shared = new Map<string, Place>();

function sharedPlace(group: string, type: string): Place {
  const known = knownGroup(group);
  const key = `${known}\0${type}`;
  const made = shared.get(key) ?? place(`${known}.${HIDDEN}`, known, type, HIDDEN);
  shared.set(key, made);
  return made;
}

const knownGroup = (group: string): string => (RESOURCE_TYPES.has(group) ? group : 'raw');

function joined(path: string, name: string): string {
  return path.length > LONGEST_PATH ? path : `${path}.${name}`;
}

/** The address id of a leaf of this type under a name. */
export function leafAddress(parent: Place, name: string, type: string): number {
  const leaf = parent.leaves.get(name);
  const known = leaf?.ids.get(type);
  if (known !== undefined) return known;
  const id = book.intern(joined(parent.path, name), parent.group, type, false);
  if (id < 0) return book.intern(`${knownGroup(parent.group)}.${HIDDEN}`, knownGroup(parent.group), type, true);
  if (leaf === undefined) parent.leaves.set(name, { ids: new Map([[type, id]]) });
  else leaf.ids.set(type, id);
  return id;
}

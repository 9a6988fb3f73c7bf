import { createAddressBook } from '../address-book.ts';
import { HIDDEN } from './names.ts';
import { elementType } from './types.ts';

/**
 * From an element to an address id, through a trie that lives as long as the process. The paths of a CDA document begin with it, whatever it is wrapped in. What
 * senders can make up is bounded: past the cap all leaves of a type share one address.
 */
export interface Place {
  /** `ClinicalDocument.recordTarget.patientRole` */
  readonly path: string;
  /** What incidents are grouped by: the part of a CDA document (`recordTarget`), or the name of the root. */
  readonly group: string;
  readonly name: string;
  /** HL7 v3 data type of the element (types.ts); empty where its leaves have to tell, and in other XML. */
  readonly type: string;
  /** Whether it is of HL7 v3, whose names say what they hold. */
  readonly v3: boolean;
  readonly parts: Map<string, Place>;
  /** Address ids by what is added to the path, and the type. */
  readonly leaves: Map<string, number>;
}

export const CLINICAL_DOCUMENT = 'ClinicalDocument';

const MAX_ADDRESSES = 32_768;
const MAX_PLACES = 32_768;
/** Deeper elements share the path of what they lie in. */
const LONGEST_PATH = 600;

const cda = createAddressBook('cda', MAX_ADDRESSES);
const xml = createAddressBook('xml', MAX_ADDRESSES);
const roots = new Map<string, Place>();
let places = 0;

/** An element in another; null for a root. `v3`: it says so itself, or what it lies in does. */
export function placeOf(around: Place | null, name: string, v3: boolean): Place {
  const isDocument = name === CLINICAL_DOCUMENT;
  const siblings = around === null || isDocument ? roots : around.parts;
  const key = v3 ? name : `${name} `;
  const known = siblings.get(key);
  if (known !== undefined) return known;
  const made = newPlace(isDocument ? null : around, name, v3 || isDocument);
  if (places < MAX_PLACES) {
    places++;
    siblings.set(key, made);
  }
  return made;
}

function newPlace(around: Place | null, name: string, v3: boolean): Place {
  const parts = new Map<string, Place>();
  const leaves = new Map<string, number>();
  if (around === null) return { path: name, group: name, name, type: '', v3, parts, leaves };
  const path = around.path.length > LONGEST_PATH ? around.path : `${around.path}.${name}`;
  const group = around.path === CLINICAL_DOCUMENT ? name : around.group;
  return { path, group, name, type: v3 ? elementType(name, around.name, around.type) : '', v3, parts, leaves };
}

/** The address id of a leaf of an element: its text (`added` empty), an attribute (`@value`), a comment (`comment()`). */
export function leafAddress(place: Place, added: string, type: string): number {
  const key = `${added} ${type}`;
  const known = place.leaves.get(key);
  if (known !== undefined) return known;
  const book = isClinical(place) ? cda : xml;
  const path = added === '' ? place.path : `${place.path}.${added}`;
  const own = book.intern(path, place.group, type, false);
  if (own < 0) return book.intern(HIDDEN, HIDDEN, type, true);
  place.leaves.set(key, own);
  return own;
}

const isClinical = ({ path }: Place): boolean => path === CLINICAL_DOCUMENT || path.startsWith(`${CLINICAL_DOCUMENT}.`);

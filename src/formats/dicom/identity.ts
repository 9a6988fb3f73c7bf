import type { Identity, IdentityValue, Leaves } from '../../core/format.ts';
import type { Category, Subject } from '../../core/vocabulary.ts';
import { PLACE_WIDTH } from '../columns.ts';
import { fullDate, isPlaceholder } from '../hl7v2/placeholders.ts';
import { createSeen } from '../seen-values.ts';
import { tagOf } from './dictionary.ts';
import { NODE_WIDTH } from './reading.ts';
import type { Tokens } from './tokenize.ts';

type Found = Pick<IdentityValue, 'kind' | 'category' | 'parts'>;
type Read = (text: string) => Found[];

const number: Read = (text) => {
  const value = text.trim();
  return isPlaceholder(value) ? [] : [{ kind: 'number', category: 'mrn', parts: [value] }];
};

const plain =
  (kind: 'phone' | 'street', category: Category): Read =>
  (text) => {
    const value = text.trim();
    return isPlaceholder(value) ? [] : [{ kind, category, parts: [value] }];
  };

const birthDate: Read = (text) => {
  // ACR-NEMA wrote dates with dots.
  const date = fullDate(text.replaceAll('.', ''));
  return date === null ? [] : [{ kind: 'date', category: 'date', parts: [date] }];
};

/** PN: alphabetic, ideographic and phonetic group, each family, given and middle name (PS3.5 §6.2.1). Each group is a name by itself. */
const names: Read = (text) => text.split('=').slice(0, 3).flatMap(nameOf);

function nameOf(group: string): Found[] {
  const [family = '', given = '', middle = ''] = group.split('^').map((part) => part.trim());
  // Senders that know no components write `DOE, JANE`.
  const comma = given === '' && middle === '' ? family.indexOf(',') : -1;
  const written = comma > 0 ? [family.slice(0, comma).trim(), family.slice(comma + 1).trim()] : [family, given, middle];
  const parts = written.map((part) => (isPlaceholder(part) && part.length !== 1 ? '' : part));
  if (parts[0] === '' && written[0] !== '') return [];
  while (parts.length > 0 && parts.at(-1) === '') parts.pop();
  return parts.length === 0 ? [] : [{ kind: 'name', category: 'name', parts }];
}

interface Place {
  readonly read: Read;
  readonly subject: Subject;
}

/** Elements that name the patient, and the mother, at the top of an object or in a patient's record of a DICOMDIR. */
const PLACES: ReadonlyMap<number, Place> = new Map([
  [tagOf(0x0010, 0x0010), { read: names, subject: 'patient' }],
  [tagOf(0x0010, 0x0020), { read: number, subject: 'patient' }],
  [tagOf(0x0010, 0x0030), { read: birthDate, subject: 'patient' }],
  [tagOf(0x0010, 0x1000), { read: number, subject: 'patient' }],
  [tagOf(0x0010, 0x1001), { read: names, subject: 'patient' }],
  [tagOf(0x0010, 0x1005), { read: names, subject: 'patient' }],
  [tagOf(0x0010, 0x1040), { read: plain('street', 'street'), subject: 'patient' }],
  [tagOf(0x0010, 0x1060), { read: names, subject: 'relative' }],
  [tagOf(0x0010, 0x2154), { read: plain('phone', 'phone'), subject: 'patient' }],
]);

const PATIENT_ID = tagOf(0x0010, 0x0020);
const OTHER_IDS = tagOf(0x0010, 0x1002);
const DIRECTORY_RECORDS = tagOf(0x0004, 0x1220);

/** What the object says of its patient, in the order it says so, each value once. Fillers are left out. */
export function identityOf(leaves: Leaves, { columns, nodes }: Pick<Tokens, 'columns' | 'nodes'>): Identity {
  const values: IdentityValue[] = [];
  const isNew = createSeen();
  for (let leaf = 0; leaf < leaves.count; leaf++) {
    const tag = columns.place[leaf * PLACE_WIDTH] ?? 0;
    if (tag >>> 16 !== 0x0010) continue;
    const place = PLACES.get(tag);
    if (place === undefined || !isPatients(nodes, columns.place[leaf * PLACE_WIDTH + 1] ?? 0, tag)) continue;
    for (const found of place.read(leaves.text(leaf))) {
      if (isNew(found, values)) values.push({ ...found, subject: place.subject, leaf });
    }
  }
  return { values };
}

/** Whether an element at a node is the patient's own: not that of somebody an item refers to. */
function isPatients(nodes: Int32Array, node: number, tag: number): boolean {
  if (node <= 0) return node === 0;
  const sequence = nodes[node * NODE_WIDTH + 1];
  if (nodes[node * NODE_WIDTH] !== 0) return false;
  return sequence === DIRECTORY_RECORDS || (sequence === OTHER_IDS && tag === PATIENT_ID);
}

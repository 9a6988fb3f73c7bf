import type { Identity, IdentityValue, Leaves } from '../../core/format.ts';
import type { Category, Subject } from '../../core/vocabulary.ts';
import { fullDate, isPlaceholder } from '../hl7v2/placeholders.ts';
import { type Found, nameOf, wholeName } from '../person-name.ts';
import { createSeen } from '../seen-values.ts';
import type { Places } from './leaves.ts';
import { NODE_WIDTH, Node, type Tokens } from './nodes.ts';

/** The leaves of one element, and its path. */
interface Part {
  readonly leaves: Leaves;
  readonly first: number;
  readonly after: number;
  readonly path: string;
}

/** An element of a person has few leaves; made-up ones are not worth looking through. */
const MOST = 1024;

/** Leaves of an element at a path below it, in order; its own text for an empty one. */
function leavesAt({ leaves, first, after, path }: Part, below: string): number[] {
  const wanted = below === '' ? path : `${path}.${below}`;
  const found: number[] = [];
  for (let leaf = first; leaf < Math.min(after, first + MOST); leaf++)
    if (leaves.addressOf(leaf).path === wanted) found.push(leaf);
  return found;
}

/** PN: family and given names, or the whole as text. */
function name(part: Part): Found[] {
  const { leaves } = part;
  const said = (below: string): string[] => leavesAt(part, below).map((leaf) => leaves.text(leaf).trim());
  const [leaf] = [...leavesAt(part, 'family'), ...leavesAt(part, 'given')];
  if (leaf === undefined) {
    const [text] = leavesAt(part, '');
    return text === undefined ? [] : wholeName(leaves.text(text), text);
  }
  return nameOf([said('family').join(' '), ...said('given').slice(0, 2)], leaf);
}

/** Roots that say what they number (HL7 OID registry). */
const ROOTS: Readonly<Record<string, Category>> = {
  '2.16.840.1.113883.4.1': 'ssn',
  '2.16.840.1.113883.4.572': 'health-plan',
  '2.16.840.1.113883.4.927': 'health-plan',
};

/** A key that a machine made says nothing that anybody would write elsewhere. */
const MACHINE_MADE = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-/i;

function number(part: Part): Found[] {
  const [leaf] = leavesAt(part, '@extension');
  const [root] = leavesAt(part, '@root');
  const value = leaf === undefined ? '' : part.leaves.text(leaf).trim();
  if (leaf === undefined || isPlaceholder(value) || MACHINE_MADE.test(value)) return [];
  return [{ kind: 'number', category: ROOTS[root === undefined ? '' : part.leaves.text(root)] ?? 'mrn', leaf, parts: [value] }];
}

function contact(part: Part): Found[] {
  const [leaf] = leavesAt(part, '@value');
  const said = leaf === undefined ? '' : part.leaves.text(leaf).trim();
  const value = said.replace(/^(?:tel|mailto|fax|sms):/i, '');
  if (leaf === undefined || isPlaceholder(value)) return [];
  if (value.includes('@')) return [{ kind: 'email', category: 'email', leaf, parts: [value] }];
  if (value.replace(/\D/g, '').length < 7) return [];
  return [{ kind: 'phone', category: /^fax:/i.test(said) ? 'fax' : 'phone', leaf, parts: [value] }];
}

function street(part: Part): Found[] {
  const [leaf] = leavesAt(part, 'streetAddressLine');
  const value = leaf === undefined ? '' : part.leaves.text(leaf).trim();
  return leaf === undefined || isPlaceholder(value) ? [] : [{ kind: 'street', category: 'street', leaf, parts: [value] }];
}

function birth(part: Part): Found[] {
  const [leaf] = leavesAt(part, '@value');
  const date = leaf === undefined ? null : fullDate(part.leaves.text(leaf));
  return leaf === undefined || date === null ? [] : [{ kind: 'date', category: 'date', leaf, parts: [date] }];
}

interface Teller {
  readonly ends: string;
  readonly read: (part: Part) => Found[];
  readonly subject: Subject;
}

const of = (ends: string, read: Teller['read'], subject: Subject = 'patient'): Teller => ({ ends, read, subject });

/** Elements that say whom a document is about, by the end of their path, by their own name: CDA R2 §4.2, and the patient of HL7 v3 messages. */
const TELLERS: Readonly<Record<string, readonly Teller[]>> = {
  name: [
    of('.patientRole.patient.name', name),
    of('.patientPerson.name', name),
    of('.guardian.guardianPerson.name', name, 'relative'),
    of('.associatedEntity.associatedPerson.name', name, 'relative'),
    of('.relatedEntity.relatedPerson.name', name, 'relative'),
    of('.relatedSubject.subject.name', name, 'relative'),
    of('.personalRelationship.relationshipHolder1.name', name, 'relative'),
  ],
  id: [
    of('.recordTarget.patientRole.id', number),
    of('.patient.id', number),
    of('.patientPerson.id', number),
    of('.asOtherIDs.id', number),
  ],
  telecom: [
    of('.recordTarget.patientRole.telecom', contact),
    of('.patientPerson.telecom', contact),
    of('.guardian.telecom', contact, 'relative'),
    of('.associatedEntity.telecom', contact, 'relative'),
  ],
  addr: [of('.recordTarget.patientRole.addr', street), of('.patientPerson.addr', street)],
  birthTime: [of('.patientRole.patient.birthTime', birth), of('.patientPerson.birthTime', birth)],
};

/** What a document of HL7 v3 says of its patient and the relatives, in the order it says so, each value once. Fillers are left out. */
export function identityOf(leaves: Leaves, { nodes }: Tokens, places: Places): Identity {
  const values: IdentityValue[] = [];
  const isNew = createSeen();
  for (let node = 0; node < places.length; node++) {
    const place = places[node];
    if (place?.v3 !== true) continue;
    const teller = TELLERS[place.name]?.find(({ ends }) => place.path.endsWith(ends));
    if (teller === undefined) continue;
    const first = nodes[node * NODE_WIDTH + Node.first] ?? 0;
    const after = nodes[node * NODE_WIDTH + Node.after] ?? 0;
    for (const found of teller.read({ leaves, first, after, path: place.path })) {
      if (isNew(found, values)) values.push({ ...found, subject: teller.subject });
    }
  }
  return { values };
}

import type { Identity, IdentityValue, Leaves } from '../../core/format.ts';
import type { Category, Subject } from '../../core/vocabulary.ts';
import { fullDate, isPlaceholder } from '../hl7v2/placeholders.ts';
import { type Found, nameOf, wholeName } from '../person-name.ts';
import { LONGEST_REFERENCE, type Places } from './resolve.ts';
import { NODE_WIDTH, Node, type Tokens } from './tokens.ts';

/** The leaves of one object. */
interface Part {
  readonly leaves: Leaves;
  readonly first: number;
  readonly after: number;
  /** Path of the object: `Patient.name`. */
  readonly path: string;
}

/** An object of a person has few leaves; made-up ones are not worth looking through. */
const MOST = 4096;

/** Leaves of the object itself at a path below it, in order. */
function leavesAt({ leaves, first, after, path }: Part, below: string): number[] {
  const wanted = `${path}.${below}`;
  const found: number[] = [];
  for (let leaf = first; leaf < Math.min(after, first + MOST); leaf++)
    if (leaves.addressOf(leaf).path === wanted) found.push(leaf);
  return found;
}

function textAt(part: Part, below: string): string {
  const [leaf] = leavesAt(part, below);
  return leaf === undefined ? '' : part.leaves.text(leaf).trim();
}

/** HumanName: family and given names, or the whole in `text`. */
function name(part: Part): Found[] {
  const { leaves } = part;
  const families = leavesAt(part, 'family');
  const given = leavesAt(part, 'given');
  const [family] = families;
  const leaf = family ?? given[0];
  if (leaf === undefined) {
    const [text] = leavesAt(part, 'text');
    return text === undefined ? [] : wholeName(leaves.text(text), text);
  }
  // DSTU2 lets a family name be in several parts.
  const parts = [
    families.map((each) => leaves.text(each).trim()).join(' '),
    ...given.slice(0, 2).map((each) => leaves.text(each).trim()),
  ];
  return nameOf(parts, leaf);
}

/** HL7 table 0203, as FHIR's value set of identifier types has it, and systems that say what they number. */
const NUMBERS: Readonly<Record<string, Category>> = {
  SS: 'ssn',
  SB: 'ssn',
  DL: 'license',
  PPN: 'unique-id',
  AN: 'account',
  VN: 'account',
  MB: 'health-plan',
  MC: 'health-plan',
  MA: 'health-plan',
  SN: 'health-plan',
  NIIP: 'health-plan',
  'http://hl7.org/fhir/sid/us-ssn': 'ssn',
  'urn:oid:2.16.840.1.113883.4.1': 'ssn',
  'http://hl7.org/fhir/sid/us-mbi': 'health-plan',
  'http://hl7.org/fhir/sid/us-medicare': 'health-plan',
};

/** A key that a machine made says nothing that anybody would write elsewhere; what refers to a resource repeats it everywhere. */
const MACHINE_MADE = /^(?:urn:)?(?:uuid:|oid:|https?:)|^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-/i;

const number =
  (fallback: Category) =>
  (part: Part): Found[] => {
    const [leaf] = leavesAt(part, 'value');
    const value = leaf === undefined ? '' : part.leaves.text(leaf).trim();
    if (leaf === undefined || isPlaceholder(value) || MACHINE_MADE.test(value)) return [];
    const types = leavesAt(part, 'type.coding.code').map((each) => part.leaves.text(each));
    const category =
      [...types, textAt(part, 'system')].map((said) => NUMBERS[said]).find((said) => said !== undefined) ?? fallback;
    return [{ kind: 'number', category, leaf, parts: [value] }];
  };

function contact(part: Part): Found[] {
  const [leaf] = leavesAt(part, 'value');
  const value =
    leaf === undefined
      ? ''
      : part.leaves
          .text(leaf)
          .trim()
          .replace(/^(?:tel|mailto|fax|sms):/i, '');
  if (leaf === undefined || isPlaceholder(value)) return [];
  if (value.includes('@')) return [{ kind: 'email', category: 'email', leaf, parts: [value] }];
  if (value.replace(/\D/g, '').length < 7) return [];
  return [{ kind: 'phone', category: textAt(part, 'system') === 'fax' ? 'fax' : 'phone', leaf, parts: [value] }];
}

function street(part: Part): Found[] {
  const [leaf] = leavesAt(part, 'line');
  const value = leaf === undefined ? '' : part.leaves.text(leaf).trim();
  return leaf === undefined || isPlaceholder(value) ? [] : [{ kind: 'street', category: 'street', leaf, parts: [value] }];
}

function birth(part: Part): Found[] {
  const [leaf] = leavesAt(part, 'birthDate');
  const date = leaf === undefined ? null : fullDate(part.leaves.text(leaf));
  return leaf === undefined || date === null ? [] : [{ kind: 'date', category: 'date', leaf, parts: [date] }];
}

interface Teller {
  readonly read: (part: Part) => Found[];
  readonly subject: Subject;
}

const of = (read: Teller['read'], subject: Subject = 'patient'): Teller => ({ read, subject });

/** Objects that say whom a document is about. */
const TELLERS: ReadonlyMap<string, Teller> = new Map([
  ['Patient', of(birth)],
  ['Patient.name', of(name)],
  ['Patient.identifier', of(number('mrn'))],
  ['Patient.telecom', of(contact)],
  ['Patient.address', of(street)],
  ['Patient.contact.name', of(name, 'relative')],
  ['Patient.contact.telecom', of(contact, 'relative')],
  ['RelatedPerson.name', of(name, 'relative')],
  ['RelatedPerson.telecom', of(contact, 'relative')],
  ['Person', of(birth)],
  ['Person.name', of(name)],
  ['Person.identifier', of(number('unique-id'))],
  ['Person.telecom', of(contact)],
  ['Person.address', of(street)],
]);

/**
 * What a document says of its patients and their relatives, in the order it says so, each value once: resources of type Patient, RelatedPerson and Person wherever
 * they lie, plan numbers, and the displayed names of references to patients. Of several patients each value says whose it is. Fillers are left out.
 */
export function identityOf(leaves: Leaves, tokens: Tokens, places: Places): Identity {
  const { nodes } = tokens;
  const values: IdentityValue[] = [];
  const seen = new Set<string>();
  const whose = personsOf(leaves, tokens, places);
  const add = (found: Found, subject: Subject, person: number | undefined): void => {
    const key = `${person ?? ''}\0${found.kind}\0${found.parts.join('\0').toUpperCase()}`;
    if (seen.has(key)) return;
    seen.add(key);
    values.push({ ...found, subject, ...(person === undefined ? {} : { person }) });
  };
  for (let node = 0; node < places.length; node++) {
    const path = places[node]?.path ?? '';
    const teller = nodes[node * NODE_WIDTH + Node.isArray] === 1 ? undefined : TELLERS.get(path);
    if (teller === undefined) continue;
    const part = partAt(leaves, nodes, node, path);
    for (const found of teller.read(part)) add(found, teller.subject, whose.resource(node));
  }
  for (let leaf = 0; leaf < leaves.count; leaf++) {
    const { typePath, path } = leaves.addressOf(leaf);
    if (typePath === 'Reference.Patient.display') {
      for (const found of wholeName(leaves.text(leaf), leaf)) add(found, 'patient', whose.reference(leaf));
    } else if (path === 'Coverage.subscriberId' && !isPlaceholder(leaves.text(leaf)))
      add(
        { kind: 'number', category: 'health-plan', leaf, parts: [leaves.text(leaf).trim()] },
        'patient',
        whose.beneficiary(leaf),
      );
  }
  return { values };
}

function partAt(leaves: Leaves, nodes: Int32Array, node: number, path: string): Part {
  return { leaves, first: nodes[node * NODE_WIDTH + Node.first] ?? 0, after: nodes[node * NODE_WIDTH + Node.after] ?? 0, path };
}

/** Numbers the patients of a document; undefined where it has one, or none that it holds. */
interface Persons {
  /** Of the resource around a node. */
  resource(node: number): number | undefined;
  /** Of the patient that the reference points to in which a leaf lies. */
  reference(leaf: number): number | undefined;
  /** Of the patient that the coverage is for in which a leaf lies. */
  beneficiary(leaf: number): number | undefined;
}

const ONE: Persons = { resource: () => undefined, reference: () => undefined, beneficiary: () => undefined };

/** A reference is known by its end: `Patient/7` of `https://server.example/fhir/Patient/7/_history/2`. */
const RELATIVE = /(?:^|\/)(Patient\/[^/?#]+)(?:\/_history\/.*)?$/;
const keyOf = (reference: string): string =>
  reference.length > LONGEST_REFERENCE ? reference : (RELATIVE.exec(reference)?.[1] ?? reference);

function personsOf(leaves: Leaves, { nodes }: Tokens, places: Places): Persons {
  const { tree } = leaves;
  const resources = places.flatMap(({ path }, node) =>
    (nodes[node * NODE_WIDTH + Node.resource] ?? -1) >= 0 && path === 'Patient' ? [node] : [],
  );
  if (tree === undefined || resources.length === 1) return ONE;
  const numbers = new Map<string, number>();
  const numberOf = (key: string): number => {
    const known = numbers.get(key) ?? numbers.size;
    numbers.set(key, known);
    return known;
  };
  const ofNode = new Map<number, number>();
  for (const node of resources) {
    const id = nodes[node * NODE_WIDTH + Node.id] ?? -1;
    const entry = tree.parentOf(node);
    const [url] = entry < 0 ? [] : leavesAt(partAt(leaves, nodes, entry, tree.pathOf(entry)), 'fullUrl');
    const number = numberOf(id < 0 ? `node ${node}` : `Patient/${leaves.text(id)}`);
    if (url !== undefined) numbers.set(keyOf(leaves.text(url)), number);
    ofNode.set(node, number);
  }
  const referred = (object: number, below: string): number | undefined => {
    const [leaf] = object < 0 ? [] : leavesAt(partAt(leaves, nodes, object, tree.pathOf(object)), below);
    return leaf === undefined ? undefined : numberOf(keyOf(leaves.text(leaf)));
  };
  return {
    resource(node) {
      let at = node;
      while (at >= 0 && !ofNode.has(at)) at = tree.parentOf(at);
      return ofNode.get(at);
    },
    // Without a reference a name is all there is.
    reference: (leaf) => referred(tree.objectOf(leaf), 'reference') ?? numberOf(leaves.text(leaf)),
    beneficiary: (leaf) => referred(tree.objectOf(leaf), 'beneficiary.reference'),
  };
}

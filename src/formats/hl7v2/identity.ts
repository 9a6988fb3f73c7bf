import type { Identity, IdentityValue, Leaves } from '../../core/format.ts';
import type { Category, Subject } from '../../core/vocabulary.ts';
import { PLACE_WIDTH } from '../columns.ts';
import { createSeen } from '../seen-values.ts';
import { fullDate, isPlaceholder } from './placeholders.ts';
import { SEGMENT_WIDTH, type Tokens } from './tokenize.ts';

/** One repetition of one field: its values by component and subcomponent. */
interface Repetition {
  readonly leaves: Leaves;
  readonly place: Int32Array;
  /** Leaves from `begin` on, before `end`. */
  readonly begin: number;
  readonly end: number;
}

/** Leaf of a component's first value; -1 when it is empty. A field without components is its component 1. */
function leafOf({ place, begin, end }: Repetition, component: number): number {
  for (let at = begin; at < end; at++) {
    const found = place[at * PLACE_WIDTH + 3] ?? 0;
    // Subcomponent 1 of a family name or street is the name itself; its later ones refine it.
    if ((found === 0 ? 1 : found) === component && (place[at * PLACE_WIDTH + 4] ?? 0) <= 1) return at;
    if (found > component) return -1;
  }
  return -1;
}

function textOf(field: Repetition, component: number): string {
  return textAt(field, leafOf(field, component));
}

function textAt({ leaves }: Repetition, leaf: number): string {
  return leaf < 0 ? '' : leaves.text(leaf).trim();
}

type Read = (field: Repetition) => Omit<IdentityValue, 'subject'> | null;

interface Place {
  readonly read: Read;
  readonly subject: Subject;
}

/** CX.5 (HL7 table 0203) to category; what is not here is what the field says it is. */
const IDENTIFIER_TYPES: Readonly<Record<string, Category>> = {
  MR: 'mrn',
  MRT: 'mrn',
  PI: 'mrn',
  PT: 'mrn',
  PE: 'mrn',
  U: 'mrn',
  AN: 'account',
  GI: 'account',
  VN: 'account',
  AM: 'account',
  BA: 'account',
  SS: 'ssn',
  SSN: 'ssn',
  DL: 'license',
  LN: 'license',
  PPN: 'unique-id',
  ANON: 'unique-id',
  NI: 'unique-id',
  NH: 'health-plan',
  HC: 'health-plan',
  MA: 'health-plan',
  MB: 'health-plan',
  MC: 'health-plan',
  MI: 'health-plan',
  SN: 'health-plan',
  JHN: 'health-plan',
};

const number =
  (fallback: Category): Read =>
  (field) => {
    const leaf = leafOf(field, 1);
    const value = textAt(field, leaf);
    if (isPlaceholder(value)) return null;
    const category = IDENTIFIER_TYPES[textOf(field, 5).toUpperCase()] ?? fallback;
    return { kind: 'number', category, leaf, parts: [value] };
  };

/** SSN, licence and such: the field alone says what its first component is. */
const plainNumber =
  (category: Category): Read =>
  (field) => {
    const value = textOf(field, 1);
    return isPlaceholder(value) ? null : { kind: 'number', category, leaf: leafOf(field, 1), parts: [value] };
  };

/** XPN: family, given, middle; empty at the end left out, empty before it kept so that places keep their meaning. */
const name: Read = (field) => {
  const [first, second, third] = [leafOf(field, 1), leafOf(field, 2), leafOf(field, 3)];
  const [family, given, middle] = [textAt(field, first), textAt(field, second), textAt(field, third)];
  // A sender that knows no components writes `DOE, JANE`.
  const comma = given === '' && middle === '' ? family.indexOf(',') : -1;
  const written = comma > 0 ? [family.slice(0, comma).trim(), family.slice(comma + 1).trim()] : [family, given, middle];
  const known = written.map((part) => (part.length !== 1 && isPlaceholder(part) ? '' : part));
  if (known[0] === '' && written[0] !== '') return null;
  while (known.length > 0 && known.at(-1) === '') known.pop();
  if (known.length === 0) return null;
  return { kind: 'name', category: 'name', leaf: first >= 0 ? first : second >= 0 ? second : third, parts: known };
};

const birthDate: Read = (field) => {
  const date = fullDate(textOf(field, 1));
  return date === null ? null : { kind: 'date', category: 'date', leaf: leafOf(field, 1), parts: [date] };
};

const street: Read = (field) => {
  const value = textOf(field, 1);
  return isPlaceholder(value) ? null : { kind: 'street', category: 'street', leaf: leafOf(field, 1), parts: [value] };
};

/** XTN: an address of the net in XTN.4 (or where older senders put it, XTN.1), else a number in XTN.1, XTN.12 or XTN.6 and 7. */
const contact: Read = (field) => {
  return (
    email(field, 4) ??
    email(field, 1) ??
    phone(field, 1, textOf(field, 1)) ??
    phone(field, 12, textOf(field, 12)) ??
    phone(field, leafOf(field, 7) < 0 ? 6 : 7, textOf(field, 6) + textOf(field, 7))
  );
};

function email(field: Repetition, component: number): ReturnType<Read> {
  const value = textOf(field, component);
  return value.includes('@') ? { kind: 'email', category: 'email', leaf: leafOf(field, component), parts: [value] } : null;
}

function phone(field: Repetition, component: number, value: string): ReturnType<Read> {
  if (value.length < 7 || value.replace(/\D/g, '').length < 7 || isPlaceholder(value)) return null;
  const category = textOf(field, 3).toUpperCase() === 'FX' ? 'fax' : 'phone';
  return { kind: 'phone', category, leaf: leafOf(field, component), parts: [value.trim()] };
}

const of = (read: Read, subject: Subject = 'patient'): Place => ({ read, subject });

/** Where a message names people, by segment and field. */
const PLACES: ReadonlyMap<string, Readonly<Record<number, Place>>> = new Map(
  Object.entries<Readonly<Record<number, Place>>>({
    PID: {
      2: of(number('mrn')),
      3: of(number('mrn')),
      4: of(number('mrn')),
      5: of(name),
      6: of(name, 'relative'),
      7: of(birthDate),
      9: of(name),
      11: of(street),
      13: of(contact),
      14: of(contact),
      18: of(number('account')),
      19: of(plainNumber('ssn')),
      20: of(plainNumber('license')),
    },
    PV1: { 19: of(number('account')) },
    MRG: { 1: of(number('mrn')), 3: of(number('account')), 4: of(number('mrn')), 7: of(name) },
    NK1: { 2: of(name, 'relative'), 5: of(contact, 'relative') },
    GT1: { 3: of(name, 'relative') },
    IN1: { 16: of(name, 'relative') },
  }),
);

/**
 * What the message says of the people it is about, in the order it says so, every repetition, each value once: an insured or
 * guarantor who is the patient stays the patient. Fillers are left out. Read for every message, so nothing is made for what names nobody.
 */
export function identityOf(
  leaves: Leaves,
  tokens: Pick<Tokens, 'segments'> & { readonly columns: { readonly place: Int32Array } },
): Identity {
  const values: IdentityValue[] = [];
  const isNew = createSeen();
  const count = tokens.segments.length / SEGMENT_WIDTH;
  for (let segment = 0; segment < count; segment++) {
    const first = tokens.segments[segment * SEGMENT_WIDTH + 2] ?? 0;
    const after = segment + 1 < count ? (tokens.segments[(segment + 1) * SEGMENT_WIDTH + 2] ?? 0) : leaves.count;
    // The address knows the segment's name; reading it from the bytes would make a string for each segment.
    const places = first < after ? PLACES.get(leaves.addressOf(first).group) : undefined;
    if (places !== undefined)
      readSegment(places, leaves, tokens.columns.place, first, after, (value) => {
        if (isNew(value, values)) values.push(value);
      });
  }
  return { values };
}

/** Reads every repetition (a run of leaves of one field and one index) of the fields that name somebody. */
function readSegment(
  places: Readonly<Record<number, Place>>,
  leaves: Leaves,
  place: Int32Array,
  first: number,
  after: number,
  found: (value: IdentityValue) => void,
): void {
  for (let begin = first; begin < after; ) {
    const field = place[begin * PLACE_WIDTH + 1] ?? 0;
    const index = place[begin * PLACE_WIDTH + 2];
    let end = begin + 1;
    while (end < after && place[end * PLACE_WIDTH + 1] === field && place[end * PLACE_WIDTH + 2] === index) end++;
    const known = places[field];
    if (known !== undefined) {
      const value = known.read({ leaves, place, begin, end });
      if (value !== null) found({ ...value, subject: known.subject });
    }
    begin = end;
  }
}

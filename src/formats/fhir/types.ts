import { RESOURCE_TYPES, Shape, STRING_TYPES } from './names.ts';

/** Type of an object under a name, whatever is in it. */
const OBJECT_NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    telecom: 'ContactPoint',
    identifier: 'Identifier',
    masterIdentifier: 'Identifier',
    accessionIdentifier: 'Identifier',
    groupIdentifier: 'Identifier',
    requisition: 'Identifier',
    placerGroupNumber: 'Identifier',
    photo: 'Attachment',
    period: 'Period',
    billablePeriod: 'Period',
    meta: 'Meta',
    note: 'Annotation',
    extension: 'Extension',
    modifierExtension: 'Extension',
    coding: 'Coding',
    onsetAge: 'Age',
    valueAge: 'Age',
    signature: 'Signature',
    address: 'Address',
  }),
);

/** Data types that a choice (`value[x]`, `effective[x]`) may have, which the element's name ends in (FHIR §2.6.1.5). */
const COMPLEX = [
  'HumanName',
  'Address',
  'ContactPoint',
  'Identifier',
  'Period',
  'Attachment',
  'Annotation',
  'Reference',
  'CodeableConcept',
  'Coding',
  'SimpleQuantity',
  'Quantity',
  'Age',
  'Signature',
  'Meta',
  'SampledData',
  'Extension',
];
/** `id` and `time` are no endings: a subscriberId is no id, and a receivedTime is a day as well. */
const PRIMITIVE = 'dateTime date instant string markdown code uri url canonical oid uuid base64Binary integer decimal'.split(' ');

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
const ENDINGS: readonly (readonly [string, string])[] = [
  ...COMPLEX.map((type) => [type, type === 'SimpleQuantity' ? 'Quantity' : type] as const),
  ...PRIMITIVE.map((type) => [capital(type), primitiveAs(type)] as const),
];

/** Types that are told apart by nothing a rule asks for are one. */
function primitiveAs(type: string): string {
  if (type === 'canonical' || type === 'oid' || type === 'uuid') return 'uri';
  return type === 'date' || type === 'instant' ? 'dateTime' : type;
}

const endings = new Map<string, string>();
const MAX_ENDINGS = 4096;

/** The type that an element's name ends in; empty where it ends in none (`valueString` → `string`). */
function endingOf(name: string): string {
  const known = endings.get(name);
  if (known !== undefined) return known;
  const found = ENDINGS.find(([ending]) => name.length > ending.length && name.endsWith(ending))?.[1] ?? '';
  if (endings.size < MAX_ENDINGS) endings.set(name, found);
  return found;
}

/** What leaves of a data type are typed as where the name alone would not tell. */
const PARTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  HumanName: {
    text: 'HumanName.text',
    family: 'HumanName.family',
    given: 'HumanName.given',
    prefix: 'HumanName.prefix',
    suffix: 'HumanName.suffix',
  },
  Address: {
    text: 'Address.text',
    line: 'Address.line',
    city: 'Address.city',
    district: 'Address.district',
    state: 'Address.state',
    postalCode: 'Address.postalCode',
    country: 'Address.country',
  },
  ContactPoint: { value: 'ContactPoint.value' },
  Identifier: { value: 'Identifier.value' },
  Period: { start: 'Period.start', end: 'Period.end' },
  Attachment: { data: 'base64Binary', title: 'Attachment.title', url: 'Attachment.url' },
  Annotation: { text: 'Annotation.text', authorString: 'Annotation.authorString' },
  CodeableConcept: { text: 'CodeableConcept.text' },
  Coding: { display: 'Coding.display' },
  Quantity: { value: 'Quantity.value' },
  Age: { value: 'Age.value' },
  Signature: { data: 'code' },
  SampledData: { data: 'code' },
};

/**
 * The data type of an object by its name, by the type the name ends in, or by what it holds: elements of profiles, extensions and resource types
 * that nobody foresaw are read as well. Empty for what is only a part of its resource.
 */
export function objectType(name: string, shape: number): string {
  const named = OBJECT_NAMES.get(name);
  if (named !== undefined) return named;
  if ((shape & Shape.div) !== 0) return 'Narrative';
  if ((shape & Shape.person) !== 0) return 'HumanName';
  const ending = endingOf(name);
  if (ending !== '' && COMPLEX.includes(ending)) return ending;
  return shapedType(name, shape);
}

const LOGICAL = Shape.logical | Shape.display;

function shapedType(name: string, shape: number): string {
  if ((shape & Shape.place) !== 0) return 'Address';
  if ((shape & Shape.reference) !== 0) return 'Reference';
  if ((shape & Shape.coding) !== 0) return 'CodeableConcept';
  if ((shape & (Shape.contact | Shape.value | Shape.unit)) === (Shape.contact | Shape.value)) return 'ContactPoint';
  if ((shape & (Shape.value | Shape.other)) === Shape.value) {
    if ((shape & (Shape.unit | Shape.code)) !== 0 || (shape & Shape.valueString) === 0) return 'Quantity';
    if ((shape & Shape.system) !== 0) return 'Identifier';
  }
  if ((shape & (Shape.attachment | Shape.other)) === Shape.attachment || name === 'attachment') return 'Attachment';
  if ((shape & Shape.code) !== 0 && (shape & (Shape.system | Shape.display)) !== 0 && (shape & Shape.other) === 0)
    return 'Coding';
  // Logical references (FHIR §2.3.0.2): who it is by a number, and a name to show.
  if ((shape & LOGICAL) === LOGICAL && (shape & (Shape.coding | Shape.code | Shape.value)) === 0) return 'Reference';
  if (shape === Shape.display || shape === (Shape.display | Shape.system)) return 'Reference';
  if (shape === Shape.period) return 'Period';
  if ((shape & Shape.text) !== 0 && (shape & Shape.author) !== 0) return 'Annotation';
  // `{"text": …}` and nothing else.
  if (shape === Shape.text) return name === 'name' ? 'HumanName' : name === 'address' ? 'Address' : 'CodeableConcept';
  return '';
}

/** The type of a string by the data type it lies in and its name; empty where its value has to tell. */
export function stringType(type: string, name: string): string {
  const part = PARTS[type]?.[name];
  if (part !== undefined) return part;
  const named = STRING_TYPES.get(name);
  if (named !== undefined) return named;
  const ending = endingOf(name);
  return COMPLEX.includes(ending) ? '' : ending;
}

export function numberType(type: string, name: string): string {
  return PARTS[type]?.[name] ?? 'decimal';
}

/** `Reference.Patient.display`: whom a reference shows, by the resource type it points to. */
export function displayType(target: string): string {
  return `Reference.${target !== '' && RESOURCE_TYPES.has(target) ? target : 'Any'}.display`;
}

/** To what an element refers where the reference itself does not say: the elements that nearly every resource has. */
const TARGETS: ReadonlyMap<string, string> = new Map([
  ...'subject patient beneficiary'.split(' ').map((name) => [name, 'Patient'] as const),
  ...'subscriber policyHolder'.split(' ').map((name) => [name, 'RelatedPerson'] as const),
  ...`performer requester author practitioner asserter recorder generalPractitioner attester authenticator interpreter resultsInterpreter
      orderer prescriber dispenser operator referringProvider provider enterer surgeon attending attendingPhysician careManager informationSource
      receiver collector verifier reviewer signer responsible primaryPerformer provider preferredProvider generalPractitionerReference`
    .split(/\s+/)
    .map((name) => [name, 'Practitioner'] as const),
  ...'organization managingOrganization serviceProvider custodian insurer payor managingEntity manufacturer providerOrganization owner partOf'
    .split(' ')
    .map((name) => [name, 'Organization'] as const),
  ['location', 'Location'],
  ['encounter', 'Encounter'],
  ['device', 'Device'],
]);

/** By the name of an element, and by where it lies: an actor is anybody, who performs is a clinician. */
export function targetOf(name: string, path: string): string {
  return TARGETS.get(name) ?? (path.endsWith('.performer.actor') ? 'Practitioner' : '');
}

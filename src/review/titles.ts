import type { Category, Reason } from '../core/vocabulary.ts';
import type { DeskFacts, IncidentRow } from '../policy/decision.ts';
import { CATEGORY_WORDS, capital, counted } from './words.ts';

/** What a title is made of; any IncidentRow will do. What nothing confirms is said to be possible. */
export type TitleFacts = Pick<IncidentRow, 'reason' | 'flow' | 'source' | 'destination' | 'category' | 'group'> & {
  readonly desk?: Pick<DeskFacts, 'unconfirmed'>;
};

/** Where a value lies, said by HL7 v2 segment (chapter 2 and after). What is not here is named by its code alone. */
const SEGMENT_WORDS: Readonly<Record<string, string>> = {
  MSH: 'the message header',
  EVN: 'the event',
  PID: 'the patient identification',
  PD1: 'the patient details',
  NK1: 'the next of kin',
  PV1: 'the visit',
  PV2: 'the visit',
  MRG: 'the merge record',
  GT1: 'the guarantor',
  IN1: 'the insurance',
  IN2: 'the insurance',
  IN3: 'the insurance',
  ORC: 'the order',
  OBR: 'the order',
  RXO: 'the pharmacy order',
  RXE: 'the pharmacy order',
  RXA: 'the administration record',
  OBX: 'a result',
  NTE: 'a note',
  SPM: 'the specimen',
  TXA: 'the document header',
  DG1: 'the diagnosis',
  AL1: 'the allergies',
  PR1: 'the procedure',
  FT1: 'the charge',
  SCH: 'the appointment',
  AIP: 'the appointment',
};

/** Where a value lies in a DICOM object, by the slug of src/formats/dicom/module.ts. */
const MODULE_WORDS: Readonly<Record<string, string>> = {
  patient: 'the patient module',
  study: 'the study module',
  series: 'the series module',
  equipment: 'the equipment module',
  image: 'the image module',
  acquisition: 'the acquisition module',
  procedure: 'the procedure module',
  visit: 'the visit module',
  trial: 'the clinical trial module',
  sr: 'the structured report',
  document: 'the encapsulated document',
  presentation: 'the presentation state',
  radiotherapy: 'the radiotherapy module',
  result: 'the results module',
  security: 'the digital signatures',
  file: 'the file header',
  directory: 'the file directory',
  command: 'the network command',
  private: 'a private element',
  other: 'an element outside the modules',
};

/** `a result (OBX)`, `a custom segment (ZPI)`, `segment ROL`, `the patient module`, `a private element`; empty without a group. */
export function placeOf(group: string | null): string {
  if (group === null || group === '') return '';
  if (group === 'raw') return 'bytes that no format claimed';
  if (group === 'pdf') return 'a PDF';
  const words = SEGMENT_WORDS[group];
  if (words !== undefined) return `${words} (${group})`;
  const module = MODULE_WORDS[group];
  if (module !== undefined) return module;
  if (/^Z[A-Z0-9]{2}$/.test(group)) return `a custom segment (${group})`;
  return /^[A-Z][A-Z0-9]{2}$/.test(group) ? `segment ${group}` : group;
}

/** What reads as `Patient name`; the other categories read better as `Date of a patient`. */
const BELONGING: ReadonlySet<Category> = new Set([
  'name',
  'street',
  'phone',
  'fax',
  'email',
  'ssn',
  'mrn',
  'health-plan',
  'account',
  'license',
]);

/** `Patient name`, `Date of a patient`, `Free text about a patient`; `Patient data` without a category. */
function whatOf(category: Category | null): string {
  if (category === null) return 'Patient data';
  if (category === 'narrative') return 'Free text about a patient';
  if (category === 'unexamined') return 'Bytes nobody could examine';
  if (category === 'age') return 'Age over 89 of a patient';
  const words = CATEGORY_WORDS[category];
  return BELONGING.has(category) ? `Patient ${words}` : `${capital(words)} of a patient`;
}

function within(group: string | null): string {
  const place = placeOf(group);
  return place === '' ? '' : ` in ${place}`;
}

/** A system as the message or the listener names it; never an empty place in a sentence. */
export function systemName(name: string): string {
  return name.trim() === '' ? 'an unnamed system' : name;
}

/** In a sentence that a name is only claimed would be noise: the flow beside it says so. */
export function spoken(name: string): string {
  return systemName(name.replace(/ \(claimed\)$/, ''));
}

/** What a device contradicts itself in. */
const CONFLICT_WORDS: Readonly<Record<string, string>> = {
  model: 'has two models',
  certificate: 'connects with two certificates',
  facility: 'is at two facilities at once',
  number: 'names more devices than are kept of one flow',
};

/** Members of a cohort, in a sentence; never who. */
const COHORT_WORDS: Readonly<Record<string, string>> = { vip: 'a VIP', employee: 'an employee', test: 'a test patient' };

/** The cohort whose members an incident is about; null where it is about no cohort. */
export function cohortOf({ reason, category, group }: Pick<TitleFacts, 'reason' | 'category' | 'group'>): string | null {
  return reason === 'content.subject' && category === null ? group : null;
}

const SENTENCES: Readonly<Record<Reason, (facts: TitleFacts, from: string, to: string) => string>> = {
  'flow.none': (f) => `${whatOf(f.category)}${within(f.group)}, on no flow`,
  'flow.unregistered': (_, from, to) => `Unregistered flow from ${from} to ${to}`,
  'flow.expired': (f, from, to) => `Policy ${f.flow} has expired, and ${from} still sends to ${to}`,
  'flow.suspended': (f, from, to) => `Policy ${f.flow} is suspended, and ${from} still sends to ${to}`,
  'flow.silent': (f) => `Nothing heard on ${f.flow} for longer than it may be quiet`,
  'flow.volume': (f) => `More than agreed sent on ${f.flow}`,
  'content.category': (f, _, to) => `${whatOf(f.category)}${within(f.group)} sent to ${to}`,
  'content.subject': (f, _, to) =>
    f.category === null
      ? `Data of ${f.group === null ? 'someone the flow does not cover' : (COHORT_WORDS[f.group] ?? `somebody of the cohort ${f.group}`)} sent to ${to}`
      : `${capital(CATEGORY_WORDS[f.category])} of someone the flow does not cover${within(f.group)} sent to ${to}`,
  'content.sensitivity': (f, _, to) => `Specially protected information${within(f.group)} sent to ${to}`,
  'dataset.limited': (f, _, to) => `${whatOf(f.category)}${within(f.group)} sent to ${to} in a limited data set`,
  'dataset.safe-harbor': (f, _, to) => `${whatOf(f.category)}${within(f.group)} sent to ${to} as de-identified data`,
  'agreement.missing': (_, __, to) => `Patient data sent to ${to} without an agreement`,
  'agreement.expired': (_, __, to) => `Patient data sent to ${to} after its agreement expired`,
  'environment.test': (_, from, to) => `Production patients sent from ${from} to the test system ${to}`,
  'transport.unproven': (_, from, to) => `Encryption from ${from} to ${to} is not proven`,
  'transport.failed': (_, from, to) => `Encryption from ${from} to ${to} failed its check`,
  'location.unknown': (_, from, to) => `Encryption where ${to} keeps data from ${from} is not proven`,
  'device.conflict': (f, from) => `Device ${from} ${CONFLICT_WORDS[f.group ?? ''] ?? 'contradicts itself'}`,
  unexamined: (_, from, to) => `Bytes nobody could examine sent from ${from} to ${to}`,
  quarantined: (_, from, to) => `Messages from ${from} to ${to} that no format can read`,
  credentials: (_, from) => `Delivery refused: wrong credentials from ${from}`,
};

/** The incident in one plain sentence, without a full stop: `Patient name in a note (NTE) sent to Vendor Cloud`. Holds no value. */
export function titleOf(facts: TitleFacts): string {
  const sentence = SENTENCES[facts.reason](facts, spoken(facts.source), spoken(facts.destination));
  return facts.desk?.unconfirmed === true ? `Possible ${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}` : sentence;
}

/** `Patient name`; what the incident's category says, for the queue's column. Empty for incidents that no content opened. */
export function categoryLabel(category: Category | null): string {
  return category === null ? '' : capital(CATEGORY_WORDS[category]);
}

/**
 * `3 incidents need you`: the title of the queue, true for what it shows. `kind` is the state in words (`open`, `acknowledged`, …;
 * empty for all); `total` counts what state and filters let through.
 */
export function queueTitle(kind: string, total: number, filtered: boolean): string {
  if (kind === 'open' && !filtered) {
    if (total === 0) return 'Nothing needs you';
    return `${counted(total, 'incident')} ${total === 1 ? 'needs' : 'need'} you`;
  }
  const noun = kind === '' ? 'incident' : `${kind} incident`;
  const amount = total === 0 ? `No ${noun}s` : counted(total, noun);
  if (!filtered) return amount;
  return `${amount} ${total === 1 ? 'matches' : 'match'} these filters`;
}

import type { Category, Reason, Severity, Subject } from '../core/vocabulary.ts';
import type { IncidentState } from '../policy/decision.ts';
import type { Location } from '../policy/location.ts';

/** How the desk says the vocabulary of Cordon in plain words. Pure; titles.ts makes sentences of it. */

/** What a value of a category is, as it follows "patient" or "patient's": `Patient name`, `Patient date`. */
export const CATEGORY_WORDS: Readonly<Record<Category, string>> = {
  name: 'name',
  street: 'street address',
  geo: 'city or ZIP code',
  date: 'date',
  age: 'age over 89',
  phone: 'phone number',
  fax: 'fax number',
  email: 'email address',
  ssn: 'Social Security number',
  mrn: 'medical record number',
  'health-plan': 'health plan number',
  account: 'account number',
  license: 'licence number',
  vehicle: 'vehicle number',
  'device-id': 'device serial number',
  url: 'web address',
  'ip-address': 'IP address',
  biometric: 'biometric',
  photo: 'photograph',
  'unique-id': 'unique number',
  narrative: 'free text',
  unexamined: 'unexamined bytes',
};

/** Whose identifier: `patient`, `relative of the patient`. */
export const SUBJECT_WORDS: Readonly<Record<Subject, string>> = {
  patient: 'patient',
  relative: 'relative of the patient',
  employer: 'employer of the patient',
  household: 'household of the patient',
  provider: 'member of staff',
  facility: 'facility',
  equipment: 'equipment',
  unknown: 'person not known',
};

export const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
};

export const STATE_WORDS: Readonly<Record<IncidentState, string>> = {
  open: 'Open',
  acknowledged: 'Acknowledged',
  escalated: 'Escalated',
  resolved: 'Resolved',
  'false-positive': 'False positive',
  'accepted-risk': 'Risk accepted',
};

/** What is said of an incident that nothing confirms. */
export const UNCONFIRMED_WORDS =
  'What a text says may be a person, a place, a day or a number to call, and nothing else in these messages identifies anybody. It waits, as low, until something does.';

/** What an incident of a reason says of the policy; the flow's own policy is named beside it. */
export const POLICY_WORDS: Readonly<Record<Reason, string>> = {
  'flow.none': 'No flow was given, so nothing was permitted.',
  'flow.unregistered': 'No policy covers this flow. Until one does, nothing on it is permitted, whatever it carries.',
  'flow.expired': 'The policy is past its last day. Nothing on this flow is permitted until the policy is renewed.',
  'flow.suspended': 'The policy is suspended. Nothing should arrive on this flow.',
  'flow.silent':
    'The policy says how long this flow may be quiet, and it has been quiet for longer. What is not sent is not examined.',
  'flow.volume': 'The policy limits how much this flow carries, and it carried more, or at another hour.',
  'content.category': 'The policy does not permit this kind of identifier here.',
  'content.subject': 'The policy does not permit identifiers of this person here.',
  'content.sensitivity': 'The policy does not permit specially protected information here.',
  'dataset.limited':
    'The policy declares a limited data set: dates, ages, city, state, ZIP code and other unique codes only, under a data use agreement in force.',
  'dataset.safe-harbor':
    'The policy, or the object itself, declares the data de-identified: none of the 18 identifiers of 45 CFR 164.514(b)(2).',
  'agreement.missing': 'The policy names a recipient that needs an agreement, and no agreement is on file.',
  'agreement.expired': 'The agreement on file with the recipient is past its last day.',
  'environment.test': 'The policy declares a test system. Messages marked as production do not belong there.',
  'transport.unproven': 'The policy asks for proven encryption on the wire, and it is not proven.',
  'transport.failed': 'The policy asks for encryption on the wire, and the check failed.',
  'location.unknown': 'The policy asks for encryption where this comes to rest, and it is not proven of that place.',
  'device.conflict':
    'No policy is concerned. What a device says of itself decides who is taken for it, and this one says two things.',
  unexamined: 'Bytes that nothing could examine are not taken for clean.',
  quarantined: 'A message that no format could read is kept and shown, not taken for clean.',
  credentials: 'Only senders that identify themselves may deliver here.',
};

/** What would remove the cause; one sentence, a verb first. */
export const REMEDY_WORDS: Readonly<Record<Reason, string>> = {
  'flow.none': 'Name the flow when scanning, or register it.',
  'flow.unregistered': 'Register the flow, or stop the feed at the engine.',
  'flow.expired': 'Renew the policy, or stop the feed at the engine.',
  'flow.suspended': 'Stop the feed at the engine, or set the policy active again.',
  'flow.silent': 'Ask who runs the sending system whether the feed or its mirror stopped.',
  'flow.volume': 'Ask the owner of the flow whether the rise is intended; raise the limit if it is.',
  'content.category': 'Remove the value in the engine before it is sent, or permit it in the policy of the flow.',
  'content.subject': 'Remove the value in the engine before it is sent, or permit it in the policy of the flow.',
  'content.sensitivity': 'Hold these messages back in the engine, or permit the sensitivity in the policy of the flow.',
  'dataset.limited': 'Remove the value in the engine before it is sent, or change the basis of the flow.',
  'dataset.safe-harbor': 'Remove the value in the engine before it is sent, or change the basis of the flow.',
  'agreement.missing': 'Put the agreement on file in the policy, or stop the feed.',
  'agreement.expired': 'Renew the agreement and its date in the policy, or stop the feed.',
  'environment.test': 'Send synthetic patients to the test system, or mark its messages as training (MSH-11 T).',
  'transport.unproven': 'Prove the encryption of this hop, or change what the policy asks for.',
  'transport.failed': 'Mend the encryption of this hop.',
  'location.unknown': 'Describe the place, let all of it be proven, or change what the policy asks for.',
  'device.conflict': 'Look at the device: give one of the two its own name, or find out who uses the name of the other.',
  unexamined: 'Look at why the bytes could not be read: the size, the character set, the encoding.',
  quarantined: 'Look at what the sender sends: it does not read as HL7 v2.',
  credentials: 'Find out who tries to deliver, and give them a key or block the address.',
};

/** What a place is: `object store`. */
export const PLACE_TYPE_WORDS: Readonly<Record<Location['type'], string>> = {
  database: 'database',
  'object-store': 'object store',
  volume: 'volume',
  queue: 'queue',
  archive: 'archive',
  backup: 'backup',
  system: 'system',
  site: 'site',
};

/** A sentence or a label that begins with a capital. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const NUMBERS = new Intl.NumberFormat('en-US');

/** `1,204` */
export function count(value: number): string {
  return NUMBERS.format(value);
}

/** `1 message`, `1,204 messages` */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** `230`; `?` where messages carry something of patients and name none: how many there are is not known, and not none. */
export function patientCount(patients: number, carries: boolean): string {
  return patients === 0 && carries ? '?' : count(patients);
}

/** The same as it follows a number of messages. */
export function patientWords(patients: number, carries: boolean): string {
  return patients === 0 && carries ? 'number of patients not known' : counted(patients, 'patient');
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `just now`, `5 minutes ago`, `in 3 days`: whole units, the largest that fits. Milliseconds since the epoch. */
export function relative(at: number, now: number): string {
  const distance = Math.abs(now - at);
  if (distance < MINUTE) return 'just now';
  const [size, unit] = distance < HOUR ? [MINUTE, 'minute'] : distance < 2 * DAY ? [HOUR, 'hour'] : [DAY, 'day'];
  const amount = counted(Math.floor(distance / size), unit);
  return at > now ? `in ${amount}` : `${amount} ago`;
}

/** `2026-11-24 17:21:39 UTC` */
export function exact(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** `2026-11-24` in UTC. */
export function day(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

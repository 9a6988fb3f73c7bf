import { components, escapeText, type Segment, segment } from './compose.ts';
import type { Patient, PersonName, Staff } from './people.ts';

/** HL7 v2 segments (2.5.1 unless said otherwise) as the demo's senders fill them. */

/** `20261124165113+0000`: an HL7 DTM to the second, with its offset (2.5.1, 2A.22). */
export function timestamp(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19).replace(/[-:T]/g, '')}+0000`;
}

/** `2026-11-24`, as people write the day of a service into a note. */
export function day(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}

/** XPN: family^given. */
export function personName(person: PersonName): string {
  return components(person.family, person.given, '', '', '', '', 'L');
}

/** XCN with an assigning authority. */
export function staffName(staff: Staff): string {
  return components(staff.number, staff.family, staff.given, '', '', '', staff.title, '', 'NPI');
}

function digitsOnly(phone: string): string {
  return phone.replace(/[^0-9]/g, '');
}

/** XTN: the printed form, then country, area and local number in parts. */
function phoneNumber(phone: string): string {
  const number = digitsOnly(phone);
  return components(phone, 'PRN', 'PH', '', '1', number.slice(0, 3), number.slice(3));
}

export function medicalRecordNumber(patient: Patient): string {
  return components(patient.mrn, '', '', 'NORTHLAKE', 'MR');
}

/** Everything that registration knows; `ssn` says whether PID-19 is filled. */
export function fullPid(patient: Patient, ssn: boolean): Segment {
  return segment('PID', {
    1: '1',
    3: medicalRecordNumber(patient),
    5: personName(patient),
    7: patient.birthDate,
    8: patient.sex,
    11: components(patient.street, '', patient.city, patient.state, patient.zip, 'USA', 'H'),
    13: `${phoneNumber(patient.phone)}~${components('', 'NET', 'Internet', patient.email)}`,
    18: components(patient.account, '', '', 'NORTHLAKE', 'AN'),
    ...(ssn ? { 19: patient.ssn } : {}),
  });
}

/** What a result carries: number, name, birth date, sex. */
export function shortPid(patient: Patient): Segment {
  return segment('PID', {
    1: '1',
    3: medicalRecordNumber(patient),
    5: personName(patient),
    7: patient.birthDate,
    8: patient.sex,
  });
}

export function nextOfKin(patient: Patient): Segment {
  const { relative } = patient;
  return segment('NK1', { 1: '1', 2: personName(relative), 3: relative.relationship, 5: phoneNumber(relative.phone) });
}

export function visit(options: {
  readonly class: string;
  readonly ward: string;
  readonly bed: string;
  readonly attending: Staff;
  readonly admitted: number;
  readonly number: string;
}): Segment {
  return segment('PV1', {
    1: '1',
    2: options.class,
    3: components(options.ward, options.bed, '1', 'NORTHLAKE'),
    7: staffName(options.attending),
    10: 'MED',
    17: staffName(options.attending),
    19: components(options.number, '', '', 'NORTHLAKE', 'VN'),
    44: timestamp(options.admitted),
  });
}

export function insurance(patient: Patient): Segment {
  return segment('IN1', {
    1: '1',
    2: 'PPO01',
    3: 'LAKESHORE',
    4: 'Lakeshore Mutual',
    16: personName(patient),
    17: 'SEL',
    18: patient.birthDate,
    36: patient.healthPlan,
  });
}

export function observationRequest(options: {
  readonly number: number;
  readonly placer: string;
  readonly filler: string;
  readonly service: string;
  /** OBR-7 as it stands: a timestamp, a year, or nothing. */
  readonly observed: string;
  readonly reported?: string;
  readonly ordering?: Staff;
  readonly relevant?: string;
}): Segment {
  return segment('OBR', {
    1: String(options.number),
    2: options.placer,
    3: options.filler,
    4: options.service,
    7: options.observed,
    ...(options.relevant === undefined ? {} : { 13: escapeText(options.relevant) }),
    ...(options.ordering === undefined ? {} : { 16: staffName(options.ordering) }),
    ...(options.reported === undefined ? {} : { 22: options.reported }),
    25: 'F',
  });
}

/** A device's observation has `place` (OBX-4, containment), and the equipment's EUI-64 in OBX-18 (IHE PCD TF-2, B.8). */
export function observation(options: {
  readonly number: number;
  readonly type: 'NM' | 'TX' | 'ST' | 'CWE';
  readonly what: string;
  readonly place?: string;
  /** Encoded already. */
  readonly value: string;
  readonly unit?: string;
  readonly range?: string;
  readonly flag?: string;
  readonly observed?: string;
  readonly equipment?: string;
}): Segment {
  return segment('OBX', {
    1: String(options.number),
    2: options.type,
    3: options.what,
    4: options.place ?? '',
    5: options.value,
    6: options.unit ?? '',
    7: options.range ?? '',
    8: options.flag ?? '',
    11: 'F',
    ...(options.observed === undefined ? {} : { 14: options.observed }),
    ...(options.equipment === undefined ? {} : { 18: options.equipment }),
  });
}

export function note(number: number, text: string): Segment {
  return segment('NTE', { 1: String(number), 2: 'L', 3: escapeText(text) });
}

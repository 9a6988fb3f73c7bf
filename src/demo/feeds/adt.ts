import { components, escapeText, type Segment, segment } from '../compose.ts';
import type { Draft, Header, Maker } from '../draft.ts';
import type { Patient } from '../people.ts';
import { fullPid, insurance, nextOfKin, timestamp, visit } from '../segments.ts';
import { CLINICAL_NOTES } from '../texts.ts';

const WARDS = ['3EAST', '4WEST', 'ICU', 'OBS', 'DAYUNIT'];

/** Trigger event, patient class, share of the traffic; HL7 v2.5.1 chapter 3. */
const EVENTS: readonly (readonly [string, string, number])[] = [
  ['A01', 'I', 0.2],
  ['A04', 'O', 0.2],
  ['A08', 'I', 0.35],
  ['A02', 'I', 0.1],
  ['A03', 'I', 0.15],
];

/** Structures share names: A04 and A08 are built like A01 (2.5.1, table 0354). */
const STRUCTURE: Readonly<Record<string, string>> = {
  A01: 'ADT_A01',
  A04: 'ADT_A01',
  A08: 'ADT_A01',
  A02: 'ADT_A02',
  A03: 'ADT_A03',
};

function header(event: string, to: { readonly application: string; readonly facility: string }, processing: 'P' | 'T'): Header {
  return {
    application: 'PATADM',
    facility: 'NORTHLAKE',
    receivingApplication: to.application,
    receivingFacility: to.facility,
    type: components('ADT', event, STRUCTURE[event] ?? 'ADT_A01'),
    processing,
    version: '2.5.1',
  };
}

function pickEvent({ random }: Maker): readonly [string, string] {
  let left = random.next();
  for (const [event, patientClass, share] of EVENTS) {
    left -= share;
    if (left < 0) return [event, patientClass];
  }
  return ['A08', 'I'];
}

function admission(maker: Maker, patient: Patient, event: string, patientClass: string): Segment[] {
  const { random, people, at, index } = maker;
  const segments = [
    segment('EVN', { 1: event, 2: timestamp(at) }),
    fullPid(patient, true),
    nextOfKin(patient),
    visit({
      class: patientClass,
      ward: random.pick(WARDS),
      bed: String(random.int(1, 32)),
      attending: random.pick(people.staff),
      admitted: at - random.int(0, 90) * 3_600_000,
      number: `V${String(500_000 + index)}`,
    }),
  ];
  if (event === 'A03') return segments;
  segments.push(
    segment('OBX', {
      1: '1',
      2: 'TX',
      3: components('11450-4', 'Problem list', 'LN'),
      5: escapeText(random.pick(CLINICAL_NOTES)),
      11: 'F',
    }),
    segment('AL1', { 1: '1', 2: 'DA', 3: components('7980', 'Penicillin', 'RXN'), 4: 'MO', 5: 'Rash' }),
    segment('DG1', { 1: '1', 3: components('G20', 'Parkinson disease', 'I10'), 6: 'A' }),
  );
  if (event !== 'A02') segments.push(insurance(patient));
  return segments;
}

/** Registration to the record: treatment, so almost everything may go along. */
export function admissionToRecord(maker: Maker): Draft {
  const [event, patientClass] = pickEvent(maker);
  return {
    header: header(event, { application: 'EHR', facility: 'NORTHLAKE' }, 'P'),
    segments: admission(maker, maker.random.pick(maker.people.patients), event, patientClass),
    charset: 'utf8',
    expected: 'permitted',
  };
}

/** The record's site copied the SSN into a segment of its own, where the flow does not allow it. `dashed` as people write it. */
export function ssnBesideRegistration(dashed: boolean): (maker: Maker) => Draft {
  return (maker) => {
    const patient = maker.random.pick(maker.people.patients);
    const ssn = dashed ? patient.ssn : patient.ssn.replaceAll('-', '');
    const local = segment('ZPI', { 1: '1', 2: 'LEGACY', 4: ssn });
    return {
      header: header('A08', { application: 'EHR', facility: 'NORTHLAKE' }, 'P'),
      segments: [...admission(maker, patient, 'A08', 'I'), local],
      charset: 'utf8',
      expected: 'flagged',
      planted: {
        kind: 'ssn-in-z-segment',
        values: [ssn],
        reason: 'content.category',
        category: 'ssn',
        place: { segment: local, field: '4' },
      },
    };
  };
}

/** A test system gets made-up patients under MSH-11 `T`. */
export function admissionToTest(maker: Maker): Draft {
  const [event, patientClass] = pickEvent(maker);
  return {
    header: header(event, { application: 'EHR', facility: 'TESTSYS' }, 'T'),
    segments: admission(maker, testPatient(maker.index), event, patientClass),
    charset: 'utf8',
    expected: 'permitted',
  };
}

/** Somebody pointed the production feed at the test system. */
export function productionOnTest(maker: Maker): Draft {
  const patient = maker.random.pick(maker.people.patients);
  return {
    header: header('A08', { application: 'EHR', facility: 'TESTSYS' }, 'P'),
    segments: admission(maker, patient, 'A08', 'I'),
    charset: 'utf8',
    expected: 'flagged',
    planted: {
      kind: 'production-on-test',
      values: [patient.family, patient.given, patient.mrn],
      reason: 'environment.test',
      category: null,
      place: null,
    },
  };
}

/** A marketing system that somebody connected and nobody registered. */
export function admissionToMarketing(maker: Maker): Draft {
  const patient = maker.random.pick(maker.people.patients);
  return {
    header: header('A04', { application: 'MKTGCRM', facility: 'OUTREACH' }, 'P'),
    segments: admission(maker, patient, 'A04', 'O'),
    charset: 'utf8',
    expected: 'flagged',
    planted: {
      kind: 'unregistered-flow',
      values: [patient.family, patient.given, patient.mrn, patient.ssn],
      reason: 'flow.unregistered',
      category: null,
      place: null,
    },
  };
}

/** Nobody: the patients that a test system is fed with. */
function testPatient(index: number): Patient {
  const number = String(index).padStart(4, '0');
  return {
    family: 'ZZTEST',
    given: index % 2 === 0 ? 'ALPHA' : 'BRAVO',
    sex: index % 2 === 0 ? 'F' : 'M',
    birthDate: '19000102',
    mrn: `TT000${number}`,
    ssn: '',
    account: `TA000${number}`,
    healthPlan: `TH000${number}`,
    phone: '(312) 555-0101',
    email: 'nobody@test.example',
    street: '1 Test Street',
    city: 'Chicago',
    state: 'IL',
    zip: '60614',
    relative: { family: 'ZZTEST', given: 'CHARLIE', relationship: 'SIB', phone: '(312) 555-0102' },
  };
}

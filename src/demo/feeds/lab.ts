import { components, escapeText, type Segment, segment } from '../compose.ts';
import type { Draft, Header, Maker } from '../draft.ts';
import type { Patient } from '../people.ts';
import { day, fullPid, note, observation, observationRequest, shortPid, staffName, timestamp, visit } from '../segments.ts';
import { LAB_NOTES, LAB_TESTS } from '../texts.ts';

function header(to: { readonly application: string; readonly facility: string }): Header {
  return {
    application: 'LIS',
    facility: 'NLLAB',
    receivingApplication: to.application,
    receivingFacility: to.facility,
    type: 'ORU^R01^ORU_R01',
    processing: 'P',
    version: '2.5.1',
  };
}

const TO_RECORD = { application: 'EHR', facility: 'NORTHLAKE' };
const TO_REGISTRY = { application: 'STATEREG', facility: 'IDPH' };
const TO_RESEARCH = { application: 'SHAREDRV', facility: 'RESEARCH' };

/** Five to twenty results, some with a comment of the laboratory's after them. */
export function results(maker: Maker, notes: readonly string[], observed: string | undefined): Segment[] {
  const { random } = maker;
  const segments: Segment[] = [];
  const first = random.int(0, LAB_TESTS.length - 1);
  const count = random.int(5, 20);
  for (let number = 1; number <= count; number++) {
    const [code, name, unit, low, high, decimals] = LAB_TESTS[(first + number) % LAB_TESTS.length] ?? random.pick(LAB_TESTS);
    const value = low + random.next() * (high - low) * 1.15;
    segments.push(
      observation({
        number,
        type: 'NM',
        what: components(code, name, 'LN'),
        value: value.toFixed(decimals),
        unit,
        range: `${low}-${high}`,
        flag: value > high ? 'H' : 'N',
        ...(observed === undefined ? {} : { observed }),
      }),
    );
    if (random.chance(0.12)) segments.push(note(1, random.pick(notes)));
  }
  return segments;
}

function request(maker: Maker): Segment {
  const { random, people, at, index } = maker;
  return observationRequest({
    number: 1,
    placer: components(`ORD${String(200_000 + index)}`, 'EHR'),
    filler: components(`26-${String(1000 + (index % 9000))}-${String(10_000 + index)}`, 'LIS'),
    service: components('24323-8', 'Comprehensive metabolic panel', 'LN'),
    observed: timestamp(at - 45 * 60_000),
    reported: timestamp(at),
    ordering: random.pick(people.staff),
  });
}

function closingNote(maker: Maker): Segment {
  const { random, people, at } = maker;
  const caller = random.pick(people.staff);
  const called = random.pick(people.staff);
  return note(
    1,
    `Critical value called to Dr. ${called.family} by ${caller.given} ${caller.family}, ${caller.title}, on ${day(at)} at ${random.int(10, 23)}:${random.int(10, 59)}; read back.`,
  );
}

function report(maker: Maker, patient: Patient): Segment[] {
  const { random, people, at, index } = maker;
  const ordering = random.pick(people.staff);
  const segments = [
    shortPid(patient),
    visit({
      class: 'I',
      ward: '4WEST',
      bed: String(random.int(1, 32)),
      attending: ordering,
      admitted: at - 86_400_000,
      number: `V${String(700_000 + index)}`,
    }),
    segment('ORC', { 1: 'RE', 2: components(`ORD${String(200_000 + index)}`, 'EHR'), 12: staffName(ordering) }),
    request(maker),
    ...results(maker, LAB_NOTES, timestamp(at - 20 * 60_000)),
  ];
  if (random.chance(0.3)) segments.push(closingNote(maker));
  return segments;
}

/** Results to the record. The analyzers' middleware is old: ISO 8859-1 wherever that can hold the name. */
export function labToRecord(maker: Maker): Draft {
  return {
    header: header(TO_RECORD),
    segments: report(maker, maker.random.pick(maker.people.patients)),
    charset: 'latin1',
    expected: 'permitted',
  };
}

/** The same, with the SSN in a local segment that the laboratory's interface added. */
export function ssnInLabSegment(maker: Maker): Draft {
  const patient = maker.random.pick(maker.people.patients);
  const local = segment('ZLR', { 1: '1', 2: components('NATIONAL', patient.ssn), 3: 'IMPORT' });
  return {
    header: header(TO_RECORD),
    segments: [...report(maker, patient), local],
    charset: 'latin1',
    expected: 'flagged',
    planted: {
      kind: 'ssn-in-z-segment',
      values: [patient.ssn],
      reason: 'content.category',
      category: 'ssn',
      place: { segment: local, field: '2.2' },
    },
  };
}

function notifiable(maker: Maker, patient: Patient): Segment[] {
  const { random, people, at } = maker;
  const [code, name] = random.pick([
    ['94500-6', 'SARS-CoV-2 RNA'],
    ['600-7', 'Bacteria identified'],
    ['5671-3', 'Lead'],
    ['43304-5', 'Chlamydia trachomatis rRNA'],
  ] as const);
  return [
    fullPid(patient, false),
    segment('ORC', { 1: 'RE', 12: staffName(random.pick(people.staff)) }),
    request(maker),
    observation({
      number: 1,
      type: 'CWE',
      what: components(code, name, 'LN'),
      value: components('260373001', 'Detected', 'SCT'),
      flag: 'A',
      observed: timestamp(at - 3_600_000),
    }),
    note(1, random.pick(LAB_NOTES)),
  ];
}

/** Notifiable results to the state: public health, 45 CFR 164.512(b). */
export function labToRegistry(maker: Maker): Draft {
  return {
    header: header(TO_REGISTRY),
    segments: notifiable(maker, maker.random.pick(maker.people.patients)),
    charset: 'utf8',
    expected: 'permitted',
  };
}

/** The registry never asked for the SSN. */
export function ssnToRegistry(maker: Maker): Draft {
  const patient = maker.random.pick(maker.people.patients);
  const local = segment('ZPI', { 1: '1', 3: `SSN ${patient.ssn}` });
  return {
    header: header(TO_REGISTRY),
    segments: [...notifiable(maker, patient), local],
    charset: 'utf8',
    expected: 'flagged',
    planted: {
      kind: 'ssn-in-z-segment',
      values: [patient.ssn],
      reason: 'content.category',
      category: 'ssn',
      place: { segment: local, field: '3' },
    },
  };
}

/** A researcher's shared drive that nobody registered. */
export function labToSharedDrive(maker: Maker): Draft {
  const patient = maker.random.pick(maker.people.patients);
  return {
    header: header(TO_RESEARCH),
    segments: report(maker, patient),
    charset: 'utf8',
    expected: 'flagged',
    planted: {
      kind: 'unregistered-flow',
      values: [patient.family, patient.given, patient.mrn],
      reason: 'flow.unregistered',
      category: null,
      place: null,
    },
  };
}

/** A small feed: one result a message, as bedside analyzers and dialysis machines send. */
export function bedsideToRecord(application: string, facility: string): (maker: Maker) => Draft {
  return (maker) => {
    const { random, people, at, index } = maker;
    const patient = random.pick(people.patients);
    return {
      header: { ...header(TO_RECORD), application, facility },
      segments: [
        shortPid(patient),
        observationRequest({
          number: 1,
          placer: '',
          filler: `${application}${String(index)}`,
          service: components('24336-0', 'Gas panel', 'LN'),
          observed: timestamp(at),
        }),
        observation({
          number: 1,
          type: 'NM',
          what: components('2744-1', 'pH', 'LN'),
          value: (7.3 + random.next() * 0.2).toFixed(2),
          range: '7.35-7.45',
        }),
        observation({
          number: 2,
          type: 'TX',
          what: components('8251-1', 'Comment', 'LN'),
          value: escapeText('Sample clotted once; Allen test normal.'),
        }),
      ],
      charset: 'utf8',
      expected: 'permitted',
    };
  };
}

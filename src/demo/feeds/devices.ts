import { components, escapeText, type Segment, segment } from '../compose.ts';
import type { Draft, Header, Maker } from '../draft.ts';
import { medicalRecordNumber, observation, observationRequest, personName, shortPid, timestamp } from '../segments.ts';
import { INFUSIONS, MONITOR_NOTES, VITALS } from '../texts.ts';

/** IHE Patient Care Device profiles (PCD TF-2): PCD-01 device data, PCD-04 alarm, PCD-10 infusion pump event. */
const PROFILES = {
  'PCD-01': { type: 'ORU^R01^ORU_R01', profile: 'IHE_PCD_001^IHE PCD^1.3.6.1.4.1.19376.1.6.1.1.1^ISO' },
  'PCD-04': { type: 'ORU^R40^ORU_R40', profile: 'IHE_PCD_ACM_001^IHE PCD^1.3.6.1.4.1.19376.1.6.1.4.1^ISO' },
  'PCD-10': { type: 'ORU^R42^ORU_R42', profile: 'IHE_PCD_010^IHE PCD^1.3.6.1.4.1.19376.1.6.1.10.1^ISO' },
} as const;
type Profile = keyof typeof PROFILES;

/** An EUI-64 of our own: equipment, so inventory, and kept. */
export function eui64(prefix: string, unit: number): string {
  return `${prefix}${unit
    .toString(16)
    .toUpperCase()
    .padStart(16 - prefix.length, '0')}`;
}

function monitorHeader(): Header {
  return {
    application: 'VITALGW^0012210001000001^EUI-64',
    facility: 'ICU',
    receivingApplication: 'EHR',
    receivingFacility: 'NORTHLAKE',
    ...PROFILES['PCD-01'],
    processing: 'P',
    version: '2.6',
    acknowledge: ['NE', 'AL'],
  };
}

/**
 * A bedside monitor: seven vitals, the equipment in OBX-18, on some gateways also in PRT-10. PRT is of 2.7, but PCD senders put it
 * into 2.6 (IHE PCD TF-2, appendix B).
 */
export function monitorToRecord(maker: Maker): Draft {
  const { random, people, at, index } = maker;
  const bed = (index % 16) + 1;
  const patient = people.patients[bed * 7] ?? random.pick(people.patients);
  const equipment = components(`MON-BED${String(bed).padStart(2, '0')}`, '', eui64('001221', 0x1000 + bed), 'EUI-64');
  const segments: Segment[] = [
    shortPid(patient),
    segment('PV1', { 1: '1', 2: 'I', 3: components('ICU', String(bed), '1', 'NORTHLAKE') }),
    observationRequest({
      number: 1,
      placer: components(`VG${String(index)}`, 'VITALGW', '0012210001000001', 'EUI-64'),
      filler: components(`VG${String(index)}`, 'VITALGW', '0012210001000001', 'EUI-64'),
      service: components('182777000', 'monitoring of patient', 'SCT'),
      observed: timestamp(at - 60_000),
    }),
    observation({
      number: 1,
      type: 'ST',
      what: components('69965', 'MDC_DEV_MON_PHYSIO_MULTI_PARAM_MDS', 'MDC'),
      place: '1.0.0.0',
      value: '',
      equipment,
    }),
  ];
  for (const [code, name, place, unit, low, high] of VITALS) {
    segments.push(
      observation({
        number: segments.length - 2,
        type: 'NM',
        what: components(code, name, 'MDC'),
        place,
        value: String(random.int(low, high)),
        unit,
        range: `${low}-${high}`,
        observed: timestamp(at),
        equipment,
      }),
    );
  }
  if (random.chance(0.2)) {
    segments.push(
      observation({
        number: segments.length - 2,
        type: 'TX',
        what: components('67108865', 'annotation', 'L'),
        value: escapeText(random.pick(MONITOR_NOTES)),
      }),
    );
  }
  if (index % 4 === 0) segments.push(participation(equipment, bed));
  return { header: monitorHeader(), segments, charset: 'utf8', expected: 'permitted' };
}

/** PRT with the device in PRT-10 and its UDI in PRT-16 (a made-up company prefix). */
function participation(equipment: string, unit: number): Segment {
  return segment('PRT', {
    2: 'UC',
    4: components('EQUIP', 'Equipment', 'HL70912'),
    10: equipment,
    16: `(01)09506000134352(21)SN${String(70_000 + unit)}`,
  });
}

function pumpHeader(profile: Profile): Header {
  return {
    application: 'PUMPGW^0003B1FFFE000010^EUI-64',
    facility: 'NORTHLAKE',
    receivingApplication: 'PUMPSRV',
    receivingFacility: 'NORTHLAKE',
    ...PROFILES[profile],
    processing: 'P',
    version: '2.6',
    acknowledge: profile === 'PCD-01' ? ['AL', 'NE'] : ['AL', 'AL'],
  };
}

function infusion(maker: Maker, pid: Segment): Segment[] {
  const { random, at, index } = maker;
  const unit = (index % 40) + 1;
  const equipment = components(`PUMP${String(unit).padStart(3, '0')}`, '', eui64('0003B1FFFE', 0x20 + unit), 'EUI-64');
  const observed = timestamp(at);
  const at1 = '1.1.1.';
  return [
    pid,
    observationRequest({
      number: 1,
      placer: components(`PG${String(index)}`, 'PUMPGW', '0003B1FFFE000010', 'EUI-64'),
      filler: components(`PG${String(index)}`, 'PUMPGW', '0003B1FFFE000010', 'EUI-64'),
      service: components('69985', 'MDC_DEV_PUMP_INFUS_MDS', 'MDC'),
      observed,
    }),
    observation({
      number: 1,
      type: 'ST',
      what: components('69985', 'MDC_DEV_PUMP_INFUS_MDS', 'MDC'),
      place: '1.0.0.0',
      value: '',
      equipment,
    }),
    observation({
      number: 2,
      type: 'CWE',
      what: components('184508', 'MDC_PUMP_STAT', 'MDC'),
      place: `${at1}184508`,
      value: components('', random.pick(['pump-status-infusing', 'pump-status-standby', 'pump-status-paused'])),
      observed,
      equipment,
    }),
    observation({
      number: 3,
      type: 'NM',
      what: components('157784', 'MDC_FLOW_FLUID_PUMP', 'MDC'),
      place: `${at1}157784`,
      value: String(random.int(1, 250)),
      unit: components('265266', 'MDC_DIM_MILLI_L_PER_HR', 'MDC'),
      observed,
      equipment,
    }),
    observation({
      number: 4,
      type: 'NM',
      what: components('157872', 'MDC_VOL_FLUID_TBI_REMAIN', 'MDC'),
      place: `${at1}157872`,
      value: String(random.int(5, 900)),
      unit: components('263762', 'MDC_DIM_MILLI_L', 'MDC'),
      observed,
      equipment,
    }),
    observation({
      number: 5,
      type: 'ST',
      what: components('184514', 'MDC_DRUG_NAME_TYPE', 'MDC'),
      place: `${at1}184514`,
      value: escapeText(random.pick(INFUSIONS)),
      observed,
      equipment,
    }),
  ];
}

/** A pump knows no patient here: PID is there, as the profile asks, and empty. */
export function pumpToServer(maker: Maker): Draft {
  const profile: Profile = maker.index % 8 === 3 ? 'PCD-04' : maker.index % 8 === 6 ? 'PCD-10' : 'PCD-01';
  return {
    header: pumpHeader(profile),
    segments: infusion(maker, segment('PID', {})),
    charset: 'utf8',
    expected: 'permitted',
  };
}

/** Auto-programming was switched on for a unit, and PID is no longer empty. */
export function pumpWithPatient(maker: Maker): Draft {
  const patient = maker.random.pick(maker.people.patients);
  const pid = segment('PID', { 3: medicalRecordNumber(patient), 5: personName(patient) });
  return {
    header: pumpHeader('PCD-01'),
    segments: infusion(maker, pid),
    charset: 'utf8',
    expected: 'flagged',
    planted: {
      kind: 'pump-with-patient',
      values: [patient.family, patient.given, patient.mrn],
      reason: 'content.category',
      category: 'name',
      place: { segment: pid, field: '5.1' },
      alsoCategories: ['mrn'],
    },
  };
}

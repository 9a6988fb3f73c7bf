import { describe, expect, it } from 'vitest';
import { findings } from '../support/rules.ts';

/** `segment` with the given fields, numbered from 1: counting bars by eye goes wrong. */
function segment(name: string, fields: Readonly<Record<number, string>>): string {
  const last = Math.max(...Object.keys(fields).map(Number));
  return [name, ...Array.from({ length: last }, (_, index) => fields[index + 1] ?? '')].join('|');
}

/** What is found, as `rule subject text`. */
const found = (...segments: string[]): string[] =>
  findings(...segments).map(([rule, subject, , text]) => `${rule} ${subject} ${text}`);

describe('queries', () => {
  it('name whom they ask for (IHE PDQ)', () => {
    const query = segment('QPD', {
      1: 'IHE PDQ Query',
      2: 'q1',
      3: '@PID.5.1.1^OKAFOR~@PID.5.2^CHIDI~@PID.6.1.1^OLSEN~@PID.7^19620304~@PID.3.1^78412233~@PID.3.4.1^HOSP~@PID.8^F~@PID.11.3^CAPITAN~@PID.19^536228147',
    });
    expect(found(query)).toEqual([
      'hl7.query-name patient OKAFOR',
      'hl7.query-name patient CHIDI',
      'hl7.query-name relative OLSEN',
      'hl7.query-birth-date patient 19620304',
      'hl7.query-record patient 78412233',
      'hl7.query-geo patient CAPITAN',
      'hl7.query-ssn patient 536228147',
    ]);
  });

  it('name the child whose immunizations they ask for (CDC Z34)', () => {
    const query = segment('QPD', {
      1: 'Z34^Request Immunization History^CDCPHINVS',
      2: 'q1',
      3: '78412233^^^HOSP^MR',
      4: 'OKAFOR^CHIDI^^^^^L',
      5: 'OLSEN^ANNA^^^^^M',
      6: '20160414',
      7: 'M',
      8: '4673 ELM ST^^CAPITAN^NM^88316^^L',
      9: '^PRN^PH^^^505^5550134',
    });
    expect(found(query)).toEqual([
      'hl7.asked-record patient 78412233',
      'hl7.asked-name patient OKAFOR',
      'hl7.asked-name patient CHIDI',
      'hl7.asked-name relative OLSEN',
      'hl7.asked-name relative ANNA',
      'hl7.asked-birth-date patient 20160414',
      'hl7.asked-street patient 4673 ELM ST',
      'hl7.asked-geo patient CAPITAN',
      'hl7.asked-geo patient 88316',
      'hl7.asked-phone patient 5550134',
    ]);
  });
});

describe('a field that two packs know', () => {
  it('is found once, by the more special rule', () => {
    expect(found(segment('OBR', { 32: '77&READER&RITA^20240105' }))).toEqual([
      'hipaa.provider-id provider 77',
      'hipaa.provider-name provider READER',
      'hipaa.provider-name provider RITA',
      'hl7.reading-date patient 20240105',
    ]);
    expect(found(segment('PV1', { 7: '536-22-8147^HUNT^JAMES^^^^^^^^^^SS' }))).toEqual([
      'hl7.staff-ssn provider 536-22-8147',
      'hipaa.provider-name provider HUNT',
      'hipaa.provider-name provider JAMES',
    ]);
    expect(found(segment('ORC', { 2: '388257^EHR', 8: '388256&EHR^F7780&LAB' }))).toEqual([
      'hipaa.order-number patient 388257',
      'hl7.order-number patient 388256',
      'hl7.order-number patient F7780',
    ]);
  });

  it('never hides a social security number behind a number of less weight', () => {
    const hidden = [segment('SCH', { 1: '536-22-8147^EHR' }), segment('IN1', { 8: '536-22-8147', 28: '536-22-8147' })];
    expect(hidden.flatMap((each) => found(each))).toEqual(Array.from({ length: 3 }, () => 'text.ssn unknown 536-22-8147'));
  });

  it('stays with hipaa-safe-harbor where nothing more is known', () => {
    expect(found(segment('PID', { 3: '78412233^^^HOSP^MR', 5: 'OKAFOR^CHIDI', 7: '19620304' }))).toEqual([
      'hipaa.mrn patient 78412233',
      'hipaa.name patient OKAFOR',
      'hipaa.name patient CHIDI',
      'hipaa.birth-date patient 19620304',
    ]);
  });
});

describe('participants (PRT)', () => {
  it.each([
    ['SUBJ', 'unknown'],
    ['OP', 'provider'],
  ])('of role %s are %s', (role, subject) => {
    const participation = segment('PRT', {
      4: role,
      5: '77^OKAFOR^CHIDI',
      14: '4673 ELM ST^^CAPITAN^NM^88316',
      15: '(505)555-0134',
    });
    expect(findings(participation).map(([, whose, , text]) => `${whose} ${text}`)).toEqual([
      `${subject} 77`,
      `${subject} OKAFOR`,
      `${subject} CHIDI`,
      `${subject} 4673 ELM ST`,
      `${subject} CAPITAN`,
      `${subject} 88316`,
      `${subject} (505)555-0134`,
    ]);
  });

  it('that are devices are equipment: identifier, UDI, dates, lot and serial', () => {
    const participation = segment('PRT', {
      4: 'EQUIP',
      10: 'PUMP1^^0003B1FFFE000010^EUI-64',
      16: '(01)00844588003288(21)4471',
      17: '20240105',
      18: '20300105',
      19: 'LOT7781',
      20: 'SN4471',
    });
    expect(findings(participation).map(([, whose]) => whose)).toEqual(Array.from({ length: 6 }, () => 'equipment'));
  });
});

it.each([
  [
    'an expiry date of a medicine',
    segment('RXD', { 3: '20240105', 19: '20300105' }),
    ['hipaa.date patient 20240105', 'hl7.facility-date facility 20300105'],
  ],
  [
    'the birth date of staff',
    segment('STF', { 3: 'HUNT^JAMES', 6: '19620304' }),
    ['hipaa.provider-name provider HUNT', 'hipaa.provider-name provider JAMES', 'hl7.staff-date provider 19620304'],
  ],
  ['the date of discharge beside its place', segment('PV1', { 37: 'HOME^20240105' }), ['hl7.care-date patient 20240105']],
  [
    'a home to which a medicine goes',
    segment('RXD', { 13: '^^^^^^^^4673 ELM ST^^CAPITAN^NM^88316' }),
    ['hl7.delivery-street unknown 4673 ELM ST', 'hl7.delivery-geo unknown CAPITAN', 'hl7.delivery-zip unknown 88316'],
  ],
  [
    'an appointment',
    segment('SCH', { 1: '10345^EHR', 2: '2196178^SCHED' }),
    ['hl7.appointment-number patient 10345', 'hl7.appointment-number patient 2196178'],
  ],
  [
    'a document',
    segment('TXA', { 12: 'D-7781^EHR', 16: 'D-7781.pdf' }),
    ['hl7.document-number patient D-7781', 'hl7.document-number patient D-7781.pdf'],
  ],
  [
    'a web address of a document',
    segment('OBX', { 2: 'RP', 3: '1^x', 5: 'https://pacs.hospital.example/7781^PACS' }),
    ['text.url unknown https://pacs.hospital.example/7781'],
  ],
  [
    'a counter of a device',
    segment('OBX', { 2: 'NM', 3: '8867-4', 5: '72', 18: 'PUMP1^^0003B1FFFE000010^EUI-64' }),
    ['hipaa.device-id equipment PUMP1'],
  ],
])('%s', (_what, text, expected) => {
  expect(found(text)).toEqual(expected);
});

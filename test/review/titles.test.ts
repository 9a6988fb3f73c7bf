import { describe, expect, it } from 'vitest';
import { CATEGORIES, REASONS, type Reason } from '../../src/core/vocabulary.ts';
import { moduleOf } from '../../src/formats/dicom/module.ts';
import { categoryLabel, placeOf, queueTitle, type TitleFacts, titleOf } from '../../src/review/titles.ts';

const facts: TitleFacts = {
  reason: 'content.category',
  flow: 'vendor-cloud',
  source: 'EHR',
  destination: 'Vendor Cloud',
  category: 'name',
  group: 'NTE',
};

const BY_REASON: Record<Reason, string> = {
  'flow.none': 'Patient name in a note (NTE), on no flow',
  'flow.unregistered': 'Unregistered flow from EHR to Vendor Cloud',
  'flow.expired': 'Policy vendor-cloud has expired, and EHR still sends to Vendor Cloud',
  'flow.suspended': 'Policy vendor-cloud is suspended, and EHR still sends to Vendor Cloud',
  'flow.silent': 'Nothing heard on vendor-cloud for longer than it may be quiet',
  'flow.volume': 'More than agreed sent on vendor-cloud',
  'content.category': 'Patient name in a note (NTE) sent to Vendor Cloud',
  'content.subject': 'Name of someone the flow does not cover in a note (NTE) sent to Vendor Cloud',
  'content.sensitivity': 'Specially protected information in a note (NTE) sent to Vendor Cloud',
  'dataset.limited': 'Patient name in a note (NTE) sent to Vendor Cloud in a limited data set',
  'dataset.safe-harbor': 'Patient name in a note (NTE) sent to Vendor Cloud as de-identified data',
  'agreement.missing': 'Patient data sent to Vendor Cloud without an agreement',
  'agreement.expired': 'Patient data sent to Vendor Cloud after its agreement expired',
  'environment.test': 'Production patients sent from EHR to the test system Vendor Cloud',
  'transport.unproven': 'Encryption from EHR to Vendor Cloud is not proven',
  'transport.failed': 'Encryption from EHR to Vendor Cloud failed its check',
  'location.unknown': 'Encryption where Vendor Cloud keeps data from EHR is not proven',
  'device.conflict': 'Device EHR contradicts itself',
  unexamined: 'Bytes nobody could examine sent from EHR to Vendor Cloud',
  quarantined: 'Messages from EHR to Vendor Cloud that no format can read',
  credentials: 'Delivery refused: wrong credentials from EHR',
};

it('says of what nothing confirms that it is possible', () => {
  expect(titleOf({ ...facts, desk: { unconfirmed: true } })).toBe('Possible patient name in a note (NTE) sent to Vendor Cloud');
  expect(titleOf({ ...facts, desk: { unconfirmed: false } })).toBe('Patient name in a note (NTE) sent to Vendor Cloud');
});

it.each([
  ['vip', 'Data of a VIP sent to Vendor Cloud'],
  ['employee', 'Data of an employee sent to Vendor Cloud'],
  ['test', 'Data of a test patient sent to Vendor Cloud'],
  ['board', 'Data of somebody of the cohort board sent to Vendor Cloud'],
])('names the cohort %s, and nobody of it', (group, title) => {
  expect(titleOf({ ...facts, reason: 'content.subject', category: null, group })).toBe(title);
});

const BY_CATEGORY: Record<(typeof CATEGORIES)[number], string> = {
  name: 'Patient name',
  street: 'Patient street address',
  geo: 'City or ZIP code of a patient',
  date: 'Date of a patient',
  age: 'Age over 89 of a patient',
  phone: 'Patient phone number',
  fax: 'Patient fax number',
  email: 'Patient email address',
  ssn: 'Patient Social Security number',
  mrn: 'Patient medical record number',
  'health-plan': 'Patient health plan number',
  account: 'Patient account number',
  license: 'Patient licence number',
  vehicle: 'Vehicle number of a patient',
  'device-id': 'Device serial number of a patient',
  url: 'Web address of a patient',
  'ip-address': 'IP address of a patient',
  biometric: 'Biometric of a patient',
  photo: 'Photograph of a patient',
  'unique-id': 'Unique number of a patient',
  narrative: 'Free text about a patient',
  unexamined: 'Bytes nobody could examine',
};

describe('titleOf', () => {
  it.each(REASONS)('says %s in a sentence', (reason) => {
    expect(titleOf({ ...facts, reason })).toBe(BY_REASON[reason]);
  });

  it.each(CATEGORIES)('says what a %s is', (category) => {
    expect(titleOf({ ...facts, category, group: 'OBX' })).toBe(`${BY_CATEGORY[category]} in a result (OBX) sent to Vendor Cloud`);
  });

  it.each(REASONS)('leaves no hole for %s where nothing more is known', (reason) => {
    const title = titleOf({ reason, flow: 'f', source: '', destination: ' ', category: null, group: null });
    expect(title).not.toMatch(/ {2}|null|undefined|^\s|\s$|\.$/);
    expect(title).toMatch(/^[A-Z]/);
  });
});

describe('placeOf', () => {
  it('has words for every module of a DICOM object', () => {
    const slugs = new Set<string>();
    for (let group = 0; group <= 0xffff; group++)
      for (const element of [0x0010, 0x1030, 0xa160]) slugs.add(moduleOf(group, element));
    for (const slug of slugs) expect(placeOf(slug)).toMatch(/^(?:the|a|an) /);
  });

  it.each([
    ['OBX', 'a result (OBX)'],
    ['patient', 'the patient module'],
    ['study', 'the study module'],
    ['sr', 'the structured report'],
    ['private', 'a private element'],
    ['other', 'an element outside the modules'],
    ['ZPI', 'a custom segment (ZPI)'],
    ['ROL', 'segment ROL'],
    ['raw', 'bytes that no format claimed'],
    ['Patient', 'Patient'],
    ['', ''],
    [null, ''],
  ])('%s → %s', (group, place) => {
    expect(placeOf(group)).toBe(place);
  });
});

it('labels a category for its column', () => {
  expect(categoryLabel('ssn')).toBe('Social Security number');
  expect(categoryLabel(null)).toBe('');
});

describe('queueTitle', () => {
  it.each([
    ['open', 0, false, 'Nothing needs you'],
    ['open', 1, false, '1 incident needs you'],
    ['open', 1204, false, '1,204 incidents need you'],
    ['open', 1, true, '1 open incident matches these filters'],
    ['open', 0, true, 'No open incidents match these filters'],
    ['resolved', 2, false, '2 resolved incidents'],
    ['', 0, false, 'No incidents'],
    ['', 3, true, '3 incidents match these filters'],
  ])('%s %i filtered %s', (kind, total, filtered, title) => {
    expect(queueTitle(kind, total, filtered)).toBe(title);
  });
});

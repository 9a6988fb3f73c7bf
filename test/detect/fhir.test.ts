import { describe, expect, it } from 'vitest';
import { detect } from '../../src/detect/scan.ts';
import { parseBody } from '../../src/formats/registry.ts';
import { shippedRules } from '../support/rules.ts';

interface Seen {
  readonly rule: string;
  readonly category: string;
  readonly subject: string;
  readonly path: string;
  readonly text: string;
  readonly bytes: string;
}

/** What all packs find in a body, with the text and the bytes that a finding points at. */
function found(body: unknown): Seen[] {
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  return parseBody({ bytes, elided: [] }).flatMap((parsed) =>
    detect(parsed, shippedRules()).matches.map(({ rule, category, subject, leaf, from, to }) => {
      const span = parsed.leaves.spanOf(leaf, from, to);
      const text = parsed.leaves.text(leaf).slice(from, to);
      return {
        rule,
        category,
        subject,
        path: parsed.leaves.path(leaf),
        text,
        bytes: bytes.subarray(span?.start, span?.end).toString(),
      };
    }),
  );
}

const line = ({ category, subject, path, text }: Seen): string => `${category} ${subject} ${path} ${text}`;

const PATIENT = {
  resourceType: 'Patient',
  id: 'p1',
  meta: {
    versionId: '3',
    lastUpdated: '2026-01-02T03:04:05Z',
    profile: ['http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient'],
  },
  text: {
    status: 'generated',
    div: '<div xmlns="http://www.w3.org/1999/xhtml"><p>Al<b>ma</b> Brandvold, MRN 78412233</p></div>',
  },
  extension: [{ url: 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex', valueCode: 'F' }],
  identifier: [
    {
      use: 'usual',
      type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MR' }], text: 'Medical Record Number' },
      system: 'urn:oid:1.2.36.146',
      value: '78412233',
      period: { start: '2001-05-06' },
      assigner: { display: 'Acme Healthcare' },
    },
    { system: 'http://hl7.org/fhir/sid/us-ssn', value: '536-22-8147' },
  ],
  active: true,
  name: [{ use: 'official', family: 'Brandvold', given: ['Alma', 'R'] }],
  telecom: [{ system: 'phone', value: '(217) 555-0134', use: 'home', rank: 1 }],
  gender: 'female',
  birthDate: '1962-03-03',
  address: [
    {
      use: 'home',
      line: ['4673 Elm Street'],
      city: 'Springfield',
      state: 'IL',
      postalCode: '62704',
      country: 'US',
      period: { start: '1999-01-01' },
    },
  ],
  maritalStatus: {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-MaritalStatus', code: 'M', display: 'Married' }],
  },
  contact: [
    {
      relationship: [{ coding: [{ code: 'N' }] }],
      name: { family: 'Brandvold', given: ['Torvald'] },
      telecom: [{ system: 'phone', value: '217-555-0177' }],
    },
  ],
  generalPractitioner: [{ reference: 'Practitioner/9', display: 'Dr. Rita Reader' }],
  managingOrganization: { reference: 'Organization/1', display: 'Acme Healthcare' },
};

it('a patient is found, each value once, in its place', () => {
  expect(found(PATIENT).map(line)).toEqual([
    'name patient Patient.text.div Alma Brandvold',
    'mrn patient Patient.text.div 78412233',
    'mrn patient Patient.identifier[0].value 78412233',
    'date patient Patient.identifier[0].period.start 2001-05-06',
    'ssn patient Patient.identifier[1].value 536-22-8147',
    'name patient Patient.name[0].family Brandvold',
    'name patient Patient.name[0].given[0] Alma',
    'name patient Patient.name[0].given[1] R',
    'phone patient Patient.telecom[0].value (217) 555-0134',
    'date patient Patient.birthDate 1962-03-03',
    'street patient Patient.address[0].line[0] 4673 Elm Street',
    'geo patient Patient.address[0].city Springfield',
    'geo patient Patient.address[0].postalCode 62704',
    'date patient Patient.address[0].period.start 1999-01-01',
    'name relative Patient.contact[0].name.family Brandvold',
    'name relative Patient.contact[0].name.given[0] Torvald',
    'phone relative Patient.contact[0].telecom[0].value 217-555-0177',
    'name provider Patient.generalPractitioner[0].display Dr. Rita Reader',
    'name facility Patient.managingOrganization.display Acme Healthcare',
  ]);
});

it('a name that tags cut in two points at all of its bytes', () => {
  expect(found(PATIENT)[0]?.bytes).toBe('Al<b>ma</b> Brandvold');
});

it('a Bundle is judged resource by resource; what its patient is called is found in the others', () => {
  const bundle = {
    resourceType: 'Bundle',
    id: 'b1',
    type: 'collection',
    timestamp: '2026-01-02T03:04:05Z',
    entry: [
      {
        fullUrl: 'https://server.example/fhir/Patient/p1',
        resource: {
          resourceType: 'Patient',
          name: [{ family: 'Brandvold', given: ['Alma'] }],
          identifier: [{ value: '78412233' }],
        },
      },
      {
        fullUrl: 'https://server.example/fhir/Observation/o1',
        resource: {
          resourceType: 'Observation',
          status: 'final',
          code: { coding: [{ system: 'http://loinc.org', code: '8867-4', display: 'Heart rate' }] },
          subject: { reference: 'Patient/p1' },
          effectiveDateTime: '2024-01-05',
          valueQuantity: { value: 72, unit: '/min', system: 'http://unitsofmeasure.org', code: '/min' },
          note: [{ text: 'Alma Brandvold felt dizzy; chart 7841-2233. Call 217-555-0134.' }],
        },
      },
    ],
    link: [{ relation: 'self', url: 'https://server.example/fhir/Patient?_id=p1' }],
  };
  expect(found(bundle).map(line)).toEqual([
    'name patient Bundle.entry[0].resource.name[0].family Brandvold',
    'name patient Bundle.entry[0].resource.name[0].given[0] Alma',
    'mrn patient Bundle.entry[0].resource.identifier[0].value 78412233',
    'date patient Bundle.entry[1].resource.effectiveDateTime 2024-01-05',
    'name patient Bundle.entry[1].resource.note[0].text Alma Brandvold',
    'mrn patient Bundle.entry[1].resource.note[0].text 7841-2233',
    'phone unknown Bundle.entry[1].resource.note[0].text 217-555-0134',
  ]);
});

describe('a resource that names nobody', () => {
  it.each<[string, object]>([
    [
      'an observation',
      {
        resourceType: 'Observation',
        id: 'o1',
        meta: { versionId: '1', lastUpdated: '2024-01-05T00:00:00Z' },
        status: 'final',
        code: {
          coding: [{ system: 'http://loinc.org', code: '8867-4', version: '2024-02', display: 'Heart rate' }],
          text: 'Heart rate',
        },
        subject: { reference: 'Patient/0b1e7f2c-1111-2222-3333-444455556666' },
        valueQuantity: { value: 72.5, unit: 'beats/min' },
        interpretation: [{ text: 'Normal' }],
      },
    ],
    [
      'a value set',
      {
        resourceType: 'ValueSet',
        url: 'https://x.example/vs',
        name: 'JaneDoe',
        title: 'Jane Doe',
        date: '2024-01-05',
        publisher: 'Jane Doe',
        contact: [{ name: 'Jane Doe', telecom: [{ system: 'email', value: 'x@y.example' }] }],
      },
    ],
    [
      'a medication',
      {
        resourceType: 'Medication',
        code: { text: 'Aspirin 81 mg' },
        batch: { lotNumber: '9494788', expirationDate: '2027-05-22' },
      },
    ],
    [
      'an outcome',
      { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'invalid', diagnostics: 'No match for resource' }] },
    ],
    [
      'a slot',
      { resourceType: 'Slot', schedule: { reference: 'Schedule/1' }, start: '2024-01-05T09:00:00Z', end: '2024-01-05T09:15:00Z' },
    ],
  ])('%s: nothing of a person', (_what, value) => {
    expect(found(value).filter(({ subject }) => !['provider', 'facility', 'equipment'].includes(subject))).toEqual([]);
  });
});

describe('R5', () => {
  it('is found as R4 is: references in CodeableReference, plan numbers as identifiers, versions apart', () => {
    const seen = found({
      resourceType: 'Bundle',
      entry: [
        {
          resource: {
            resourceType: 'Coverage',
            subscriberId: [{ system: 'http://plan.example', value: 'XYZ123456' }],
            beneficiary: { display: 'Alma Brandvold' },
          },
        },
        {
          resource: {
            resourceType: 'MedicationRequest',
            subject: { reference: 'Patient/p1' },
            medication: { concept: { text: 'Aspirin' }, reference: { reference: 'Medication/1', display: 'Aspirin' } },
            authoredOn: '2024-01-05',
          },
        },
        {
          resource: {
            resourceType: 'Encounter',
            actualPeriod: { start: '2024-01-05', end: '2024-01-06' },
            participant: [{ actor: { reference: 'Practitioner/9', display: 'Rita Reader' } }],
          },
        },
        {
          resource: {
            resourceType: 'AuditEvent',
            recorded: '2024-01-05T00:00:00Z',
            agent: [{ who: { display: 'Rita Reader' }, networkString: '203.0.113.77' }],
          },
        },
        {
          resource: { resourceType: 'ImagingSelection', subject: { display: 'Alma Brandvold' }, issued: '2024-01-05T00:00:00Z' },
        },
      ],
    });
    expect(seen.map(line)).toEqual([
      'health-plan patient Bundle.entry[0].resource.subscriberId[0].value XYZ123456',
      'name patient Bundle.entry[0].resource.beneficiary.display Alma Brandvold',
      'date patient Bundle.entry[1].resource.authoredOn 2024-01-05',
      'date patient Bundle.entry[2].resource.actualPeriod.start 2024-01-05',
      'date patient Bundle.entry[2].resource.actualPeriod.end 2024-01-06',
      'name provider Bundle.entry[2].resource.participant[0].actor.display Rita Reader',
      'name provider Bundle.entry[3].resource.agent[0].who.display Rita Reader',
      'ip-address equipment Bundle.entry[3].resource.agent[0].networkString 203.0.113.77',
      'name patient Bundle.entry[4].resource.subject.display Alma Brandvold',
      'date patient Bundle.entry[4].resource.issued 2024-01-05T00:00:00Z',
    ]);
  });
});

describe('a name is found wherever it stands', () => {
  const NAMES = [{ family: 'Brandvold', given: ['Alma'] }];
  it.each<[string, unknown]>([
    ['contained', { resourceType: 'Observation', contained: [{ resourceType: 'Patient', name: NAMES }] }],
    [
      'in parameters',
      { resourceType: 'Parameters', parameter: [{ name: 'p', resource: { resourceType: 'Patient', name: NAMES } }] },
    ],
    [
      'in a Bundle in a Bundle',
      {
        resourceType: 'Bundle',
        entry: [{ resource: { resourceType: 'Bundle', entry: [{ resource: { resourceType: 'Patient', name: NAMES } }] } }],
      },
    ],
    [
      'in an extension of an extension',
      { resourceType: 'Basic', extension: [{ url: 'a', extension: [{ url: 'b', valueHumanName: NAMES[0] }] }] },
    ],
    ['in a resource type nobody foresaw', { resourceType: 'Horse', owners: [{ known: { as: NAMES } }] }],
    [
      'behind escapes',
      JSON.stringify({ resourceType: 'Patient', name: NAMES })
        .replace('family', String.raw`fam\u0069ly`)
        .replace('Brandvold', String.raw`\u0042randvold`),
    ],
    [
      'a line in a file',
      `${JSON.stringify({ resourceType: 'Device' })}\n${JSON.stringify({ resourceType: 'Patient', name: NAMES })}`,
    ],
    ['cut off', JSON.stringify({ resourceType: 'Patient', name: NAMES }).slice(0, -5)],
    ['in UTF-16', Buffer.from(JSON.stringify({ resourceType: 'Patient', name: NAMES }), 'utf16le').toString('binary')],
  ])('%s', (_what, body) => {
    const bytes = _what === 'in UTF-16' && typeof body === 'string' ? Buffer.from(body, 'binary') : null;
    const texts =
      bytes === null
        ? found(body).map(({ text }) => text)
        : parseBody({ bytes, elided: [] }).flatMap((parsed) =>
            detect(parsed, shippedRules()).matches.map(({ leaf, from, to }) => parsed.leaves.text(leaf).slice(from, to)),
          );
    expect(texts).toEqual(expect.arrayContaining(['Brandvold', 'Alma']));
  });
});

it('JSON that is no FHIR: a word says what a value is', () => {
  expect(
    found({
      patient: {
        mrn: '78412233',
        dateOfBirth: '1962-03-03',
        ssn: 536228147,
        mobilePhone: '2175550134',
        email: 'alma@mail.example',
      },
    }).map(({ category, bytes }) => `${category} ${bytes}`),
  ).toEqual(['mrn 78412233', 'date 1962-03-03', 'ssn 536228147', 'phone 2175550134', 'email alma@mail.example']);
});

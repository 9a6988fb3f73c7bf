import { describe, expect, it } from 'vitest';
import { dicomAuditReporter } from '../../src/exports/dicom-audit.ts';
import { fhirAuditReporter } from '../../src/exports/fhir-audit.ts';
import { accessPointOf } from '../../src/exports/network.ts';
import { ocsfReporter } from '../../src/exports/ocsf.ts';
import type { ExportRecord } from '../../src/exports/record.ts';
import { incident, transfer, written } from './make.ts';

/** What the standards say of codes beside what a schema can hold. */

const peer = () => transfer({ source: '10.20.0.7', recipient: null, destination: 'https://registry.example/fhir' });

describe('where somebody is reached (PS3.15 A.5.1, NetworkAccessPointTypeCode; FHIR R4 network-type)', () => {
  it.each([
    ['LIS^HOSPITAL', 'LIS^HOSPITAL', '1'],
    ['registry.example:6661', 'registry.example', '1'],
    ['10.20.0.7', '10.20.0.7', '2'],
    ['10.20.0.7:2575', '10.20.0.7', '2'],
    ['[2001:db8::7]:2575', '2001:db8::7', '2'],
    ['::1', '::1', '2'],
    ['https://registry.example/fhir', 'https://registry.example/fhir', '5'],
  ])('%s', (name, address, type) => {
    expect(accessPointOf(name)).toEqual({ address, type });
  });

  it('is said alike in both formats of audit messages', async () => {
    const message = await written(dicomAuditReporter, [peer()]);
    const points = [...message.matchAll(/NetworkAccessPointID="([^"]*)" NetworkAccessPointTypeCode="(\d)"/g)];
    const said = points.map(([, address, type]) => ({ address, type }));
    const { agent } = JSON.parse(await written(fhirAuditReporter, [peer()]));
    expect(agent.map(({ network }: { network: object }) => network)).toEqual(said.slice(0, 2));
    expect(said[2]).toEqual(said[1]);
  });
});

describe('DICOM: Data Export (PS3.15 A.5.3.4)', () => {
  const participants = async (record: ExportRecord) =>
    [...(await written(dicomAuditReporter, [record])).matchAll(/<ActiveParticipant (.*?)<\/ActiveParticipant>/g)].map(
      ([, text = '']) => ({
        role: /<RoleIDCode csd-code="(\d+)" codeSystemName="DCM" originalText="([^"]+)"/.exec(text)?.slice(1) ?? [],
        requestor: /UserIsRequestor="(\w+)"/.exec(text)?.[1],
        media:
          /<MediaIdentifier><MediaType csd-code="(\d+)" codeSystemName="DCM" originalText="(\w+)"\/>/.exec(text)?.slice(1) ??
          null,
        type: /NetworkAccessPointTypeCode="(\d)"/.exec(text)?.[1],
      }),
    );

  it('has one source, who asked for it (A.5.3.4.1), the receiver, and one medium: a network one', async () => {
    expect(await participants(transfer())).toEqual([
      { role: ['110153', 'Source Role ID'], requestor: 'true', media: null, type: '1' },
      { role: ['110152', 'Destination Role ID'], requestor: 'false', media: null, type: '1' },
      // CID 405: a destination on the network is named by its URI.
      { role: ['110154', 'Destination Media'], requestor: 'false', media: ['110037', 'URI'], type: '1' },
    ]);
  });

  it('has what was carried as a report of a system: a resource (4) is a person or an organization (A.5.1.2.2)', async () => {
    const message = await written(dicomAuditReporter, [transfer()]);
    const objects = [...message.matchAll(/ParticipantObjectTypeCode="(\d)" ParticipantObjectTypeCodeRole="(\d+)"/g)];
    expect(objects.map(([, type, role]) => [type, role])).toEqual([
      ['1', '1'],
      ['2', '3'],
    ]);
  });
});

describe('DICOM: what the tables leave no choice of (PS3.15 A.5.2, A.5.3.4)', () => {
  const attribute = (text: string, name: string) => new RegExp(`${name}="([^"]*)"`).exec(text)?.[1];
  const coded = (text: string, name: string) =>
    new RegExp(`<${name} csd-code="([^"]*)" codeSystemName="([^"]*)" originalText="([^"]*)"/>`).exec(text)?.slice(1);

  it('is of an export, which reads; of one requestor; and of a patient by a patient number, also where none is known', async () => {
    for (const patient of ['k1.c3ludGhldGlj', null]) {
      const message = await written(dicomAuditReporter, [transfer({ patient, patients: patient === null ? 0 : 1 })]);
      expect(coded(message, 'EventID')).toEqual(['110106', 'DCM', 'Export']);
      expect(attribute(message, 'EventActionCode')).toBe('R');
      expect(message.match(/UserIsRequestor="true"/g)).toHaveLength(1);
      expect(coded(message, 'ParticipantObjectIDTypeCode')).toEqual(['2', 'RFC-3881', 'Patient Number']);
      expect(attribute(message, 'ParticipantObjectID')).toBe(patient ?? 'unknown');
    }
  });

  it.each([
    ['https://registry.example/fhir', 'https://registry.example/fhir'],
    ['registry.example:6661', 'urn:cordon:destination:registry.example%3A6661'],
    ['REGISTRY^STATE', 'urn:cordon:destination:REGISTRY%5ESTATE'],
    ['\u{D800}<a> ü', 'urn:cordon:destination:%EF%BF%BD%3Ca%3E%20%C3%BC'],
  ])('names the medium %s by a URI (A.5.2.1), as its type says it does', async (destination, uri) => {
    const message = await written(dicomAuditReporter, [transfer({ recipient: null, destination })]);
    const media = /<ActiveParticipant ([^>]*)><RoleIDCode csd-code="110154"/.exec(message)?.[1] ?? '';
    expect(attribute(media, 'UserID')).toBe(uri);
  });
});

describe('FHIR: purposes are codes of v3-ActReason, with its words for them', () => {
  it.each([
    ['treatment', 'TREAT', 'treatment'],
    ['payment', 'HPAYMT', 'healthcare payment'],
    ['operations', 'HOPERAT', 'healthcare operations'],
    ['public-health', 'PUBHLTH', 'public health'],
    ['research', 'HRESCH', 'healthcare research'],
    ['required-by-law', 'HLEGAL', 'legal'],
    ['authorization', 'PATRQT', 'patient requested'],
    ['maintenance', 'HSYSADMIN', 'health system administration'],
  ] as const)('%s', async (purpose, code, display) => {
    const basis = { purpose, dataset: 'phi', agreement: { kind: 'none', ref: '' } } as const;
    const { purposeOfEvent } = JSON.parse(await written(fhirAuditReporter, [transfer({ basis })]));
    const system = 'http://terminology.hl7.org/CodeSystem/v3-ActReason';
    expect(purposeOfEvent).toEqual([{ coding: [{ system, code, display }] }]);
  });
});

describe('OCSF: data_security is a data_classification (at least one of category_id and confidentiality_id)', () => {
  const classOf = async (record: ExportRecord) => {
    const { category_id, category } = JSON.parse(await written(ocsfReporter, [record])).data_security;
    return [category_id, category];
  };

  it('is personal where an identifier or a patient is in it, and unknown where a cause has neither', async () => {
    expect(await classOf(incident())).toEqual([1, 'Personal']);
    expect(await classOf(incident({ categories: [] }))).toEqual([1, 'Personal']);
    expect(await classOf(incident({ categories: [], patients: 0, reasons: ['flow.silent'] }))).toEqual([0, 'Unknown']);
  });
});

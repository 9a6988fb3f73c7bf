import { isoTime } from '../core/clock.ts';
import type { FlowPolicy } from '../policy/flow.ts';
import { detailsOf } from './details.ts';
import { accessPointOf } from './network.ts';
import { isTransfer, type TransferRecord } from './record.ts';
import { type Reporter, writeLines } from './reporter.ts';

/** Transfers as FHIR R4 AuditEvents of IHE BALP's Privacy Disclosure at Source, one resource a line. */
export const fhirAuditReporter: Reporter = {
  name: 'fhir-audit',
  contentType: 'application/fhir+ndjson',
  write: (records, out) =>
    writeLines(
      (async function* () {
        for await (const record of records) if (isTransfer(record)) yield JSON.stringify(auditEventOf(record));
      })(),
      out,
    ),
};

const PROFILE = 'https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.PrivacyDisclosure.Source';
const DCM = 'http://dicom.nema.org/resources/ontology/DCM';
const ACT_REASON = 'http://terminology.hl7.org/CodeSystem/v3-ActReason';

type Purpose = FlowPolicy['basis']['purpose'];

/** v3 PurposeOfUse. */
const PURPOSE = {
  treatment: ['TREAT', 'treatment'],
  payment: ['HPAYMT', 'healthcare payment'],
  operations: ['HOPERAT', 'healthcare operations'],
  'public-health': ['PUBHLTH', 'public health'],
  research: ['HRESCH', 'healthcare research'],
  'required-by-law': ['HLEGAL', 'legal'],
  authorization: ['PATRQT', 'patient requested'],
  maintenance: ['HSYSADMIN', 'health system administration'],
} as const satisfies Record<Purpose, readonly [string, string]>;

const coding = (system: string, code: string, display: string) => ({ system, code, display });

function auditEventOf(record: TransferRecord) {
  const { basis, recipient, patient } = record;
  const purpose = basis === null ? null : PURPOSE[basis.purpose];
  // The invariant val-audit-source of the profile: who observed is the source agent.
  const source = { display: record.source };
  return {
    resourceType: 'AuditEvent',
    id: record.id,
    meta: { profile: [PROFILE] },
    type: coding(DCM, '110106', 'Export'),
    subtype: [coding('http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle', 'disclose', 'Disclose Record Lifecycle Event')],
    action: 'R',
    period: { start: isoTime(record.firstAt), end: isoTime(record.lastAt) },
    recorded: isoTime(record.lastAt),
    outcome: '0',
    ...(purpose === null ? {} : { purposeOfEvent: [{ coding: [coding(ACT_REASON, purpose[0], purpose[1])] }] }),
    agent: [
      { ...agentOf(coding(DCM, '110153', 'Source Role ID'), source, record.source), requestor: true },
      agentOf(
        coding(DCM, '110152', 'Destination Role ID'),
        { display: recipient?.system ?? record.destination },
        recipient?.endpoint ?? record.destination,
      ),
    ],
    source: {
      observer: source,
      type: [coding('http://terminology.hl7.org/CodeSystem/security-source-type', '4', 'Application Server')],
    },
    entity: [
      {
        what:
          patient === null
            ? { type: 'Patient', display: 'no patient that a message named' }
            : { type: 'Patient', identifier: { system: 'urn:cordon:token', value: patient } },
        type: coding('http://terminology.hl7.org/CodeSystem/audit-entity-type', '1', 'Person'),
        role: coding('http://terminology.hl7.org/CodeSystem/object-role', '1', 'Patient'),
      },
      {
        what: { identifier: { system: 'urn:cordon:transfer', value: record.id } },
        type: coding('http://terminology.hl7.org/CodeSystem/audit-entity-type', '2', 'System Object'),
        role: coding('http://terminology.hl7.org/CodeSystem/object-role', '3', 'Report'),
        detail: detailOf(record),
      },
    ],
  };
}

/** One is the requestor (AuditEvent.agent.requestor): who pushed. */
function agentOf(role: ReturnType<typeof coding>, who: { display: string }, at: string) {
  return { type: { coding: [role] }, who, requestor: false, network: accessPointOf(at) };
}

function detailOf(record: TransferRecord): { type: string; valueString: string }[] {
  // A string of FHIR is never empty.
  return detailsOf(record)
    .filter(([, value]) => value !== '')
    .map(([type, valueString]) => ({ type, valueString }));
}

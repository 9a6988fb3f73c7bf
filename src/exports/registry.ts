import type { Exporter } from './exporter.ts';
import { exporterOf } from './reporter.ts';

/** One kind of `cordon export`. Its module is loaded when it is asked for. */
export interface ExportKind {
  readonly name: string;
  readonly summary: string;
  load(): Promise<Exporter>;
}

/** Every kind, one line each: a new one is a new file and its line here. */
export const EXPORT_KINDS: readonly ExportKind[] = [
  {
    name: 'csv',
    summary: 'every transfer and incident, one row each',
    load: async () => exporterOf((await import('./csv.ts')).csvReporter),
  },
  {
    name: 'ocsf',
    summary: 'incidents as OCSF Data Security Findings, for a SIEM',
    load: async () => exporterOf((await import('./ocsf.ts')).ocsfReporter),
  },
  {
    name: 'disclosures',
    summary: 'what an accounting of disclosures needs (45 CFR 164.528), candidates and decided',
    load: async () => exporterOf((await import('./disclosures.ts')).disclosuresReporter),
  },
  {
    name: 'openlineage',
    summary: 'transfers as OpenLineage runs',
    load: async () => exporterOf((await import('./openlineage.ts')).openlineageReporter),
  },
  {
    name: 'fhir-audit',
    summary: 'transfers as FHIR AuditEvents (IHE BALP)',
    load: async () => exporterOf((await import('./fhir-audit.ts')).fhirAuditReporter),
  },
  {
    name: 'dicom-audit',
    summary: 'transfers as DICOM audit messages (PS3.15 A.5), to a file or a syslog',
    load: async () => exporterOf((await import('./dicom-audit.ts')).dicomAuditReporter),
  },
  {
    name: 'evidence',
    summary: 'one zip for an auditor: a report, the data behind its numbers, and proofs that nothing was removed',
    load: async () => (await import('./evidence/exporter.ts')).evidenceExporter,
  },
];

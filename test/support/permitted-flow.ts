import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const POLICY = `
id: lab-record
title: Results to the record
owner: privacy@hospital.example
status: active
environment: prod
match: [{ listener: mllp, msh: { 3: LIS, 5: EHR } }]
destination: { system: ehr, entity: self, location: ehr-db, country: US }
basis: { purpose: treatment, dataset: phi, agreement: { kind: none } }
permit: [{ subjects: [patient] }]
validFrom: 2026-01-01
expires: 2099-12-31
`;

/** A folder with the one policy that permits what `oru` makes: the ordinary case, a flow that is what it should be. */
export function permittedFlow(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cordon-flows-'));
  writeFileSync(join(folder, 'lab-record.yaml'), POLICY);
  return folder;
}

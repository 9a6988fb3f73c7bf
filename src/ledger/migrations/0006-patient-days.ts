import type { Migration } from '../migration.ts';

/** An index over nearly all of its table cost each scan a page of its own; days are found by flow instead (vault.ts). */
export const patientDays: Migration = {
  version: 6,
  name: 'patient-days',
  sqlite: ['DROP INDEX flow_patients_day'],
  postgres: ['DROP INDEX flow_patients_day'],
};

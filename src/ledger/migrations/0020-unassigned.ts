import type { Migration } from '../migration.ts';

/** Those that nobody has, counted by state. What messages add to an incident is in no column of it. */
const INDICES = ['CREATE INDEX incidents_unassigned ON incidents (state) WHERE assignee IS NULL'];

export const unassigned: Migration = { version: 20, name: 'unassigned', sqlite: INDICES, postgres: INDICES };

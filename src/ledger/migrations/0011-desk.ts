import type { Migration } from '../migration.ts';

/** Assignment, comments, due dates and notices of incidents. */
export const desk: Migration = { version: 11, name: 'desk', sqlite: [], postgres: [] };

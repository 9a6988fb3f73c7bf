import type { Migration } from '../migration.ts';

/** Reveals with two people, and assessments of breaches. */
export const reveal: Migration = { version: 13, name: 'reveal', sqlite: [], postgres: [] };

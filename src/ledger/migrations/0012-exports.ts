import type { Migration } from '../migration.ts';

/** Disclosures that an officer decided, and exports under way. */
export const exports: Migration = { version: 12, name: 'exports', sqlite: [], postgres: [] };

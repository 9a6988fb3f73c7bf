import type { Migration } from '../migration.ts';

/** What people and keys did, and the tree over it. */
export const audit: Migration = { version: 7, name: 'audit', sqlite: [], postgres: [] };

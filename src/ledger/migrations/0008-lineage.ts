import type { Migration } from '../migration.ts';

/** Which systems data went between, and by which hops. */
export const lineage: Migration = { version: 8, name: 'lineage', sqlite: [], postgres: [] };

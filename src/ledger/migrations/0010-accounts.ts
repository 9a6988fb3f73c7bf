import type { Migration } from '../migration.ts';

/** Who may sign in, and as what. */
export const accounts: Migration = { version: 10, name: 'accounts', sqlite: [], postgres: [] };

import type { Migration } from '../migration.ts';

/** The audit log by what was done, and by who did it: a page of a rare action read all of what came after it. */
const INDICES = [
  'CREATE INDEX audit_entries_action ON audit_entries (action, seq)',
  'CREATE INDEX audit_entries_actor_action ON audit_entries (actor, action, seq)',
];

export const auditAction: Migration = { version: 17, name: 'audit-action', sqlite: INDICES, postgres: INDICES };

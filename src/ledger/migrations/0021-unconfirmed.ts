import type { Migration } from '../migration.ts';

/** The indices that tell what waits have the column as well: nothing of a row is read to count what may be admitted. */
const INDICES = [
  'DROP INDEX incidents_waiting',
  'DROP INDEX incidents_shadow',
  `CREATE INDEX incidents_waiting ON incidents (state, rank DESC, opened_at, id, shadow_until, unconfirmed, severity)
    WHERE admitted_at IS NULL`,
  `CREATE INDEX incidents_shadow ON incidents (state, shadow_until, rank, unconfirmed, flow)
    WHERE admitted_at IS NULL AND shadow_until IS NOT NULL`,
  'CREATE INDEX incidents_unconfirmed ON incidents (state, rank, last_seen, id) WHERE unconfirmed = 1',
];

/** Incidents that words of texts alone speak for (docs/adr/0069-what-nothing-confirms.md). Those that are there need somebody as before. */
export const unconfirmed: Migration = {
  version: 21,
  name: 'unconfirmed',
  sqlite: ['ALTER TABLE incidents ADD COLUMN unconfirmed INTEGER NOT NULL DEFAULT 0', ...INDICES],
  postgres: ['ALTER TABLE incidents ADD COLUMN unconfirmed integer NOT NULL DEFAULT 0', ...INDICES],
};

import type { Migration } from '../migration.ts';

/**
 * Counts of the queue for each state, where it is narrowed to what is overdue or to one category: each reads its own rows of an index, where it read
 * every incident of the state. The second is also in the order of the queue.
 */
const INDICES = [
  'CREATE INDEX incidents_state_due ON incidents (state, due) WHERE due IS NOT NULL',
  'CREATE INDEX incidents_category_state ON incidents (category, state, rank, last_seen, id) WHERE category IS NOT NULL',
];

/** What the desk reads at fifty thousand incidents (docs/performance.md). */
export const deskPace: Migration = { version: 14, name: 'desk-pace', sqlite: INDICES, postgres: INDICES };

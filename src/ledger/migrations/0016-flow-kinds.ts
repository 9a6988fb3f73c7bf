import type { Migration } from '../migration.ts';

/**
 * Kinds of messages that a flow carried, each day of one beside the other: drafts of policies and the page of a device read them in their order and
 * from the index alone, where they sorted every row of the flow. Counting a message changes none of its columns.
 */
const INDICES = ['CREATE INDEX flow_use_kinds ON flow_use (flow, type, category, subject)'];

/** What drafts of policies read over a million messages (docs/performance.md). */
export const flowKinds: Migration = { version: 16, name: 'flow-kinds', sqlite: INDICES, postgres: INDICES };

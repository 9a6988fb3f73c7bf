import type { Migration } from '../migration.ts';

/** DICOM: where a deflated data set was inflated on the way in. */
export const inflated: Migration = {
  version: 2,
  name: 'inflated',
  sqlite: [
    // json: Inflated; null where the body rests as it came. Its `elided` spans are then those of the inflated data set.
    'ALTER TABLE messages ADD COLUMN inflated TEXT',
  ],
  postgres: ['ALTER TABLE messages ADD COLUMN inflated text COLLATE "C"'],
};

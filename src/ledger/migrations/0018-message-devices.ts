import type { Migration } from '../migration.ts';

/** Ids of the devices that a message and its connection identified, with blanks between: with the row, which is written when it is scanned anyway. */
export const messageDevices: Migration = {
  version: 18,
  name: 'message-devices',
  sqlite: ['ALTER TABLE messages ADD COLUMN devices TEXT'],
  postgres: ['ALTER TABLE messages ADD COLUMN devices text COLLATE "C"'],
};

import type { Migration } from '../migration.ts';

/** Rows of messages go when their time is over (docs/adr/0029-retention.md). */
export const retention: Migration = {
  version: 5,
  name: 'retention',
  sqlite: ['CREATE INDEX incident_messages_message ON incident_messages (message)'],
  postgres: [
    'CREATE INDEX incident_messages_message ON incident_messages (message)',
    // A slot without its message would make accept answer "not now" to every duplicate of it.
    `CREATE FUNCTION free_message_slots() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      DELETE FROM message_slots WHERE kind = 'c' AND slot = OLD.duplicate_content AND message = OLD.id;
      DELETE FROM message_slots WHERE kind = 'k' AND slot = OLD.duplicate_key AND message = OLD.id;
      RETURN NULL;
    END $$`,
    'CREATE TRIGGER free_slots AFTER DELETE ON messages FOR EACH ROW EXECUTE FUNCTION free_message_slots()',
  ],
};

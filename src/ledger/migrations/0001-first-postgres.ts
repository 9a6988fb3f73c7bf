/** Bytes in their order, as SQLite compares: lists and cursors are the same on both engines, whatever the database's locale. */
const TEXT = 'text COLLATE "C"';

/** Room in each page for new versions of rows that are updated all the time, so that no index has to follow them. */
const HOT = 'WITH (fillfactor = 50)';

/**
 * The first schema on PostgreSQL: the tables and columns of 0001-first.ts. Messages and findings lie in a partition per month of
 * the message id, a UUIDv7, whose text sorts by the time it was made; postgres/partitions.ts makes the months
 * (docs/adr/0028-postgresql.md). Nothing refers to a message by foreign key: a month is dropped as a whole.
 */
export const FIRST_ON_POSTGRES: readonly string[] = [
  `CREATE TABLE meta (name ${TEXT} PRIMARY KEY, value ${TEXT} NOT NULL)`,

  `CREATE TABLE data_keys (
    id ${TEXT} PRIMARY KEY,
    wrapped ${TEXT} NOT NULL,
    created_at bigint NOT NULL,
    bodies bigint NOT NULL,
    bytes bigint NOT NULL
  ) ${HOT}`,

  `CREATE TABLE messages (
    id ${TEXT} PRIMARY KEY,
    received_at bigint NOT NULL,
    listener ${TEXT} NOT NULL,
    peer ${TEXT} NOT NULL,
    provenance ${TEXT} NOT NULL,
    bytes bigint NOT NULL,
    elided ${TEXT} NOT NULL,
    digest ${TEXT} NOT NULL,
    duplicate_key ${TEXT},
    duplicate_content ${TEXT},
    quarantined integer NOT NULL,
    problems ${TEXT} NOT NULL,
    data_key ${TEXT},
    sealed bigint NOT NULL,
    state ${TEXT} NOT NULL CHECK (state IN ('pending', 'done', 'failed')),
    attempts integer NOT NULL,
    scanned_at bigint,
    format ${TEXT},
    type ${TEXT},
    examined bigint,
    unexamined ${TEXT},
    verdict ${TEXT},
    reasons ${TEXT},
    flow ${TEXT},
    summary ${TEXT},
    sensitivities ${TEXT},
    ruleset ${TEXT},
    body_until bigint
  ) PARTITION BY RANGE (id)`,
  // What no month was made for, so that a message is never refused for want of one.
  'CREATE TABLE messages_rest PARTITION OF messages DEFAULT',
  'CREATE INDEX messages_duplicate_key ON messages (duplicate_key) WHERE duplicate_key IS NOT NULL',
  'CREATE INDEX messages_duplicate_content ON messages (duplicate_content) WHERE duplicate_content IS NOT NULL',
  'CREATE INDEX messages_received ON messages (received_at, id)',
  'CREATE INDEX messages_verdict ON messages (verdict, received_at, id) WHERE verdict IS NOT NULL',
  'CREATE INDEX messages_flow ON messages (flow, received_at, id) WHERE flow IS NOT NULL',
  'CREATE INDEX messages_body_until ON messages (body_until) WHERE body_until IS NOT NULL',

  // The duplicate rule (docs/adr/0011). A unique index of a partitioned table holds within a month only, so what must be unique
  // over all of them has a table of its own. A row that finds its slot taken is not inserted, as with ON CONFLICT DO NOTHING.
  `CREATE TABLE message_slots (kind "char" NOT NULL, slot ${TEXT} NOT NULL, message ${TEXT} NOT NULL, PRIMARY KEY (slot, kind))`,
  `CREATE FUNCTION take_message_slots() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NEW.duplicate_content IS NOT NULL THEN
      INSERT INTO message_slots VALUES ('c', NEW.duplicate_content, NEW.id) ON CONFLICT DO NOTHING;
      IF NOT FOUND THEN RETURN NULL; END IF;
    END IF;
    IF NEW.duplicate_key IS NOT NULL THEN
      INSERT INTO message_slots VALUES ('k', NEW.duplicate_key, NEW.id) ON CONFLICT DO NOTHING;
      IF NOT FOUND THEN
        DELETE FROM message_slots WHERE kind = 'c' AND slot = NEW.duplicate_content AND message = NEW.id;
        RETURN NULL;
      END IF;
    END IF;
    RETURN NEW;
  END $$`,
  'CREATE TRIGGER take_slots BEFORE INSERT ON messages FOR EACH ROW EXECUTE FUNCTION take_message_slots()',

  `CREATE TABLE chunks (
    message ${TEXT} NOT NULL,
    number integer NOT NULL,
    last integer NOT NULL,
    data bytea NOT NULL,
    PRIMARY KEY (message, number)
  )`,
  // Sealed bytes do not get smaller: trying would only cost time.
  'ALTER TABLE chunks ALTER COLUMN data SET STORAGE EXTERNAL',

  `CREATE TABLE outbox (received_at bigint NOT NULL, message ${TEXT} NOT NULL, PRIMARY KEY (received_at, message))`,

  `CREATE TABLE findings (
    message ${TEXT} NOT NULL,
    number integer NOT NULL,
    rule ${TEXT} NOT NULL,
    pack ${TEXT} NOT NULL,
    category ${TEXT} NOT NULL,
    subject ${TEXT} NOT NULL,
    path ${TEXT} NOT NULL,
    start_byte bigint,
    end_byte bigint,
    confidence double precision NOT NULL,
    severity ${TEXT} NOT NULL,
    mask ${TEXT} NOT NULL,
    token ${TEXT} NOT NULL,
    PRIMARY KEY (message, number)
  ) PARTITION BY RANGE (message)`,
  'CREATE TABLE findings_rest PARTITION OF findings DEFAULT',

  `CREATE TABLE tally (
    id integer PRIMARY KEY CHECK (id = 1),
    total bigint NOT NULL,
    done bigint NOT NULL,
    failed bigint NOT NULL,
    flagged bigint NOT NULL,
    quarantined bigint NOT NULL,
    duplicates bigint NOT NULL,
    unexamined bigint NOT NULL
  ) ${HOT}`,
  'INSERT INTO tally VALUES (1, 0, 0, 0, 0, 0, 0, 0)',

  `CREATE TABLE incidents (
    id ${TEXT} PRIMARY KEY,
    key ${TEXT} NOT NULL UNIQUE,
    reason ${TEXT} NOT NULL,
    flow ${TEXT} NOT NULL,
    source ${TEXT} NOT NULL,
    destination ${TEXT} NOT NULL,
    category ${TEXT},
    field_group ${TEXT},
    severity ${TEXT} NOT NULL,
    rank integer NOT NULL,
    state ${TEXT} NOT NULL CHECK (state IN ('open', 'acknowledged', 'resolved', 'false-positive', 'accepted-risk')),
    messages bigint NOT NULL,
    patients bigint NOT NULL,
    first_seen bigint NOT NULL,
    last_seen bigint NOT NULL,
    until bigint,
    last_message ${TEXT}
  ) ${HOT}`,
  'CREATE INDEX incidents_order ON incidents (rank, last_seen, id)',
  'CREATE INDEX incidents_state ON incidents (state, rank, last_seen, id)',
  'CREATE INDEX incidents_until ON incidents (until) WHERE until IS NOT NULL',
  `CREATE TABLE incident_messages (
    incident ${TEXT} NOT NULL REFERENCES incidents (id),
    received_at bigint NOT NULL,
    message ${TEXT} NOT NULL,
    type ${TEXT} NOT NULL,
    findings ${TEXT} NOT NULL,
    PRIMARY KEY (incident, received_at, message)
  )`,
  `CREATE TABLE incident_patients (
    incident ${TEXT} NOT NULL REFERENCES incidents (id),
    patient ${TEXT} NOT NULL,
    PRIMARY KEY (incident, patient)
  )`,
  `CREATE TABLE incident_events (
    id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    incident ${TEXT} NOT NULL REFERENCES incidents (id),
    at bigint NOT NULL,
    actor ${TEXT} NOT NULL,
    action ${TEXT} NOT NULL,
    from_state ${TEXT},
    to_state ${TEXT} NOT NULL,
    note ${TEXT} NOT NULL,
    until bigint
  )`,
  'CREATE INDEX incident_events_incident ON incident_events (incident, id)',

  `CREATE TABLE flows (
    key ${TEXT} PRIMARY KEY,
    listener ${TEXT} NOT NULL,
    source ${TEXT} NOT NULL,
    destination ${TEXT} NOT NULL,
    policy ${TEXT},
    first_seen bigint NOT NULL,
    last_seen bigint NOT NULL,
    messages bigint NOT NULL
  ) ${HOT}`,
  `CREATE TABLE flow_hours (
    flow ${TEXT} NOT NULL,
    hour bigint NOT NULL,
    messages bigint NOT NULL,
    PRIMARY KEY (flow, hour)
  ) ${HOT}`,
  `CREATE TABLE flow_patients (
    flow ${TEXT} NOT NULL,
    day bigint NOT NULL,
    patient ${TEXT} NOT NULL,
    PRIMARY KEY (flow, day, patient)
  )`,
  'CREATE INDEX flow_patients_day ON flow_patients (day)',
  `CREATE TABLE flow_use (
    flow ${TEXT} NOT NULL,
    day bigint NOT NULL,
    type ${TEXT} NOT NULL,
    category ${TEXT} NOT NULL,
    subject ${TEXT} NOT NULL,
    permitted integer NOT NULL,
    messages bigint NOT NULL,
    PRIMARY KEY (flow, day, type, category, subject, permitted)
  ) ${HOT}`,
  `CREATE TABLE shadowed (
    key ${TEXT} PRIMARY KEY,
    flow ${TEXT} NOT NULL,
    reason ${TEXT} NOT NULL,
    category ${TEXT},
    field_group ${TEXT},
    severity ${TEXT} NOT NULL,
    messages bigint NOT NULL,
    last_seen bigint NOT NULL
  ) ${HOT}`,

  `CREATE TABLE api_keys (
    id ${TEXT} PRIMARY KEY,
    name ${TEXT} NOT NULL,
    hash ${TEXT} NOT NULL UNIQUE,
    scope ${TEXT} NOT NULL CHECK (scope IN ('ingest', 'read', 'review')),
    created_at bigint NOT NULL,
    revoked_at bigint
  )`,
  `CREATE TABLE links (hash ${TEXT} PRIMARY KEY, expires bigint NOT NULL)`,
  `CREATE TABLE sessions (
    hash ${TEXT} PRIMARY KEY,
    actor ${TEXT} NOT NULL,
    csrf ${TEXT} NOT NULL,
    expires bigint NOT NULL
  )`,
];

import type { Migration } from '../migration.ts';
import { FIRST_ON_POSTGRES } from './0001-first-postgres.ts';

/**
 * The first schema. Times are milliseconds since the epoch; lists are JSON text. No column holds a value of a message: shapes and
 * tokens only. Duplicate rule (DESIGN §6.3): the two unique indices on messages.
 */
export const first: Migration = {
  version: 1,
  name: 'first',
  sqlite: [
    `CREATE TABLE meta (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID`,

    // bodies and bytes: what the key still seals. Summed over a few rows they are the vault's size.
    `CREATE TABLE data_keys (
      id TEXT NOT NULL PRIMARY KEY,
      wrapped TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      bodies INTEGER NOT NULL,
      bytes INTEGER NOT NULL
    ) STRICT`,

    `CREATE TABLE messages (
      id TEXT NOT NULL PRIMARY KEY,
      received_at INTEGER NOT NULL,
      listener TEXT NOT NULL,
      peer TEXT NOT NULL,
      provenance TEXT NOT NULL,
      bytes INTEGER NOT NULL,
      elided TEXT NOT NULL,
      digest TEXT NOT NULL,
      duplicate_key TEXT,
      duplicate_content TEXT,
      quarantined INTEGER NOT NULL,
      problems TEXT NOT NULL,
      data_key TEXT,
      sealed INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('pending', 'done', 'failed')),
      attempts INTEGER NOT NULL,
      scanned_at INTEGER,
      format TEXT,
      type TEXT,
      examined INTEGER,
      unexamined TEXT,
      verdict TEXT,
      reasons TEXT,
      flow TEXT,
      summary TEXT,
      sensitivities TEXT,
      ruleset TEXT,
      body_until INTEGER
    ) STRICT`,
    `CREATE UNIQUE INDEX messages_duplicate_key ON messages (duplicate_key) WHERE duplicate_key IS NOT NULL`,
    `CREATE UNIQUE INDEX messages_duplicate_content ON messages (duplicate_content) WHERE duplicate_content IS NOT NULL`,
    `CREATE INDEX messages_received ON messages (received_at, id)`,
    `CREATE INDEX messages_verdict ON messages (verdict, received_at, id) WHERE verdict IS NOT NULL`,
    `CREATE INDEX messages_flow ON messages (flow, received_at, id) WHERE flow IS NOT NULL`,
    `CREATE INDEX messages_body_until ON messages (body_until) WHERE body_until IS NOT NULL`,

    `CREATE TABLE chunks (
      message TEXT NOT NULL REFERENCES messages (id),
      number INTEGER NOT NULL,
      last INTEGER NOT NULL,
      data BLOB NOT NULL,
      PRIMARY KEY (message, number)
    ) STRICT`,

    `CREATE TABLE outbox (
      received_at INTEGER NOT NULL,
      message TEXT NOT NULL,
      PRIMARY KEY (received_at, message)
    ) STRICT, WITHOUT ROWID`,

    `CREATE TABLE findings (
      message TEXT NOT NULL REFERENCES messages (id),
      number INTEGER NOT NULL,
      rule TEXT NOT NULL,
      pack TEXT NOT NULL,
      category TEXT NOT NULL,
      subject TEXT NOT NULL,
      path TEXT NOT NULL,
      start_byte INTEGER,
      end_byte INTEGER,
      confidence REAL NOT NULL,
      severity TEXT NOT NULL,
      mask TEXT NOT NULL,
      token TEXT NOT NULL,
      PRIMARY KEY (message, number)
    ) STRICT, WITHOUT ROWID`,

    // How many there are, kept so that a page of counts does not read every message. One row.
    `CREATE TABLE tally (
      id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
      total INTEGER NOT NULL,
      done INTEGER NOT NULL,
      failed INTEGER NOT NULL,
      flagged INTEGER NOT NULL,
      quarantined INTEGER NOT NULL,
      duplicates INTEGER NOT NULL,
      unexamined INTEGER NOT NULL
    ) STRICT`,
    `INSERT INTO tally VALUES (1, 0, 0, 0, 0, 0, 0, 0)`,

    `CREATE TABLE incidents (
      id TEXT NOT NULL PRIMARY KEY,
      key TEXT NOT NULL UNIQUE,
      reason TEXT NOT NULL,
      flow TEXT NOT NULL,
      source TEXT NOT NULL,
      destination TEXT NOT NULL,
      category TEXT,
      field_group TEXT,
      severity TEXT NOT NULL,
      rank INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('open', 'acknowledged', 'resolved', 'false-positive', 'accepted-risk')),
      messages INTEGER NOT NULL,
      patients INTEGER NOT NULL,
      first_seen INTEGER NOT NULL,
      last_seen INTEGER NOT NULL,
      until INTEGER,
      last_message TEXT
    ) STRICT`,
    `CREATE INDEX incidents_order ON incidents (rank, last_seen, id)`,
    `CREATE INDEX incidents_state ON incidents (state, rank, last_seen, id)`,
    `CREATE INDEX incidents_until ON incidents (until) WHERE until IS NOT NULL`,

    // A message is a fact of an incident once, whoever scans it how often. findings: their numbers in the message.
    `CREATE TABLE incident_messages (
      incident TEXT NOT NULL REFERENCES incidents (id),
      received_at INTEGER NOT NULL,
      message TEXT NOT NULL,
      type TEXT NOT NULL,
      findings TEXT NOT NULL,
      PRIMARY KEY (incident, received_at, message)
    ) STRICT, WITHOUT ROWID`,
    `CREATE TABLE incident_patients (
      incident TEXT NOT NULL REFERENCES incidents (id),
      patient TEXT NOT NULL,
      PRIMARY KEY (incident, patient)
    ) STRICT, WITHOUT ROWID`,
    `CREATE TABLE incident_events (
      id INTEGER PRIMARY KEY,
      incident TEXT NOT NULL REFERENCES incidents (id),
      at INTEGER NOT NULL,
      actor TEXT NOT NULL,
      action TEXT NOT NULL,
      from_state TEXT,
      to_state TEXT NOT NULL,
      note TEXT NOT NULL,
      until INTEGER
    ) STRICT`,
    `CREATE INDEX incident_events_incident ON incident_events (incident, id)`,

    // A few dozen rows, each updated by every message of its flow: an index on policy would cost more than reading them.
    `CREATE TABLE flows (
      key TEXT NOT NULL PRIMARY KEY,
      listener TEXT NOT NULL,
      source TEXT NOT NULL,
      destination TEXT NOT NULL,
      policy TEXT,
      first_seen INTEGER NOT NULL,
      last_seen INTEGER NOT NULL,
      messages INTEGER NOT NULL
    ) STRICT`,

    // flow: the policy's id where registered, the observed key otherwise, as on incidents and messages.
    `CREATE TABLE flow_hours (
      flow TEXT NOT NULL,
      hour INTEGER NOT NULL,
      messages INTEGER NOT NULL,
      PRIMARY KEY (flow, hour)
    ) STRICT, WITHOUT ROWID`,
    `CREATE TABLE flow_patients (
      flow TEXT NOT NULL,
      day INTEGER NOT NULL,
      patient TEXT NOT NULL,
      PRIMARY KEY (flow, day, patient)
    ) STRICT, WITHOUT ROWID`,
    `CREATE INDEX flow_patients_day ON flow_patients (day)`,

    // flow: the observed key, so that a policy can be drafted or replayed for flows that had none.
    `CREATE TABLE flow_use (
      flow TEXT NOT NULL,
      day INTEGER NOT NULL,
      type TEXT NOT NULL,
      category TEXT NOT NULL,
      subject TEXT NOT NULL,
      permitted INTEGER NOT NULL,
      messages INTEGER NOT NULL,
      PRIMARY KEY (flow, day, type, category, subject, permitted)
    ) STRICT, WITHOUT ROWID`,
    `CREATE TABLE shadowed (
      key TEXT NOT NULL PRIMARY KEY,
      flow TEXT NOT NULL,
      reason TEXT NOT NULL,
      category TEXT,
      field_group TEXT,
      severity TEXT NOT NULL,
      messages INTEGER NOT NULL,
      last_seen INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`,

    `CREATE TABLE api_keys (
      id TEXT NOT NULL PRIMARY KEY,
      name TEXT NOT NULL,
      hash TEXT NOT NULL UNIQUE,
      scope TEXT NOT NULL CHECK (scope IN ('ingest', 'read', 'review')),
      created_at INTEGER NOT NULL,
      revoked_at INTEGER
    ) STRICT`,
    `CREATE TABLE links (hash TEXT NOT NULL PRIMARY KEY, expires INTEGER NOT NULL) STRICT, WITHOUT ROWID`,
    `CREATE TABLE sessions (
      hash TEXT NOT NULL PRIMARY KEY,
      actor TEXT NOT NULL,
      csrf TEXT NOT NULL,
      expires INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`,
  ],
  postgres: FIRST_ON_POSTGRES,
};

import type { Migration } from '../migration.ts';

/**
 * What people and keys did, and the tree over it (docs/adr/0034-audit-log.md). Nodes and checkpoints are never changed and never go; what an entry
 * says goes with its time, and its leaf (level 0) stays.
 */
export const audit: Migration = {
  version: 7,
  name: 'audit',
  sqlite: [
    `CREATE TABLE audit_entries (
      seq INTEGER NOT NULL PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      salt TEXT NOT NULL,
      at INTEGER NOT NULL,
      actor TEXT NOT NULL,
      role TEXT NOT NULL,
      action TEXT NOT NULL,
      object TEXT NOT NULL,
      detail TEXT NOT NULL
    ) STRICT`,
    'CREATE INDEX audit_entries_at ON audit_entries (at)',
    'CREATE INDEX audit_entries_actor ON audit_entries (actor, seq)',
    'CREATE INDEX audit_entries_object ON audit_entries (object, seq)',
    // hash: base64, of the complete subtree of 2^level leaves.
    `CREATE TABLE audit_nodes (
      level INTEGER NOT NULL,
      number INTEGER NOT NULL,
      hash TEXT NOT NULL,
      PRIMARY KEY (level, number)
    ) STRICT, WITHOUT ROWID`,
    'CREATE TABLE audit_checkpoints (size INTEGER NOT NULL PRIMARY KEY, at INTEGER NOT NULL, note TEXT NOT NULL) STRICT',
    'CREATE INDEX audit_checkpoints_at ON audit_checkpoints (at)',
    ...['audit_nodes', 'audit_checkpoints'].flatMap((table) =>
      ['UPDATE', 'DELETE'].map(
        (act) => `CREATE TRIGGER ${table}_no_${act.toLowerCase()} BEFORE ${act} ON ${table}
        BEGIN SELECT RAISE(ABORT, '${table} only grows'); END`,
      ),
    ),
    `CREATE TRIGGER audit_entries_no_update BEFORE UPDATE ON audit_entries
     BEGIN SELECT RAISE(ABORT, 'audit_entries only grows'); END`,
    `CREATE TABLE reviews (
      id TEXT NOT NULL PRIMARY KEY,
      at INTEGER NOT NULL,
      actor TEXT NOT NULL,
      role TEXT NOT NULL,
      period_from INTEGER NOT NULL,
      period_to INTEGER NOT NULL,
      outcome TEXT NOT NULL CHECK (outcome IN ('nothing-further', 'findings')),
      note TEXT NOT NULL,
      coverage TEXT NOT NULL
    ) STRICT, WITHOUT ROWID`,
    'CREATE INDEX reviews_at ON reviews (at, id)',
    'CREATE INDEX incident_events_at ON incident_events (at, id)',
  ],
  postgres: [
    `CREATE TABLE audit_entries (
      seq bigint NOT NULL PRIMARY KEY,
      id text COLLATE "C" NOT NULL UNIQUE,
      salt text COLLATE "C" NOT NULL,
      at bigint NOT NULL,
      actor text COLLATE "C" NOT NULL,
      role text COLLATE "C" NOT NULL,
      action text COLLATE "C" NOT NULL,
      object text COLLATE "C" NOT NULL,
      detail text COLLATE "C" NOT NULL
    )`,
    'CREATE INDEX audit_entries_at ON audit_entries (at)',
    'CREATE INDEX audit_entries_actor ON audit_entries (actor, seq)',
    'CREATE INDEX audit_entries_object ON audit_entries (object, seq)',
    `CREATE TABLE audit_nodes (
      level integer NOT NULL,
      number bigint NOT NULL,
      hash text COLLATE "C" NOT NULL,
      PRIMARY KEY (level, number)
    )`,
    'CREATE TABLE audit_checkpoints (size bigint NOT NULL PRIMARY KEY, at bigint NOT NULL, note text COLLATE "C" NOT NULL)',
    'CREATE INDEX audit_checkpoints_at ON audit_checkpoints (at)',
    `CREATE FUNCTION only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION '% only grows', TG_TABLE_NAME;
    END $$`,
    ...['audit_nodes', 'audit_checkpoints'].map(
      (table) =>
        `CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION only_grows()`,
    ),
    'CREATE TRIGGER only_grows BEFORE UPDATE OR TRUNCATE ON audit_entries FOR EACH STATEMENT EXECUTE FUNCTION only_grows()',
    `CREATE TABLE reviews (
      id text COLLATE "C" NOT NULL PRIMARY KEY,
      at bigint NOT NULL,
      actor text COLLATE "C" NOT NULL,
      role text COLLATE "C" NOT NULL,
      period_from bigint NOT NULL,
      period_to bigint NOT NULL,
      outcome text COLLATE "C" NOT NULL CHECK (outcome IN ('nothing-further', 'findings')),
      note text COLLATE "C" NOT NULL,
      coverage text COLLATE "C" NOT NULL
    )`,
    'CREATE INDEX reviews_at ON reviews (at, id)',
    'CREATE INDEX incident_events_at ON incident_events (at, id)',
  ],
};

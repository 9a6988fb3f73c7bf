import type { Migration } from '../migration.ts';

/**
 * Reveals with two people, and assessments of breaches. Neither refers to a message or an incident by foreign key: both outlive them, and
 * an assessment is kept for six years (45 CFR 164.530(j)).
 */
export const reveal: Migration = {
  version: 13,
  name: 'reveal',
  sqlite: [
    `CREATE TABLE reveals (
      id TEXT NOT NULL PRIMARY KEY,
      incident TEXT NOT NULL,
      message TEXT NOT NULL,
      finding INTEGER NOT NULL,
      reason TEXT NOT NULL,
      asked_user TEXT NOT NULL,
      asked_name TEXT NOT NULL,
      asked_at INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('asked', 'approved', 'denied', 'withdrawn')),
      decided_user TEXT,
      decided_name TEXT,
      decided_at INTEGER,
      until INTEGER NOT NULL,
      CHECK (state = 'withdrawn' OR decided_user IS NULL OR decided_user <> asked_user)
    ) STRICT`,
    'CREATE INDEX reveals_state ON reveals (state, until, id)',
    'CREATE INDEX reveals_incident ON reveals (incident, asked_at, id)',
    `CREATE TABLE breach_assessments (
      incident TEXT NOT NULL,
      version INTEGER NOT NULL,
      saved_user TEXT NOT NULL,
      saved_name TEXT NOT NULL,
      saved_at INTEGER NOT NULL,
      signed INTEGER NOT NULL,
      answers TEXT NOT NULL,
      PRIMARY KEY (incident, version)
    ) STRICT, WITHOUT ROWID`,
  ],
  postgres: [
    `CREATE TABLE reveals (
      id text COLLATE "C" PRIMARY KEY,
      incident text COLLATE "C" NOT NULL,
      message text COLLATE "C" NOT NULL,
      finding integer NOT NULL,
      reason text COLLATE "C" NOT NULL,
      asked_user text COLLATE "C" NOT NULL,
      asked_name text COLLATE "C" NOT NULL,
      asked_at bigint NOT NULL,
      state text COLLATE "C" NOT NULL CHECK (state IN ('asked', 'approved', 'denied', 'withdrawn')),
      decided_user text COLLATE "C",
      decided_name text COLLATE "C",
      decided_at bigint,
      until bigint NOT NULL,
      CHECK (state = 'withdrawn' OR decided_user IS NULL OR decided_user <> asked_user)
    )`,
    'CREATE INDEX reveals_state ON reveals (state, until, id)',
    'CREATE INDEX reveals_incident ON reveals (incident, asked_at, id)',
    `CREATE TABLE breach_assessments (
      incident text COLLATE "C" NOT NULL,
      version integer NOT NULL,
      saved_user text COLLATE "C" NOT NULL,
      saved_name text COLLATE "C" NOT NULL,
      saved_at bigint NOT NULL,
      signed integer NOT NULL,
      answers text COLLATE "C" NOT NULL,
      PRIMARY KEY (incident, version)
    )`,
  ],
};

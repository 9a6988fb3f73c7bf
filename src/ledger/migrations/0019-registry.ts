import type { Migration } from '../migration.ts';

/**
 * What the registry knows: the tokens of lineage that flows which teach have shown, and when (to the day); cohorts; and what left either lately, for the
 * processes that hold them in memory. A finding says what the registry knew of it.
 */
export const registry: Migration = {
  version: 19,
  name: 'registry',
  sqlite: [
    'ALTER TABLE lineage_people ADD COLUMN kind TEXT',
    'ALTER TABLE lineage_people ADD COLUMN learnt INTEGER',
    'CREATE INDEX lineage_people_learnt ON lineage_people (learnt, token) WHERE learnt IS NOT NULL',
    'ALTER TABLE findings ADD COLUMN registry TEXT',
    `CREATE TABLE cohorts (
      name TEXT NOT NULL,
      token TEXT NOT NULL,
      kind TEXT,
      added INTEGER NOT NULL,
      PRIMARY KEY (name, token)
    ) STRICT, WITHOUT ROWID`,
    'CREATE INDEX cohorts_token ON cohorts (token)',
    'CREATE INDEX cohorts_added ON cohorts (added)',
    `CREATE TABLE registry_gone (
      at INTEGER NOT NULL,
      print TEXT NOT NULL,
      part TEXT NOT NULL,
      PRIMARY KEY (at, print, part)
    ) STRICT, WITHOUT ROWID`,
  ],
  postgres: [
    'ALTER TABLE lineage_people ADD COLUMN kind text COLLATE "C", ADD COLUMN learnt bigint',
    'CREATE INDEX lineage_people_learnt ON lineage_people (learnt, token) WHERE learnt IS NOT NULL',
    'ALTER TABLE findings ADD COLUMN registry text COLLATE "C"',
    `CREATE TABLE cohorts (
      name text COLLATE "C" NOT NULL,
      token text COLLATE "C" NOT NULL,
      kind text COLLATE "C",
      added bigint NOT NULL,
      PRIMARY KEY (name, token)
    )`,
    'CREATE INDEX cohorts_token ON cohorts (token)',
    'CREATE INDEX cohorts_added ON cohorts (added)',
    `CREATE TABLE registry_gone (
      at bigint NOT NULL,
      print text COLLATE "C" NOT NULL,
      part text COLLATE "C" NOT NULL,
      PRIMARY KEY (at, print, part)
    )`,
  ],
};

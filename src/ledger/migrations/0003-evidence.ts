import type { Migration } from '../migration.ts';

/** Evidence of encryption: the newest statement of each check of a target under each profile. */
export const evidence: Migration = {
  version: 3,
  name: 'evidence',
  sqlite: [
    // profile: empty where the check stands for itself. facts: json.
    `CREATE TABLE evidence (
      target TEXT NOT NULL,
      check_name TEXT NOT NULL,
      profile TEXT NOT NULL,
      section TEXT NOT NULL,
      outcome TEXT NOT NULL CHECK (outcome IN ('proven', 'failed', 'unknown', 'claimed', 'not_applicable')),
      how TEXT NOT NULL CHECK (how IN ('observed', 'probed', 'attested')),
      facts TEXT NOT NULL,
      reason TEXT,
      at INTEGER NOT NULL,
      expires INTEGER NOT NULL,
      PRIMARY KEY (target, check_name, profile)
    ) STRICT, WITHOUT ROWID`,
  ],
  postgres: [
    `CREATE TABLE evidence (
      target text COLLATE "C" NOT NULL,
      check_name text COLLATE "C" NOT NULL,
      profile text COLLATE "C" NOT NULL,
      section text COLLATE "C" NOT NULL,
      outcome text COLLATE "C" NOT NULL CHECK (outcome IN ('proven', 'failed', 'unknown', 'claimed', 'not_applicable')),
      how text COLLATE "C" NOT NULL CHECK (how IN ('observed', 'probed', 'attested')),
      facts text COLLATE "C" NOT NULL,
      reason text COLLATE "C",
      at bigint NOT NULL,
      expires bigint NOT NULL,
      PRIMARY KEY (target, check_name, profile)
    )`,
  ],
};

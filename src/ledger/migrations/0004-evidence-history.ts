import type { Migration } from '../migration.ts';

/**
 * Since when an outcome holds, what held before it, and who is asking a target now. The newest of each check stays alone in `evidence`,
 * so that reading what is known takes as long however much there was before.
 */
export const evidenceHistory: Migration = {
  version: 4,
  name: 'evidence-history',
  sqlite: [
    // The default is for the rows that are there, until the next statement.
    'ALTER TABLE evidence ADD COLUMN since INTEGER NOT NULL DEFAULT 0',
    'UPDATE evidence SET since = at',
    // ended: when another outcome, or the same after a lapse, took its place.
    `CREATE TABLE evidence_history (
      target TEXT NOT NULL,
      check_name TEXT NOT NULL,
      profile TEXT NOT NULL,
      since INTEGER NOT NULL,
      ended INTEGER NOT NULL,
      section TEXT NOT NULL,
      outcome TEXT NOT NULL CHECK (outcome IN ('proven', 'failed', 'unknown', 'claimed', 'not_applicable')),
      how TEXT NOT NULL CHECK (how IN ('observed', 'probed', 'attested')),
      facts TEXT NOT NULL,
      reason TEXT,
      at INTEGER NOT NULL,
      expires INTEGER NOT NULL,
      PRIMARY KEY (target, check_name, profile, since)
    ) STRICT, WITHOUT ROWID`,
    'CREATE INDEX evidence_history_ended ON evidence_history (ended)',
    'CREATE TABLE evidence_claims (target TEXT NOT NULL PRIMARY KEY, until INTEGER NOT NULL) STRICT, WITHOUT ROWID',
  ],
  postgres: [
    'ALTER TABLE evidence ADD COLUMN since bigint',
    'UPDATE evidence SET since = at',
    'ALTER TABLE evidence ALTER COLUMN since SET NOT NULL',
    // Every row is confirmed again and again: room in its page, so that the index need not follow (as in 0001).
    'ALTER TABLE evidence SET (fillfactor = 50)',
    `CREATE TABLE evidence_history (
      target text COLLATE "C" NOT NULL,
      check_name text COLLATE "C" NOT NULL,
      profile text COLLATE "C" NOT NULL,
      since bigint NOT NULL,
      ended bigint NOT NULL,
      section text COLLATE "C" NOT NULL,
      outcome text COLLATE "C" NOT NULL CHECK (outcome IN ('proven', 'failed', 'unknown', 'claimed', 'not_applicable')),
      how text COLLATE "C" NOT NULL CHECK (how IN ('observed', 'probed', 'attested')),
      facts text COLLATE "C" NOT NULL,
      reason text COLLATE "C",
      at bigint NOT NULL,
      expires bigint NOT NULL,
      PRIMARY KEY (target, check_name, profile, since)
    )`,
    'CREATE INDEX evidence_history_ended ON evidence_history (ended)',
    'CREATE TABLE evidence_claims (target text COLLATE "C" NOT NULL PRIMARY KEY, until bigint NOT NULL)',
  ],
};

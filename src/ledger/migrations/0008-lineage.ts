import type { Migration } from '../migration.ts';

const HOT = 'WITH (fillfactor = 50)';

/**
 * Which systems data went between, and by which hops (docs/adr/0032-lineage.md). Edges are counted by the day and do not grow with messages. What does
 * grow with them (trail, content) begins with the month, so that each month is a stretch of its own: inserts stay within the current one, and
 * an old one goes from one end to the other.
 */
export const lineage: Migration = {
  version: 8,
  name: 'lineage',
  sqlite: [
    'ALTER TABLE messages ADD COLUMN hop INTEGER',
    'ALTER TABLE messages ADD COLUMN transit TEXT',
    // Fingerprints of the content, with blanks between.
    'ALTER TABLE messages ADD COLUMN prints TEXT',
    `CREATE TABLE lineage_hops (
      id INTEGER PRIMARY KEY,
      flow TEXT NOT NULL,
      flow_key TEXT NOT NULL,
      policy TEXT,
      protocol TEXT NOT NULL,
      source TEXT NOT NULL,
      destination TEXT NOT NULL,
      entity TEXT,
      location TEXT,
      first_seen INTEGER NOT NULL,
      last_seen INTEGER NOT NULL
    ) STRICT`,
    // categories, others, unpermitted, subjects: masks (src/lineage/masks.ts). patients: those never seen on the hop before.
    `CREATE TABLE lineage_days (
      hop INTEGER NOT NULL,
      day INTEGER NOT NULL,
      transit TEXT NOT NULL CHECK (transit IN ('proven', 'claimed', 'unknown', 'failed')),
      messages INTEGER NOT NULL,
      bytes INTEGER NOT NULL,
      patients INTEGER NOT NULL,
      categories INTEGER NOT NULL,
      others INTEGER NOT NULL,
      unpermitted INTEGER NOT NULL,
      subjects INTEGER NOT NULL,
      first_seen INTEGER NOT NULL,
      last_seen INTEGER NOT NULL,
      PRIMARY KEY (hop, day, transit)
    ) STRICT, WITHOUT ROWID`,
    'CREATE INDEX lineage_days_day ON lineage_days (day)',
    `CREATE TABLE lineage_names (
      name TEXT NOT NULL,
      beside TEXT NOT NULL,
      rule TEXT NOT NULL CHECK (rule IN ('policy', 'carrier')),
      first_seen INTEGER NOT NULL,
      last_seen INTEGER NOT NULL,
      PRIMARY KEY (name, beside, rule)
    ) STRICT, WITHOUT ROWID`,
    `CREATE TABLE lineage_merges (
      id TEXT NOT NULL PRIMARY KEY,
      name TEXT NOT NULL,
      into_name TEXT NOT NULL,
      actor TEXT NOT NULL,
      at INTEGER NOT NULL,
      note TEXT NOT NULL,
      undone_by TEXT,
      undone_at INTEGER
    ) STRICT, WITHOUT ROWID`,
    `CREATE TABLE lineage_people (
      token TEXT NOT NULL,
      person TEXT NOT NULL,
      strong INTEGER NOT NULL,
      PRIMARY KEY (token, person)
    ) STRICT, WITHOUT ROWID`,
    'CREATE INDEX lineage_people_person ON lineage_people (person, strong)',
    `CREATE TABLE lineage_exposure (
      person TEXT NOT NULL,
      hop INTEGER NOT NULL,
      proven INTEGER NOT NULL,
      claimed INTEGER NOT NULL,
      unknown INTEGER NOT NULL,
      failed INTEGER NOT NULL,
      categories INTEGER NOT NULL,
      first_seen INTEGER NOT NULL,
      last_seen INTEGER NOT NULL,
      PRIMARY KEY (person, hop)
    ) STRICT, WITHOUT ROWID`,
    // month: year * 12 + month, UTC, of the time of receipt.
    `CREATE TABLE lineage_trail (
      month INTEGER NOT NULL,
      person TEXT NOT NULL,
      at INTEGER NOT NULL,
      message TEXT NOT NULL,
      PRIMARY KEY (month, person, at, message)
    ) STRICT, WITHOUT ROWID`,
    `CREATE TABLE lineage_content (
      month INTEGER NOT NULL,
      print TEXT NOT NULL,
      message TEXT NOT NULL,
      PRIMARY KEY (month, print, message)
    ) STRICT, WITHOUT ROWID`,
  ],
  postgres: [
    'ALTER TABLE messages ADD COLUMN hop bigint, ADD COLUMN transit text COLLATE "C", ADD COLUMN prints text COLLATE "C"',
    `CREATE TABLE lineage_hops (
      id bigint PRIMARY KEY,
      flow text COLLATE "C" NOT NULL,
      flow_key text COLLATE "C" NOT NULL,
      policy text COLLATE "C",
      protocol text COLLATE "C" NOT NULL,
      source text COLLATE "C" NOT NULL,
      destination text COLLATE "C" NOT NULL,
      entity text COLLATE "C",
      location text COLLATE "C",
      first_seen bigint NOT NULL,
      last_seen bigint NOT NULL
    ) ${HOT}`,
    `CREATE TABLE lineage_days (
      hop bigint NOT NULL,
      day bigint NOT NULL,
      transit text COLLATE "C" NOT NULL CHECK (transit IN ('proven', 'claimed', 'unknown', 'failed')),
      messages bigint NOT NULL,
      bytes bigint NOT NULL,
      patients bigint NOT NULL,
      categories integer NOT NULL,
      others integer NOT NULL,
      unpermitted integer NOT NULL,
      subjects integer NOT NULL,
      first_seen bigint NOT NULL,
      last_seen bigint NOT NULL,
      PRIMARY KEY (hop, day, transit)
    ) ${HOT}`,
    'CREATE INDEX lineage_days_day ON lineage_days (day)',
    `CREATE TABLE lineage_names (
      name text COLLATE "C" NOT NULL,
      beside text COLLATE "C" NOT NULL,
      rule text COLLATE "C" NOT NULL CHECK (rule IN ('policy', 'carrier')),
      first_seen bigint NOT NULL,
      last_seen bigint NOT NULL,
      PRIMARY KEY (name, beside, rule)
    ) ${HOT}`,
    `CREATE TABLE lineage_merges (
      id text COLLATE "C" NOT NULL PRIMARY KEY,
      name text COLLATE "C" NOT NULL,
      into_name text COLLATE "C" NOT NULL,
      actor text COLLATE "C" NOT NULL,
      at bigint NOT NULL,
      note text COLLATE "C" NOT NULL,
      undone_by text COLLATE "C",
      undone_at bigint
    )`,
    `CREATE TABLE lineage_people (
      token text COLLATE "C" NOT NULL,
      person text COLLATE "C" NOT NULL,
      strong integer NOT NULL,
      PRIMARY KEY (token, person)
    )`,
    'CREATE INDEX lineage_people_person ON lineage_people (person, strong)',
    `CREATE TABLE lineage_exposure (
      person text COLLATE "C" NOT NULL,
      hop bigint NOT NULL,
      proven bigint NOT NULL,
      claimed bigint NOT NULL,
      unknown bigint NOT NULL,
      failed bigint NOT NULL,
      categories integer NOT NULL,
      first_seen bigint NOT NULL,
      last_seen bigint NOT NULL,
      PRIMARY KEY (person, hop)
    ) ${HOT}`,
    `CREATE TABLE lineage_trail (
      month integer NOT NULL,
      person text COLLATE "C" NOT NULL,
      at bigint NOT NULL,
      message text COLLATE "C" NOT NULL,
      PRIMARY KEY (month, person, at, message)
    )`,
    `CREATE TABLE lineage_content (
      month integer NOT NULL,
      print text COLLATE "C" NOT NULL,
      message text COLLATE "C" NOT NULL,
      PRIMARY KEY (month, print, message)
    )`,
  ],
};

import type { Migration } from '../migration.ts';

/** Columns of incidents that the desk adds. `floor`: the gravest that was said without saying of what; `told`: of which rank a notice was made. */
const COLUMNS: readonly (readonly [string, 'text' | 'integer', string])[] = [
  ['assignee', 'text', ''],
  ['due', 'integer', ''],
  ['late', 'integer', 'NOT NULL DEFAULT 0'],
  ['opened_at', 'integer', 'NOT NULL DEFAULT 0'],
  ['admitted_at', 'integer', ''],
  ['shadow_until', 'integer', ''],
  ['told', 'integer', 'NOT NULL DEFAULT -1'],
  ['floor', 'integer', 'NOT NULL DEFAULT 0'],
  ['exposure', 'text', ''],
  ['accepted', 'text', ''],
  ['ongoing', 'integer', 'NOT NULL DEFAULT 0'],
  ['revision', 'integer', 'NOT NULL DEFAULT 0'],
];

/** Of incidents that are there: they keep their severity, nobody is told of them again, and open ones need somebody. */
const KEPT = `UPDATE incidents SET floor = rank, told = rank, opened_at = first_seen,
  admitted_at = CASE WHEN state IN ('open', 'acknowledged') THEN first_seen END`;

/** What the desk reads: each page and each round of it has an index of its own, over few rows where they can be few. */
const INDICES = [
  'CREATE INDEX incidents_flow ON incidents (flow)',
  'CREATE INDEX incidents_category ON incidents (category, rank) WHERE category IS NOT NULL',
  'CREATE INDEX incidents_assignee ON incidents (assignee) WHERE assignee IS NOT NULL',
  'CREATE INDEX incidents_due ON incidents (due) WHERE due IS NOT NULL',
  'CREATE INDEX incidents_on_time ON incidents (due) WHERE due IS NOT NULL AND late = 0',
  'CREATE INDEX incidents_admitted ON incidents (admitted_at) WHERE admitted_at IS NOT NULL',
  'CREATE INDEX incidents_needing ON incidents (state, rank DESC, opened_at, id) WHERE admitted_at IS NOT NULL',
  'CREATE INDEX incidents_waiting ON incidents (state, rank DESC, opened_at, id, shadow_until, severity) WHERE admitted_at IS NULL',
  'CREATE INDEX incidents_shadow ON incidents (state, shadow_until, rank, flow) WHERE admitted_at IS NULL AND shadow_until IS NOT NULL',
  'CREATE INDEX incidents_untold ON incidents (rank) WHERE admitted_at IS NOT NULL AND rank > told',
  'CREATE INDEX incidents_ongoing ON incidents (last_seen) WHERE ongoing = 1',
  'CREATE UNIQUE INDEX incident_events_act ON incident_events (act, incident) WHERE act IS NOT NULL',
];

/** What incidents that are there are found by, in one text. */
const NAMED = `lower(flow || ' ' || source || ' ' || destination || ' ' || coalesce(category, '') || ' ' || coalesce(field_group, '') || ' ' || reason)`;
/** What parts words in names of systems, flows and reasons; SQLite knows no patterns. */
const BETWEEN = ['-', '_', '.', '|', '/', ':', ',', '^', '&', '(', ')'];
const SPACED = BETWEEN.reduce((text, mark) => `replace(${text}, '${mark}', ' ')`, NAMED);

/** The words of incidents that are there, as src/policy/search-words.ts has those of new ones. */
const WORDS_SQLITE = `INSERT INTO incident_words
  WITH RECURSIVE parts (id, word, rest) AS (
    SELECT id, '', ${SPACED} || ' ' FROM incidents
    UNION ALL
    SELECT id, substr(rest, 1, instr(rest, ' ') - 1), substr(rest, instr(rest, ' ') + 1) FROM parts WHERE rest <> ''
  )
  SELECT DISTINCT substr(word, 1, 40), id FROM parts WHERE word <> ''`;
const WORDS_POSTGRES = `INSERT INTO incident_words
  SELECT DISTINCT left(word, 40), id FROM incidents, regexp_split_to_table(${NAMED}, '[^[:alnum:]]+') AS word WHERE word <> ''`;

/** Assignment, comments, due dates and notices of incidents; acts that can be undone; what is found by a search. */
export const desk: Migration = {
  version: 11,
  name: 'desk',
  sqlite: [
    // One more state: SQLite changes a CHECK with its column only.
    'DROP INDEX incidents_state',
    `ALTER TABLE incidents ADD COLUMN stands TEXT NOT NULL DEFAULT 'open'
      CHECK (stands IN ('open', 'acknowledged', 'escalated', 'resolved', 'false-positive', 'accepted-risk'))`,
    'UPDATE incidents SET stands = state',
    'ALTER TABLE incidents DROP COLUMN state',
    'ALTER TABLE incidents RENAME COLUMN stands TO state',
    'CREATE INDEX incidents_state ON incidents (state, rank, last_seen, id)',
    ...COLUMNS.map(([name, type, rest]) => `ALTER TABLE incidents ADD COLUMN ${name} ${type.toUpperCase()} ${rest}`),
    KEPT,
    'ALTER TABLE incident_events ADD COLUMN act TEXT',
    'ALTER TABLE incident_events ADD COLUMN former TEXT',
    'ALTER TABLE incident_events ADD COLUMN revision INTEGER',
    `CREATE TABLE incident_words (
      word TEXT NOT NULL,
      incident TEXT NOT NULL REFERENCES incidents (id) ON DELETE CASCADE,
      PRIMARY KEY (word, incident)
    ) STRICT, WITHOUT ROWID`,
    'CREATE INDEX incident_words_incident ON incident_words (incident, word)',
    WORDS_SQLITE,
    ...INDICES,
    // Since when rules of a pack judge; 0: from the beginning.
    'CREATE TABLE desk_packs (name TEXT NOT NULL PRIMARY KEY, first_seen INTEGER NOT NULL) STRICT, WITHOUT ROWID',
    `CREATE TABLE notices (
      id TEXT NOT NULL PRIMARY KEY,
      subject TEXT NOT NULL UNIQUE,
      kind TEXT NOT NULL,
      incident TEXT,
      at INTEGER NOT NULL,
      planned INTEGER NOT NULL
    ) STRICT`,
    'CREATE INDEX notices_at ON notices (at)',
    'CREATE INDEX notices_unplanned ON notices (at) WHERE planned = 0',
    `CREATE TABLE notice_deliveries (
      notice TEXT NOT NULL REFERENCES notices (id) ON DELETE CASCADE,
      channel TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'dead')),
      attempts INTEGER NOT NULL,
      next_at INTEGER NOT NULL,
      error TEXT NOT NULL,
      PRIMARY KEY (notice, channel)
    ) STRICT, WITHOUT ROWID`,
    'CREATE INDEX notice_deliveries_state ON notice_deliveries (state, next_at)',
  ],
  postgres: [
    'ALTER TABLE incidents DROP CONSTRAINT incidents_state_check',
    `ALTER TABLE incidents ADD CONSTRAINT incidents_state_check
      CHECK (state IN ('open', 'acknowledged', 'escalated', 'resolved', 'false-positive', 'accepted-risk'))`,
    ...COLUMNS.map(
      ([name, type, rest]) =>
        `ALTER TABLE incidents ADD COLUMN ${name} ${type === 'text' ? 'text COLLATE "C"' : 'bigint'} ${rest}`,
    ),
    KEPT,
    'ALTER TABLE incident_events ADD COLUMN act text COLLATE "C"',
    'ALTER TABLE incident_events ADD COLUMN former text COLLATE "C"',
    'ALTER TABLE incident_events ADD COLUMN revision bigint',
    `CREATE TABLE incident_words (
      word text COLLATE "C" NOT NULL,
      incident text COLLATE "C" NOT NULL REFERENCES incidents (id) ON DELETE CASCADE,
      PRIMARY KEY (word, incident)
    )`,
    'CREATE INDEX incident_words_incident ON incident_words (incident, word)',
    WORDS_POSTGRES,
    ...INDICES,
    'CREATE TABLE desk_packs (name text COLLATE "C" NOT NULL PRIMARY KEY, first_seen bigint NOT NULL)',
    `CREATE TABLE notices (
      id text COLLATE "C" NOT NULL PRIMARY KEY,
      subject text COLLATE "C" NOT NULL UNIQUE,
      kind text COLLATE "C" NOT NULL,
      incident text COLLATE "C",
      at bigint NOT NULL,
      planned integer NOT NULL
    )`,
    'CREATE INDEX notices_at ON notices (at)',
    'CREATE INDEX notices_unplanned ON notices (at) WHERE planned = 0',
    `CREATE TABLE notice_deliveries (
      notice text COLLATE "C" NOT NULL REFERENCES notices (id) ON DELETE CASCADE,
      channel text COLLATE "C" NOT NULL,
      state text COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'sent', 'dead')),
      attempts integer NOT NULL,
      next_at bigint NOT NULL,
      error text COLLATE "C" NOT NULL,
      PRIMARY KEY (notice, channel)
    )`,
    'CREATE INDEX notice_deliveries_state ON notice_deliveries (state, next_at)',
  ],
};

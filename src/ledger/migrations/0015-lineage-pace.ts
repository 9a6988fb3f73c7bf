import type { Migration } from '../migration.ts';

/** SQLite joins no bits of rows by itself: the greatest of each bit, one beside the other. Both engines read it. */
const allBits = (mask: string): string => Array.from({ length: 31 }, (_, bit) => `max(${mask} & ${2 ** bit})`).join(' | ');

/** What days of a month come to; `month` as an expression over `day`. */
const fillWith = (month: string): string => `
  INSERT INTO lineage_months
    SELECT ${month}, hop, transit, sum(messages), sum(bytes), sum(patients),
      ${['categories', 'others', 'unpermitted', 'subjects'].map(allBits).join(', ')}, min(first_seen), max(last_seen)
    FROM lineage_days GROUP BY ${month}, hop, transit`;

/**
 * Days of lineage added up by the month: the map reads a row of each hop and month, where it read one of each hop and day (docs/performance.md).
 * month: year * 12 + month, UTC, as of the trail.
 */
export const lineagePace: Migration = {
  version: 15,
  name: 'lineage-pace',
  sqlite: [
    `CREATE TABLE lineage_months (
      month INTEGER NOT NULL,
      hop INTEGER NOT NULL,
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
      PRIMARY KEY (month, hop, transit)
    ) STRICT, WITHOUT ROWID`,
    fillWith(
      `CAST(strftime('%Y', day / 1000, 'unixepoch') AS INTEGER) * 12 + CAST(strftime('%m', day / 1000, 'unixepoch') AS INTEGER) - 1`,
    ),
  ],
  postgres: [
    `CREATE TABLE lineage_months (
      month integer NOT NULL,
      hop bigint NOT NULL,
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
      PRIMARY KEY (month, hop, transit)
    ) WITH (fillfactor = 50)`,
    fillWith(
      `(extract(year FROM to_timestamp(day / 1000) AT TIME ZONE 'UTC') * 12
        + extract(month FROM to_timestamp(day / 1000) AT TIME ZONE 'UTC') - 1)::integer`,
    ),
  ],
};

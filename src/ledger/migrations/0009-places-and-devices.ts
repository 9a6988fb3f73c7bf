import type { Migration } from '../migration.ts';

/**
 * Devices as messages and connections show them (docs/adr/0033), and places that were described over the API. None of these grows with
 * messages: what was said already is there, and `last_seen` moves once an hour.
 */
export const placesAndDevices: Migration = {
  version: 9,
  name: 'places-and-devices',
  sqlite: [
    // root: the device that it is held to be part of, itself where it stands alone. apart: somebody split it off; no message joins it again.
    `CREATE TABLE devices (
      id TEXT NOT NULL PRIMARY KEY,
      known_by TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('equipment', 'application', 'node')),
      root TEXT NOT NULL,
      apart INTEGER NOT NULL,
      standing INTEGER NOT NULL,
      first_seen INTEGER NOT NULL,
      last_seen INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`,
    'CREATE INDEX devices_root ON devices (root)',
    'CREATE INDEX devices_seen ON devices (standing, last_seen, id)',
    `CREATE TABLE device_values (
      device TEXT NOT NULL,
      name TEXT NOT NULL,
      value TEXT NOT NULL,
      source TEXT NOT NULL,
      folded TEXT NOT NULL,
      first_seen INTEGER NOT NULL,
      last_seen INTEGER NOT NULL,
      PRIMARY KEY (device, name, value, source)
    ) STRICT, WITHOUT ROWID`,
    'CREATE INDEX device_values_folded ON device_values (folded, device)',
    `CREATE TABLE device_flows (
      device TEXT NOT NULL,
      flow TEXT NOT NULL,
      type TEXT NOT NULL,
      first_seen INTEGER NOT NULL,
      last_seen INTEGER NOT NULL,
      PRIMARY KEY (device, flow, type)
    ) STRICT, WITHOUT ROWID`,
    'CREATE INDEX device_flows_flow ON device_flows (flow, device)',
    `CREATE TABLE device_conflicts (
      device TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('model', 'certificate', 'facility')),
      one TEXT NOT NULL,
      other TEXT NOT NULL,
      at INTEGER NOT NULL,
      PRIMARY KEY (device, kind)
    ) STRICT, WITHOUT ROWID`,
    // description: json.
    `CREATE TABLE places (
      id TEXT NOT NULL PRIMARY KEY,
      description TEXT NOT NULL,
      made_by TEXT NOT NULL,
      made_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`,
  ],
  postgres: [
    `CREATE TABLE devices (
      id text COLLATE "C" NOT NULL PRIMARY KEY,
      known_by text COLLATE "C" NOT NULL,
      kind text COLLATE "C" NOT NULL CHECK (kind IN ('equipment', 'application', 'node')),
      root text COLLATE "C" NOT NULL,
      apart integer NOT NULL,
      standing integer NOT NULL,
      first_seen bigint NOT NULL,
      last_seen bigint NOT NULL
    )`,
    'CREATE INDEX devices_root ON devices (root)',
    'CREATE INDEX devices_seen ON devices (standing, last_seen, id)',
    `CREATE TABLE device_values (
      device text COLLATE "C" NOT NULL,
      name text COLLATE "C" NOT NULL,
      value text COLLATE "C" NOT NULL,
      source text COLLATE "C" NOT NULL,
      folded text COLLATE "C" NOT NULL,
      first_seen bigint NOT NULL,
      last_seen bigint NOT NULL,
      PRIMARY KEY (device, name, value, source)
    )`,
    'CREATE INDEX device_values_folded ON device_values (folded, device)',
    `CREATE TABLE device_flows (
      device text COLLATE "C" NOT NULL,
      flow text COLLATE "C" NOT NULL,
      type text COLLATE "C" NOT NULL,
      first_seen bigint NOT NULL,
      last_seen bigint NOT NULL,
      PRIMARY KEY (device, flow, type)
    )`,
    'CREATE INDEX device_flows_flow ON device_flows (flow, device)',
    `CREATE TABLE device_conflicts (
      device text COLLATE "C" NOT NULL,
      kind text COLLATE "C" NOT NULL CHECK (kind IN ('model', 'certificate', 'facility')),
      one text COLLATE "C" NOT NULL,
      other text COLLATE "C" NOT NULL,
      at bigint NOT NULL,
      PRIMARY KEY (device, kind)
    )`,
    `CREATE TABLE places (
      id text COLLATE "C" NOT NULL PRIMARY KEY,
      description text COLLATE "C" NOT NULL,
      made_by text COLLATE "C" NOT NULL,
      made_at bigint NOT NULL
    )`,
  ],
};

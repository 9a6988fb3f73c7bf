import type { Migration } from '../migration.ts';

const TEXT = 'text COLLATE "C"';
const ROLES = "('officer', 'analyst', 'auditor', 'biomed', 'admin')";

/**
 * Who may sign in, and as what. Links and sessions that were there end: they said nothing of a role.
 */
export const accounts: Migration = {
  version: 10,
  name: 'accounts',
  sqlite: [
    // name_key: the name as it is compared. password: null for who signs in at an identity provider, or was never given one.
    `CREATE TABLE accounts (
      id TEXT NOT NULL PRIMARY KEY,
      name TEXT NOT NULL,
      name_key TEXT NOT NULL UNIQUE,
      role TEXT NOT NULL CHECK (role IN ${ROLES}),
      password TEXT,
      subject TEXT UNIQUE,
      created_at INTEGER NOT NULL,
      signed_in_at INTEGER,
      disabled_at INTEGER
    ) STRICT, WITHOUT ROWID`,
    'DROP TABLE links',
    `CREATE TABLE links (
      hash TEXT NOT NULL PRIMARY KEY,
      role TEXT NOT NULL CHECK (role IN ${ROLES}),
      account TEXT,
      expires INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`,
    'DROP TABLE sessions',
    `CREATE TABLE sessions (
      hash TEXT NOT NULL PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      user_id TEXT NOT NULL,
      actor TEXT NOT NULL,
      role TEXT NOT NULL CHECK (role IN ${ROLES}),
      how TEXT NOT NULL CHECK (how IN ('link', 'password', 'oidc')),
      csrf TEXT NOT NULL,
      started_at INTEGER NOT NULL,
      idle_until INTEGER NOT NULL,
      expires INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`,
    'CREATE INDEX sessions_user ON sessions (user_id)',
    `CREATE TABLE sign_in_attempts (
      subject TEXT NOT NULL PRIMARY KEY,
      failures INTEGER NOT NULL,
      until INTEGER NOT NULL,
      at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`,
    'CREATE INDEX sign_in_attempts_at ON sign_in_attempts (at)',
  ],
  postgres: [
    `CREATE TABLE accounts (
      id ${TEXT} PRIMARY KEY,
      name ${TEXT} NOT NULL,
      name_key ${TEXT} NOT NULL UNIQUE,
      role ${TEXT} NOT NULL CHECK (role IN ${ROLES}),
      password ${TEXT},
      subject ${TEXT} UNIQUE,
      created_at bigint NOT NULL,
      signed_in_at bigint,
      disabled_at bigint
    )`,
    'DROP TABLE links',
    `CREATE TABLE links (
      hash ${TEXT} PRIMARY KEY,
      role ${TEXT} NOT NULL CHECK (role IN ${ROLES}),
      account ${TEXT},
      expires bigint NOT NULL
    )`,
    'DROP TABLE sessions',
    `CREATE TABLE sessions (
      hash ${TEXT} PRIMARY KEY,
      id ${TEXT} NOT NULL UNIQUE,
      user_id ${TEXT} NOT NULL,
      actor ${TEXT} NOT NULL,
      role ${TEXT} NOT NULL CHECK (role IN ${ROLES}),
      how ${TEXT} NOT NULL CHECK (how IN ('link', 'password', 'oidc')),
      csrf ${TEXT} NOT NULL,
      started_at bigint NOT NULL,
      idle_until bigint NOT NULL,
      expires bigint NOT NULL
    )`,
    'CREATE INDEX sessions_user ON sessions (user_id)',
    `CREATE TABLE sign_in_attempts (
      subject ${TEXT} PRIMARY KEY,
      failures bigint NOT NULL,
      until bigint NOT NULL,
      at bigint NOT NULL
    )`,
    'CREATE INDEX sign_in_attempts_at ON sign_in_attempts (at)',
  ],
};

import type { Migration } from '../migration.ts';

/**
 * What went over flows, of whom, by the day: what every export is made of; and what an officer decided of it. Rows grow with patients and
 * days, not with messages. The month comes first in the key, so that those of now lie together, and within it the patient's days follow
 * each other: an accounting reads one patient after the other without a second index, which each scan would write to.
 */
export const exports: Migration = {
  version: 12,
  name: 'exports',
  sqlite: [
    // flow: the observed key, as in flow_use. patient: a token; empty where no message named one. Sets are bits (transfer-bits.ts).
    `CREATE TABLE transfers (
      month INTEGER NOT NULL,
      flow TEXT NOT NULL,
      patient TEXT NOT NULL,
      day INTEGER NOT NULL,
      first_at INTEGER NOT NULL,
      last_at INTEGER NOT NULL,
      messages INTEGER NOT NULL,
      flagged INTEGER NOT NULL,
      formats INTEGER NOT NULL,
      categories INTEGER NOT NULL,
      unpermitted INTEGER NOT NULL,
      reasons INTEGER NOT NULL,
      sensitivities INTEGER NOT NULL,
      PRIMARY KEY (month, flow, patient, day)
    ) STRICT, WITHOUT ROWID`,
    // patient: empty for everybody on the flow. Rows are only added: the latest decides, one of a patient before one of the flow.
    `CREATE TABLE disclosure_decisions (
      id TEXT NOT NULL PRIMARY KEY,
      flow TEXT NOT NULL,
      patient TEXT NOT NULL,
      decision TEXT NOT NULL CHECK (decision IN ('disclosure', 'exempt', 'undecided')),
      exemption TEXT,
      purpose TEXT NOT NULL,
      recipient TEXT NOT NULL,
      address TEXT NOT NULL,
      note TEXT NOT NULL,
      from_day INTEGER NOT NULL,
      to_day INTEGER,
      at INTEGER NOT NULL,
      actor TEXT NOT NULL
    ) STRICT`,
    'CREATE INDEX disclosure_decisions_flow ON disclosure_decisions (flow, patient, at, id)',
  ],
  postgres: [
    // Every row is written again by each message of its day: room in its page, so that the index need not follow (as in 0001).
    `CREATE TABLE transfers (
      month bigint NOT NULL,
      flow text COLLATE "C" NOT NULL,
      patient text COLLATE "C" NOT NULL,
      day bigint NOT NULL,
      first_at bigint NOT NULL,
      last_at bigint NOT NULL,
      messages bigint NOT NULL,
      flagged bigint NOT NULL,
      formats integer NOT NULL,
      categories integer NOT NULL,
      unpermitted integer NOT NULL,
      reasons integer NOT NULL,
      sensitivities integer NOT NULL,
      PRIMARY KEY (month, flow, patient, day)
    ) WITH (fillfactor = 50)`,
    `CREATE TABLE disclosure_decisions (
      id text COLLATE "C" NOT NULL PRIMARY KEY,
      flow text COLLATE "C" NOT NULL,
      patient text COLLATE "C" NOT NULL,
      decision text COLLATE "C" NOT NULL CHECK (decision IN ('disclosure', 'exempt', 'undecided')),
      exemption text COLLATE "C",
      purpose text COLLATE "C" NOT NULL,
      recipient text COLLATE "C" NOT NULL,
      address text COLLATE "C" NOT NULL,
      note text COLLATE "C" NOT NULL,
      from_day bigint NOT NULL,
      to_day bigint,
      at bigint NOT NULL,
      actor text COLLATE "C" NOT NULL
    )`,
    'CREATE INDEX disclosure_decisions_flow ON disclosure_decisions (flow, patient, at, id)',
  ],
};

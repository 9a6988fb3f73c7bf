import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import type { AcceptRow } from '../../src/core/accept-row.ts';
import { migrationsAfter } from '../../src/ledger/migrate.ts';
import { hop } from './lineage-rows.ts';
import { cause, FLOW, NOON } from './rows.ts';

/** What SQLite says is Cordon's: `application_id` of every ledger. */
const APPLICATION_ID = 0x4352444e;

type Row = Readonly<Record<string, string | number | Uint8Array | null>>;
/** Rows by their tables, in the order that they refer to each other. */
export type OldRows = readonly (readonly [table: string, row: Row])[];

/** Makes a ledger of an old schema at `path`, as the Cordon of then made it, with these rows. */
export function oldFile(path: string, version: number, rows: OldRows): void {
  const database = new DatabaseSync(path);
  for (const step of stepsTo(version)) for (const sql of step.sqlite) database.exec(sql);
  for (const [table, row] of rows) {
    const slots = Object.keys(row).map(() => '?');
    database.prepare(insert(table, row, slots)).run(...Object.values(row));
  }
  database.exec(`PRAGMA user_version = ${version}; PRAGMA application_id = ${APPLICATION_ID}`);
  database.close();
}

/** The same in an empty database of PostgreSQL. */
export async function oldDatabase(url: string, version: number, rows: OldRows): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(
    'CREATE TABLE cordon_schema (version integer PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL)',
  );
  for (const step of stepsTo(version)) {
    for (const sql of step.postgres) await client.query(sql);
    await client.query('INSERT INTO cordon_schema VALUES ($1, $2, now())', [step.version, step.name]);
  }
  for (const [table, row] of rows) {
    const slots = Object.keys(row).map((_, index) => `$${index + 1}`);
    await client.query(insert(table, row, slots), Object.values(row));
  }
  await client.end();
}

/** A message that waits to be scanned, in the columns of the first schema. */
export function oldMessage({ id, provenance, bytes, digest, duplicateKey, duplicateContent, chunks }: AcceptRow): OldRows {
  const sealed = chunks.reduce((sum, { data }) => sum + data.length, 0);
  return [
    ['data_keys', { id: 'dk-test', wrapped: 'keyring.wrapped', created_at: NOON, bodies: 1, bytes: sealed }],
    [
      'messages',
      {
        id,
        received_at: provenance.receivedAt,
        listener: provenance.listener,
        peer: provenance.peer.address,
        provenance: JSON.stringify(provenance),
        bytes,
        elided: '[]',
        digest,
        duplicate_key: duplicateKey,
        duplicate_content: duplicateContent,
        quarantined: 0,
        problems: '[]',
        data_key: 'dk-test',
        sealed,
        state: 'pending',
        attempts: 0,
      },
    ],
    ...chunks.map(({ number, last, data }): OldRows[number] => ['chunks', { message: id, number, last: last ? 1 : 0, data }]),
    ['outbox', { received_at: provenance.receivedAt, message: id }],
  ];
}

/** An incident as it was before the desk, with its opening. */
export function oldIncident(id: string, state: 'open' | 'resolved'): OldRows {
  const { key, reason, flow, category, group, severity } = cause();
  return [
    [
      'incidents',
      {
        id,
        key: `${key}|${id}`,
        reason,
        flow,
        source: FLOW.source,
        destination: FLOW.destination,
        category,
        field_group: group,
        severity,
        rank: 3,
        state,
        messages: 1,
        patients: 1,
        first_seen: NOON,
        last_seen: NOON,
      },
    ],
    ['incident_events', { incident: id, at: NOON, actor: 'cordon', action: 'opened', to_state: 'open', note: '' }],
  ];
}

/** A hop with what went over it on each of some days, as lineage was before there were months: one message a day, of as many bytes as `bytes` says. */
export function oldLineage(days: readonly { day: number; bytes: number; categories: number }[]): OldRows {
  const first_seen = Math.min(...days.map(({ day }) => day));
  const last_seen = Math.max(...days.map(({ day }) => day));
  const { flowKey: flow_key, ...rest } = hop();
  const masks = { others: 0, unpermitted: 0, subjects: 1 };
  return [
    ['lineage_hops', { ...rest, flow_key, first_seen, last_seen }],
    ...days.map(({ day, ...own }): OldRows[number] => [
      'lineage_days',
      { hop: rest.id, day, transit: 'proven', messages: 1, patients: 0, ...own, ...masks, first_seen: day, last_seen: day },
    ]),
  ];
}

/** What was known of one check, before there was a history. */
export function oldEvidence(target: string): OldRows {
  const statement = { section: '', outcome: 'proven', how: 'probed', facts: '{}', at: 70, expires: 90 };
  return [['evidence', { target, check_name: 'version', profile: '', ...statement }]];
}

function stepsTo(version: number) {
  return migrationsAfter(0, 'an old ledger').filter((step) => step.version <= version);
}

function insert(table: string, row: Row, slots: readonly string[]): string {
  return `INSERT INTO ${table} (${Object.keys(row).join(', ')}) VALUES (${slots.join(', ')})`;
}

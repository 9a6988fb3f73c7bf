import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFileKeyring } from '../../src/keyring/file.ts';
import { flowReads } from '../../src/ledger/flows.ts';
import { incidentReads } from '../../src/ledger/incidents/incidents.ts';
import type { IncidentFilter } from '../../src/ledger/ledger.ts';
import { migrateLedger, openBulk } from '../../src/ledger/maintain.ts';
import { openLedger } from '../../src/ledger/open.ts';
import { postgresBuilder } from '../../src/ledger/postgres/builder.ts';
import { revealReads } from '../../src/ledger/reveal/reveals.ts';
import { seedLedger } from '../../src/ledger/seed/seed.ts';
import { sqliteBuilder } from '../../src/ledger/sqlite/builder.ts';
import { type Connection, openReading } from '../../src/ledger/sqlite/connection.ts';
import type { Bound, Builder } from '../../src/ledger/statement.ts';
import { INCIDENT_STATES } from '../../src/policy/decision.ts';
import { type PostgresService, postgresService } from '../setup/postgres.ts';
import { freshFolder, removeFolders } from './folder.ts';
import { DAY, NOON } from './rows.ts';

/** What a page of the desk runs over 50,000 incidents, explained on both engines over a ledger that is seeded: nothing reads all of them to show a few. */
const SEEDED = { messages: 2500, incidents: 2500, days: 40, now: NOON, step: () => undefined };
const CURSOR = Buffer.from(JSON.stringify([1, NOON, 'x'])).toString('base64url');

const filters: [string, IncidentFilter & { cursor?: string }][] = [
  ['open ones', { states: ['open'] }],
  ['all, deep within', { cursor: CURSOR }],
  ['open ones, deep within', { states: ['open'], cursor: CURSOR }],
  ['those of a severity', { severity: 'critical' }],
  ['those of a flow', { flow: 'seed-003' }],
  ['what a search finds', { q: 'registry' }],
  ['what a search finds in all states', { q: 'registry', states: INCIDENT_STATES }],
  ['what is overdue', { overdueAt: NOON - 39 * DAY }],
];

function queriesOf(db: Builder): [string, Bound<unknown>][] {
  const { listQuery, countQuery, tallyQuery } = incidentReads(db);
  const { liveQuery, incidentQuery } = revealReads(db);
  return [
    ...filters.map(([name, filter]): [string, Bound<unknown>] => [name, listQuery({ ...filter, limit: 50 })]),
    ['how many are overdue', countQuery({ states: ['open'], overdueAt: NOON })],
    ['how many of a category are resolved', countQuery({ states: ['resolved'], category: 'ssn' })],
    ['how many of each state a search finds', tallyQuery({ q: 'registry' })],
    ['what flows without a policy carried', flowReads(db).kindsQuery(['mllp|REGISTRY|ADT-1', 'mllp|INSURER|ADT-11'])],
    ['reveals that wait', liveQuery('asked', NOON, 100)],
    ['reveals of an incident', incidentQuery('i1', 5)],
  ];
}

afterAll(removeFolders);

describe('on SQLite a page reads by an index:', () => {
  let connection: Connection;
  beforeAll(async () => {
    const folder = freshFolder();
    const path = `${folder}/ledger.db`;
    migrateLedger(path);
    const bulk = await openBulk({ path }, NOON - 40 * DAY);
    await seedLedger(bulk, openFileKeyring(`${folder}/keyring.json`, true), SEEDED);
    await bulk.close();
    connection = openReading(path);
  });
  afterAll(() => connection.close());

  it.each(queriesOf(sqliteBuilder()))('%s', (_name, { sql, parameters }) => {
    const plan = connection.all<{ detail: string }>({ sql: `EXPLAIN QUERY PLAN ${sql}`, parameters });
    const scans = plan.map(({ detail }) => detail).filter((detail) => /^SCAN (?!.*USING (COVERING )?INDEX)/.test(detail));
    expect(scans).toEqual([]);
  });
});

describe('on PostgreSQL a page reads by an index:', () => {
  let service: PostgresService;
  let client: Client;
  beforeAll(async () => {
    service = await postgresService();
    const { url } = service;
    await (await openLedger({ url, migrate: true })).close();
    const bulk = await openBulk({ url }, NOON - 40 * DAY);
    await seedLedger(bulk, openFileKeyring(`${freshFolder()}/keyring.json`, true), SEEDED);
    await bulk.close();
    client = new Client({ connectionString: url });
    await client.connect();
    // Seeding took longer than a hook may on a machine that others used.
  }, 180_000);
  afterAll(async () => {
    await client.end();
    await service.close();
  });

  it.each(queriesOf(postgresBuilder()))('%s', async (_name, { sql, parameters }) => {
    // Of the few reveals that are there, none need an index: that there is one shows where reading all is made dear.
    await client.query('SET enable_seqscan = off');
    const answer = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${sql}`, [...parameters]);
    const plan = answer.rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).not.toContain('Seq Scan');
    expect(plan).toMatch(/Index (Only )?Scan/);
  });

  it('the kinds that flows carried by an index of theirs, and the words of a search by their key', async () => {
    const db = postgresBuilder();
    const kinds = flowReads(db).kindsQuery(['mllp|REGISTRY|ADT-1', 'mllp|INSURER|ADT-11']);
    const tally = incidentReads(db).tallyQuery({ q: 'registry' });
    await client.query('SET enable_seqscan = off');
    for (const [{ sql, parameters }, index] of [
      [kinds, 'flow_use_kinds'],
      [tally, 'incident_words_pkey'],
    ] as const) {
      const answer = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${sql}`, [...parameters]);
      expect(answer.rows.map((row) => row['QUERY PLAN']).join('\n')).toContain(index);
    }
  });
});

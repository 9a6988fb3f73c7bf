import { afterAll, expect, it } from 'vitest';
import { undeliveredQuery, unplannedQuery, waitingDeliveriesQuery } from '../../src/ledger/desk/notices.ts';
import { queueReads } from '../../src/ledger/desk/queue.ts';
import {
  admittedQuery,
  digestQuery,
  dueQuery,
  othersQuery,
  quietQuery,
  unconfirmedQuery,
  untoldQuery,
  waitingQuery,
} from '../../src/ledger/desk/round.ts';
import { flowReads } from '../../src/ledger/flows.ts';
import { incidentReads } from '../../src/ledger/incidents/incidents.ts';
import { relatedReads } from '../../src/ledger/incidents/related.ts';
import { sqliteBuilder } from '../../src/ledger/sqlite/builder.ts';
import { openWriting } from '../../src/ledger/sqlite/connection.ts';
import { type Bound, once } from '../../src/ledger/statement.ts';
import { INCIDENT_STATES } from '../../src/policy/decision.ts';
import { freshFolder, removeFolders } from './folder.ts';
import { NOON } from './rows.ts';

const db = sqliteBuilder();
const connection = openWriting(`${freshFolder()}/ledger.db`, true);
afterAll(() => {
  connection.close();
  removeFolders();
});

const queue = queueReads(db);
const incidents = incidentReads(db);

/** The index that each query of the desk reads by: with 50,000 incidents any other takes a hundred times as long (docs/adr/0038-the-desk.md). */
it.each<[string, Bound<unknown>, string]>([
  ['what needs somebody', once(queue.needingQuery(50)), 'incidents_needing'],
  ['how many need somebody', once(queue.totalQuery()), 'incidents_needing'],
  ['what is overdue', once(queue.overdueQuery(NOON, 50)), 'incidents_(due|on_time)'],
  ['what is counted below', once(queue.waitingQuery(NOON, 1)), 'incidents_waiting'],
  ['the digest', once(digestQuery(db, NOON)), 'incidents_shadow'],
  ['what nothing confirms', once(unconfirmedQuery(db)), 'incidents_unconfirmed'],
  ['a list of it', incidents.listQuery({ unconfirmed: true, states: ['open'], limit: 50 }), 'incidents_unconfirmed'],
  ['what waits', once(waitingQuery(db, NOON).limit(10)), 'incidents_waiting'],
  ['what may be admitted', once(othersQuery(db, NOON)), 'incidents_waiting'],
  ['what was admitted today', once(admittedQuery(db, NOON)), 'incidents_admitted'],
  ['what became overdue', once(dueQuery(db, NOON)), 'incidents_(due|on_time)'],
  ['what no longer goes on', once(quietQuery(db, NOON)), 'incidents_ongoing'],
  ['whom nobody was told of', once(untoldQuery(db)), 'incidents_untold'],
  ['a rare word', incidents.listQuery({ q: 'vend', limit: 50 }, new Set(['vend'])), 'PRIMARY KEY \\(word>\\? AND word<\\?\\)'],
  ['a common word', incidents.listQuery({ q: 'vend', limit: 50 }), 'incidents_order'],
  ['a common word in all states', incidents.listQuery({ q: 'vend', states: INCIDENT_STATES, limit: 50 }), 'incidents_order'],
  ['a word, counted by state', incidents.tallyQuery({ q: 'vend' }), 'PRIMARY KEY \\(word>\\? AND word<\\?\\)'],
  ['what nobody has, counted by state', incidents.countQuery({ states: ['open'], assignee: null }), 'incidents_unassigned'],
  ['what flows carried', flowReads(db).kindsQuery(['a', 'b']), 'COVERING INDEX flow_use_kinds \\(flow=\\?\\)$'],
  ['what somebody has', incidents.listQuery({ assignee: 'dana', limit: 50 }), 'incidents_assignee'],
  ['notices without deliveries', once(unplannedQuery(db)), 'notices_unplanned'],
  [
    'deliveries to make',
    once(waitingDeliveriesQuery(db, { channels: ['mail'], now: NOON, until: NOON, limit: 9 })),
    'notice_deliveries_state',
  ],
  ['what did not arrive', once(undeliveredQuery(db, 9)), 'notice_deliveries_state'],
])('finds %s by its index', (_, { sql, parameters }, index) => {
  const plan = connection.all<{ detail: string }>({ sql: `EXPLAIN QUERY PLAN ${sql}`, parameters }).map(({ detail }) => detail);
  expect(plan.join('\n')).toMatch(new RegExp(index));
  expect(plan.filter((detail) => /^SCAN (?!.*USING (COVERING )?INDEX)/.test(detail))).toEqual([]);
});

it('counts the patients that two incidents share by the key of both', () => {
  const { sql, parameters } = relatedReads(db).sharedQuery('a', 'b');
  const plan = connection.all<{ detail: string }>({ sql: `EXPLAIN QUERY PLAN ${sql}`, parameters }).map(({ detail }) => detail);
  expect(plan.join('\n')).toMatch(/SEARCH incident_patients USING PRIMARY KEY \(incident=\?\)/);
  expect(plan.join('\n')).toMatch(/SEARCH theirs .*PRIMARY KEY \(incident=\? AND patient=\?\)/);
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deviceIdsOf } from '../../src/ledger/devices/gather.ts';
import { deviceNameReads } from '../../src/ledger/devices/names.ts';
import { deviceWrites } from '../../src/ledger/devices/writes.ts';
import { evidenceWrites } from '../../src/ledger/evidence/evidence.ts';
import { evidenceHistoryReads } from '../../src/ledger/evidence/history.ts';
import { incidentReads, incidentWrites } from '../../src/ledger/incidents/incidents.ts';
import { lineageEdgeReads } from '../../src/ledger/lineage/edges.ts';
import { forgetWrites } from '../../src/ledger/lineage/forget.ts';
import { lineageTraceReads } from '../../src/ledger/lineage/trace.ts';
import { acceptWrites } from '../../src/ledger/messages/accept.ts';
import { messageReads, messageWrites } from '../../src/ledger/messages/messages.ts';
import { scanWrites } from '../../src/ledger/messages/save-scan.ts';
import { idFrom } from '../../src/ledger/months.ts';
import { accessReads, accessWrites } from '../../src/ledger/people/access.ts';
import { retentionWrites } from '../../src/ledger/retention/retention.ts';
import { sqliteBuilder } from '../../src/ledger/sqlite/builder.ts';
import { type Connection, openWriting } from '../../src/ledger/sqlite/connection.ts';
import type { Bound, Executor } from '../../src/ledger/statement.ts';
import { vaultReads, vaultWrites } from '../../src/ledger/vault/vault.ts';
import { freshFolder, removeFolders } from './folder.ts';
import { lineageRow } from './lineage-rows.ts';
import { acceptRow, flaggedRow, NOON } from './rows.ts';

/** Explains the SQL that production runs: no message, incident or body is ever looked up by reading the whole table. */
const db = sqliteBuilder();
let connection: Connection;

beforeAll(() => {
  connection = openWriting(`${freshFolder()}/ledger.db`, true);
});
afterAll(() => {
  connection.close();
  removeFolders();
});

/** Tables with one row, with a few that a sum has to read, with what is under way now, or what a statement gathered itself under a limit. */
const SMALL = /^SCAN (tally|data_keys|evidence_claims|lineage_hops|lineage_names|lineage_merges|listed)/;

function planOf(bound: Bound<unknown>): string[] {
  const plan = connection.all<{ detail: string }>({ sql: `EXPLAIN QUERY PLAN ${bound.sql}`, parameters: bound.parameters });
  return plan.map((row) => row.detail);
}

function scansOf(bound: Bound<unknown>): string[] {
  return planOf(bound).filter((detail) => /^SCAN (?!.*USING (COVERING )?INDEX)/.test(detail) && !SMALL.test(detail));
}

function sortsOf(bound: Bound<unknown>): string[] {
  return planOf(bound).filter((detail) => detail.includes('TEMP B-TREE'));
}

/** Runs an operation for real and explains every statement that it ran. */
function explaining(found: string[], ran: string[], plans: string[] = []): Executor {
  const look = (bound: Bound<unknown>): void => {
    ran.push(bound.sql);
    plans.push(...planOf(bound));
    found.push(...scansOf(bound).map((detail) => `${detail}: ${bound.sql}`));
  };
  return {
    run: (bound) => {
      look(bound);
      return connection.run(bound);
    },
    get: (bound) => {
      look(bound);
      return connection.get(bound);
    },
    all: (bound) => {
      look(bound);
      return connection.all(bound);
    },
  };
}

describe('production SQL', () => {
  const messages = messageReads(db);
  const incidents = incidentReads(db);
  const cursor1 = Buffer.from('[1,"x"]').toString('base64url');
  const cursor2 = Buffer.from('[1,1,"x"]').toString('base64url');

  const history = evidenceHistoryReads(db);
  const place = { target: 't', check_name: 'c', profile: '', since: 1 };
  const newest = {
    ...place,
    section: '',
    outcome: 'proven',
    how: 'probed',
    facts: '{}',
    reason: null,
    at: 1,
    expires: 1,
  } as const;
  const sorted: [string, Bound<unknown>][] = [
    ['pending messages', messages.pendingQuery(NOON, 100)],
    ['messages', messages.listQuery({ limit: 50 })],
    ['messages after a cursor', messages.listQuery({ limit: 50, cursor: cursor1 })],
    ['messages of a verdict', messages.listQuery({ limit: 50, verdict: 'flagged', cursor: cursor1 })],
    ['messages of a flow', messages.listQuery({ limit: 50, flow: 'f', cursor: cursor1 })],
    ['incidents', incidents.listQuery({ limit: 50, cursor: cursor2 })],
    ['incidents of a state', incidents.listQuery({ limit: 50, states: ['open'], cursor: cursor2 })],
    ['evidence after a cursor', history.newestQuery({ kind: 'rest' }, place)],
    ['evidence of a target', history.newestQuery({ target: 't' }, place)],
    ['former evidence of a target', history.endedQuery({ target: 't', from: 0, to: 2 }, place, newest)],
  ];
  it.each(sorted)('reads a page of %s by an index that is in its order', (_name, query) => {
    expect(scansOf(query)).toEqual([]);
    expect(sortsOf(query)).toEqual([]);
  });

  it('reads incidents of several states and a severity by an index', () => {
    expect(
      scansOf(incidents.listQuery({ limit: 50, states: ['open', 'acknowledged'], severity: 'high', cursor: cursor2 })),
    ).toEqual([]);
  });

  it('reads the devices of a person’s messages out of the rows of those, and what each is called, by primary keys', async () => {
    const plans: string[] = [];
    const x = explaining([], [], plans);
    const traces = lineageTraceReads(db);
    await x.all(traces.deviceSetsQuery({ keys: ['k'], months: [1, 2], until: NOON }));
    expect(plans.filter((detail) => !detail.includes('TEMP B-TREE'))).toEqual([
      expect.stringMatching(/^CO-ROUTINE listed/),
      'SEARCH lineage_trail USING PRIMARY KEY (month=? AND person=? AND at<?)',
      'SCAN listed',
      expect.stringMatching(/^CORRELATED SCALAR SUBQUERY/),
      expect.stringMatching(/^SEARCH messages USING INDEX \S+ \(id=\?\)/),
    ]);
    plans.length = 0;
    const devices = [{ kind: 'node', key: 'ae-title|A', also: [], values: [] }] as const;
    await deviceWrites(db).addDevices(explaining([], []), [{ devices, receivedAt: NOON, flow: 'f', type: 't' }]);
    await deviceNameReads(db).namesOf(x, new Set(deviceIdsOf(devices)));
    expect(plans).toEqual([
      'SEARCH devices USING PRIMARY KEY (id=?)',
      'SEARCH devices USING COVERING INDEX devices_root (root=?)',
      'SEARCH device_values USING PRIMARY KEY (device=?)',
    ]);
  });

  it('looks up everything that accepting, scanning and dropping touch by an index', async () => {
    const said = {
      target: 't',
      check: 'c',
      profile: null,
      section: '',
      outcome: 'proven',
      how: 'probed',
      facts: {},
      reason: null,
    } as const;
    const found: string[] = [];
    const ran: string[] = [];
    const x = explaining(found, ran);
    const { accept } = acceptWrites(db);
    const vault = vaultWrites(db);
    await vault.saveDataKey(x, { id: 'dk-test', wrapped: 'w', at: NOON });
    const row = acceptRow({ duplicateKey: 'k', duplicateContent: 'c' });
    await accept(x, [row]);
    await accept(x, [acceptRow({ duplicateKey: 'k', duplicateContent: 'c' })]);
    await accept(x, [acceptRow({ duplicateKey: 'k', digest: 'other' })]);
    await accept(x, [acceptRow({ duplicateKey: 'k', digest: 'other' })]);
    const tokens = [{ token: 't', person: 'k1.anna', strong: true }];
    const devices = [{ kind: 'node', key: 'ae-title|CT1', also: [], values: [] }] as const;
    const seen = { devices, deviceIds: deviceIdsOf(devices) };
    await scanWrites(db).saveScan(x, [flaggedRow(row.id, { lineage: lineageRow({ tokens, prints: ['p'] }), ...seen })]);
    await lineageTraceReads(db).trace(x, { tokens: ['t'], limit: 50 });
    await lineageTraceReads(db).trace(x, { tokens: ['t'], at: NOON, limit: 50 });
    await lineageTraceReads(db).path(x, row.id);
    await lineageEdgeReads(db).between(x, NOON, NOON + 1);
    // By months alone, and by months and days.
    await lineageEdgeReads(db).edges(x, NOON);
    await lineageEdgeReads(db).edges(x, 0);
    const { forgetPerson, dropTrail } = forgetWrites(db);
    await dropTrail(x, { month: 1_000_000, at: 1 });
    for (const month of [1, null]) await forgetPerson(x, { keys: ['k1.anna'], month, at: NOON });

    await messageWrites(db).fail(x, { id: row.id, problem: { code: 'x', detail: '' }, at: NOON });
    await incidentWrites(db).expire(x, NOON);
    await vault.dropExpired(x, Number.MAX_SAFE_INTEGER);
    await messages.load(x, row.id);
    await messages.findings(x, row.id);
    await vaultReads(db).size(x);
    await accessReads(db).keyByHash(x, 'hash');
    await accessReads(db).session(x, 'hash', NOON);
    await accessWrites(db).revokeKey(x, { id: 'k', at: NOON });
    const { saveEvidence, claimTargets } = evidenceWrites(db);
    for (const at of [1, 9]) await saveEvidence(x, [{ ...said, at, expires: at + 1 }]);
    await claimTargets(x, { targets: ['t'], now: 1, until: 2 });
    const { dropEvidence, dropFacts, dropOldBodies, dropMessages } = retentionWrites(db);
    const later = idFrom(Date.UTC(2100, 0));
    await dropEvidence(x, Number.MAX_SAFE_INTEGER);
    await dropFacts(x, later);
    await dropOldBodies(x, later);
    await dropMessages(x, later);
    expect(ran.length).toBeGreaterThan(50);
    expect(found).toEqual([]);
  });
});

import { sql } from 'kysely';
import type { Finding, Problem } from '../../core/vocabulary.ts';
import { deviceFactWrites } from '../devices/facts.ts';
import { exportWrites } from '../exports/writes.ts';
import { flowName, flowWrites } from '../flows.ts';
import { factWrites } from '../incidents/facts.ts';
import type { Fact } from '../incidents/rows.ts';
import { fromJson } from '../json.ts';
import type { ScanRow } from '../ledger.ts';
import { type LineageFact, lineageWrites } from '../lineage/writes.ts';
import { type Columns, deleteMany, insertMany, type Many, runMany, selectMany, updateMany } from '../many.ts';
import type { FindingsTable, MessagesTable, Schema } from '../schema.ts';
import { type Builder, type Executor, prepare, together } from '../statement.ts';
import { vaultWrites } from '../vault/vault.ts';

type Found = Pick<MessagesTable, 'id' | 'state' | 'received_at' | 'quarantined' | 'problems' | 'data_key' | 'sealed'>;
type Outcome = Omit<Found, 'received_at'> &
  Pick<
    MessagesTable,
    | 'scanned_at'
    | 'format'
    | 'type'
    | 'examined'
    | 'unexamined'
    | 'verdict'
    | 'reasons'
    | 'flow'
    | 'summary'
    | 'sensitivities'
    | 'ruleset'
    | 'body_until'
    | 'hop'
    | 'transit'
    | 'prints'
    | 'devices'
  >;

const FOUND: Columns<Found> = {
  id: 'text',
  state: 'text',
  received_at: 'bigint',
  quarantined: 'integer',
  problems: 'text',
  data_key: 'text',
  sealed: 'bigint',
};
const OUTCOME: Columns<Outcome> = {
  id: 'text',
  state: 'text',
  quarantined: 'integer',
  problems: 'text',
  data_key: 'text',
  sealed: 'bigint',
  scanned_at: 'bigint',
  format: 'text',
  type: 'text',
  examined: 'bigint',
  unexamined: 'text',
  verdict: 'text',
  reasons: 'text',
  flow: 'text',
  summary: 'text',
  sensitivities: 'text',
  ruleset: 'text',
  body_until: 'bigint',
  hop: 'bigint',
  transit: 'text',
  prints: 'text',
  devices: 'text',
};
export const FINDING: Columns<FindingsTable> = {
  message: 'text',
  number: 'integer',
  rule: 'text',
  pack: 'text',
  category: 'text',
  subject: 'text',
  path: 'text',
  start_byte: 'bigint',
  end_byte: 'bigint',
  confidence: 'double precision',
  severity: 'text',
  mask: 'text',
  token: 'text',
  registry: 'text',
};

/** What a scan says, and what is known of the message that it is of. */
interface Judgement<Name extends keyof MessagesTable> {
  readonly row: ScanRow;
  readonly message: Pick<MessagesTable, Name>;
}

/** A scan and the message that it is of. */
interface Scanned {
  readonly row: ScanRow;
  readonly message: Found;
}

/**
 * Everything that scans say, in one transaction; a message that is done already stays as it is, so twice is once. What several of them
 * add to (counters, incidents, flows) is written once for all.
 */
export function scanWrites(db: Builder) {
  const { addFacts } = factWrites(db);
  const { addFlowFacts } = flowWrites(db);
  const { addDeviceFacts } = deviceFactWrites(db);
  const { addTransfers } = exportWrites(db);
  const { addLineage } = lineageWrites(db);
  const { dropChunks } = vaultWrites(db);

  const find = selectMany<{ id: string }, Found>(db, 'messages', { id: 'text' }, FOUND);
  const finish = updateMany<Outcome>(db, 'messages', ['id'], OUTCOME);
  const settled = prepare<{ rows: string }>()((p) =>
    db
      .deleteFrom('outbox')
      .where(
        sql<boolean>`ctid = any(array(
          select k.at from json_to_recordset(${p.rows}::json) as r(received_at bigint, message text collate "C")
          cross join lateral (select o.ctid as at from outbox as o where o.received_at = r.received_at and o.message = r.message limit 1) as k))`,
      )
      .$castTo<never>(),
  );
  const settle: Many<Schema['outbox'], never> = {
    each: deleteMany<Schema['outbox']>(db, 'outbox', { received_at: 'bigint', message: 'text' }).each,
    // The outbox is mostly empty, and PostgreSQL plans for that: joined with the rows of a batch it compared each of these with each of its own (1.6 s
    // for 2,000 of both). This one has to look each of them up.
    all: (rows) => settled({ rows: JSON.stringify(rows) }),
  };
  const addFindings = insertMany<FindingsTable>(db, 'findings', FINDING);
  const count = prepare<{ done: number; failed: number; flagged: number; quarantined: number; unexamined: number }>()((p) =>
    db
      .updateTable('tally')
      .set((eb) => ({
        done: eb('done', '+', p.done),
        failed: eb('failed', '-', p.failed),
        flagged: eb('flagged', '+', p.flagged),
        quarantined: eb('quarantined', '+', p.quarantined),
        unexamined: eb('unexamined', '+', p.unexamined),
      }))
      .where('id', '=', 1),
  );

  /** Those whose message is there and not done, each message once. */
  async function unsaved(x: Executor, rows: readonly ScanRow[]): Promise<Scanned[]> {
    const ids = [...new Set(rows.map(({ id }) => id))];
    const found = await runMany(
      x,
      find,
      ids.map((id) => ({ id })),
    );
    const open = new Map(found.filter(({ state }) => state !== 'done').map((message) => [message.id, message]));
    return rows.flatMap((row) => {
      const message = open.get(row.id);
      open.delete(row.id);
      return message === undefined ? [] : [{ row, message }];
    });
  }

  async function countScans(x: Executor, scans: readonly Scanned[]): Promise<void> {
    const those = (which: (scan: Scanned) => boolean): number => scans.filter(which).length;
    await x.run(
      count({
        done: scans.length,
        failed: those(({ message }) => message.state === 'failed'),
        flagged: those(({ row }) => row.verdict === 'flagged'),
        quarantined: those((scan) => scan.message.quarantined === 0 && isQuarantined(scan)),
        unexamined: those(({ row }) => row.unexamined.length > 0),
      }),
    );
  }

  return {
    async saveScan(x: Executor, rows: readonly ScanRow[]): Promise<void> {
      const scans = await unsaved(x, rows);
      if (scans.length === 0) return;
      const received = scans.map(({ row, message }) => ({ ...row, receivedAt: message.received_at }));
      const outgoing = scans.map(({ message: { id, received_at } }) => ({ received_at, message: id }));
      const dropped = scans.flatMap(({ row, message: { id, data_key: dataKey, sealed } }) =>
        row.keepBodyUntil === null && dataKey !== null ? [{ id, dataKey, sealed }] : [],
      );
      await together(x, [
        () => runMany(x, addFindings, scans.flatMap(findingsOf)),
        () => addFacts(x, scans.flatMap(factsOf)),
        () => addFlowFacts(x, received),
        () => addDeviceFacts(x, received),
        () => addLineage(x, scans.flatMap(lineageOf)),
        () => addTransfers(x, received),
        () => dropChunks(x, dropped),
        () => runMany(x, finish, scans.map(outcomeOf)),
        () => runMany(x, settle, outgoing),
        () => countScans(x, scans),
      ]);
    },
  };
}

/** A message that was set aside once stays so. */
export function isQuarantined({ row, message }: Judgement<'quarantined'>): boolean {
  return message.quarantined === 1 || row.reasons.includes('quarantined');
}

function findingsOf({ row }: Scanned): FindingsTable[] {
  return row.findings.map((finding, number) => findingOf(row.id, finding, number));
}

/** The row of a message's finding of that number. */
export function findingOf(message: string, { start, end, registry, ...finding }: Finding, number: number): FindingsTable {
  return { ...finding, registry: registry ?? null, message, number, start_byte: start, end_byte: end };
}

/** What a judgement says to incidents. `matches` of a cause are places in the row's findings. */
export function factsOf({ row, message }: Judgement<'received_at'>): Fact[] {
  const { source, destination } = row.decision.flow;
  const shown = { message: row.id, type: row.type, patients: row.patients };
  const { received_at: at } = message;
  return row.decision.causes.map((cause) => ({
    cause,
    at,
    now: row.scannedAt,
    source,
    destination,
    message: shown,
    packs: [...new Set(cause.matches.flatMap((index) => row.findings[index]?.pack.split('@')[0] ?? []))],
  }));
}

function lineageOf({ row, message }: Scanned): LineageFact[] {
  const { id, scannedAt, lineage } = row;
  return lineage === undefined ? [] : [{ message: id, receivedAt: message.received_at, scannedAt, lineage }];
}

function outcomeOf(scan: Scanned): Outcome {
  const { row, message } = scan;
  const drop = row.keepBodyUntil === null;
  return {
    id: row.id,
    state: 'done',
    quarantined: isQuarantined(scan) ? 1 : 0,
    problems: joinProblems(message.problems, row.problems),
    data_key: drop ? null : message.data_key,
    sealed: drop ? 0 : message.sealed,
    scanned_at: row.scannedAt,
    format: row.format,
    type: row.type,
    examined: row.examined,
    unexamined: JSON.stringify(row.unexamined),
    verdict: row.verdict,
    reasons: JSON.stringify(row.reasons),
    flow: flowName(row.decision.flow),
    summary: JSON.stringify(row.decision.summary),
    sensitivities: JSON.stringify(row.decision.sensitivities),
    ruleset: row.ruleset,
    body_until: row.keepBodyUntil,
    hop: row.lineage?.hop.id ?? null,
    transit: row.lineage?.transit ?? null,
    prints: row.lineage?.prints.join(' ') ?? null,
    devices: row.deviceIds?.join(' ') ?? null,
  };
}

/** Those of the listener, then those of the scan. */
function joinProblems(earlier: string, later: readonly Problem[]): string {
  if (later.length === 0) return earlier;
  return JSON.stringify([...fromJson<Problem[]>(earlier), ...later]);
}

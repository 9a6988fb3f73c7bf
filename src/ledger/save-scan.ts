import type { Problem } from '../core/vocabulary.ts';
import { flowName, flowWrites } from './flows.ts';
import { incidentWrites } from './incidents.ts';
import { fromJson } from './json.ts';
import type { ScanRow } from './ledger.ts';
import type { FindingsTable, MessagesTable } from './schema.ts';
import { type Builder, type Executor, prepare } from './statement.ts';
import { vaultWrites } from './vault.ts';

type Outcome = Pick<
  MessagesTable,
  | 'id'
  | 'quarantined'
  | 'problems'
  | 'data_key'
  | 'sealed'
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
>;

/** Everything that a scan says, in one transaction; a message that is done already stays as it is, so twice is once. */
export function scanWrites(db: Builder) {
  const incidents = incidentWrites(db);
  const flows = flowWrites(db);
  const vault = vaultWrites(db);

  const find = prepare<{ id: string }>()((p) =>
    db
      .selectFrom('messages')
      .select(['state', 'received_at', 'quarantined', 'problems', 'data_key', 'sealed'])
      .where('id', '=', p.id),
  );
  const finish = prepare<Outcome>()((p) =>
    db
      .updateTable('messages')
      .set({
        state: 'done',
        quarantined: p.quarantined,
        problems: p.problems,
        data_key: p.data_key,
        sealed: p.sealed,
        scanned_at: p.scanned_at,
        format: p.format,
        type: p.type,
        examined: p.examined,
        unexamined: p.unexamined,
        verdict: p.verdict,
        reasons: p.reasons,
        flow: p.flow,
        summary: p.summary,
        sensitivities: p.sensitivities,
        ruleset: p.ruleset,
        body_until: p.body_until,
      })
      .where('id', '=', p.id),
  );
  const settle = prepare<{ receivedAt: number; id: string }>()((p) =>
    db.deleteFrom('outbox').where('received_at', '=', p.receivedAt).where('message', '=', p.id),
  );
  const addFinding = prepare<Pick<FindingsTable, keyof FindingsTable>>()((p) =>
    db
      .insertInto('findings')
      .values({
        message: p.message,
        number: p.number,
        rule: p.rule,
        pack: p.pack,
        category: p.category,
        subject: p.subject,
        path: p.path,
        start_byte: p.start_byte,
        end_byte: p.end_byte,
        confidence: p.confidence,
        severity: p.severity,
        mask: p.mask,
        token: p.token,
      })
      .onConflict((conflict) => conflict.doNothing()),
  );
  const count = prepare<{ failed: number; flagged: number; quarantined: number; unexamined: number }>()((p) =>
    db.updateTable('tally').set((eb) => ({
      done: eb('done', '+', 1),
      failed: eb('failed', '-', p.failed),
      flagged: eb('flagged', '+', p.flagged),
      quarantined: eb('quarantined', '+', p.quarantined),
      unexamined: eb('unexamined', '+', p.unexamined),
    })),
  );

  async function saveFindings(x: Executor, row: ScanRow): Promise<void> {
    let number = 0;
    for (const finding of row.findings) {
      const {
        start: start_byte,
        end: end_byte,
        rule,
        pack,
        category,
        subject,
        path,
        confidence,
        severity,
        mask,
        token,
      } = finding;
      await x.run(
        addFinding({
          message: row.id,
          number,
          rule,
          pack,
          category,
          subject,
          path,
          start_byte,
          end_byte,
          confidence,
          severity,
          mask,
          token,
        }),
      );
      number++;
    }
  }

  async function saveIncidents(x: Executor, row: ScanRow, receivedAt: number): Promise<void> {
    const { source, destination } = row.decision.flow;
    const message = { message: row.id, type: row.type, patients: row.patients };
    for (const cause of row.decision.causes) {
      await incidents.addFact(x, cause, { at: receivedAt, now: row.scannedAt, source, destination, message });
    }
  }

  async function saveScan(x: Executor, row: ScanRow): Promise<void> {
    const message = await x.get(find({ id: row.id }));
    if (message === undefined || message.state === 'done') return;
    const { received_at: receivedAt, data_key: dataKey, sealed } = message;
    const drop = row.keepBodyUntil === null;
    const quarantined = message.quarantined === 1 || row.reasons.includes('quarantined');
    await saveFindings(x, row);
    await saveIncidents(x, row, receivedAt);
    await flows.addFlowFact(x, {
      message: row.id,
      receivedAt,
      type: row.type,
      decision: row.decision,
      patients: row.patients,
    });
    if (drop && dataKey !== null) await vault.dropChunks(x, { id: row.id, dataKey, sealed });
    await x.run(
      finish({
        id: row.id,
        quarantined: quarantined ? 1 : 0,
        problems: joinProblems(message.problems, row.problems),
        data_key: drop ? null : dataKey,
        sealed: drop ? 0 : sealed,
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
      }),
    );
    await x.run(settle({ receivedAt, id: row.id }));
    await x.run(
      count({
        failed: message.state === 'failed' ? 1 : 0,
        flagged: row.verdict === 'flagged' ? 1 : 0,
        quarantined: quarantined && message.quarantined === 0 ? 1 : 0,
        unexamined: row.unexamined.length > 0 ? 1 : 0,
      }),
    );
  }

  return { saveScan };
}

/** Those of the listener, then those of the scan. */
function joinProblems(earlier: string, later: readonly Problem[]): string {
  if (later.length === 0) return earlier;
  return JSON.stringify([...fromJson<Problem[]>(earlier), ...later]);
}

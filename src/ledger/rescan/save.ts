import type { Problem, Unexamined } from '../../core/vocabulary.ts';
import type { Decision } from '../../policy/decision.ts';
import { exportWrites } from '../exports/writes.ts';
import { flowName, flowWrites } from '../flows.ts';
import { factWrites, KEPT_FINDINGS } from '../incidents/facts.ts';
import { fromJson } from '../json.ts';
import type { ScanRow } from '../ledger.ts';
import { insertMany, runMany, storable } from '../many.ts';
import { FINDING, factsOf, findingOf, isQuarantined, scanWrites } from '../messages/save-scan.ts';
import type { FindingsTable, MessagesTable } from '../schema.ts';
import { type Builder, type Executor, once, prepare } from '../statement.ts';
import { type Renumbered, renumber } from './findings.ts';
import { RESCAN } from './reads.ts';
import type { Rejudged, Rescan } from './store.ts';

type Former = Pick<
  MessagesTable,
  'id' | 'state' | 'received_at' | 'quarantined' | 'problems' | 'data_key' | 'verdict' | 'unexamined' | 'summary'
>;

const UNTOUCHED: Rejudged = { saved: false, changed: false, unsupported: 0 };

/** A fact that an incident has of the message: which, and what of the message shows it. */
interface KnownFact {
  readonly incident: string;
  readonly key: string;
  readonly findings: string;
}

/**
 * What a message is judged to be now takes the place of what it was judged to be (docs/adr/0047-rules-change-while-running.md). It was counted when it
 * came, so only differences are: in the tally, in kinds that its flow was not known to carry, and in transfers. Incidents get facts that they did not
 * have; a fact that no rule supports any more stays, with its findings. Its body stays as long as it was to stay: no longer, since nobody agreed to that,
 * and no shorter, since people decide by it.
 */
export function rescanWrites(db: Builder) {
  const { addFacts } = factWrites(db);
  const { addUses } = flowWrites(db);
  const { amendTransfers } = exportWrites(db);
  const { saveScan } = scanWrites(db);
  const addFindings = insertMany<FindingsTable>(db, 'findings', FINDING);

  const find = prepare<{ id: string }>()((p) =>
    db
      .selectFrom('messages')
      .select(['id', 'state', 'received_at', 'quarantined', 'problems', 'data_key', 'verdict', 'unexamined', 'summary'])
      .where('id', '=', p.id),
  );
  const findingsOf = prepare<{ id: string }>()((p) =>
    db.selectFrom('findings').selectAll().where('message', '=', p.id).orderBy('number'),
  );
  const factsKnown = prepare<{ id: string }>()((p) =>
    db
      .selectFrom('incident_messages')
      .innerJoin('incidents', 'incidents.id', 'incident_messages.incident')
      .select(['incident_messages.incident', 'incidents.key', 'incident_messages.findings'])
      .where('incident_messages.message', '=', p.id),
  );
  const showFinding = prepare<{ incident: string; message: string; findings: string }>()((p) =>
    db
      .updateTable('incident_messages')
      .set({ findings: p.findings })
      .where('incident', '=', p.incident)
      .where('message', '=', p.message),
  );
  const count = prepare<{ flagged: number; quarantined: number; unexamined: number }>()((p) =>
    db
      .updateTable('tally')
      .set((eb) => ({
        flagged: eb('flagged', '+', p.flagged),
        quarantined: eb('quarantined', '+', p.quarantined),
        unexamined: eb('unexamined', '+', p.unexamined),
      }))
      .where('id', '=', 1),
  );

  /** Numbers of findings that must stay though no rule makes them: what facts that stay rest on, and what was asked to be revealed. */
  async function namedElsewhere(x: Executor, id: string, facts: readonly KnownFact[], orphans: readonly KnownFact[]) {
    if (facts.length === 0) return new Set<number>();
    const incidents = facts.map(({ incident }) => incident);
    const reveals = await x.all(
      once(db.selectFrom('reveals').select('finding').where('incident', 'in', incidents).where('message', '=', id)),
    );
    return new Set([
      ...orphans.flatMap(({ findings }) => fromJson<number[]>(findings)),
      ...reveals.map(({ finding }) => finding),
    ]);
  }

  async function replaceFindings(
    x: Executor,
    row: ScanRow,
    { numbers, gone }: Renumbered,
    kept: ReadonlySet<number>,
  ): Promise<void> {
    const dropped = [...numbers, ...gone.filter((number) => !kept.has(number))];
    if (dropped.length > 0)
      await x.run(once(db.deleteFrom('findings').where('message', '=', row.id).where('number', 'in', dropped)));
    const fresh = row.findings.flatMap((finding, index) => {
      const number = numbers[index];
      return number === undefined ? [] : [findingOf(row.id, finding, number)];
    });
    await runMany(x, addFindings, fresh);
  }

  async function rejudge(x: Executor, row: ScanRow, message: Former): Promise<Rejudged> {
    const known: readonly KnownFact[] = await x.all(factsKnown({ id: row.id }));
    const renumbered = renumber(await x.all(findingsOf({ id: row.id })), row.findings);
    const facts = factsOf({ row, message }).map((fact) => ({
      ...fact,
      cause: { ...fact.cause, matches: fact.cause.matches.flatMap((index) => renumbered.numbers[index] ?? []) },
    }));
    const supported = new Map(facts.map(({ cause }) => [storable(cause.key), cause]));
    const orphans = known.filter(({ key }) => !supported.has(key));
    await replaceFindings(x, row, renumbered, await namedElsewhere(x, row.id, known, orphans));
    await addFacts(x, facts);
    for (const { incident, key } of known) {
      const matches = supported.get(key)?.matches;
      if (matches === undefined) continue;
      await x.run(showFinding({ incident, message: row.id, findings: JSON.stringify(matches.slice(0, KEPT_FINDINGS)) }));
    }
    await countAgain(x, row, message);
    await x.run(once(db.updateTable('messages').set(outcomeOf(row, message)).where('id', '=', row.id)));
    // Device incidents are facts without a message: none of these is in `known`.
    return { saved: true, changed: message.verdict !== row.verdict, unsupported: orphans.length };
  }

  /** Differences to what was counted when it was judged before. */
  async function countAgain(x: Executor, row: ScanRow, message: Former): Promise<void> {
    const former = fromJson<Decision['summary']>(message.summary ?? '[]');
    const seen = new Set(former.map(({ category, subject }) => `${category}|${subject}`));
    const summary = row.decision.summary.filter(({ category, subject }) => !seen.has(`${category}|${subject}`));
    const receivedAt = message.received_at;
    await addUses(x, [{ ...row, receivedAt, decision: { ...row.decision, summary } }]);
    await amendTransfers(x, { ...row, receivedAt, wasFlagged: message.verdict === 'flagged' });
    const skipped = fromJson<Unexamined[]>(message.unexamined ?? '[]').length > 0;
    await x.run(
      count({
        flagged: Number(row.verdict === 'flagged') - Number(message.verdict === 'flagged'),
        quarantined: Number(isQuarantined({ row, message })) - message.quarantined,
        unexamined: Number(row.unexamined.length > 0) - Number(skipped),
      }),
    );
  }

  return {
    async saveRescan(x: Executor, row: ScanRow): Promise<Rejudged> {
      const message = await x.get(find({ id: row.id }));
      if (message === undefined || message.data_key === null || message.state === 'pending') return UNTOUCHED;
      if (message.state === 'done') return rejudge(x, row, message);
      // Given up before: this is its first judgement, and counts as one.
      await saveScan(x, [row]);
      return { saved: true, changed: true, unsupported: 0 };
    },
    async swapRescan(x: Executor, { before, after }: { before: Rescan | null; after: Rescan }): Promise<boolean> {
      const value = JSON.stringify(after);
      if (before === null) {
        const insert = db.insertInto('meta').values({ name: RESCAN, value });
        return (await x.run(once(insert.onConflict((conflict) => conflict.doNothing())))) > 0;
      }
      const update = db.updateTable('meta').set({ value }).where('name', '=', RESCAN).where('value', '=', JSON.stringify(before));
      return (await x.run(once(update))) > 0;
    },
  };
}

/** What the row of a message says of its judgement. Its body, its hop and its devices are as they were. */
function outcomeOf(row: ScanRow, message: Former): Partial<MessagesTable> {
  return {
    quarantined: isQuarantined({ row, message }) ? 1 : 0,
    problems: JSON.stringify(together(fromJson<Problem[]>(message.problems), row.problems)),
    scanned_at: row.scannedAt,
    format: row.format,
    type: storable(row.type),
    examined: row.examined,
    unexamined: JSON.stringify(row.unexamined),
    verdict: row.verdict,
    reasons: JSON.stringify(row.reasons),
    flow: storable(flowName(row.decision.flow)),
    summary: JSON.stringify(row.decision.summary),
    sensitivities: JSON.stringify(row.decision.sensitivities),
    ruleset: row.ruleset,
  };
}

/** Those of the listener and of former judgements, then those that are new. */
function together(earlier: readonly Problem[], later: readonly Problem[]): readonly Problem[] {
  const known = new Set(earlier.map((problem) => JSON.stringify(problem)));
  return [...earlier, ...later.filter((problem) => !known.has(JSON.stringify(problem)))];
}

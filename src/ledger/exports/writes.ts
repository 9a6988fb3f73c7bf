import { sql } from 'kysely';
import type { DisclosureDecision } from '../../core/transfer.ts';
import { PERSON_SUBJECTS } from '../../core/vocabulary.ts';
import { dayOf, type FlowFact } from '../flows.ts';
import { insertMany, runMany, storable } from '../many.ts';
import { monthOf } from '../months.ts';
import type { DisclosureDecisionsTable, TransfersTable } from '../schema.ts';
import { type Builder, type Executor, once, prepare } from '../statement.ts';
import { CATEGORY_BITS, FORMAT_BITS, REASON_BITS, SENSITIVITY_BITS, transferFormat } from './transfer-bits.ts';

/** Rows that one transaction drops: retention must not make accepts wait. */
const SLICE = 1000;

/** A scanned message, for the transfers that it is part of. */
export interface TransferFact extends FlowFact {
  readonly format: string;
}

export function exportWrites(db: Builder) {
  const add = insertMany<TransfersTable>(
    db,
    'transfers',
    {
      month: 'bigint',
      flow: 'text',
      patient: 'text',
      day: 'bigint',
      first_at: 'bigint',
      last_at: 'bigint',
      messages: 'bigint',
      flagged: 'bigint',
      formats: 'integer',
      categories: 'integer',
      unpermitted: 'integer',
      reasons: 'integer',
      sensitivities: 'integer',
    },
    {
      conflict: sql`(month, flow, patient, day) do update set
        first_at = case when transfers.first_at < excluded.first_at then transfers.first_at else excluded.first_at end,
        last_at = case when transfers.last_at > excluded.last_at then transfers.last_at else excluded.last_at end,
        messages = transfers.messages + excluded.messages,
        flagged = transfers.flagged + excluded.flagged,
        formats = transfers.formats | excluded.formats,
        categories = transfers.categories | excluded.categories,
        unpermitted = transfers.unpermitted | excluded.unpermitted,
        reasons = transfers.reasons | excluded.reasons,
        sensitivities = transfers.sensitivities | excluded.sensitivities`,
    },
  );

  const place = prepare<{ month: number; flow: string; patient: string; day: number }>()((p) =>
    db
      .selectFrom('transfers')
      .select('messages')
      .where('month', '=', p.month)
      .where('flow', '=', p.flow)
      .where('patient', '=', p.patient)
      .where('day', '=', p.day),
  );

  return {
    /** Each transfer is written once, whatever the number of messages. Runs once for a message: saveScan sees to that. */
    async addTransfers(x: Executor, facts: readonly TransferFact[]): Promise<void> {
      await runMany(x, add, joined(facts));
    },
    /** A message that is judged anew is part of the same transfers: they gain what was not known of it, and do not count it again. */
    async amendTransfers(x: Executor, { wasFlagged, ...fact }: TransferFact & { readonly wasFlagged: boolean }): Promise<void> {
      const amended: TransfersTable[] = [];
      for (const row of rowsOf(fact)) {
        const known = await x.get(place({ ...row, flow: storable(row.flow) }));
        amended.push(known === undefined ? row : { ...row, messages: 0, flagged: row.flagged - (wasFlagged ? 1 : 0) });
      }
      await runMany(x, add, amended);
    },
    async decideDisclosure(x: Executor, decision: DisclosureDecision): Promise<void> {
      const { fromDay: from_day, toDay: to_day, ...rest } = decision;
      const row: DisclosureDecisionsTable = { ...rest, from_day, to_day };
      await x.run(
        once(
          db
            .insertInto('disclosure_decisions')
            .values(row)
            .onConflict((conflict) => conflict.column('id').doNothing()),
        ),
      );
    },
    /** Transfers of months before; decisions stay, they are few. More where it is a full slice. */
    async dropTransfers(x: Executor, before: number): Promise<boolean> {
      const rows = await x.all(oldQuery(db, before));
      if (rows.length === 0) return false;
      const { month = 0, flow = '', patient = '', day = 0 } = rows.at(-1) ?? {};
      await x.run(
        once(
          db.deleteFrom('transfers').where(sql<boolean>`(month, flow, patient, day) <= (${month}, ${flow}, ${patient}, ${day})`),
        ),
      );
      return rows.length === SLICE;
    },
  };
}

/** The first rows in the order of the key, of months before. */
export function oldQuery(db: Builder, before: number) {
  return once(
    db
      .selectFrom('transfers')
      .select(['month', 'flow', 'patient', 'day'])
      .where('month', '<', monthOf(before))
      .orderBy('month')
      .orderBy('flow')
      .orderBy('patient')
      .orderBy('day')
      .limit(SLICE),
  );
}

function joined(facts: readonly TransferFact[]): TransfersTable[] {
  const rows = new Map<string, TransfersTable>();
  for (const row of facts.flatMap(rowsOf)) {
    const key = `${row.day}|${row.patient}|${row.flow}`;
    const known = rows.get(key);
    rows.set(key, known === undefined ? row : both(known, row));
  }
  return [...rows.values()];
}

function both(a: TransfersTable, b: TransfersTable): TransfersTable {
  return {
    ...a,
    first_at: Math.min(a.first_at, b.first_at),
    last_at: Math.max(a.last_at, b.last_at),
    messages: a.messages + b.messages,
    flagged: a.flagged + b.flagged,
    formats: a.formats | b.formats,
    categories: a.categories | b.categories,
    unpermitted: a.unpermitted | b.unpermitted,
    reasons: a.reasons | b.reasons,
    sensitivities: a.sensitivities | b.sensitivities,
  };
}

function rowsOf({ receivedAt, decision, patients, format }: TransferFact): TransfersTable[] {
  const { flow, verdict, reasons, sensitivities, summary } = decision;
  const personal = summary.filter(({ subject }) => PERSON_SUBJECTS.has(subject));
  const said = {
    month: monthOf(receivedAt),
    flow: flow.key,
    day: dayOf(receivedAt),
    first_at: receivedAt,
    last_at: receivedAt,
    messages: 1,
    flagged: verdict === 'flagged' ? 1 : 0,
    formats: FORMAT_BITS.of([transferFormat(format)]),
    categories: CATEGORY_BITS.of(personal.map(({ category }) => category)),
    unpermitted: CATEGORY_BITS.of(personal.flatMap(({ category, permitted }) => (permitted ? [] : [category]))),
    reasons: REASON_BITS.of(reasons),
    sensitivities: SENSITIVITY_BITS.of(sensitivities),
  };
  return (patients.length === 0 ? [''] : patients).map((patient) => ({ ...said, patient }));
}

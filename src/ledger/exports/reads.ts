import { sql } from 'kysely';
import type { DisclosureDecision, Transfer } from '../../core/transfer.ts';
import type { IncidentRow } from '../../policy/decision.ts';
import { cursorOf, readCursor, unusable } from '../cursor.ts';
import { dayOf } from '../flows.ts';
import { toIncident } from '../incidents/incidents.ts';
import type { Page } from '../page.ts';
import type { DisclosureDecisionsTable, TransfersTable } from '../schema.ts';
import { type Builder, type Executor, once } from '../statement.ts';
import type { TransferFilter } from './store.ts';
import { CATEGORY_BITS, FORMAT_BITS, REASON_BITS, SENSITIVITY_BITS } from './transfer-bits.ts';

/** What an export reads, in pages of bounded size, each a stretch of a primary key. */
export function exportReads(db: Builder) {
  /** The production SQL of a page, for `transfers` and for the test that explains it. */
  function transfersQuery({ month, from, to, patients, limit, cursor }: TransferFilter) {
    let query = db
      .selectFrom('transfers')
      .selectAll()
      .where('month', '=', month)
      .where('day', '>=', dayOf(from))
      .where('last_at', '>=', from)
      .where('last_at', '<', to)
      .orderBy('flow')
      .orderBy('patient')
      .orderBy('day')
      .limit(limit + 1);
    if (patients !== undefined) query = query.where('patient', 'in', patients);
    if (cursor === undefined) return once(query);
    const { flow, patient, day } = placeOf(cursor);
    return once(query.where(sql<boolean>`(flow, patient, day) > (${flow}, ${patient}, ${day})`));
  }

  function decisionsQuery(flow: string, patients: readonly string[]) {
    return once(
      db
        .selectFrom('disclosure_decisions')
        .selectAll()
        .where('flow', '=', flow)
        .where('patient', 'in', ['', ...patients])
        .orderBy('patient')
        .orderBy('at')
        .orderBy('id'),
    );
  }

  function incidentsQuery(after: string, limit: number) {
    return once(db.selectFrom('incidents').selectAll().where('id', '>', after).orderBy('id').limit(limit));
  }

  return {
    transfersQuery,
    decisionsQuery,
    incidentsQuery,
    /** In the order of flow, patient and day. Throws `usage` for a cursor that no page gave out. */
    async transfers(x: Executor, filter: TransferFilter): Promise<Page<Transfer>> {
      const rows = await x.all(transfersQuery(filter));
      const shown = rows.slice(0, filter.limit);
      const last = shown.at(-1);
      return { rows: shown.map(toTransfer), next: rows.length > filter.limit && last !== undefined ? cursorAfter(last) : null };
    },
    /** Of everybody on the flow and of these patients, the earliest first. */
    async decisions(x: Executor, flow: string, patients: readonly string[]): Promise<readonly DisclosureDecision[]> {
      return (await x.all(decisionsQuery(flow, patients))).map(toDecision);
    },
    /** Incidents by id, those after one; fewer than `limit` on the last page. */
    async incidents(x: Executor, after: string, limit: number): Promise<readonly IncidentRow[]> {
      return (await x.all(incidentsQuery(after, limit))).map(toIncident);
    },
  };
}

function cursorAfter({ day, flow, patient }: TransfersTable): string {
  return cursorOf(day, `${flow}\0${patient}`);
}

function placeOf(cursor: string): { day: number; flow: string; patient: string } {
  const [day, key] = readCursor(cursor, 1);
  const [flow, patient, ...more] = key.split('\0');
  if (flow === undefined || patient === undefined || more.length > 0) throw unusable();
  return { day, flow, patient };
}

function toTransfer(row: TransfersTable): Transfer {
  return {
    day: row.day,
    flow: row.flow,
    patient: row.patient,
    firstAt: row.first_at,
    lastAt: row.last_at,
    messages: row.messages,
    flagged: row.flagged,
    formats: FORMAT_BITS.words(row.formats),
    categories: CATEGORY_BITS.words(row.categories),
    unpermitted: CATEGORY_BITS.words(row.unpermitted),
    reasons: REASON_BITS.words(row.reasons),
    sensitivities: SENSITIVITY_BITS.words(row.sensitivities),
  };
}

function toDecision({ from_day: fromDay, to_day: toDay, ...row }: DisclosureDecisionsTable): DisclosureDecision {
  return { ...row, fromDay, toDay };
}

import type { EvidencePeriod } from '../../core/evidence.ts';
import type { IncidentAct } from '../../core/period.ts';
import type { ActPlace } from '../../ledger/audit/period-store.ts';
import type { AuditStore } from '../../ledger/audit/store.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { IncidentRow } from '../../policy/decision.ts';
import type { Period } from '../period.ts';
import type { PackEntry, PackFlow, PackIncident } from './data.ts';

/** Rows that are in memory at a time. */
const PAGE = 500;

/** Those that were heard of in the period, by key. */
export async function flowsOf(ledger: Pick<Ledger, 'flows'>, { from, to }: Period): Promise<PackFlow[]> {
  const flows = (await ledger.flows.list()).filter(({ firstSeen, lastSeen }) => firstSeen < to && lastSeen >= from);
  return flows.map(({ messages: _ofAllTimes, ...flow }) => flow).toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

export async function* actsOf(ledger: Pick<Ledger, 'period'>, period: Period): AsyncGenerator<IncidentAct> {
  for (let after: ActPlace | null = null; ; ) {
    const page: readonly (IncidentAct & ActPlace)[] = await ledger.period.acts(period, after, PAGE);
    for (const { id: _place, ...act } of page) yield act;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = last;
  }
}

/** Those that were seen in the period, and those that somebody handled in it, by id: what changes meanwhile comes once. */
export async function* incidentsOf(
  ledger: Pick<Ledger, 'exports'>,
  { from, to }: Period,
  handled: ReadonlySet<string>,
): AsyncGenerator<PackIncident> {
  for (let after = ''; ; ) {
    const page = await ledger.exports.incidents(after, PAGE);
    for (const row of page) if (handled.has(row.id) || (row.firstSeen < to && row.lastSeen >= from)) yield toPackIncident(row);
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = last.id;
  }
}

function toPackIncident(row: IncidentRow): PackIncident {
  const { id, reason, flow, source, destination, category, group, severity, state, messages, patients } = row;
  const { firstSeen, lastSeen } = row;
  const { unconfirmed } = row.desk;
  return {
    id,
    reason,
    flow,
    source,
    destination,
    category,
    group,
    severity,
    state,
    unconfirmed,
    messages,
    patients,
    firstSeen,
    lastSeen,
  };
}

export async function* evidenceOf(ledger: Pick<Ledger, 'evidence'>, { from, to }: Period): AsyncGenerator<EvidencePeriod> {
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await ledger.evidence.history({ from, to: to - 1, limit: PAGE, ...(cursor === undefined ? {} : { cursor }) });
    yield* page.rows;
    cursor = page.next;
  }
}

/** Entries of the audit log by their places, with the leaf of each. */
export async function* entriesOf(
  audit: Pick<AuditStore, 'entries' | 'leaves'>,
  { start, end }: { readonly start: number; readonly end: number },
): AsyncGenerator<PackEntry> {
  for (let at = start; at < end; at += PAGE) {
    const span = { start: at, end: Math.min(end, at + PAGE) };
    const records = new Map((await audit.entries(span, PAGE)).map((record) => [record.seq, record]));
    for (const [index, leaf] of (await audit.leaves(span)).entries()) {
      const seq = at + index;
      yield { seq, leaf: leaf.toString('base64'), entry: records.get(seq) ?? null };
    }
  }
}

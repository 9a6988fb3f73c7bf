import packageJson from '../../../package.json' with { type: 'json' };
import type { EvidencePeriod } from '../../core/evidence.ts';
import type { IncidentAct } from '../../core/period.ts';
import type { ActPlace } from '../../ledger/audit/period-store.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { IncidentRow } from '../../policy/decision.ts';
import type { Period } from '../period.ts';
import type { PackData, PackFlow, PackIncident } from './data.ts';

const PAGE = 500;
/** Reviews of one period are a few; this many say that something else is wrong. */
const REVIEWS = 10_000;

/** Reads all that a pack holds of a period. `by` is who asked for it, `origin` the name of the audit log. */
export async function gather(
  ledger: Ledger,
  { from, to }: Period,
  about: { readonly made: number; readonly by: string; readonly origin: string },
): Promise<PackData> {
  const acts = await actsOf(ledger, { from, to });
  const handled = new Set(acts.map(({ incident }) => incident));
  return {
    about: { format: 'cordon-evidence/1', from, to, ...about, version: packageJson.version },
    messages: await ledger.period.counts(from, to),
    flows: await flowsOf(ledger, { from, to }),
    incidents: await incidentsOf(ledger, (row) => handled.has(row.id) || (row.firstSeen < to && row.lastSeen >= from)),
    acts,
    evidence: await evidenceOf(ledger, { from, to }),
    reviews: await ledger.reviews.list(from, to, REVIEWS),
  };
}

async function actsOf(ledger: Ledger, period: Period): Promise<IncidentAct[]> {
  const acts: IncidentAct[] = [];
  for (let after: ActPlace | null = null; ; ) {
    const page: readonly (IncidentAct & ActPlace)[] = await ledger.period.acts(period, after, PAGE);
    acts.push(...page.map(({ id: _place, ...act }) => act));
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return acts;
    after = last;
  }
}

async function flowsOf(ledger: Ledger, { from, to }: Period): Promise<PackFlow[]> {
  const flows = (await ledger.flows.list()).filter(({ firstSeen, lastSeen }) => firstSeen < to && lastSeen >= from);
  return flows.map(({ messages: _ofAllTimes, ...flow }) => flow).toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

async function incidentsOf(ledger: Ledger, concerns: (row: IncidentRow) => boolean): Promise<PackIncident[]> {
  const incidents: PackIncident[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await ledger.incidents.list({ limit: PAGE, ...(cursor === undefined ? {} : { cursor }) });
    incidents.push(...page.rows.filter(concerns).map(toIncident));
    cursor = page.next;
  }
  return incidents;
}

function toIncident(row: IncidentRow): PackIncident {
  const { id, reason, flow, source, destination, category, group, severity, state, messages, patients } = row;
  const { firstSeen, lastSeen } = row;
  return { id, reason, flow, source, destination, category, group, severity, state, messages, patients, firstSeen, lastSeen };
}

async function evidenceOf(ledger: Ledger, { from, to }: Period): Promise<EvidencePeriod[]> {
  const rows: EvidencePeriod[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await ledger.evidence.history({ from, to: to - 1, limit: PAGE, ...(cursor === undefined ? {} : { cursor }) });
    rows.push(...page.rows);
    cursor = page.next;
  }
  return rows;
}

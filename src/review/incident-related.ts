import { html } from 'hono/html';
import type { FlowRow } from '../ledger/flow-store.ts';
import type { IncidentRow } from '../policy/decision.ts';
import { UNSETTLED } from '../policy/due.ts';
import { severityBadge, stateBadge } from './badges.ts';
import type { ReviewDeps } from './deps.ts';
import { queueAddress } from './filters.ts';
import type { Html } from './html.ts';
import { titleOf } from './titles.ts';
import { counted } from './words.ts';

/** Incidents that are shown beside one: of its flow, and on other flows to the same destination. */
const OF_FLOW = 5;
const OF_DESTINATION = 5;
/** Other flows to the destination that are looked at, the latest heard first. */
const FLOWS = 5;

export interface Related {
  readonly incident: IncidentRow;
  readonly why: 'flow' | 'destination';
  /** Patients that both are about; of the first few hundred. */
  readonly shared: number;
}

type Deps = Pick<ReviewDeps, 'incidents' | 'flows' | 'desk'>;

/** What else is known of the flow of an incident and of its destination: a bounded number of rows, by their index. */
export async function relatedTo({ incidents, flows, desk }: Deps, incident: IncidentRow): Promise<readonly Related[]> {
  const [own, observed] = await Promise.all([incidents.list({ flow: incident.flow, limit: OF_FLOW + 1 }), flows.list()]);
  const beside = await Promise.all(
    otherFlows(incident, observed).map((flow) => incidents.list({ flow, states: UNSETTLED, limit: OF_DESTINATION })),
  );
  const ofFlow = own.rows.filter(({ id }) => id !== incident.id).slice(0, OF_FLOW);
  const ofDestination = beside.flatMap(({ rows }) => rows).slice(0, OF_DESTINATION);
  const all = [
    ...ofFlow.map((row) => ({ incident: row, why: 'flow' as const })),
    ...ofDestination.map((row) => ({ incident: row, why: 'destination' as const })),
  ];
  const shared = await desk.sharedPatients(
    incident.id,
    all.map((each) => each.incident.id),
  );
  return all.map((each, index) => ({ ...each, shared: shared[index] ?? 0 }));
}

/** The other flows to the destination of an incident, as incidents name them. */
function otherFlows({ flow, destination }: IncidentRow, observed: readonly FlowRow[]): readonly string[] {
  if (destination.trim() === '') return [];
  const names = observed
    .filter((row) => row.destination === destination)
    .sort((a, b) => b.lastSeen - a.lastSeen)
    .map(({ policy, key }) => policy ?? key);
  return [...new Set(names)].filter((name) => name !== flow).slice(0, FLOWS);
}

/** The related incidents, and the way to all of the flow. */
export function relatedSection(incident: IncidentRow, related: readonly Related[]): Html {
  const of = (why: Related['why']): readonly Related[] => related.filter((each) => each.why === why);
  return html`<section class="related"><h2>Related incidents</h2>
${related.length === 0 ? html`<p class="quiet small">No other incident is of this flow, and none is open on another way to the same destination.</p>` : ''}
${list('On the same flow', of('flow'))}
${list('To the same destination', of('destination'))}
${of('flow').length === 0 ? '' : html`<p class="small"><a href="${queueAddress({ state: 'all' }, { flow: incident.flow })}">All of this flow</a></p>`}</section>`;
}

function list(heading: string, rows: readonly Related[]): Html {
  if (rows.length === 0) return html``;
  return html`<h3>${heading}</h3>
<ul class="bare">${rows.map(
    ({ incident, shared }) =>
      html`<li><a href="/incidents/${encodeURIComponent(incident.id)}">${titleOf(incident)}</a>
<span class="bearing">${severityBadge(incident.severity)} ${stateBadge(incident.state)}${shared === 0 ? '' : html` <span class="quiet">${counted(shared, 'patient')} of this one too</span>`}</span></li>`,
  )}</ul>`;
}

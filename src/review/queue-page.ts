import { html } from 'hono/html';
import { SEVERITIES } from '../core/vocabulary.ts';
import type { Page } from '../ledger/ledger.ts';
import { INCIDENT_STATES, type IncidentRow, type IncidentState } from '../policy/decision.ts';
import { moment, route, severityBadge, stateBadge } from './badges.ts';
import { type Filters, queueAddress } from './filters.ts';
import type { Html } from './html.ts';
import { type Frame, page } from './layout.ts';
import { categoryLabel, queueTitle, systemName, titleOf } from './titles.ts';
import { count, counted, SEVERITY_WORDS, STATE_WORDS } from './words.ts';

/** A flow that the queue can be narrowed to: a policy's id, or the key of a flow nobody registered. */
export interface FlowChoice {
  readonly id: string;
  readonly source: string;
  readonly destination: string;
}

export interface QueueView {
  readonly filters: Filters;
  readonly page: Page<IncidentRow>;
  /** Incidents that state and filters let through. */
  readonly total: number;
  /** Per state, under the other filters. */
  readonly states: ReadonlyMap<IncidentState, number>;
  readonly flows: readonly FlowChoice[];
  readonly messages: { readonly total: number; readonly pending: number; readonly done: number; readonly quarantined: number };
  readonly now: number;
}

/** The queue: what needs a person, gravest first. */
export function queuePage(frame: Frame, view: QueueView): Html {
  const { filters } = view;
  const narrowed = filters.severity !== undefined || filters.flow !== undefined;
  const kind =
    filters.state === 'all' ? '' : filters.state === 'accepted-risk' ? 'accepted' : STATE_WORDS[filters.state].toLowerCase();
  const title = queueTitle(kind, view.total, narrowed);
  return page(
    frame,
    'incidents',
    title,
    html`<div class="title">
<h1>${title}</h1>
<p class="quiet">${coverage(view.messages)}</p>
</div>
${filterBar(view)}
${view.page.rows.length === 0 ? emptyState(view, narrowed) : table(view)}
${paging(view)}`,
  );
}

function coverage(messages: QueueView['messages']): string {
  const parts = [`${counted(messages.done, 'message')} examined`];
  if (messages.pending > 0) parts.push(`${count(messages.pending)} waiting`);
  if (messages.quarantined > 0) parts.push(`${count(messages.quarantined)} quarantined`);
  return parts.join(' · ');
}

function chip(address: string, on: boolean, label: Html | string, tally: number | null): Html {
  return html`<a class="chip" href="${address}"${on ? html` aria-current="true"` : ''}>${label}${
    tally === null ? '' : html` <span class="chip-count">${count(tally)}</span>`
  }</a>`;
}

function filterBar(view: QueueView): Html {
  const { filters } = view;
  const states = [...INCIDENT_STATES.map((state) => [state, STATE_WORDS[state]] as const), ['all', 'All'] as const];
  return html`<nav class="filters" aria-label="Filters">
<div class="chips" role="group" aria-label="State">
${states.map(([state, label]) =>
  chip(queueAddress(filters, { state }), filters.state === state, label, state === 'all' ? null : (view.states.get(state) ?? 0)),
)}
</div>
<div class="chips" role="group" aria-label="Severity">
${[...SEVERITIES].reverse().map((severity) => {
  const on = filters.severity === severity;
  return chip(queueAddress(filters, { severity: on ? undefined : severity }), on, SEVERITY_WORDS[severity], null);
})}
</div>
${flowFilter(view)}
</nav>`;
}

function flowFilter(view: QueueView): Html {
  const { filters, flows } = view;
  if (filters.flow !== undefined) {
    const chosen = flows.find((flow) => flow.id === filters.flow);
    const label = chosen === undefined ? filters.flow : route(systemName(chosen.source), systemName(chosen.destination));
    return html`<div class="chips" role="group" aria-label="Flow"><a class="chip" aria-current="true" href="${queueAddress(filters, { flow: undefined })}" title="Show all flows">${label} <span aria-hidden="true">×</span><span class="sr">, show all flows</span></a></div>`;
  }
  if (flows.length === 0) return html``;
  return html`<details class="menu"><summary class="chip">Flow</summary>
<ul class="bare menu-list">${flows.map(
    (flow) =>
      html`<li><a href="${queueAddress(filters, { flow: flow.id })}">${route(systemName(flow.source), systemName(flow.destination))}</a></li>`,
  )}</ul></details>`;
}

function table(view: QueueView): Html {
  return html`<table class="rows" role="table" data-rows>
<thead role="rowgroup"><tr role="row">
<th role="columnheader" scope="col">Severity</th><th role="columnheader" scope="col">Incident</th><th role="columnheader" scope="col" class="c-category">Category</th><th role="columnheader" scope="col" class="number">Messages</th><th role="columnheader" scope="col" class="number">Patients</th><th role="columnheader" scope="col">Last seen</th><th role="columnheader" scope="col">State</th>
</tr></thead>
<tbody role="rowgroup">
${view.page.rows.map((incident) => row(incident, view.now))}
</tbody></table>
<p class="keys quiet" data-keys hidden><kbd>j</kbd> <kbd>k</kbd> move · <kbd>Enter</kbd> opens</p>`;
}

function row(incident: IncidentRow, now: number): Html {
  return html`<tr role="row">
<td role="cell" class="c-severity">${severityBadge(incident.severity)}</td>
<td role="cell" class="c-title"><a class="row-link" href="/incidents/${encodeURIComponent(incident.id)}">${titleOf(incident)}</a>
<span class="sub">${route(systemName(incident.source), systemName(incident.destination))}</span></td>
<td role="cell" class="c-category">${categoryLabel(incident.category) || html`<span class="quiet">the flow itself</span>`}</td>
<td role="cell" class="number c-messages" data-label="${incident.messages === 1 ? 'message' : 'messages'}">${count(incident.messages)}</td>
<td role="cell" class="number c-patients" data-label="${incident.patients === 1 ? 'patient' : 'patients'}">${incident.patients === 0 && incident.messages > 0 ? '?' : count(incident.patients)}</td>
<td role="cell" class="c-seen">${moment(incident.lastSeen, now)}</td>
<td role="cell" class="c-state">${stateBadge(incident.state)}</td>
</tr>
`;
}

function paging(view: QueueView): Html {
  const { filters, page: shown } = view;
  if (shown.next === null && filters.cursor === undefined) return html``;
  return html`<nav class="paging" aria-label="Pages">
${filters.cursor === undefined ? '' : html`<a class="button" href="${queueAddress(filters, {})}">First page</a>`}
${shown.next === null ? '' : html`<a class="button" rel="next" href="${queueAddress(filters, { cursor: shown.next })}">Next page</a>`}
</nav>`;
}

function emptyState(view: QueueView, narrowed: boolean): Html {
  const { filters, messages } = view;
  if (narrowed) {
    const wider = queueAddress(filters, { severity: undefined, flow: undefined });
    return html`<div class="empty"><p>No incident has this state, severity and flow at once.</p><p><a href="${wider}">Show every severity and flow</a></p></div>`;
  }
  if (messages.total === 0) {
    return html`<div class="empty"><p>No message has arrived yet. Incidents appear here as soon as one is flagged.</p>
<p>Point a copy of an engine's traffic at Cordon's MLLP or HTTP listener, or run <code>npm run demo</code> to watch a synthetic hospital.</p></div>`;
  }
  if (filters.state === 'open') {
    return html`<div class="empty"><p>Every incident has been looked at. A new one appears here when a message is flagged, when a feed falls silent, or when an accepted risk ends.</p>
<p><a href="${queueAddress(filters, { state: 'all' })}">Show all incidents</a></p></div>`;
  }
  return html`<div class="empty"><p>Incidents come here when someone decides so on their page.</p><p><a href="/incidents">Show what is open</a></p></div>`;
}
